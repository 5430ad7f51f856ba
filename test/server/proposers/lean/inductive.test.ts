import { describe, expect, it } from "vitest";
import { casesWithNames, constructorsOf } from "../../../../server/proposers/lean/inductive.ts";
import { definitionsOf } from "../../../../server/proposers/lean/shape.ts";

const tree = `inductive Tree (α : Type) where
  | leaf : Tree α -- nothing
  | node (l : Tree α) (key : Nat) (r : Tree α) : Tree α
  | pair : Tree α → (Nat → Nat) → Tree α
  deriving Repr`;
const definitions = definitionsOf([{ name: "Tree", statement: tree, proof: null }]);

describe("the cases of an induction", () => {
  it("are named as the file names its arguments, with a hypothesis for each of the type itself", () => {
    const constructors = constructorsOf("Tree α", definitions)!;
    expect(casesWithNames("t", constructors, new Set(["t", "ih"]), true)).toBe(
      "with | leaf => ?_ | node l key r ih1 ih2 => ?_ | pair t y ih1 => ?_",
    );
    expect(casesWithNames("t", constructors, new Set(["t"]), false)).toBe(
      "with | leaf => ?_ | node l key r => ?_ | pair t y => ?_",
    );
  });

  it("take the target's name for the smaller one, and no name that is taken", () => {
    const constructors = constructorsOf("List Nat", [])!;
    expect(casesWithNames("xs", constructors, new Set(["xs", "x"]), true)).toBe(
      "with | nil => ?_ | cons x1 xs ih => ?_",
    );
  });

  it("may hold what is done with the smaller one", () => {
    const constructors = constructorsOf("Nat", [])!;
    const body = (inner: readonly string[]) => (inner.length > 0 ? `cases ${inner[0]}` : "rfl");
    expect(casesWithNames("n", constructors, new Set(["n"]), true, body)).toBe(
      "with | zero => rfl | succ n ih => cases n",
    );
  });

  it("are not known of a type that nobody declared", () => {
    expect(constructorsOf("α", definitions)).toBeNull();
    expect(constructorsOf("Forest α", definitions)).toBeNull();
  });
});
