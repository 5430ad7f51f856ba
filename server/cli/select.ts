import { type Document, type LoopTask, loopsOf } from "../engine/task.ts";
import type { Located } from "../tasks/invariants/locate.ts";
import { lineAt } from "./position.ts";

export type Selection =
  | { readonly kind: "selected"; readonly located: readonly Located<LoopTask>[] }
  /** `message` begins with `file:line:column`. */
  | { readonly kind: "error"; readonly message: string };

/** The functions that the lines mean: the one around a line, else the one whose loop or text is nearest. */
export function select(
  document: Document,
  located: readonly Located<LoopTask>[],
  lines: readonly number[],
): Selection {
  const chosen = new Set<Located<LoopTask>>();
  const last = lineAt(document.text, document.text.length);
  for (const line of lines) {
    if (line > last)
      return { kind: "error", message: `${document.file}:${line}:1: the file has only ${last} lines` };
    const nearest = nearestTo(document, located, line);
    if (!nearest)
      return { kind: "error", message: `${document.file}:${line}:1: no loop at or near this line` };
    chosen.add(nearest);
  }
  return { kind: "selected", located: located.filter((one) => chosen.has(one)) };
}

function nearestTo(
  document: Document,
  located: readonly Located<LoopTask>[],
  line: number,
): Located<LoopTask> | undefined {
  const ranked = located.map((one) => ({ one, distance: distance(document, one, line) }));
  ranked.sort((a, b) => a.distance - b.distance);
  return ranked[0]?.one;
}

/** 0 inside the function, else lines to its nearest loop, or to its text where it has none. */
function distance({ text }: Document, located: Located<LoopTask>, line: number): number {
  const span = located.kind === "task" ? located.task.span : located.span;
  const [first, last] = [lineAt(text, span.start), lineAt(text, span.end)];
  if (first <= line && line <= last) return 0;
  const loops = located.kind === "task" ? loopsOf(located.task).map((loop) => loop.span.line) : [];
  return Math.min(...[first, last, ...loops].map((at) => Math.abs(at - line)));
}
