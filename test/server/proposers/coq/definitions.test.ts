import { expect, test } from "vitest";
import { readDefinitions } from "../../../../server/proposers/coq/definitions.ts";
import { positionOf } from "./position.ts";

const definitions = readDefinitions([
  { name: "set", statement: "Definition set f k v := fun i => if eq_dec i k then v else f i.", proof: null },
  {
    name: "fill",
    statement: "Fixpoint fill f l := match l with [] => f | k :: l => fill (set f k 0) l end.",
    proof: null,
  },
  { name: "step", statement: "Inductive step : nat -> nat -> Prop := one : step 0 1.", proof: null },
]);

test("what is defined by a term may be looked into, in the conclusion and elsewhere", () => {
  const position = positionOf({ goal: "set f k v k = v", hypotheses: ["H : set f 0 0 = g", "S : step 0 1"] });
  expect(definitions.of(position)).toEqual({ conclusion: ["set"], anywhere: ["set"] });
  expect(definitions.of(positionOf({ goal: "P", hypotheses: ["H : set f 0 0 = g"] }))).toEqual({
    conclusion: [],
    anywhere: ["set"],
  });
});

test("a variable of that name is none", () => {
  expect(definitions.of(positionOf({ goal: "forall set, set = 1" })).anywhere).toEqual([]);
});

test("what appears when a function is simplified is known beforehand", () => {
  expect(definitions.behind(positionOf({ goal: "fill f l k = f k" }))).toEqual(["set"]);
  expect(definitions.behind(positionOf({ goal: "set f k v k = v" }))).toEqual([]);
});
