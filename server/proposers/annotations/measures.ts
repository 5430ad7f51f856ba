import type { AnnotationsTask, TextLoop } from "../../engine/task.ts";
import { modifiedNames } from "../../tasks/annotations/assigns.ts";
import { comparisons, loopParts } from "../../tasks/annotations/loops.ts";
import { namesIn } from "../../tasks/annotations/tokens.ts";

/** Termination measures that a loop's condition suggests: the distance of its two sides, or what it counts down. */
export function measures({ document }: AnnotationsTask, loop: TextLoop): string[] {
  const { condition } = loopParts(document.text, loop);
  const modified = modifiedNames(document.text, loop);
  const changes = (text: string) => namesIn(text).some((name) => modified.has(name));
  // What is written in capitals is a constant: a macro's, or an enumeration's.
  const known = (name: string) => loop.integers.includes(name) || /^[A-Z][A-Z0-9_]*$/.test(name);
  const whole = (text: string) => /->|\./.test(text) || namesIn(text).every(known);
  const found = comparisons(condition).flatMap(({ left, relation, right }) => {
    if (!(changes(left) || changes(right)) || !whole(left) || !whole(right)) return [];
    const zero = (text: string) => text === "0";
    if (relation === "<" || relation === "<=") return [zero(left) ? right : `${right} - ${paren(left)}`];
    if (relation === ">" || relation === ">=") return [zero(right) ? left : `${left} - ${paren(right)}`];
    return relation === "!=" && zero(right) ? [left] : [];
  });
  const name = condition.find(({ kind }) => kind === "word")?.text;
  const counts =
    condition.length <= 2 && name !== undefined && modified.has(name) && loop.integers.includes(name);
  return counts ? [name, ...found] : found;
}

function paren(text: string): string {
  return /[-+]/.test(text) ? `(${text})` : text;
}
