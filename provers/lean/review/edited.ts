import { type Declaration, type Hole, type Outline, readOutline } from "../../../grammars/lean/outline.ts";
import type { Edit } from "../../../server/engine/verified.ts";
import { applyEdit } from "../../../server/tasks/invariants/edit.ts";
import { screenTactic } from "../policy.ts";

/** The text as it will stand, with the declaration whose proof the edit completes. */
export interface Edited {
  readonly kind: "edited";
  readonly text: string;
  readonly outline: Outline;
  readonly declaration: Declaration;
  /** The holes that the edit fills, in the text before it. */
  readonly filled: readonly Hole[];
  readonly before: Outline;
}

export type ReadEdited =
  | Edited
  | { readonly kind: "rejected"; readonly reason: string; readonly final?: boolean };

/**
 * Reads the edited text and compares it with the text before: holes of one declaration have become proofs that the policy allows,
 * none is left in it, and nothing else has changed (safety.md 1, 3, 13; soundness.md 14).
 */
export function readEdited(text: string, edit: Edit, offset: number): ReadEdited {
  const rejected = (reason: string): ReadEdited => ({ kind: "rejected", reason });
  const before = readOutline(text);
  if (before.unclosed !== null) {
    const { what, start } = before.unclosed;
    const reason = `the ${what} that begins at line ${lineOf(text, start)} is never closed, so nothing behind it is read`;
    return { kind: "rejected", reason, final: true };
  }
  const index = before.declarations.findIndex(({ from, end }) => from <= offset && offset < end);
  const held = before.declarations[index];
  if (held === undefined)
    return { kind: "rejected", reason: "there is no declaration at the hole's place", final: true };
  const modifier = before.tokens.find(
    ({ text: word, start }) => held.from <= start && start < held.start && /^(?:unsafe|partial)$/.test(word),
  );
  if (modifier !== undefined)
    return {
      kind: "rejected",
      reason: `what is ${modifier.text} may rest on itself, and so proves nothing`,
      final: true,
    };
  const filled: Hole[] = [];
  for (const { offset: start, end, text: inserted } of edit.insertions) {
    const hole = before.holes.find(
      (one) => one.declaration === held && start <= one.start && one.end === end,
    );
    if (hole === undefined || text.slice(start, hole.start).trim() !== "")
      return rejected("the edit changes more than holes of one declaration");
    filled.push(hole);
    const lines = inserted.replaceAll("\r\n", "\n");
    const screened = screenTactic(lines.trim(), held.keyword === "theorem" ? namesOf(held) : []);
    if (screened.kind === "refused") return rejected(screened.message);
    if (leavesDeclaration(text, held, lines)) return rejected("a line of the proof leaves its declaration");
  }
  const edited = applyEdit(text, edit);
  const outline = readOutline(edited);
  const declaration = outline.declarations[index];
  if (
    declaration === undefined ||
    outline.declarations.length !== before.declarations.length ||
    outline.unclosed !== null
  )
    return rejected("the edited text does not read as the same declarations");
  const textOf = (source: string, one: Declaration) => source.slice(one.from, one.end);
  const changed = before.declarations.some(
    (one, at) => at !== index && textOf(text, one) !== textOf(edited, outline.declarations[at]!),
  );
  if (changed) return rejected("the edit changes more than the declaration");
  // What stands behind the last token of the declaration is another command.
  if (declaration.end - held.end !== edited.length - text.length)
    return rejected("a line of the proof leaves its declaration");
  if (statementOf(text, held) !== statementOf(edited, declaration))
    return rejected("the edit changes the statement");
  const left = outline.holes.find((one) => one.declaration === declaration);
  if (left !== undefined)
    return rejected(
      `conditional on the hole that is left at line ${lineOf(edited, left.start)}: a proof has none`,
    );
  return { kind: "edited", text: edited, outline, declaration, filled, before };
}

function namesOf({ name, fullName }: Declaration): string[] {
  return [name, fullName].filter((one) => one !== null);
}

/** Every line but the first is further right than the declaration, so that none can begin a command. */
function leavesDeclaration(text: string, { from }: Declaration, inserted: string): boolean {
  const column = from - (text.lastIndexOf("\n", from - 1) + 1);
  return inserted
    .split("\n")
    .slice(1)
    .some((line) => line.trim() !== "" && /^ */.exec(line)![0].length <= column);
}

function statementOf(text: string, { from, body, end }: Declaration): string {
  return text.slice(from, body ?? end);
}

/** The 1-based line of an offset. */
export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
