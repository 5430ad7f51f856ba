import type { Diagnostic, Span } from "../../../grammars/c/span.ts";
import { type Hole, type Outline, readOutline, type Theorem } from "../../../grammars/coq/outline.ts";
import type { Document, ProofHoleTask } from "../../engine/task.ts";

/** What a file of a proof assistant holds for us: a task a theorem that has holes, or what is wrong with the file. */
export type LocatedHoles =
  | { readonly kind: "task"; readonly task: ProofHoleTask }
  | {
      readonly kind: "error";
      readonly group: null;
      readonly span: Span;
      readonly diagnostics: readonly Diagnostic[];
    };

/** The theorems of a Coq file that have holes, in order. */
export function locateCoqHoles(document: Document): LocatedHoles[] {
  const outline = readOutline(document.text);
  const found = byTheorem(outline.holes).map(
    ([theorem, holes]): LocatedHoles => ({ kind: "task", task: taskOf(document, outline, theorem, holes) }),
  );
  const { rest } = outline;
  if (rest === null) return found;
  const span = spanOf(document.text, rest.start, document.text.length);
  const message = `${rest.message}; nothing after this place is read`;
  return [
    ...found,
    { kind: "error", group: null, span, diagnostics: [{ severity: "error", message, span }] },
  ];
}

function byTheorem(holes: readonly Hole[]): [Theorem, Hole[]][] {
  const groups = new Map<Theorem, Hole[]>();
  for (const hole of holes) groups.set(hole.theorem, [...(groups.get(hole.theorem) ?? []), hole]);
  return [...groups];
}

function taskOf(
  document: Document,
  { sentences }: Outline,
  theorem: Theorem,
  holes: readonly Hole[],
): ProofHoleTask {
  const stated = sentences[theorem.statement]!;
  const end = sentences[theorem.end]!;
  const span = spanOf(document.text, stated.start, stated.end);
  return {
    kind: "proofHole",
    document,
    group: theorem.name ?? `${theorem.keyword} at line ${span.line}`,
    language: "coq",
    span,
    statement: stated.text.replace(/\s+/g, " ").trim(),
    holes: holes.map(({ start, end }) => spanOf(document.text, start, end)),
    admitted: theorem.ended === "Admitted" ? spanOf(document.text, end.start, end.end) : null,
  };
}

/** A piece of a text with its line and column. */
export function spanOf(text: string, start: number, end: number): Span {
  const before = text.slice(0, start);
  const line = before.split("\n").length;
  return { start, end, line, column: start - before.lastIndexOf("\n") };
}
