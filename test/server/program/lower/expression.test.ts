import { describe, expect, it } from "vitest";
import { body, listing, lower, problems, value } from "./listing.ts";

describe("usual arithmetic conversions", () => {
  it("promote what is narrower than int, so that nothing wraps and nothing overflows", () => {
    expect(value("b + c", "32")).toEqual(["l := b + c"]);
  });

  it("make a comparison with an unsigned operand unsigned", () => {
    expect(value("x < u")).toEqual(["l := ((unsigned int)x < u ? 1 : 0)"]);
    expect(value("-1 < 1u", "32")).toEqual(["l := 0"]);
  });

  it("keep the sign when the signed type has all values of the unsigned one", () => {
    expect(value("l < u", "32")).toEqual(["l := (l < u ? 1 : 0)"]);
    expect(value("l < ul", "32")).toEqual(["l := ((unsigned long)l < ul ? 1 : 0)"]);
  });

  it("wrap unsigned arithmetic", () => {
    expect(value("u - 1")).toEqual(["l := (unsigned int)(u - 1)"]);
    expect(value("-u")).toEqual(["l := (unsigned int)-u"]);
  });
});

describe("conversion on assignment", () => {
  it("wraps where the value may not fit", () => {
    expect(body("c = x; u = x; b = c;")).toEqual([
      "c := (char)x",
      "u := (unsigned int)x",
      "b := (unsigned char)c",
    ]);
  });

  it("leaves values that fit alone", () => {
    expect(body("s = b; c = 'a'; u = b; l = x;", "32")).toEqual(["s := b", "c := 97", "u := b", "l := x"]);
  });

  it("makes a truth value for _Bool", () => {
    expect(body("t = x; t = x < y; t = 256;")).toEqual([
      "t := (x != 0 ? 1 : 0)",
      "t := (x < y ? 1 : 0)",
      "t := 1",
    ]);
  });

  it("folds constants as C converts them", () => {
    expect(body("c = 200; b = -1; x = (signed char)300;", "32")).toEqual(["c := -56", "b := 255", "x := 44"]);
  });

  it("of constants is C's under every reading", () => {
    expect(body("x = 0xffffffff; l = 18446744073709551615ul;")).toEqual(["x := -1", "l := -1"]);
  });

  it("to a signed type that lacks the value wraps under math too: a conversion is no overflow", () => {
    expect(value("x > 0 ? (int)u : 0")).toEqual(["l := (x > 0 ? (int)u : 0)"]);
    const program = lower("int f(unsigned u, long l) { int x = u; x = l; l = x; return l; }");
    expect(listing(program)[0]).toContain("x := (int)u; x := (int)l; l := x; \\result := (int)l");
    expect(program.assumptions).toHaveLength(1);
  });
});

describe("obligations of signed arithmetic", () => {
  it("are none for mathematical integers", () => {
    expect(value("x * y - 1")).toEqual(["l := x * y - 1"]);
  });

  it("say before each use that the exact result is in the type", () => {
    expect(value("x * y", "32")).toEqual([
      "overflow: -2147483648 <= x * y && x * y <= 2147483647",
      "l := x * y",
    ]);
    expect(value("x + 1", "32")).toEqual(["overflow: x + 1 <= 2147483647", "l := x + 1"]);
    expect(value("-x", "32")).toEqual(["overflow: -x <= 2147483647", "l := -x"]);
    expect(body("x++;", "32")).toEqual(["overflow: x + 1 <= 2147483647", "x := x + 1"]);
    expect(body("x -= y;", "32")[0]).toBe("overflow: -2147483648 <= x - y && x - y <= 2147483647");
  });

  it("use 64 bits where int has 64", () => {
    expect(value("x + 1", "64")[0]).toBe("overflow: x + 1 <= 9223372036854775807");
  });

  it("are in the type after promotion and conversion", () => {
    expect(body("c++;", "32")).toEqual(["c := (char)(c + 1)"]);
    expect(value("x + 1L", "32")).toEqual(["l := x + 1"]);
  });

  it("cannot be met by constants that overflow", () => {
    expect(value("2147483647 + 1", "32")).toEqual(["overflow: \\false", "l := 2147483648"]);
    expect(value("2147483647 + 1", "math")).toEqual(["l := 2147483647 + 1"]);
  });

  it("carry the source text and its place", () => {
    const program = lower("int f(int x) {\n  return (x + 1)\n    * 2;\n}", "32");
    const asserts = program.blocks
      .flatMap((block) => block.commands)
      .filter((command) => command.kind === "assert");
    expect(asserts.map(({ text, span }) => [text, span.line])).toEqual([
      ["(x + 1) fits in int", 2],
      ["(x + 1) * 2 fits in int", 2],
    ]);
  });
});

