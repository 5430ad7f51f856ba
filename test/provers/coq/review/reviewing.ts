import type { ProofReviewer, Review } from "../../../../server/engine/proof.ts";
import { signal } from "../opened.ts";

/**
 * Reviews a text in which `<hole>` is replaced by `proof`; what stands in the text instead of the proof before the edit is
 * `Admitted.`, unless the hole says otherwise: `<hole:admit.>`.
 */
export function reviewAt(
  reviewer: ProofReviewer,
  marked: string,
  proof: string,
  file = "/nowhere/Test.v",
): Promise<Review> {
  const found = /<hole(?::([^>]*))?>/.exec(marked)!;
  const old = found[1] ?? "Admitted.";
  const offset = found.index;
  const text = marked.replace(found[0], old);
  const insertions = [{ offset, end: offset + old.length, text: proof }];
  return reviewer.review({ document: { file, text, version: 0 }, edit: { insertions }, offset }, signal);
}
