import { describe, expect, it } from "vitest";
import { sameCode, sameTokens } from "../../../provers/judge/same-code.ts";
import { taskOf } from "../../server/engine/parts.ts";

const TEXT = `int other(int x) { return x; }
int count(int n) {
  int i = 0, k = 0;
  /*@ loop invariant i >= 0; */
  while (i < n) { i++; k++; }
  //@ assert i >= 0;
  return i;
}
`;

const edited = (from: string, to: string) => {
  const text = TEXT.replace(from, to);
  if (text === TEXT) throw new Error(`${from} is not in the text`);
  return sameTokens(TEXT, text) && sameCode(taskOf(TEXT).program, taskOf(text).program);
};

describe("an edit may add annotations to loops", () => {
  it.each([
    ["an invariant", "i >= 0; */", "i >= 0; loop invariant k >= 0; */"],
    ["a block of its own", "  while", "  //@ loop variant n - i;\n  while"],
    ["what a loop assigns", "i >= 0; */", "i >= 0; loop assigns i, k; */"],
    ["a comment", "int i = 0", "/* from */ int i = 0"],
  ])("%s", (_, from, to) => expect(edited(from, to)).toBe(true));
});

describe("an edit that changes anything else is noticed", () => {
  it.each([
    ["an expression", "i < n", "i <= n"],
    ["a statement", "k++;", ""],
    ["an initial value", "k = 0", "k = 1"],
    ["a type", "int i = 0", "unsigned i = 0"],
    ["a statement that an annotation hides", "i++;", "/*@ loop invariant i++; */"],
    ["an annotation that ends its comment", "i >= 0; */", "i >= 0; */ i = 0; /*@ loop invariant k >= 0; */"],
    ["an assertion taken away", "//@ assert i >= 0;", ""],
    ["an assertion made weaker", "//@ assert i >= 0;", "//@ assert i >= 0 || k > 0;"],
    ["an assertion added", "  return i;", "  //@ assert k >= 0;\n  return i;"],
    ["an assumption", "  while", "  assume(n > 0);\n  while"],
    ["a contract", "int count", "/*@ requires n > 0; */ int count"],
    ["an invariant of the user taken away", "loop invariant i >= 0;", "loop assigns i, k;"],
    ["an invariant of the user changed", "loop invariant i >= 0;", "loop invariant i >= -1;"],
    ["another function", "return x;", "return -x;"],
    ["a macro", "int other", "#define n 3\nint other"],
    ["the order of statements", "i++; k++;", "k++; i++;"],
  ])("%s", (_, from, to) => {
    let same: boolean;
    try {
      same = edited(from, to);
    } catch (error) {
      // Text that cannot be read any more is not the same either.
      expect(String(error)).toContain("no task");
      same = false;
    }
    expect(same).toBe(false);
  });
});
