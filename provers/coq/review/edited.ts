import { takesBack } from "../../../grammars/coq/backtracking.ts";
import { headOf } from "../../../grammars/coq/head.ts";
import { hidesAdmit, type Outline, readOutline, type Theorem } from "../../../grammars/coq/outline.ts";
import type { Sentence } from "../../../grammars/coq/sentences.ts";
import type { Edit } from "../../../server/engine/verified.ts";
import { applyEdit } from "../../../server/tasks/invariants/edit.ts";
import { screenTactic } from "../policy.ts";

/** The text as it will stand, with the theorem whose proof the edit completes. */
export interface Edited {
  readonly kind: "edited";
  readonly text: string;
  readonly outline: Outline;
  readonly theorem: Theorem;
}

export type ReadEdited =
  | Edited
  | { readonly kind: "rejected"; readonly reason: string; readonly final?: boolean };

/**
 * Reads the edited text and compares it with the text before: nothing but one proof has changed, what is new in it is tactics
 * that the policy allows, it is ended, and no hole is left (safety.md 1, 2, 13; soundness.md 14).
 */
export function readEdited(before: string, edit: Edit, offset: number): ReadEdited {
  const rejected = (reason: string): ReadEdited => ({ kind: "rejected", reason });
  const old = readOutline(before);
  const held = old.theorems.find((one) => within(old, one, offset));
  if (held === undefined)
    return { kind: "rejected", reason: "there is no proof at the hole's place", final: true };
  const from = old.sentences[held.first - 1]!.end;
  const to = old.sentences[held.end]!.end;
  if (edit.insertions.some((one) => one.offset < from || one.end > to))
    return rejected("the edit leaves the proof that it is for");
  const ranges = insertedRanges(edit);
  const text = applyEdit(before, edit);
  for (const { text: inserted } of edit.insertions) {
    if (inserted.includes("(*") || inserted.includes("*)"))
      return rejected("the edit opens or closes a comment");
  }
  const outline = readOutline(text);
  const theorem = outline.theorems.find(({ statement }) => statement === held.statement);
  if (theorem === undefined) return rejected("the edited text does not read as a proof of the theorem");
  if (!sameAround(old, held, outline, theorem)) return rejected("the edit changes more than the proof");
  const back = outline.sentences.slice(theorem.end + 1).find(takesBack);
  if (back !== undefined)
    return {
      kind: "rejected",
      reason: `line ${lineOf(text, back.start)} takes back what stands before it (${short(back)}), so that the proof may not last: end the file before it, or move it into a file of its own`,
      final: true,
    };
  const ender = headOf(outline.sentences[theorem.end]!);
  const changed = held.ended !== theorem.ended;
  if (changed && !(held.ended === "Admitted" && theorem.ended === "Qed"))
    return rejected(`the proof ends in ${theorem.ended}`);
  if (ender.rest.length > 0 && changed) return rejected("the proof's end says more than Qed");
  if (theorem.ended !== "Qed" && theorem.ended !== "Defined")
    return rejected("the proof is not ended by Qed or Defined");
  const body = outline.sentences.slice(theorem.first, theorem.end);
  const left = body.find(hidesAdmit);
  if (left !== undefined)
    return rejected(
      `conditional on the hole that is left at line ${lineOf(text, left.start)}: a proof has none`,
    );
  for (const sentence of body) {
    if (!ranges.some(({ start, end }) => sentence.start < end && start < sentence.end)) continue;
    const screened = screenTactic(sentence.text.replaceAll("\r\n", "\n"));
    if (screened.kind === "refused") return rejected(`${short(sentence)}: ${screened.message}`);
  }
  return { kind: "edited", text, outline, theorem };
}

function within({ sentences }: Outline, { first, end }: Theorem, offset: number): boolean {
  return sentences[first - 1]!.end <= offset && offset < sentences[end]!.end;
}

/** Where the inserted texts are in the edited text. */
function insertedRanges({ insertions }: Edit): { start: number; end: number }[] {
  let shift = 0;
  return insertions.map(({ offset, end, text }) => {
    const start = offset + shift;
    shift += text.length - (end - offset);
    return { start, end: start + text.length };
  });
}

/** What stands before the proof and after it is what it was, sentence by sentence. */
function sameAround(old: Outline, held: Theorem, outline: Outline, theorem: Theorem): boolean {
  const texts = ({ sentences }: Outline, from: number, to?: number) =>
    sentences.slice(from, to).map(({ text }) => text);
  const same = (a: readonly string[], b: readonly string[]) =>
    a.length === b.length && a.every((one, at) => one === b[at]);
  return (
    held.first === theorem.first &&
    same(texts(old, 0, held.first), texts(outline, 0, theorem.first)) &&
    same(texts(old, held.end + 1), texts(outline, theorem.end + 1)) &&
    old.rest?.message === outline.rest?.message
  );
}

/** The 1-based line of an offset. */
export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

function short({ text }: Sentence): string {
  return text.length > 60 ? `'${text.slice(0, 57)}…'` : `'${text}'`;
}
