import { expect, test } from "vitest";
import { classifyError } from "../../../provers/coq/failure.ts";
import { readHypothesis } from "../../../provers/coq/goals.ts";
import { nextFocus } from "../../../provers/coq/session.ts";

test("hypotheses: names that share a type, values, colons inside", () => {
  expect(readHypothesis("n, m : nat")).toEqual({ names: ["n", "m"], type: "nat", body: null });
  expect(readHypothesis("x := n + 1 : nat")).toEqual({ names: ["x"], type: "nat", body: "n + 1" });
  expect(readHypothesis("H : forall x : A, x :: nil = l")).toEqual({
    names: ["H"],
    type: "forall x : A, x :: nil = l",
    body: null,
  });
  expect(readHypothesis("f := fun x : nat => x :: nil : nat -> list nat")).toEqual({
    names: ["f"],
    type: "nat -> list nat",
    body: "fun x : nat => x :: nil",
  });
});

test.each([
  ["The reference foo was not found in the current environment.", "unknown name"],
  ["No such hypothesis: H", "unknown name"],
  ['The term "I" has type "True" while it is expected to have type "False".', "type mismatch"],
  ['Found no subterm matching "x" in the current goal.', "type mismatch"],
  ["Tactic failure: Cannot find witness.", "no progress"],
  ["No applicable tactic.", "no progress"],
  ["Something never seen.", "other"],
])("%s", (message, kind) => {
  expect(classifyError(message)).toBe(kind);
});

test("Coq says how to go on when a subproof is complete", () => {
  expect(nextFocus("No such goal. Focus next goal with bullet -.")).toBe("-");
  expect(nextFocus("No such goal. Focus next goal with bullet ++.")).toBe("++");
  expect(nextFocus('This subproof is complete. Try unfocusing with "}".')).toBe("}");
  expect(nextFocus("No such goal.")).toBeNull();
});
