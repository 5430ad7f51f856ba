import { headOf } from "./head.ts";
import { ENDERS, isProofMode, type Outline, THEOREMS, type Theorem } from "./outline.ts";
import type { Sentence } from "./sentences.ts";

/** The statement whose proof is still open where a theorem is stated, as `Set Nested Proofs Allowed` lets it be; null as a rule. */
export function enclosingStatement({ sentences }: Outline, { statement }: Theorem): Sentence | null {
  for (let at = statement - 1; at >= 0; at--) {
    const { word, prefixes, rest } = headOf(sentences[at]!);
    if (prefixes.includes("Fail") || prefixes.includes("Succeed")) continue;
    if (ENDERS.has(word) || (word === "Proof" && !isProofMode(rest[0]?.text))) return null;
    if (THEOREMS.has(word)) return sentences[at]!;
    // Others that state something may also define it at once.
    if (/^\p{Lu}/u.test(word) && word !== "Proof" && word !== "Set" && word !== "Unset") return null;
  }
  return null;
}
