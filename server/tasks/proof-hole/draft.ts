import { readSentences } from "../../../grammars/coq/sentences.ts";
import type { Script } from "../../engine/candidate.ts";
import type { ProofHoleTask } from "../../engine/task.ts";
import type { Edit } from "../../engine/verified.ts";
import { lineEnding } from "../invariants/style.ts";
import { layOut } from "./layout.ts";
import { columnOf, coqStyle, isFirstOnLine } from "./style.ts";

/** An edit of the document, and what each hole becomes in it. */
export interface Draft {
  readonly edit: Edit;
  readonly texts: readonly string[];
}

/** The edit that puts a script into each hole of a Coq proof and ends it with `Qed.`. */
export function draftCoqProof(task: ProofHoleTask, scripts: readonly Script[]): Draft {
  return draft(task, scripts, null);
}

/** The same for a search that did not get to the end: what is open stays a hole, and the proof stays `Admitted.`. */
export function draftPartialCoqProof(task: ProofHoleTask, scripts: readonly Script[]): Draft {
  return draft(task, scripts, "admit");
}

function draft(task: ProofHoleTask, scripts: readonly Script[], admit: string | null): Draft {
  const { document, holes, admitted, span } = task;
  const { text } = document;
  const style = coqStyle(text);
  const used = bulletsIn(text.slice(span.end, holes[0]!.start));
  const bullets = style.bullets.filter((bullet) => !used.has(bullet));
  const insertions: { offset: number; end: number; text: string }[] = [];
  const texts: string[] = [];
  for (const [at, hole] of holes.entries()) {
    const script = scripts[at];
    const ends = admitted !== null && admitted.start === hole.start;
    if (!script || (admit !== null && script.steps.length === 0 && !ends)) {
      texts.push(text.slice(hole.start, hole.end));
      continue;
    }
    const lines = layOut(script, bullets, admit);
    const last = admit === null ? "Qed." : "Admitted.";
    const indent = ends ? baseColumn(text, task) + style.indent : columnOf(text, hole);
    const laidOut = ends ? wholeProof(text, task, lines, indent, last) : within(lines, indent);
    const replaced = laidOut.replaceAll("\n", lineEnding(text));
    texts.push(replaced);
    insertions.push({ offset: replacedFrom(text, hole.start, ends), end: hole.end, text: replaced });
  }
  if (admit === null && admitted !== null && holes.every(({ start }) => start !== admitted.start))
    insertions.push({ offset: admitted.start, end: admitted.end, text: "Qed." });
  return { edit: { insertions }, texts };
}

/** Blanks before an `Admitted.` on its own line go with it, so that the new lines have their own indentation. */
function replacedFrom(text: string, start: number, ends: boolean): number {
  return ends && isFirstOnLine(text, { start }) ? text.lastIndexOf("\n", start - 1) + 1 : start;
}

/** From `Admitted.`: the lines of the proof, and its end below them. A missing `Proof.` stays missing: the proof alone changes. */
function wholeProof(
  text: string,
  { span, holes }: ProofHoleTask,
  lines: readonly string[],
  indent: number,
  last: string,
): string {
  const body = [
    ...lines.map((line) => " ".repeat(indent) + line),
    " ".repeat(baseColumn(text, { span })) + last,
  ];
  return isFirstOnLine(text, holes[0]!) ? body.join("\n") : `\n${body.join("\n")}`;
}

function within(lines: readonly string[], indent: number): string {
  return lines.map((line, at) => (at === 0 ? line : " ".repeat(indent) + line)).join("\n");
}

/** The column of the line on which the theorem is stated. */
function baseColumn(text: string, { span }: Pick<ProofHoleTask, "span">): number {
  const line = text.slice(text.lastIndexOf("\n", span.start - 1) + 1, span.start);
  return /^[ \t]*/.exec(line)![0].length;
}

function bulletsIn(text: string): Set<string> {
  return new Set(
    readSentences(text).sentences.flatMap(({ kind, text }) => (kind === "bullet" ? [text] : [])),
  );
}