describe("division and shifts", () => {
  it("need a divisor that is not zero, and a quotient in the type", () => {
    expect(value("x / y", "32")).toEqual([
      "division: y != 0",
      "overflow: !(x == -2147483648 && y == -1)",
      "l := x / y",
    ]);
    expect(value("x % y")).toEqual(["division: y != 0", "l := x % y"]);
    expect(value("x / 2", "32")).toEqual(["l := x / 2"]);
    expect(value("x / 0")[0]).toBe("division: \\false");
    expect(value("u / b", "32")).toEqual(["division: b != 0", "l := u / b"]);
  });

  it("need an amount below the width of the promoted left operand", () => {
    expect(value("u >> x")).toEqual(["shift: 0 <= x && x <= 31", "l := u >> x"]);
    expect(value("ul >> b", "32")).toEqual(["shift: b <= 63", "l := (long)(ul >> b)"]);
    expect(value("c >> 1", "32")).toEqual(["l := c >> 1"]);
    expect(value("u << 3")).toEqual(["l := (unsigned int)(8 * u)"]);
  });

  it("do not shift negative values to the left, nor out of the type", () => {
    expect(value("x << 2", "32")).toEqual(["shift: x >= 0", "overflow: 4 * x <= 2147483647", "l := 4 * x"]);
    expect(value("x << 2")).toEqual(["shift: x >= 0", "l := 4 * x"]);
    expect(value("1 << b", "32").slice(0, 1)).toEqual(["shift: b <= 31"]);
  });
});

describe("bitwise operators", () => {
  it("with a mask of low bits are a remainder that is not negative", () => {
    expect(value("u & 7")).toEqual(["l := u % 8"]);
    expect(value("x & 1")).toEqual(["l := (x % 2 < 0 ? x % 2 + 2 : x % 2)"]);
    expect(value("b & 255")).toEqual(["l := b"]);
  });

  it("need operands in the type under math only", () => {
    expect(value("x | y", "32")).toEqual(["l := x | y"]);
    expect(value("x | 4")).toEqual(["range: -2147483648 <= x && x <= 2147483647", "l := x | 4"]);
    expect(value("u ^ b")).toEqual(["l := u ^ b"]);
  });

  it("complement within the type", () => {
    expect(value("~x")).toEqual(["l := -1 - x"]);
    expect(value("~u")).toEqual(["l := 4294967295 - u"]);
    expect(value("~b", "32")).toEqual(["l := -1 - b"]);
  });
});

