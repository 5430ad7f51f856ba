import { describe, expect, it } from "vitest";
import { printer } from "../../../grammars/emit/printer.ts";
import { steps } from "./steps.ts";

const print = printer(steps);
const take = (text: string) => ({ kind: "take", names: [{ kind: "word", text }] });

describe("a generated printer", () => {
  it("writes brackets only against the associativity", () => {
    const right = {
      kind: "then",
      left: take("a"),
      right: { kind: "then", left: take("b"), right: take("c") },
    };
    const left = {
      kind: "then",
      left: { kind: "then", left: take("a"), right: take("b") },
      right: take("c"),
    };
    expect(print(right)).toBe("#take a ; #take b ; #take c");
    expect(print(left)).toBe("(#take a ; #take b) ; #take c");
  });

  it("leaves out an optional part whose fields are null", () => {
    expect(print({ kind: "use", lemmas: [{ kind: "word", text: "a" }], place: null })).toBe("#use [a]");
    expect(print({ kind: "use", lemmas: [{ kind: "word", text: "a" }], place: "h" })).toBe("#use [a] @h");
  });

  it("throws on what is no tree of the definition", () => {
    expect(() => print({ kind: "take", names: [take("a")] })).toThrow("no take may stand at word");
  });
});
