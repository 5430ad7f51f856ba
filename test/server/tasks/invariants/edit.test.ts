import { describe, expect, it } from "vitest";
import { variable } from "../../../../server/program/term.ts";
import { applyEdit, loopAnswers } from "../../../../server/tasks/invariants/edit.ts";
import { atLeast, draft, edited, programOf } from "./drafting.ts";

const n_i = { kind: "subtract", left: variable("n"), right: variable("i") } as const;

describe("a loop without an annotation", () => {
  it("gets a block in front of it, with its indentation", () => {
    const text = "void f(int n) {\n    int i = 0;\n    while (i < n) {\n        i++;\n    }\n}\n";
    expect(edited(text, [[atLeast("i", 0), atLeast("n", -1)]], [n_i])).toBe(
      [
        "void f(int n) {",
        "    int i = 0;",
        "    /*@ loop invariant i >= 0;",
        "      @ loop invariant n >= -1;",
        "      @ loop assigns i;",
        "      @ loop variant n - i;",
        "      @*/",
        "    while (i < n) {",
        "        i++;",
        "    }",
        "}",
        "",
      ].join("\n"),
    );
  });

  it("keeps tabs", () => {
    const text = "void f(int n) {\n\tint i = 0;\n\twhile (i < n)\n\t\ti++;\n}\n";
    expect(edited(text, [[atLeast("i", 0)]])).toContain(
      "\n\t/*@ loop invariant i >= 0;\n\t  @ loop assigns i;\n\t  @*/\n\twhile (i < n)\n",
    );
  });

  it("is written with the line endings of the file's majority", () => {
    const text = "void f(int n) {\r\n  int i = 0;\r\n  while (i < n)\r\n    i++;\n}\r\n";
    const after = edited(text, [[atLeast("i", 0)]]);
    expect(after).toContain(
      "  /*@ loop invariant i >= 0;\r\n    @ loop assigns i;\r\n    @*/\r\n  while (i < n)\r\n    i++;\n}\r\n",
    );
  });

  it("may be the first thing after a byte order mark, or the last thing in a file without a newline", () => {
    const text = "\uFEFFvoid f(int n) { int i = 0; while (i < n) i++; }";
    expect(edited(text, [[atLeast("i", 0)]])).toBe(
      "\uFEFFvoid f(int n) { int i = 0; /*@ loop invariant i >= 0; loop assigns i; */ while (i < n) i++; }",
    );
  });

  it("assigns nothing where it changes nothing that can be named", () => {
    const text = "int unknown(void);\nvoid f(int n) {\n  while (unknown()) {\n    int t = n;\n  }\n}\n";
    expect(edited(text, [[atLeast("n", 0)]])).toContain("@ loop assigns \\nothing;");
  });
});

describe("a loop that shares its line", () => {
  const inline = (body: string, ...counts: number[]) => {
    const text = `void f(int n, int x) {\n  int i = 0;\n  ${body}\n}\n`;
    return edited(
      text,
      (counts.length ? counts : [0]).map((value) => [atLeast("i", value)]),
    )
      .split("\n")
      .slice(2, -2)
      .join("\n");
  };

  it("after else", () => {
    expect(inline("if (x) i++; else while (i < n) i++;")).toBe(
      "  if (x) i++; else /*@ loop invariant i >= 0; loop assigns i; */ while (i < n) i++;",
    );
  });

  it("as the body of another loop", () => {
    expect(inline("while (x) while (i < n) i++;", 1, 2)).toBe(
      "  /*@ loop invariant i >= 1;\n    @ loop assigns i;\n    @*/\n  while (x) /*@ loop invariant i >= 2; loop assigns i; */ while (i < n) i++;",
    );
  });

  it("after a brace, and as a do loop", () => {
    expect(inline("{ do i++; while (i < n); }")).toBe(
      "  { /*@ loop invariant i >= 0; loop assigns i; */ do i++; while (i < n); }",
    );
  });

  it("gets a block aligned with it when the line would be too long", () => {
    const text =
      "void f(int n) {\n\tint some_quite_long_name_for_a_counter = 0;\n\tif (n) while (some_quite_long_name_for_a_counter < n) some_quite_long_name_for_a_counter++;\n}\n";
    expect(edited(text, [[atLeast("some_quite_long_name_for_a_counter", 0)]])).toContain(
      [
        "\tif (n) /*@ loop invariant some_quite_long_name_for_a_counter >= 0;",
        "\t         @ loop assigns some_quite_long_name_for_a_counter;",
        "\t         @*/ while (some",
      ].join("\n"),
    );
  });
});

