import { randomBytes } from "node:crypto";
import { fillHole } from "../../../grammars/lean/fill.ts";
import { type Declaration, readOutline } from "../../../grammars/lean/outline.ts";
import { columnsIn } from "../../../grammars/lean/tokens.ts";
import type { Edit } from "../../../server/engine/verified.ts";
import { type LeanMessage, positionAt } from "../server.ts";
import type { Edited } from "./edited.ts";
import { unusedIn } from "./probe.ts";

/** A text with its holes as they are, each with the questions whether it is one. */
export interface Unproved {
  readonly text: string;
  readonly declaration: Declaration;
  /** What Lean says where it comes to a hole, in the order of the holes. */
  readonly marks: readonly string[];
  /** The line that a message's line (both from 0) has in the text before; null within a hole. */
  lineBefore(line: number): number | null;
}

/** Stands for a proof until it is known where it goes. */
const PROOF = "touchstone_proof";

/**
 * The text with nothing in the filled holes but the check that a proof belongs there: data may not be made up. Besides, the proof is
 * read in brackets, and not run: what goes on with another command (`rfl seal Nat.add`) cannot be read so. What follows a hole
 * still has its own goals.
 */
export function withoutProof(text: string, edit: Edit, edited: Edited): Unproved {
  return marked(text, edit, edited, (mark) => {
    return `(focus (show (_ : Prop); trace "${mark}"; all_goals (first | sorry | ${PROOF})))`;
  });
}

/** The text with the proof, which is said to have been run to its end: what fails in a `try` is not missed, and proves nothing. */
export function withProofRun(text: string, edit: Edit, edited: Edited): Unproved {
  return marked(text, edit, edited, (mark) => `(${PROOF}; trace "${mark}")`);
}

function marked(
  text: string,
  edit: Edit,
  { filled, before, declaration }: Edited,
  tacticOf: (mark: string) => string,
): Unproved {
  // A program of the file may say whatever it can know.
  const mark = unusedIn(text, `touchstone_hole_${randomBytes(12).toString("hex")}`);
  const marks = filled.map((_, at) => `${mark}_${at}_`);
  let open = text;
  const longer: { readonly line: number; readonly by: number }[] = [];
  // From the last one on, so that the others stay where they are.
  const last = filled.map((hole, at) => ({ hole, at })).sort((a, b) => b.hole.start - a.hole.start);
  for (const { hole, at } of last) {
    const tactic = tacticOf(marks[at]!);
    const { start, end, text: line } = fillHole({ text, tokens: before.tokens, hole }, [tactic]);
    const { offset, text: inserted } = edit.insertions.find((one) => one.end === hole.end)!;
    const column = columnsIn(text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset));
    const own = /^\s*\n/.test(inserted) ? inserted : `\n${" ".repeat(column)}${inserted}`;
    // What goes on behind the bracket may not stand further left than what the line begins with.
    const close = `\n${" ".repeat(column + tactic.length)})`;
    const read = hole.kind === "term" ? `exact (${own}${close}` : `(${own}${close}`;
    const fresh = line.replace(PROOF, () => read);
    open = open.slice(0, start) + fresh + open.slice(end);
    const by = fresh.split("\n").length - text.slice(start, end).split("\n").length;
    longer.push({ line: positionAt(text, hole.start).line, by });
  }
  // Holes come after the keyword, so its place is the same, but not its end.
  const same = readOutline(open).declarations.find(({ start }) => start === declaration.start);
  return {
    text: open,
    declaration: same ?? declaration,
    marks,
    lineBefore(line) {
      let before = line;
      for (const hole of [...longer].reverse()) {
        if (before <= hole.line) break;
        if (before <= hole.line + hole.by) return null;
        before -= hole.by;
      }
      return before;
    },
  };
}

/** The first hole that Lean never came to: it belongs to a default that is tried elsewhere, or to an alternative that is not needed. */
export function unreadHole(marks: readonly string[], messages: readonly LeanMessage[]): number | null {
  // Of a hole that stands for several goals, Lean says all in one message.
  const said = new Set(messages.flatMap(({ text }) => text.split("\n").map((line) => line.trim())));
  const unread = marks.findIndex((mark) => !said.has(mark));
  return unread < 0 ? null : unread;
}
