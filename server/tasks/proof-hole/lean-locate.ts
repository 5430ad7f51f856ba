import { type Declaration, type Hole, readOutline } from "../../../grammars/lean/outline.ts";
import type { Document, ProofHoleTask } from "../../engine/task.ts";
import { type LocatedHoles, spanOf } from "./locate.ts";

/** The declarations of a Lean file that have holes, in order. */
export function locateLeanHoles(document: Document): LocatedHoles[] {
  const { text } = document;
  const { holes, unclosed } = readOutline(text);
  const groups = new Map<Declaration, Hole[]>();
  for (const hole of holes) groups.set(hole.declaration, [...(groups.get(hole.declaration) ?? []), hole]);
  const found = [...groups].map(
    ([declaration, own]): LocatedHoles => ({ kind: "task", task: taskOf(document, declaration, own) }),
  );
  if (unclosed === null) return found;
  const span = spanOf(text, unclosed.start, text.length);
  const message = `this ${unclosed.what} is never closed; nothing after this place is read`;
  return [
    ...found,
    { kind: "error", group: null, span, diagnostics: [{ severity: "error", message, span }] },
  ];
}

function taskOf(document: Document, declaration: Declaration, holes: readonly Hole[]): ProofHoleTask {
  const { text } = document;
  const { keyword, fullName, start, body, end } = declaration;
  const span = spanOf(text, start, body ?? end);
  return {
    kind: "proofHole",
    document,
    group: fullName ?? `${keyword} at line ${span.line}`,
    language: "lean",
    span,
    statement: text
      .slice(start, body ?? end)
      .replace(/\s+/g, " ")
      .trim(),
    holes: holes.map((hole) => spanOf(text, hole.start, hole.end)),
    admitted: null,
  };
}
