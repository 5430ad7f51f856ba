import type { PlacedLoop } from "../engine/task.ts";
import type { Edit } from "../engine/verified.ts";
import { applyEdit } from "../tasks/invariants/edit.ts";
import { positionAt, type Range } from "./position.ts";

/** A replacement as editors and the output contract have it. */
export interface RangeEdit {
  readonly range: Range;
  readonly text: string;
}

/** The insertions that belong to a loop: an annotation stands between the loop before it and its own keyword. */
export function insertionsOf(edit: Edit, loops: readonly PlacedLoop[], loop: number): Edit["insertions"] {
  const keywords = loops.map(({ span }) => span.start).sort((a, b) => a - b);
  const own = loops[loop]!.span.start;
  const previous = keywords[keywords.indexOf(own) - 1] ?? -1;
  return edit.insertions.filter(({ offset }) => offset > previous && offset <= own);
}

/** One replacement that does all of a loop's insertions, with the text between them repeated; null when there are none. */
export function rangeEdit(text: string, insertions: Edit["insertions"]): RangeEdit | null {
  const [first, last] = [insertions[0], insertions.at(-1)];
  if (!first || !last) return null;
  const shifted = insertions.map((one) => ({
    ...one,
    offset: one.offset - first.offset,
    end: one.end - first.offset,
  }));
  return {
    range: { start: positionAt(text, first.offset), end: positionAt(text, last.end) },
    text: applyEdit(text.slice(first.offset, last.end), { insertions: shifted }),
  };
}
