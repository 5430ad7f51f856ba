import { describe, expect, it } from "vitest";
import { inhabitants } from "../../../provers/lean/inhabitants.ts";

const known = (type: string) => (type === "Nat" ? ["0", "1", "2"] : type === "Int" ? ["-1"] : null);
const of = (text: string, type: string) => inhabitants(text, known)(type);

describe("values of a file's own types", () => {
  it("are the constructors, the short ones first", () => {
    expect(of("inductive Colour where\n  | red\n  | green -- as grass\n  deriving Repr", "Colour")).toEqual([
      ".red",
      ".green",
    ]);
    expect(of("inductive B | yes | no", "B")).toEqual([".no", ".yes"]);
  });

  it("have arguments by binders and by arrows, over the type's own parameters", () => {
    const tree = "inductive Tree (α : Type) where\n| leaf : Tree α\n| node : Tree α → α → Tree α → Tree α";
    expect(of(tree, "Tree Nat")).toEqual([
      ".leaf",
      ".node .leaf 0 .leaf",
      ".node .leaf 1 .leaf",
      ".node .leaf 0 (.node .leaf 0 .leaf)",
      ".node .leaf 1 (.node .leaf 0 .leaf)",
      ".node (.node .leaf 0 .leaf) 0 .leaf",
    ]);
    expect(of("inductive E where\n| num (n : Int)\n| add (a b : E)", "E")).toEqual([
      ".num (-1)",
      ".add (.num (-1)) (.num (-1))",
    ]);
  });

  it("are none for what is not known", () => {
    expect(of("inductive T (f : Nat → Nat) | a", "T Nat")).toBeNull();
    expect(of("", "Tree Nat")).toBeNull();
    expect(of("inductive F where\n| f (g : Nat → Real)", "F")).toEqual([]);
    expect(of("inductive", "inductive")).toBeNull();
  });
});
