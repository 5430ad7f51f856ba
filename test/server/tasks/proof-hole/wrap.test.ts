import { describe, expect, it } from "vitest";
import * as sentences from "../../../../server/proposers/coq/sentences.ts";
import { wrapSentence } from "../../../../server/tasks/proof-hole/wrap.ts";

const words = (text: string) => text.split(/\s+/).filter((word) => word !== "");

describe("a long sentence", () => {
  it("stays as it is where it is short, or where a break might change it", () => {
    expect(wrapSentence("intros; auto.")).toEqual(["intros; auto."]);
    const quoted = `unfold "${"+".repeat(120)}"; auto.`;
    expect(wrapSentence(quoted)).toEqual([quoted]);
  });

  it("is broken between its steps first", () => {
    const steps = [
      "induction l1 as [| a l1 IHl1]",
      "simpl in *",
      "intuition (subst; eauto; try congruence)",
      "auto",
    ];
    expect(wrapSentence(`${steps.join("; ")}; easy.`)).toEqual([
      "induction l1 as [| a l1 IHl1]; simpl in *; intuition (subst; eauto; try congruence);",
      "  auto; easy.",
    ]);
  });

  const all = Object.values(sentences).filter((one) => typeof one === "string");
  it.each(all.map((one) => [one]))("says the same: %s", (one) => {
    const whole = `induction l; simpl in *; ${one}; ${one}.`;
    const lines = wrapSentence(whole);
    expect(words(lines.join("\n"))).toEqual(words(whole));
    if (whole.length > 88) expect(lines.length).toBeGreaterThan(1);
    // What cannot be broken is the only reason for a line that is longer.
    for (const line of lines.filter(({ length }) => length > 88))
      expect(line.trim().slice(0, -1)).not.toMatch(/; | (?=\| )/);
    for (const line of lines.slice(1)) expect(line).toMatch(/^ {2}\S/);
  });
});
