import { describe, expect, it } from "vitest";
import { readAcslPredicate, readAcslTerm } from "../../../grammars/acsl/read.ts";
import type { AcslPredicate, AcslTerm } from "../../../grammars/acsl/tree.ts";

/** The tree as nested words: kind and operands, without spans. */
function shape(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(shape);
  if (typeof node === "bigint") return String(node);
  if (typeof node !== "object" || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).flatMap(([key, value]) => (key === "span" ? [] : [[key, shape(value)]])),
  );
}

function predicate(text: string): AcslPredicate {
  const reading = readAcslPredicate(text);
  if (reading.kind === "ok") return reading.predicate;
  throw new Error(
    reading.diagnostics.map(({ span, message }) => `${span.line}:${span.column} ${message}`).join("; "),
  );
}

function term(text: string): AcslTerm {
  const reading = readAcslTerm(text);
  if (reading.kind === "ok") return reading.term;
  throw new Error(reading.diagnostics.map(({ message }) => message).join("; "));
}

const same = (left: string, right: string) => expect(shape(predicate(left))).toEqual(shape(predicate(right)));

describe("binding strength (ACSL 1.17, table 2.1)", () => {
  it.each([
    ["a < b && c < d || e < f", "((a < b) && (c < d)) || (e < f)"],
    ["a < b ==> c < d ==> e < f", "a < b ==> (c < d ==> e < f)"],
    ["a < b ==> c < d <==> e < f", "(a < b ==> c < d) <==> e < f"],
    ["!a == b", "(!a) == b"],
    ["a + b * c << 1 < d", "((a + (b * c)) << 1) < d"],
    ["a - b - c == 0", "((a - b) - c) == 0"],
    ["-a % b == 0", "((-a) % b) == 0"],
    ["a < b ^^ c < d && e < f", "(a < b) ^^ (c < d && e < f)"],
    [
      "\\forall integer k; 0 <= k ==> a <= k && b <= k",
      "\\forall integer k; (0 <= k ==> (a <= k && b <= k))",
    ],
    ["a == b ? c < d : e < f", "(a == b) ? (c < d) : (e < f)"],
    ["\\let x = a + 1; x > a && b > 0", "\\let x = a + 1; (x > a && b > 0)"],
  ])("%s is %s", same);
});

describe("chained comparisons", () => {
  it.each(["0 <= i <= n", "0 < i < n <= m", "a >= b > c", "a == b == c"])(
    "%s is one predicate of its parts",
    (text) => {
      expect(() => predicate(text)).not.toThrow();
    },
  );

  it.each(["0 <= i >= n", "a < b > c", "a != b != c"])("%s, which mixes directions, is refused", (text) => {
    expect(() => predicate(text)).toThrow();
  });
});

describe("terms", () => {
  it.each([
    "\\at(x, Pre)",
    "\\old(a[i + 1])",
    "\\result",
    "a[i][j]",
    "p->next",
    "*p",
    "p + 1",
    "(unsigned char)x",
    "\\at(a[\\at(i, Here)], LoopEntry)",
    "0x7f + 'a'",
  ])("%s", (text) => {
    expect(() => term(text)).not.toThrow();
  });
});

describe("what is no predicate", () => {
  it.each([
    ["x <", /1:4/],
    ["x < y;", /1:6/],
    ["(x < y", /1:7/],
    ["x < y */ int z;", /./],
    ["x = y", /1:3/],
    ["x < y // z\n&&", /./],
    ["", /./],
    ["sizeof", /./],
    ["a <\u0000 b", /./],
    ["é < 1", /1:1/],
  ])("%j is refused where it goes wrong", (text, place) => {
    expect(() => predicate(text)).toThrow(place);
  });

  it("nested too deep is refused, not a stack overflow", () => {
    for (const text of [
      `${"(".repeat(50_000)}x${")".repeat(50_000)} > 0`,
      `${"!".repeat(50_000)}(x > 0)`,
      `x > ${"-".repeat(50_000)}1`,
    ])
      expect(readAcslPredicate(text).kind).toBe("error");
  });
});
