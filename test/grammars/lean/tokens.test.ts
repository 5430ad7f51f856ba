import { describe, expect, it } from "vitest";
import { readTokens } from "../../../grammars/lean/tokens.ts";

const words = (text: string) => readTokens(text).tokens.map((token) => token.text);

describe("tokens of a Lean text", () => {
  it.each([
    [
      "a number ends where a name begins",
      "512macro 0x1Funiverse 1.5e3x",
      ["512", "macro", "0x1F", "universe", "1.5e3", "x"],
    ],
    ["a line break may be a character", "'\n' \"'\"", ["'\n'", '"\'"']],
    ["two signs begin no character", "f ''\"'\"", ["f", "''", '"\'"']],
    ["a quoted name may hold a line break", '«a\n"» x', ['«a\n"»', "x"]],
    ["λ is no letter", "λx λ'a'", ["λ", "x", "λ", "'a'"]],
    [
      "a raw string has any number of signs",
      `r${"#".repeat(30)}" " "${"#".repeat(30)} x`,
      [`r${"#".repeat(30)}" " "${"#".repeat(30)}`, "x"],
    ],
    ["a term in a string has strings of its own", 's!"{f "}"}" x', ["s!", '"{f "}"}"', "x"]],
    ["another string has no terms", 'f "{" x "}"', ["f", '"{"', "x", '"}"']],
    ["documentation that begins with three signs goes on", "/--/ x -/ y", ["y"]],
  ])("%s", (_, text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it("says what depends on the tokens that are imported", () => {
    expect(readTokens("let z <--1").doubtful).toEqual([7]);
    expect(readTokens("f ⁻¹'s x -- '\"'\n('\"', a) /-- b -/").doubtful).toEqual([]);
    expect(readTokens('t! "{"a"}"').twoWays).toEqual([3]);
    expect(readTokens('t! "{a}"').twoWays).toEqual([]);
  });
});
