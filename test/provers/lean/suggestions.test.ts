import { describe, expect, it } from "vitest";
import { readSuggestions } from "../../../provers/lean/session.ts";

describe("what Lean's own search prints", () => {
  it.each([
    ["Try this: exact Nat.add_comm n m", ["exact Nat.add_comm n m"]],
    ["Try this:\n  [apply] exact List.drop_take", ["exact List.drop_take"]],
    ["Try these:\n  [apply] exact a\n  [apply] exact b\n    c", ["exact a", "exact b c"]],
    ["Try this:\n  [apply] rw [← List.reverse_drop]\n  -- no goals", ["rw [← List.reverse_drop]"]],
    ["Try this: refine foo ?_", []],
    ["Try this: exact foo sorry", []],
    ["unused variable", []],
  ])("%j", (message, tactics) => {
    expect(readSuggestions(message)).toEqual(tactics);
  });
});
