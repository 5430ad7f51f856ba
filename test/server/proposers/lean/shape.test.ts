import { describe, expect, it } from "vitest";
import {
  callsOf,
  compoundsIn,
  definitionsOf,
  introduced,
  mentioned,
} from "../../../../server/proposers/lean/shape.ts";

describe("calls of a function", () => {
  it("are found as they are printed, the shortest first", () => {
    expect(callsOf("sort (x :: xs) = insort x (sort xs)", "sort")).toEqual(["sort xs", "sort (x :: xs)"]);
  });

  it("are found in field notation, too", () => {
    expect(callsOf("t.mirror.size = (insert x t).size", "Tree.size")).toEqual([
      "Tree.size t.mirror",
      "Tree.size (insert x t)",
    ]);
    expect(callsOf("t.mirror.size", "Tree.mirror")).toEqual(["Tree.mirror t"]);
    expect(callsOf("Tree.size t = n", "Tree.size")).toEqual(["Tree.size t"]);
  });
});

describe("what a goal mentions", () => {
  it("are the definitions behind every part of a dotted name, and those that they call", () => {
    const definitions = definitionsOf(
      [
        ["Tree.size", "def Tree.size : Tree → Nat\n  | leaf => 0\n  | node l r => size l + size r + one"],
        [
          "Tree.mirror",
          "def Tree.mirror : Tree → Tree\n  | leaf => leaf\n  | node l r => node (mirror r) (mirror l)",
        ],
        ["one", "def one := 1"],
        ["other", "def other := 2"],
      ].map(([name, statement]) => ({ name: name!, statement: statement!, proof: null })),
    );
    expect(mentioned("t.mirror.size = t.size", definitions).map(({ name }) => name)).toEqual([
      "Tree.size",
      "Tree.mirror",
      "one",
    ]);
  });

  it("has compound terms at any depth", () => {
    expect(compoundsIn("f (g (h x)) = (insort x (sort xs)).length")).toEqual([
      "(h x)",
      "(g (h x))",
      "(sort xs)",
      "(insort x (sort xs))",
    ]);
  });
});

describe("names for intro", () => {
  it.each([
    ["∀ (x y : Nat) (z : List Nat), x = y → z = []", "x y z h"],
    ["∀ x ∈ xs, p x", "x h"],
    ["∀ g, sorted g = true → sorted g = true", "g h"],
    ["¬n = 0", "h"],
    ["a → b → c", "h h1"],
    ["a ∧ b", ""],
  ])("%s", (conclusion, names) => {
    expect(introduced(conclusion, new Set()).join(" ")).toBe(names);
    expect(introduced(conclusion, new Set(["h"])).includes("h")).toBe(false);
  });
});
