import { type LoopTask, loopsOf } from "../engine/task.ts";
import type { Edit } from "../engine/verified.ts";
import { insertionsOf } from "./loop-edit.ts";
import type { Paint } from "./paint.ts";
import { lineAt } from "./position.ts";

/** Lines of a loop's code that are shown below its annotation. */
const LONGEST_LOOP = 12;
/** More than the gutter and the delimiters of a comment. */
const CODE = /[^\s@*/]/;

/** A loop as it will stand: what is inserted in green behind `+`, the rest with its line numbers. Lines without newlines. */
export function annotatedLoop(task: LoopTask, edit: Edit, loop: number, paint: Paint): string[] {
  const { text } = task.document;
  const place = loopsOf(task)[loop]!;
  const insertions = insertionsOf(edit, loopsOf(task), loop);
  const start =
    text.lastIndexOf("\n", Math.min(place.span.start, insertions[0]?.offset ?? place.span.start) - 1) + 1;
  const end = endOfLoop(task, loop, text);
  const inner = edit.insertions.filter(({ offset }) => offset >= start && offset < end);
  return number(pieces(text, start, end, inner), lineAt(text, start), paint);
}

interface Piece {
  readonly text: string;
  readonly added: boolean;
}

function pieces(text: string, start: number, end: number, insertions: Edit["insertions"]): Piece[] {
  const result: Piece[] = [];
  let position = start;
  for (const { offset, end: after, text: added } of insertions) {
    result.push({ text: text.slice(position, offset), added: false }, { text: added, added: true });
    position = after;
  }
  result.push({ text: text.slice(position, end), added: false });
  return result;
}

function number(all: readonly Piece[], firstLine: number, paint: Paint): string[] {
  const lines: Piece[][] = [[]];
  for (const piece of all) {
    piece.text.split(/\r?\n/).forEach((part, i) => {
      if (i > 0) lines.push([]);
      if (part !== "") lines.at(-1)!.push({ text: part, added: piece.added });
    });
  }
  let line = firstLine;
  const width = String(firstLine + lines.length).length;
  return lines.map((parts) => {
    const has = (added: boolean, what: RegExp) =>
      parts.some((part) => part.added === added && what.test(part.text));
    const added = has(true, CODE) || (has(true, /\S/) && !has(false, /\S/));
    const kept = !added || has(false, CODE);
    const mark = added ? paint("green", "+") : " ";
    const label = (kept ? String(line++) : "").padStart(width);
    const code = parts.map((part) => (part.added ? paint("green", part.text) : part.text)).join("");
    return `${paint("dim", label)} ${mark} ${code}`.trimEnd();
  });
}

/** The end of the last line that belongs to the loop, as far as the program's spans tell; long loops are cut. */
function endOfLoop(task: LoopTask, id: number, text: string): number {
  const loop = loopsOf(task)[id]!;
  let end = lineEnd(text, Math.max(loop.span.end, ...endsWithin(task, id)));
  const closing = /^\r?\n[ \t]*\}[^\n]*/.exec(text.slice(end));
  if (closing) end = lineEnd(text, end + closing[0].length);
  let cut = lineEnd(text, loop.span.end);
  for (let lines = 1; lines < LONGEST_LOOP && cut < end; lines++) cut = lineEnd(text, cut + 1);
  return Math.min(cut, end);
}

/** Offsets after which nothing of the loop is known to come. */
function endsWithin(task: LoopTask, id: number): number[] {
  // Its last line is looked for beyond what was read; a loop that was not read is known by its brackets.
  if (task.kind === "annotations") return [task.loops[id]!.end - 1];
  const { blocks, loops } = task.program;
  return loops[id]!.blocks.flatMap((one) => blocks[one]?.commands.map(({ span }) => span.end) ?? []);
}

function lineEnd(text: string, offset: number): number {
  const at = text.indexOf("\n", offset);
  return at < 0 ? text.length : text[at - 1] === "\r" && at > offset ? at - 1 : at;
}
