import { describe, expect, it } from "vitest";
import { chevrotainParser } from "../../../grammars/emit/parser.ts";
import { printer } from "../../../grammars/emit/printer.ts";
import { steps } from "./steps.ts";

const { parse, lexer, parser } = chevrotainParser(steps);
const print = printer(steps);
const word = (text: string) => ({ kind: "word", text });

describe("a generated parser", () => {
  it("makes fields of the labelled parts, and null of an optional one that is absent", () => {
    expect(parse("#use[a,ab] @goal")).toEqual({
      kind: "ok",
      tree: { kind: "use", lemmas: [word("a"), word("ab")], place: "goal" },
    });
    expect(parse("#use [a]")).toEqual({
      kind: "ok",
      tree: { kind: "use", lemmas: [word("a")], place: null },
    });
  });

  it("associates to the right where the definition says so", () => {
    const take = (text: string) => ({ kind: "take", names: [word(text)] });
    expect(parse("#take a; #take b; #take c")).toEqual({
      kind: "ok",
      tree: { kind: "then", left: take("a"), right: { kind: "then", left: take("b"), right: take("c") } },
    });
  });

  it.each([
    "#take a b",
    "#use [a, b] @h",
    "#take a ; (#take b ; #use [c]) ; #take d",
    "(#take a ; #take b) ; #take c",
  ])("reads back what is printed for %s", (text) => {
    const parsed = parse(text);
    if (parsed.kind !== "ok") throw new Error(parsed.message);
    expect(parse(print(parsed.tree))).toEqual(parsed);
  });

  it.each([
    ["", "the text ends too early", 0],
    ["#take", "the text ends too early", 5],
    ["#take a;", "the text ends too early", 8],
    ["#take a]", '"]" cannot stand here', 7],
    ["#take A", '"A" is not allowed here', 6],
    ["#take a\n", '"\\n" is not allowed here', 7],
    ["#take \u0430", '"\\u0430" is not allowed here', 6],
    [`${"(".repeat(9)}#take a`, "brackets nested more than 8 deep; write something smaller", 8],
    ["#take a;".repeat(30), "longer than 200 characters; write something shorter", 200],
    ["#take a;".repeat(20).concat("#take a"), "nested more than 8 deep; write something smaller", 104],
  ])("rejects %j with its place", (text, message, offset) => {
    expect(parse(text)).toEqual({ kind: "error", message, offset });
  });

  it("is the same after a rejection as before", () => {
    const before = parse("(#take a)");
    parse("(".repeat(50));
    parse("#take a )");
    expect(parse("(#take a)")).toEqual(before);
  });

  it("runs with recovery off in lexer and parser, which a proof can read from the live objects", () => {
    expect(lexer.tokenize("a\u0000b\u0000c").errors).toHaveLength(1);
    expect(lexer.tokenize("a\u0000b").tokens.map((token) => token.image)).toEqual(["a"]);
    expect(Object.keys(parser.getGAstProductions())).toEqual(steps.rules.map((rule) => rule.name));
  });

  it("refuses a definition that is wrong in itself", () => {
    expect(() => chevrotainParser({ ...steps, start: "nowhere" })).toThrow(
      "the start rule nowhere is not defined",
    );
  });
});
