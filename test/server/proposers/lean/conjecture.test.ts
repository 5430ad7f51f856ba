import { describe, expect, it } from "vitest";
import { conjecture } from "../../../../server/proposers/lean/conjecture.ts";
import { definitionsOf } from "../../../../server/proposers/lean/shape.ts";
import type { Goal } from "../../../../server/search/session.ts";
import type { Position } from "../../../../server/search/source.ts";

const definitions = definitionsOf(
  [
    [
      "insort",
      "def insort : Nat → List Nat → List Nat\n  | n, [] => [n]\n  | n, x :: xs => x :: insort n xs",
    ],
    ["sort", "def sort : List Nat → List Nat\n  | [] => []\n  | x :: xs => insort x (sort xs)"],
    ["sorted", "def sorted : List Nat → Bool\n  | [] => true\n  | x :: xs => sorted xs"],
    [
      "rev",
      "def rev : List Nat → List Nat → List Nat\n  | [], acc => acc\n  | x :: xs, acc => rev xs (x :: acc)",
    ],
  ].map(([name, statement]) => ({ name: name!, statement: statement!, proof: null })),
);

function proposed(goal: Goal, script: readonly string[]): string[] {
  const position: Position = {
    goals: [goal],
    goal,
    depth: script.length,
    script,
    last: script.at(-1) ?? null,
    failures: [],
    relevant: [],
  };
  return [...conjecture(definitions).suggest!(position)].flatMap(({ tactics }) => tactics);
}

const hypothesis = (name: string, type: string) => ({ names: [name], type, body: null });

describe("a lemma for a stuck induction", () => {
  const data = [hypothesis("x", "Nat"), hypothesis("xs", "List Nat")];

  it("takes what is known of a compound term as its premise", () => {
    const goal = {
      name: null,
      hypotheses: [...data, hypothesis("ih", "sorted (sort xs) = true")],
      conclusion: "sorted (insort x (sort xs)) = true",
    };
    expect(proposed(goal, ["induction xs"])).toContain(
      "suffices key : ∀ g, (sorted g = true) → sorted (insort x g) = true by grind [insort, sort, sorted]",
    );
  });

  it("puts one value in the place of a term and of what it was made from", () => {
    const goal = {
      name: null,
      hypotheses: [...data, hypothesis("ih", "(sort xs).length = xs.length")],
      conclusion: "(insort x (sort xs)).length = xs.length + 1",
    };
    expect(proposed(goal, ["induction xs"])).toContain(
      "suffices key : ∀ g : List Nat, (insort x g).length = g.length + 1 by grind [insort, sort]",
    );
  });

  it("reads an induction hypothesis backwards", () => {
    const goal = {
      name: null,
      hypotheses: [...data, hypothesis("ih", "sort (sort xs) = xs")],
      conclusion: "sort (sort xs ++ [x]) = x :: xs",
    };
    expect(proposed(goal, ["induction xs"])).toContain(
      "suffices key : ∀ g, sort (g ++ [x]) = x :: (sort g) by grind [sort, insort]",
    );
  });

  it("is not guessed before an induction, but for accumulators", () => {
    const goal = { name: null, hypotheses: data, conclusion: "rev xs [] = xs.reverse" };
    const tactics = proposed(goal, []);
    expect(tactics).toContain("suffices key : ∀ acc, rev xs acc = (xs.reverse) ++ acc by grind [rev]");
    expect(tactics.every((tactic) => tactic.includes("acc"))).toBe(true);
  });
});
