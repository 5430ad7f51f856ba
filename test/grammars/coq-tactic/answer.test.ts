import { describe, expect, it } from "vitest";
import { parseCoqTacticJson } from "../../../grammars/coq-tactic/answer.ts";
import { parseCoqTactic } from "../../../grammars/coq-tactic/parse.ts";
import { printCoqTactic } from "../../../grammars/coq-tactic/print.ts";

/** The tree of a tactic as a server with a JSON schema would send it. */
function sent(tactic: string): string {
  const parsed = parseCoqTactic(tactic);
  if (parsed.kind === "error") throw new Error(parsed.message);
  return JSON.stringify({ answer: parsed.tree });
}

describe("a tactic in JSON", () => {
  it("is the tactic that its tree prints as", () => {
    for (const tactic of [
      "intros n m",
      "apply H in H0",
      "simpl; rewrite IHn; auto",
      "destruct (f x) eqn: E",
    ]) {
      const read = parseCoqTacticJson(sent(tactic));
      expect(read.kind === "ok" && printCoqTactic(read.tree)).toBe(tactic);
    }
  });

  it("may not name the theorem itself, as text may not", () => {
    expect(parseCoqTacticJson(sent("apply two"), { refused: ["two"] })).toMatchObject({ kind: "error" });
  });

  it("says what is wrong: no JSON, another field, a node or a name that the language has not", () => {
    const head = sent("apply H");
    expect(parseCoqTacticJson(head.slice(0, -3))).toMatchObject({
      message: expect.stringContaining("not JSON"),
    });
    expect(parseCoqTacticJson(head.replace("answer", "tactic"))).toMatchObject({ kind: "error" });
    expect(parseCoqTacticJson('{"answer": {"node": "admit"}}')).toMatchObject({ kind: "error" });
    expect(parseCoqTacticJson(head.replace('"H"', '"H. admit"'))).toMatchObject({ kind: "error" });
    expect(parseCoqTacticJson(head.replace('"H"', '"admit"'))).toMatchObject({ kind: "error" });
  });
});
