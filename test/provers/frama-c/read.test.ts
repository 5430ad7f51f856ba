import { describe, expect, it } from "vitest";
import { verdictOf } from "../../../provers/frama-c/checker.ts";
import { dialectDeclarations } from "../../../provers/frama-c/dialect.ts";
import { whatItSaid } from "../../../provers/frama-c/wp.ts";

const HEAD = "directory\tfile\tline\tfunction\tproperty kind\tstatus\tproperty\n";
const ROW = "/t\tsource.c\t4\tf\tloop invariant\tValid\t0 ≤ i\n";
const LOG = `[kernel] Parsing source.c (with preprocessing)
[wp] Running WP plugin...
[rte:annot] annotating function f
[wp] 2 goals scheduled
[wp] [Passed] Smoke-test typed_f_wp_smoke_dead_loop_s3
[wp] [Qed] Goal typed_f_loop_invariant_established : Valid (4ms)
[wp] Proved goals:    2 / 2
`;
const CODE = "/*@ ensures \\result == 0; */\nint f(void)\n{\n  return 0;\n}\n";
const verdict = (log: string, table = HEAD + ROW, own = CODE, beyond = false) =>
  verdictOf({ log, table, code: { own, all: own } }, { function: "f", beyond }, "frama-c");
const reason = (log: string, table?: string, own?: string, beyond?: boolean) => {
  const found = verdict(log, table, own, beyond);
  return found.kind === "proved" ? "proved" : found.reason;
};

