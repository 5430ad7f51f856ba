import { describe, expect, it } from "vitest";
import { databases, readDatabases } from "../../../../server/proposers/coq/databases.ts";
import { positionOf } from "./position.ts";

const text = `Create HintDb mine.
#[export] Hint Resolve a b.c : mine core.
(* Hint Resolve z : commented. *)
Local Hint Constructors sorted : sort.
Hint Rewrite S_rule
  K_rule : CL_rules other.
Hint Rewrite <- back using auto : backwards.
#[global] Hint Extern 4 (_ <> _) => discriminate : core.
Hint Unfold f.
`;

describe("databases of hints", () => {
  it("are read from the commands that fill them", () => {
    expect(readDatabases(text)).toEqual({
      hints: ["mine", "sort"],
      rewriting: ["CL_rules", "other", "backwards"],
    });
    expect(readDatabases("Lemma a : True.")).toEqual({ hints: [], rewriting: [] });
  });

  it("are used by name", () => {
    const source = databases({ hints: ["sort"], rewriting: ["CL_rules"] });
    const tactics = [...source.suggest!(positionOf({ goal: "a = b" }))].flatMap((one) => one.tactics);
    expect(tactics).toEqual([
      "auto with sort",
      "eauto with sort",
      "autorewrite with CL_rules; auto",
      "autorewrite with CL_rules",
      "autorewrite with CL_rules in *",
    ]);
  });
});
