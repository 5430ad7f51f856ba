import type { AnnotationsCandidate } from "../../engine/candidate.ts";
import type { LoopAnswer } from "../../engine/outcome.ts";
import type { AnnotationsTask, TextLoop } from "../../engine/task.ts";
import type { Edit } from "../../engine/verified.ts";
import { placedClauses } from "../invariants/clauses.ts";
import { safe } from "../invariants/edit.ts";
import { placeClauses } from "../invariants/place.ts";
import { annotationStyle } from "../invariants/style.ts";

/** The insertions that put a candidate's clauses into the document, ascending. Nothing outside them changes. */
export function draftAnnotations(task: AnnotationsTask, candidate: AnnotationsCandidate): Edit {
  const { text } = task.document;
  const style = annotationStyle(text);
  const insertions = annotationAnswers(task, candidate).flatMap((clauses) => {
    const { span, annotationBlocks } = task.loops[clauses.loop]!;
    return placeClauses(text, { keyword: span, blocks: annotationBlocks }, clauses, style);
  });
  insertions.sort((a, b) => a.offset - b.offset);
  return { insertions: insertions.map(({ offset, text: added }) => ({ offset, end: offset, text: added })) };
}

/** A candidate's clauses without those that the text has already, one entry per loop. */
export function annotationAnswers(task: AnnotationsTask, candidate: AnnotationsCandidate): LoopAnswer[] {
  return task.loops.map((loop) => {
    const { invariants, kinds } = presentIn(task.document.text, loop);
    const assigns = candidate.assigns[loop.id] ?? null;
    const variant = candidate.variants[loop.id] ?? null;
    return {
      loop: loop.id,
      line: loop.span.line,
      invariants: [...new Set(candidate.invariants[loop.id] ?? [])]
        .filter((one) => !invariants.has(bare(one)))
        .map(safe),
      assigns: assigns === null || kinds.has("assigns") ? null : safe(assigns),
      variant: variant === null || kinds.has("variant") ? null : safe(variant),
    };
  });
}

/** What a loop's annotation says already. */
export function presentIn(text: string, { annotationBlocks }: TextLoop) {
  const clauses = placedClauses(text, annotationBlocks);
  const invariants = clauses
    .filter(({ kind }) => kind === "invariant")
    .map(({ start, end }) => bare(text.slice(start, end).replace(/^loop\s+invariant|;$/g, "")));
  return { kinds: new Set(clauses.map(({ kind }) => kind)), invariants: new Set(invariants) };
}

function bare(text: string): string {
  return text.replace(/[\s@;]+/g, "");
}
