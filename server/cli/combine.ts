import type { Edit } from "../engine/verified.ts";
import { applyVerified } from "../wiring.ts";
import type { Report } from "./report.ts";

/**
 * All that was proved for one document as one edit. Each part is what the judge proved, tried against the text that it was
 * made for; functions do not overlap, so neither do their insertions. Null when the text is another by now.
 */
export function combinedEdit(text: string, reports: readonly Report[]): Edit | null {
  const insertions: Edit["insertions"][number][] = [];
  for (const { outcome } of reports) {
    if (outcome?.kind !== "proved") continue;
    if (applyVerified(text, outcome.verified).kind === "stale") return null;
    insertions.push(...outcome.verified.edit.insertions);
  }
  insertions.sort((a, b) => a.offset - b.offset);
  return { insertions };
}
