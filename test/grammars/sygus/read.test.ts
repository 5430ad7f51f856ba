import { describe, expect, it } from "vitest";
import { readSygus } from "../../../grammars/sygus/read.ts";

const TEXT = `(set-logic LIA)
(synth-inv inv ((x Int)))
(define-fun pre ((x Int)) Bool (= x 0))
(define-fun trans ((x Int) (x! Int)) Bool (= x! (+ x 1)))
(define-fun post ((x Int)) Bool (>= x 0))
(inv-constraint inv pre trans post)
(check-synth)
`;

function outcome(text: string): string {
  const read = readSygus(text);
  if (read.kind === "read") return read.problem.conditions.map((one) => one.text).join("; ");
  return `${read.span.line}:${read.span.column}: ${read.message}`;
}

describe("SyGuS invariant problems", () => {
  it("are three conditions, in version 2 and in version 1", () => {
    const three =
      "initiation of 'inv': 'pre' implies it; consecution of 'inv': 'trans' keeps it; use of 'inv': it implies 'post'";
    expect(outcome(TEXT)).toBe(three);
    const first = TEXT.replace("(define-fun pre", "(declare-primed-var x Int)\n(define-fun pre");
    expect(outcome(first)).toBe(three);
    expect(outcome(TEXT.replaceAll("x!", "|x'|"))).toBe(three);
  });

  it("may have plain constraints that are clauses about them, over the declared variables", () => {
    const plain = TEXT.replace(
      "(inv-constraint inv pre trans post)",
      "(declare-primed-var x Int)\n(constraint (=> (pre x) (inv x)))\n(constraint (=> (and (inv x) (trans x x!)) (inv x!)))\n(constraint (or (not (inv x)) (post x)))",
    );
    expect(outcome(plain)).toBe(
      "initiation of 'inv' at line 7; consecution of 'inv' at line 8; query at line 9",
    );
  });

  it.each([
    [
      TEXT.replace("(synth-inv inv ((x Int)))", "(synth-inv inv ((x Int)) ((B Bool)))"),
      "2:27: the grammar for 'inv' is a list of (nonterminal sort (term …))",
    ],
    ["", "1:1: nothing is to be synthesised: (synth-inv …) is missing"],
    ["(set-logic LIA", "1:1: this parenthesis is never closed"],
    ["hello", "1:1: a command is expected here"],
    [
      TEXT.replace("(x! Int)", ""),
      "6:25: 'trans' has 1 parameters; it needs the 1 of 'inv' and as many primed ones",
    ],
    [TEXT.replace("inv pre trans post", "inv pre trans"), "6:1: write (inv-constraint inv pre trans post)"],
    [TEXT.replace("inv pre trans post", "inw pre trans post"), "6:17: 'inw' is not synthesised here"],
    [TEXT.replace("inv pre trans post", "inv pre trans past"), "6:31: 'past' is not defined here"],
    [
      TEXT.replace("inv pre trans post", "inv trans trans post"),
      "6:21: 'trans' has 2 parameters; 'inv' has 1",
    ],
    [TEXT.replace("((x Int)))", "(x Int))"), "2:17: a parameter is (name sort)"],
    [
      TEXT.replace("(inv-constraint inv pre trans post)\n", ""),
      "2:1: this predicate has no (inv-constraint …)",
    ],
    [
      TEXT.replace("(check-synth)", "(constraint (= (inv 1) (inv 2)))"),
      "7:1: this constraint is no clause about an invariant: write (=> (and (inv …) …) (inv …)), or use inv-constraint",
    ],
    [
      TEXT.replace("(check-synth)", "(constraint (> 1 2))"),
      "7:1: this constraint is no clause about an invariant: write (=> (and (inv …) …) (inv …)), or use inv-constraint",
    ],
    [
      TEXT.replace("(check-synth)", "(assert false)"),
      "7:1: 'assert' is not a command of the invariant track",
    ],
    [
      TEXT.replace("(check-synth)", "(synth-fun f ((x Int)) Int)"),
      "7:1: only invariants are synthesised: a predicate (Bool)",
    ],
  ])("say what is wrong and where", (text, message) => {
    expect(outcome(text)).toBe(message);
  });
});
