import { describe, expect, it } from "vitest";
import { assignedBy } from "../../../../server/tasks/annotations/assigns.ts";
import { withoutConsequences } from "../../../../server/tasks/annotations/consequences.ts";
import { conjunctTexts, contractText } from "../../../../server/tasks/annotations/contract.ts";
import { draftAnnotations } from "../../../../server/tasks/annotations/edit.ts";
import { dropUnproved, labelled } from "../../../../server/tasks/annotations/labels.ts";
import { locateBeyond } from "../../../../server/tasks/annotations/locate.ts";
import { atom, parseAnnotations } from "../../../../server/tasks/annotations/parse.ts";
import { applyEdit } from "../../../../server/tasks/invariants/edit.ts";
import { locateInvariants } from "../../../../server/tasks/invariants/locate.ts";
import { textTask } from "./text.ts";

const loop = (code: string) => textTask(`void f(double *d, int *a, int n) { int i, s; d[0] = 1.5; ${code} }`);

describe("functions that our own front end does not read", () => {
  it("are tasks where their brackets tell them, beside those that it reads", () => {
    const text =
      "int g(int n) { return n; }\nfloat f(float x, int n) { while (n > 0) { n--; x = 0; } return x; }\n";
    const document = { file: "a.c", text, version: 0 };
    const found = locateBeyond(document, locateInvariants(document, "32"));
    expect(
      found.map((one) => (one.kind === "task" ? `${one.task.group}: ${one.task.kind}` : "error")),
    ).toEqual(["g: invariants", "f: annotations"]);
  });

  it("know their loops, and what an annotation of each may name", () => {
    const task = textTask(
      "int f(const float *p, int n) { { int gone = 0; } long s = 0; for (int i = 0; i < n; i++) { int in = 1; while (s < in) s++; } for (;;) s = p[0]; }",
    );
    expect(task.loops.map(({ id, parent, scope }) => [id, parent, scope])).toEqual([
      [0, null, ["n", "s", "i"]],
      [1, 0, ["n", "s", "i", "in"]],
      [2, null, ["n", "s"]],
    ]);
  });
});

describe("what a loop assigns, by its text", () => {
  it.each([
    ["for (i = 0; i < n; i++) { a[i] = 0; s += 1; }", "a[0 .. n - 1], s, i"],
    ["while (i <= n) { a[i++] = 0; }", "a[..], i"],
    ["while (n) { int own = 3; own = 4; --n; }", "n"],
    ["do { *d++ = 1.0; } while (s--);", "d[..], d, s"],
    ["while (s == 3 && i != 4 || n >= 5) ;", "\\nothing"],
    ["while (s) { (*g)[s] = 1; }", null],
  ])("%s", (code, assigns) => {
    const task = loop(code);
    const near = assignedBy(task.document.text, task.loops[0]!)?.near ?? null;
    expect(near?.split(", ").sort() ?? null).toEqual(assigns?.split(", ").sort() ?? null);
  });
});

describe("the contract's text", () => {
  it("is taken apart by clauses and conjuncts", () => {
    const task = textTask(
      "/*@ requires a: n >= 0 && \\valid(p + (0 .. n - 1));\n  @ ensures \\forall integer k; 0 <= k && k < n ==> p[k] == 0; // all\n  @ ensures n > 1 || n == 0; */\nvoid f(float *p, int n) { }",
    );
    expect(contractText(task)).toEqual({
      requires: ["n >= 0", "\\valid(p + (0 .. n - 1))"],
      ensures: ["\\forall integer k; 0 <= k && k < n ==> p[k] == 0", "n > 1 || n == 0"],
    });
    expect(conjunctTexts("a && (b || c) && \\exists integer k; k > 0 && k < 3")).toEqual([
      "a",
      "(b || c)",
      "\\exists integer k; k > 0 && k < 3",
    ]);
  });
});

describe("a model's answer", () => {
  const task = loop("while (i < n) i++;");
  const parsed = (text: string) => {
    const raw = {
      kind: "text",
      text,
      format: "text",
      truncated: false,
      loop: 0,
      provenance: { proposer: "model" },
    } as const;
    const result = parseAnnotations(task, raw);
    return result.kind === "parsed" ? result.candidates.flatMap(({ invariants }) => invariants[0]!) : [];
  };

  it("is parsed by the invariant grammar, and printed anew", () => {
    expect(parsed("loop invariant 0<=i&&i <= n;")).toEqual(["0 <= i", "i <= n"]);
  });

  it.each([
    "i <= n */ //@ admit i == 0;",
    "\\false",
    "i <= n, \\everything",
    "\\forall integer k; k == i",
    "L: i <= n",
    "\\at(i, L) == i",
    "a[0] == 1",
    "f(i) == 1",
    "axiom x: 1 == 2",
  ])("nothing comes of %s", (text) => {
    expect(parsed(text)).toEqual([]);
  });

  it("of several clauses each has to be an invariant by itself", () => {
    expect(parsed("i <= n; loop assigns \\everything; requires \\false")).toEqual(["i <= n"]);
  });
});

describe("a candidate in the text", () => {
  const task = loop("/*@ loop invariant i >= 0; */ while (i < n) i++;");
  const candidate = {
    ...atom(task, 0, "i <= n", { proposer: "harvest" }),
    invariants: [["i <= n", "i >= 0", "i == s"]],
    assigns: ["i"],
    variants: ["n - i"],
  };

  it("keeps what stands there and repeats nothing", () => {
    const text = applyEdit(task.document.text, draftAnnotations(task, candidate));
    expect(text).toContain(
      "/*@ loop invariant i >= 0; loop invariant i <= n; loop invariant i == s; loop assigns i; loop variant n - i; */ while",
    );
  });

  it("cannot leave its comment", () => {
    const bad = { ...candidate, invariants: [["i <= n */ i = 3; /*@"]] };
    expect(() => draftAnnotations(task, bad)).toThrow("may not contain");
  });

  it("loses what has an open goal, or none at all", () => {
    const marked = labelled(task, candidate);
    const text = applyEdit(task.document.text, marked.edit);
    const goal = (name: string, proved = true) => ({ name: `f_loop_invariant_${name}`, proved, said: [] });
    const goals = [
      goal("touchstone_0_established"),
      goal("touchstone_0_preserved"),
      goal("touchstone_2_established"),
      goal("touchstone_2_preserved", false),
    ];
    const verdict = { kind: "open", properties: [], goals, reason: "", hopeless: false } as const;
    expect(dropUnproved(candidate, marked, text, verdict)?.invariants).toEqual([["i <= n"]]);
  });

  it("says an order once", () => {
    const long = {
      ...candidate,
      invariants: [["0 <= i", "i <= n", "0 <= n", "s <= i", "s <= n", "i <= 3 ==> s <= n"]],
    };
    expect(withoutConsequences(long).invariants).toEqual([
      ["0 <= i", "i <= n", "s <= i", "i <= 3 ==> s <= n"],
    ]);
  });
});