describe("what a run of Frama-C comes to", () => {
  it("all goals, no contradiction, no open property: proved, in ASCII", () => {
    expect(verdict(LOG)).toEqual({
      kind: "proved",
      properties: [{ kind: "loop invariant", text: "0 <= i", line: 4, status: "proved" }],
      assumptions: [],
      checkedBy: "frama-c",
      terminates: false,
    });
  });

  it.each<[string, string, string?]>([
    ["a goal is open", LOG.replace("2 / 2", "1 / 2")],
    ["fewer goals are told of than were made", LOG.replace("2 goals", "3 goals")],
    ["there was nothing to prove", LOG.replace("2 / 2", "0 / 0")],
    ["it did not say what it proved", "[kernel] Parsing source.c (with preprocessing)\n"],
    [
      "a property of the function is open",
      LOG,
      `${HEAD}${ROW}/t\tsource.c\t9\tf\tpostcondition\tUnknown\tx\n`,
    ],
    [
      "a property holds only if another one does",
      LOG,
      `${HEAD}${ROW}/t\tsource.c\t9\tf\tpostcondition\tPartially proven\tx\n`,
    ],
    ["a smoke test finds a contradiction", LOG.replace("[Passed] Smoke", "[Failed] Smoke")],
    ["WP warns that it left something out", `${LOG}[wp] source.c:3: Warning: \n  Unsupported cast\n`],
    ["no guard against run-time errors was made", LOG.replace("[rte:annot] annotating function f\n", "")],
    ["WP gives up on something", `${LOG}[wp] User Error: Deferred error message was emitted\n`],
  ])("not proved: %s", (_, log, table) => {
    expect(verdict(log, table).kind).toBe("open");
  });

  it("what the memory model supposes of pointers is an assumption", () => {
    const told = `${LOG}[wp] source.c:34: Warning: 
  Memory model hypotheses for function 'f':
  /*@ behavior wp_typed:
        requires \\separated(a + (..), &state,
                             &tries); */
  void f(int const *a, int n);
`;
    const found = verdict(told);
    expect(found.kind === "proved" && found.assumptions).toEqual(["\\separated(a + (..), &state, &tries)"]);
  });

  it("code that no run reaches is told of, and is no contradiction", () => {
    const dead = `${LOG.replace("2 / 2", "1 / 2")}[wp] [Failed] Smoke-test typed_f_wp_smoke_dead_code_s9
[wp] source.c:7: Warning: Failed smoke-test
`;
    const smoke = "/t\tsource.c\t7\tf\tuser assertion\tUnknown\t\\false\n";
    const found = verdict(dead, HEAD + ROW + smoke);
    expect(found.kind === "proved" && found.assumptions).toEqual(["a part of line 7 is never reached"]);
    expect(verdict(dead.replace("1 / 2", "0 / 2")).kind).toBe("open");
  });

  it("a contract that the kernel made up is none, where the function calls it", () => {
    const log = `[kernel:annot:missing-spec] source.c:9: Warning: 
  Neither code nor specification for function g, generating default assigns from the prototype
${LOG}`;
    const calls = CODE.replace("return 0", "g(); return 0");
    expect(reason(log, undefined, calls)).toMatch(/makes up what 'g' does/);
    expect(reason(log)).toBe("proved");
    const arbitrary = (text: string) => text.replace(/\bg\b/g, "__VERIFIER_nondet_int");
    expect(reason(arbitrary(log), undefined, arbitrary(calls))).toBe("proved");
    const partly = log.replace("Neither code nor specification", "No code nor implicit assigns clause");
    expect(reason(partly, undefined, calls)).toMatch(/makes up what 'g' does/);
  });

  it.each([
    ["a bit-field", "'a' is a bit-field", "struct S {\n   unsigned int a : 3 ;\n};\n", "s.a = 9u;"],
    ["a call at the end of a block", "cleanup", "", "int v __attribute__((__cleanup__(done))) = 0;"],
    ["a variable with another's name", '__asm__("a")', 'int a;\nextern int b __asm__("a");\n', "b = 2;"],
    ["a weak name of another variable", "#pragma weak b =", "#pragma weak b = a\nint a;\n", "b = 2;"],
    ["ghost code that may not end", "ghost code", "", "/*@ ghost boom(); */"],
    ["a ghost loop", "ghost code", "", "/*@ ghost while (1) { } */"],
  ])("WP does not follow %s, though all is proved", (_, said, before, statement) => {
    const own = before + CODE.replace("return 0", `${statement}\n  return 0`);
    expect(reason(LOG, undefined, own, true)).toContain(said);
  });

  it("the assigns of a behavior is no limit of every call", () => {
    const callee = (contract: string) =>
      `/*@ ${contract} */\nint g(float x);\n${CODE.replace("return 0", "g(0.0f);\n  return 0")}`;
    const one = "behavior b: assumes x > 1.0f; assigns \\nothing;";
    expect(reason(LOG, undefined, callee(one))).toMatch(/assigns of a behavior of 'g'/);
    expect(reason(LOG, undefined, callee(`assigns k; ${one}`))).toBe("proved");
    expect(reason(LOG, undefined, callee(`${one} complete behaviors b;`))).toBe("proved");
  });

  it("ghost assignments and a function's own name for the linker are no reason", () => {
    const own = `int g(void) __asm__("h");\n${CODE.replace("return 0", "/*@ ghost k = (1 + k); */\n  return 0")}`;
    expect(reason(LOG, undefined, own, true)).toBe("proved");
  });

  it("'main' is not proved for callers: WP takes globals for what they are initialised with", () => {
    const main = (own: string) =>
      verdictOf(
        {
          log: LOG.replace("function f", "function main"),
          table: HEAD + ROW.replace("\tf\t", "\tmain\t"),
          code: { own, all: own },
        },
        { function: "main" },
        "frama-c",
      ).kind;
    const own = "int main(void)\n{\n  return g;\n}\n";
    expect(main(own)).toBe("proved");
    expect(main(`${own}int h(void)\n{\n  g = 1;\n  return main();\n}\n`)).toBe("open");
  });

  it("its own preconditions are its callers' to prove", () => {
    const table = `${HEAD}${ROW}/t\tsource.c\t1\tf\tprecondition\tUnknown\tn > 0\n`;
    expect(reason(LOG, table)).toBe("proved");
  });

  it("another function's open property is not held against this one", () => {
    expect(verdict(LOG, `${HEAD}${ROW}/t\tsource.c\t9\tg\tpostcondition\tUnknown\tx\n`).kind).toBe("proved");
  });

  it("says what is open, and where", () => {
    const table = `${HEAD}/t\tsource.c\t9\tf\tpostcondition\tUnknown\t\\result ≥ 0\n`;
    const log = LOG.replace("2 / 2", "1 / 2").replace(
      "[wp] Proved",
      "[wp] [Failed] Goal typed_f_ensures\n  z3 4.8.12: Timeout (Qed:3ms) (5s)\n  cvc5 1.0.3: Failed Unknown error\n[wp] Proved",
    );
    expect(reason(log, table)).toBe(
      "Frama-C proves 1 of 2 goals: postcondition '\\result >= 0' at line 9; its provers on what is left: f_ensures (z3 4.8.12: timeout after 5s, cvc5 1.0.3: unknown)",
    );
  });

  it.each([
    [
      "[kernel] /t/source.c:57: User Error: Cannot resolve variable NULL\n[kernel] Frama-C aborted.\n",
      "a.c:57:1: Cannot resolve variable NULL",
    ],
    ["[kernel] /t/source.c:4: \n  syntax error:\n  2\n  3 //@\n", "a.c:4:1: syntax error"],
    ["[wp] User Error: no function 'g'\n", "no function 'g'"],
  ])("tells why the text was refused: %j", (log, told) => {
    expect(whatItSaid(log, "a.c")).toBe(told);
  });
});

describe("the benchmark dialect in ACSL", () => {
  it("an assertion of the dialect is something to prove, an assumption is not", () => {
    const before = dialectDeclarations("int main() { int x = unknown(); assume(x > 0); assert(x >= 0); }");
    expect(before).toContain("requires c != 0; assigns \\nothing; */ extern void assert");
    expect(before).toContain("ensures c != 0; */ extern void assume");
    expect(before).toContain("extern int unknown()");
    expect(before).not.toContain("\n");
  });

  it.each([
    ["C's own assert", "#include <assert.h>\nvoid f(int x) { assert(x); }"],
    ["a definition", "void assert(int c) { while (!c); }\nvoid f(int x) { assert(x); }"],
    ["a comment", "// assert(x)\nvoid f(int x) { }"],
    ["an annotation", "void f(int x) { /*@ assert (x == x); */ }"],
  ])("nothing is declared for %s", (_, text) => {
    expect(dialectDeclarations(text)).toBe("");
  });
});
