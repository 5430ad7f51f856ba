import { describe, expect, it } from "vitest";
import {
  characters,
  inOrder,
  literal,
  matches,
  oneOf,
  regexSource,
  repeated,
} from "../../../grammars/definition/pattern.ts";

describe("patterns", () => {
  it("match whole texts only, and no trailing line break", () => {
    const name = inOrder(characters("az", "__"), repeated(characters("az", "09"), 0, 3));
    expect(["a", "_1", "abcd", "", "abcde", "1a", "a\n", "a b"].map((text) => matches(name, text))).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  it("put longer texts before their prefixes, so that the first match is the longest", () => {
    expect(regexSource(oneOf("i", "in", "int"))).toBe("(?:int|in|i)");
  });

  it("quote every character that means something to a regular expression", () => {
    const marks = "^$.*+?()[]{}|/\\-&";
    expect(matches(literal(marks), marks)).toBe(true);
    expect(matches(characters("--", "]]", "^^", "\\\\"), "\\")).toBe(true);
    expect(matches(characters("--", "]]", "^^", "\\\\"), "a")).toBe(false);
  });

  it("have an empty language when there is nothing to choose from", () => {
    expect(matches(oneOf(), "")).toBe(false);
    expect(matches(inOrder(literal("a"), oneOf()), "a")).toBe(false);
  });
});