describe("a loop with an annotation", () => {
  const within = (
    annotation: string,
    ...rest: Parameters<typeof edited> extends [string, ...infer Rest] ? Rest : never
  ) => {
    const text = `void f(int n) {\n  int i = 0;\n${annotation}\n  while (i < n) i++;\n}\n`;
    return edited(text, ...rest)
      .split("\n")
      .slice(2, -3)
      .join("\n");
  };

  it("gets the rest of its clauses in ACSL's order, in the one block", () => {
    expect(within("  /*@ loop assigns i;\n    @*/", [[atLeast("i", 0)]], [n_i])).toBe(
      "  /*@ loop invariant i >= 0;\n    @ loop assigns i;\n    @ loop variant n - i;\n    @*/",
    );
    expect(
      within("  /*@ loop invariant n >= n;\n    @ loop variant n - i;\n    @*/", [[atLeast("i", 0)]], [n_i]),
    ).toBe(
      "  /*@ loop invariant n >= n;\n    @ loop invariant i >= 0;\n    @ loop assigns i;\n    @ loop variant n - i;\n    @*/",
    );
  });

  it("is not told again what it says already", () => {
    expect(
      within("  /*@ loop invariant i>=0 && n >= n; loop assigns i; */", [
        [atLeast("i", 0), atLeast("i", -1)],
      ]),
    ).toBe("  /*@ loop invariant i>=0 && n >= n; loop invariant i >= -1; loop assigns i; */");
  });

  it("stays on its line", () => {
    expect(within("  //@ loop invariant i >= 0;", [[atLeast("i", -1)]], [n_i])).toBe(
      "  //@ loop invariant i >= 0; loop invariant i >= -1; loop assigns i; loop variant n - i;",
    );
  });

  it("without a gutter gets none", () => {
    expect(
      within("  /*@\n    loop invariant i >= 0;\n    loop assigns i;\n  */", [[atLeast("i", -1)]], [n_i]),
    ).toBe(
      "  /*@\n    loop invariant i >= 0;\n    loop invariant i >= -1;\n    loop assigns i;\n    loop variant n - i;\n  */",
    );
  });

  it("closed on the line of its last clause is added to before the end", () => {
    expect(
      within("  /*@ loop invariant i >= 0;\n    @ loop invariant n >= n; */", [[atLeast("i", -1)]]),
    ).toBe(
      "  /*@ loop invariant i >= 0;\n    @ loop invariant n >= n;\n    @ loop invariant i >= -1;\n    @ loop assigns i; */",
    );
  });

  it("keeps a remark with the clause it stands behind", () => {
    expect(within("  /*@ loop invariant i >= 0; // i counts\n    @*/", [[atLeast("i", -1)]])).toBe(
      "  /*@ loop invariant i >= 0; // i counts\n    @ loop invariant i >= -1;\n    @ loop assigns i;\n    @*/",
    );
  });
});

describe("the file's own style", () => {
  it("is line comments where its loops have them", () => {
    const text =
      "void f(int n) {\n  int i = 0;\n  //@ loop assigns i;\n  while (i < n) i++;\n  while (i > 0)\n    i--;\n}\n";
    expect(edited(text, [[], [atLeast("i", -1)]])).toContain(
      "\n  //@ loop invariant i >= -1; loop assigns i;\n  while (i > 0)\n",
    );
  });

  it("is blocks without a gutter where its contracts have them", () => {
    const text =
      "/*@ requires n >= 0;\n    ensures \\result >= 0;\n*/\nint f(int n) {\n  int i = 0;\n  while (i < n)\n    i++;\n  return i;\n}\n";
    expect(edited(text, [[atLeast("i", 0)]])).toContain(
      "\n  /*@ loop invariant i >= 0;\n      loop assigns i;\n  */\n  while (i < n)\n",
    );
  });

  it("is not that of what stands in the braces of an axiomatic", () => {
    const text =
      "/*@ axiomatic A {\n  @   logic integer f(integer n);\n  @ }\n  @*/\nint f(int n) {\n  int i = 0;\n  while (i < n)\n    i++;\n  return i;\n}\n";
    expect(edited(text, [[atLeast("i", 0)]])).toContain(
      "\n  /*@ loop invariant i >= 0;\n    @ loop assigns i;\n    @*/\n  while (i < n)\n",
    );
  });
});

describe("an edit", () => {
  const text = "void f(int n) {\n  int i = 0;\n  while (i < n) i++;\n}\n";

  it("is empty when nothing new is offered", () => {
    expect(draft(text, [[]]).insertions).toEqual([]);
  });

  it("is made of insertions in ascending order", () => {
    const two = "void f(int n) {\n  int i = 0;\n  while (i < n) i++;\n  while (i > 0) i--;\n}\n";
    const offsets = draft(two, [[atLeast("i", 0)], [atLeast("i", 0)]]).insertions.map(({ offset }) => offset);
    expect(offsets).toEqual([two.indexOf("while"), two.lastIndexOf("while")]);
  });

  it("is described by the answers, loop by loop", () => {
    const program = programOf(text);
    expect(
      loopAnswers(program, { invariants: [[atLeast("i", 0), atLeast("i", 0)]], assigns: [["i"]] }),
    ).toEqual([{ loop: 0, line: 3, invariants: ["i >= 0"], assigns: "i", variant: null }]);
  });

  it("that overlaps itself is refused", () => {
    const insertions = [
      { offset: 3, end: 5, text: "x" },
      { offset: 4, end: 4, text: "y" },
    ];
    expect(() => applyEdit("0123456789", { insertions })).toThrow("overlap");
  });

  it("writes the value at entry as ACSL does", () => {
    const source =
      "/*@ ensures \\result == \\old(x); */\nint f(int x) {\n  int y = x;\n  while (x > 0)\n    x--;\n  return y;\n}\n";
    const pre = programOf(source).variables.find(({ role }) => role === "pre")!;
    expect(edited(source, [[atLeast(pre.name, 0)]])).toContain("loop invariant \\at(x, Pre) >= 0;");
  });

  it("never carries text that could leave the comment", () => {
    const program = programOf(text);
    const answer = { invariants: [[atLeast("i", 0)]], assigns: [["i */ exit(1); /*"]] };
    expect(() => loopAnswers(program, answer)).toThrow("may not contain");
  });
});
