import { describe, expect, it } from "vitest";
import { parseInvariant } from "../../../grammars/invariant/parse.ts";
import { printInvariant } from "../../../grammars/invariant/print.ts";

const SCOPE = new Set(["x", "y", "n", "size", "Pre", "\\at(n, Pre)"]);

function reprint(text: string): string {
  const parsed = parseInvariant(text, SCOPE);
  return parsed.kind === "ok"
    ? printInvariant(parsed.tree)
    : `${parsed.line}:${parsed.column} ${parsed.message}`;
}

/** What a text means, with every bracket written: compared between two ways of writing one thing. */
function tree(text: string): unknown {
  const parsed = parseInvariant(text, SCOPE);
  return parsed.kind === "ok" ? parsed.tree : parsed;
}

describe("precedence, as ACSL and C have it", () => {
  it.each([
    ["x - y - n == 0", "((x - y) - n) == 0"],
    ["x + y * n % 3 < 1", "x + ((y * n) % 3) < 1"],
    ["-x * y < 0", "(-x) * y < 0"],
    ["x < 1 && y < 1 || n < 1", "((x < 1) && (y < 1)) || (n < 1)"],
    ["x < 1 || y < 1 ==> n < 1", "((x < 1) || (y < 1)) ==> (n < 1)"],
    ["x < 1 ==> y < 1 ==> n < 1", "(x < 1) ==> ((y < 1) ==> (n < 1))"],
    ["x < 1 ==> y < 1 <==> n < 1", "((x < 1) ==> (y < 1)) <==> (n < 1)"],
    ["x < 1 <==> y < 1 <==> n < 1", "((x < 1) <==> (y < 1)) <==> (n < 1)"],
    ["!(x < 1) && y < 1", "(!(x < 1)) && (y < 1)"],
    ["0 <= x + 1 < n", "(0) <= (x + 1) < (n)"],
  ])("reads %s as %s", (plain, bracketed) => {
    expect(tree(plain)).toEqual(tree(bracketed));
    expect(tree(plain)).toHaveProperty("kind");
    expect(reprint(bracketed)).toBe(plain);
  });
});

describe("what parses", () => {
  it.each([
    ["x<=n", "x <= n"],
    ["  \r\n\t x == 1 \n", "x == 1"],
    ["x - -1 == y", "x - -1 == y"],
    ["- - x == y", "-(-x) == y"],
    ["\\at(n,Pre) >= Pre", "\\at(n, Pre) >= Pre"],
    ["\\at ( n ,  Pre ) >= 0", "\\at(n, Pre) >= 0"],
    ["!!\\true", "!(!\\true)"],
    ["n > x >= y > 0", "n > x >= y > 0"],
    ["99999999999999999999 > x", "99999999999999999999 > x"],
    ["(((((x)) == ((1)))))", "x == 1"],
  ])("%j is %s", (text, printed) => {
    expect(reprint(text)).toBe(printed);
  });
});

describe("near misses", () => {
  it.each([
    ["", "1:1 the text ends too early"],
    ["x <", "1:4 the text ends too early"],
    ["x", "1:1 this is a term where a formula is needed"],
    ["x + 1", "1:1 this is a term where a formula is needed"],
    ["(x < 1) + 1 < 2", "1:2 this is a formula where a term is needed"],
    ["\\true < 1", "1:1 this is a formula where a term is needed"],
    ["x < 1 && y", "1:10 this is a term where a formula is needed"],
    ["!x == 1", "1:2 this is a term where a formula is needed"],
    ["-(x < 1) == 0", "1:3 this is a formula where a term is needed"],
    ["x = 1", '1:3 "=" is not allowed here'],
    ["x =< 1", '1:3 "=" is not allowed here'],
    ["x == y == n", '1:8 "==" cannot stand here'],
    ["x < y == n", '1:7 "==" cannot stand here'],
    ["x < y > n", '1:7 ">" cannot stand here'],
    ["x != y < n", '1:8 "<" cannot stand here'],
    ["x--y == 1", '1:2 "--" cannot stand here'],
    ["--x == 1", '1:1 "--" cannot stand here'],
    ["x++ == 1", '1:3 "+" cannot stand here'],
    ["+x == 1", '1:1 "+" cannot stand here'],
    ["x & 1 == 1", '1:3 "&" is not allowed here'],
    ["x << 1 == 1", '1:4 "<" cannot stand here'],
    ["x < 1 & & y < 1", '1:7 "&" is not allowed here'],
    ["x < 1 and y < 1", '1:7 "and" cannot stand here'],
    ["2x < 1", '1:2 "x" cannot stand here'],
    ["010 < x", '1:2 "10" cannot stand here'],
    ["0x10 < x", '1:2 "x10" cannot stand here'],
    ["1u < x", '1:2 "u" cannot stand here'],
    ["1.5 < x", '1:2 "." is not allowed here'],
    ["999999999999999999999 < x", '1:21 "9" cannot stand here'],
    ["f(x) < 1", '1:2 "(" cannot stand here'],
    ["x[0] < 1", '1:2 "[" is not allowed here'],
    ["\\result < 1", '1:1 "\\\\" is not allowed here'],
    ["\\truex", '1:6 "x" cannot stand here'],
    ["\\at(n, Prefix) > 0", '1:11 "fix" cannot stand here'],
    ["\\at(n, Here) > 0", '1:6 "," is not allowed here'],
    ["\\at(n + 1, Pre) > 0", '1:7 "+" cannot stand here'],
    ["x < 1 ? x : y", '1:7 "?" is not allowed here'],
    ["\\forall integer i; i < 1", '1:1 "\\\\" is not allowed here'],
    ["loop invariant x < 1", '1:6 "invariant" cannot stand here'],
    ["x < 1;", '1:6 ";" is not allowed here'],
    ["x = 1, y", '1:3 "=" is not allowed here'],
  ])("%j: %s", (text, answer) => {
    expect(reprint(text)).toBe(answer);
  });

  it("names what is not in scope and where it stands, as a whole word", () => {
    expect(reprint("size > 0 && i < n")).toBe("1:13 i is not a name that may stand here");
    expect(reprint("\n x > 0 && \\at(size,Pre) < n")).toBe(
      "2:11 \\at(size, Pre) is not a name that may stand here",
    );
    expect(reprint("constructor > 0")).toBe("1:1 constructor is not a name that may stand here");
  });

  it("takes only a comparison as an atom", () => {
    expect(parseInvariant("2 * x <= n", SCOPE, "atom").kind).toBe("ok");
    for (const text of ["\\true", "x < 1 && y < 1", "!(x < 1)", "(x < 1)", "x"]) {
      expect(parseInvariant(text, SCOPE, "atom").kind).toBe("error");
    }
  });
});
