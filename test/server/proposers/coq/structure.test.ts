import { expect, test } from "vitest";
import { readDefinitions } from "../../../../server/proposers/coq/definitions.ts";
import { structure } from "../../../../server/proposers/coq/structure.ts";
import { positionOf } from "./position.ts";

const half = {
  name: "half",
  statement: "Function half (n : nat) {struct n} : nat := match n with S (S m) => S (half m) | _ => 0 end.",
  proof: null,
};
const tacticsAt = (goal: string, relevant = [half]) =>
  [...structure(readDefinitions([])).suggest!(positionOf({ goal, relevant }))].flatMap(
    ({ tactics }) => tactics,
  );

test("a function with an induction principle of its own is followed along its calls", () => {
  expect(tacticsAt("half n <= n")).toContain("functional induction (half n)");
  expect(tacticsAt("forall n, half (S n) <= S n")).toContain("intros; functional induction (half (S n))");
});

test("a function that a goal does not call is left alone", () => {
  const none = expect.stringContaining("functional induction");
  expect(tacticsAt("n <= n")).not.toContainEqual(none);
  expect(tacticsAt("halfway n <= n")).not.toContainEqual(none);
});

test("whether two values of a type are equal is decided from its constructors", () => {
  expect(tacticsAt("{a = b} + {a <> b}", [])).toContain("decide equality");
  expect(tacticsAt("{a < b} + {b <= a}", [])).not.toContain("decide equality");
});