describe("logical operators and conditionals", () => {
  it("stay terms when their operands change nothing", () => {
    expect(value("x < y && y != 3 || !x")).toEqual(["l := ((x < y && y != 3) || x == 0 ? 1 : 0)"]);
    expect(value("x < y ? x : y")).toEqual(["l := (x < y ? x : y)"]);
    expect(value("x ? u : -1")).toEqual(["l := (x != 0 ? u : 4294967295)"]);
  });

  it("owe what an operand needs only where it is evaluated", () => {
    expect(value("x > 3 && y / c > 1")[0]).toBe("division: x > 3 ==> c != 0");
    expect(value("x == 3 || 1 / y")[0]).toBe("division: x != 3 ==> y != 0");
    expect(value("y > 0 ? x / y : x % c").slice(0, 2)).toEqual([
      "division: y > 0 ==> y != 0",
      "division: y <= 0 ==> c != 0",
    ]);
  });

  it("owe nothing that the guard itself says", () => {
    expect(value("y != 0 && x / y > 1")).toEqual(["l := (y != 0 && x / y > 1 ? 1 : 0)"]);
    expect(value("x == 0 || 1 / x")).toHaveLength(1);
  });

  it("branch when an operand has side effects", () => {
    const program = lower("int f(int x, int y) { if (x > 0 && y++ < 3) return 1; return y; }");
    expect(listing(program)).toEqual([
      "0: \\at(y, Pre) := y; if x > 0 then 1 else 3",
      "1: old#1 := y; y := y + 1; if old#1 < 3 then 2 else 3",
      "2: \\result := 1; goto 4",
      "3: \\result := y; goto 4",
      "4: return",
    ]);
  });

  it("give a value by branching too", () => {
    const program = lower("int f(int x) { int r = x && (x = 3); int q = r ? x++ : 7; return q; }");
    expect(listing(program)).toEqual([
      "0: \\at(x, Pre) := x; if x != 0 then 1 else 3",
      "1: x := 3; if x != 0 then 2 else 3",
      "2: truth#1 := 1; goto 4",
      "3: truth#1 := 0; goto 4",
      "4: r := (truth#1 != 0 ? 1 : 0); if r != 0 then 5 else 6",
      "5: old#1 := x; x := x + 1; choice#1 := old#1; goto 7",
      "6: choice#1 := 7; goto 7",
      "7: q := choice#1; \\result := q; return",
    ]);
  });

  it("leave one way where the condition is constant", () => {
    expect(listing(lower("int f(int x) { if (1) x = 2; else x = 3; return x; }"))).toEqual([
      "0: \\at(x, Pre) := x; x := 2; \\result := x; return",
    ]);
  });
});

describe("side effects", () => {
  it("come in the order of the source", () => {
    expect(body("x = y++ + 1, y = x--;")).toEqual([
      "old#1 := y",
      "y := y + 1",
      "x := old#1 + 1",
      "old#2 := x",
      "x := x - 1",
      "y := old#2",
    ]);
    expect(body("l = ++x + (y = 3);")).toEqual(["x := x + 1", "y := 3", "l := x + y"]);
    expect(body("x = y = c += 2;")).toEqual(["c := (char)(c + 2)", "y := c", "x := y"]);
  });

  it("without a defined order are reported", () => {
    const message =
      "is changed and used in one expression without a defined order; write separate statements";
    const expressions = [
      "x = x++ + 1",
      "y = x++ + x",
      "y = (x = 1) + (x = 2)",
      "x += x++",
      "y = x-- * (c ? x : 1)",
    ];
    for (const expression of expressions) {
      expect(problems(`int f(int x, int y, int c) { ${expression}; return x; }`)[0]).toContain(
        `\`x\` ${message}`,
      );
    }
  });

  it("with a sequence point between them are fine", () => {
    for (const expression of [
      "x++ && x++",
      "x++, x++",
      "x++ ? x : x--",
      "x = x + 1",
      "y = x++ + 1",
      "x = y = x",
    ]) {
      expect(problems(`int f(int x, int y) { ${expression}; return x; }`)).toEqual([]);
    }
  });

  it("of a dropped value keep their obligations", () => {
    expect(body("x / y, 1; (void)(x % c);")).toEqual(["division: y != 0", "division: c != 0"]);
    expect(body("x ? y / c : 0;")).toEqual(["division: x != 0 ==> c != 0"]);
  });
});
