import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { outlineC } from "../../../grammars/c/outline.ts";
import { locateInvariants } from "../../../server/tasks/invariants/locate.ts";

/** What the outline says of a loop, in the words of the text. */
function loops(text: string): string[] {
  const { functions, loops } = outlineC(text);
  return loops.map(({ keyword, end, invariant, function: inside }) => {
    const name = inside === null ? "?" : functions[inside]!.name;
    return `${name}: ${text.slice(keyword, end)}${invariant ? " (annotated)" : ""}`;
  });
}

describe("the outline of a C text", () => {
  test("has every loop with its function, the innermost last", () => {
    expect(loops("int f(int n) { for (;;) while (n) n--; do n++; while (n < 3); }")).toEqual([
      "f: for (;;) while (n) n--;",
      "f: while (n) n--;",
      "f: do n++; while (n < 3);",
    ]);
  });

  test("knows annotations from comments, and code from what looks like it", () => {
    const text = `
      // while (0) in a comment
      struct while_not { int x; };
      int table[] = { 1, 2 };
      char *s = "for (;;) {";
      void f(void) { /*@ loop invariant 1; */ /*@ loop assigns x; */ while (1) if (2) g(); else h(); '{'; }`;
    expect(loops(text)).toEqual(["f: while (1) if (2) g(); else h(); (annotated)"]);
    expect(outlineC(text).functions.map(({ name }) => name)).toEqual(["f"]);
  });

  test("exists for a text that is half written", () => {
    expect(loops("int f(int n) { while (n > 0) { n--; ")).toEqual(["f: while (n > 0) { n--;"]);
    expect(loops("int f(int n) { for (")).toHaveLength(1);
    expect(loops("while")).toEqual([]);
  });

  const corpora = fileURLToPath(new URL("../../../../shared/corpora/code2inv/c/", import.meta.url));
  const examples = fileURLToPath(new URL("../../../examples/c/", import.meta.url));
  const folders = [examples, ...(existsSync(corpora) ? [corpora] : [])];
  test.each(folders.map((folder) => [folder.split("/").slice(-3).join("/"), folder]))(
    "has the same loops as the front end in all of %s",
    (_name, folder) => {
      for (const file of readdirSync(folder).filter((name) => name.endsWith(".c"))) {
        const text = readFileSync(folder + file, "utf8");
        const outline = outlineC(text);
        for (const located of locateInvariants({ file, text, version: 0 }, "math")) {
          if (located.kind === "error") continue;
          const { group, program } = located.task;
          const found = outline.loops.filter((loop) => outline.functions[loop.function!]!.name === group);
          expect(
            found.map(({ keyword, invariant }) => [keyword, invariant]),
            `${file}: ${group}`,
          ).toEqual(program.loops.map(({ span, invariants }) => [span.start, invariants.length > 0]));
        }
      }
    },
  );
});
