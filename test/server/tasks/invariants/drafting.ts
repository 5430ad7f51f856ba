import { readC } from "../../../../grammars/c/read.ts";
import type { Document } from "../../../../server/engine/task.ts";
import type { Edit } from "../../../../server/engine/verified.ts";
import { lowerFunction } from "../../../../server/program/lower/index.ts";
import type { Program } from "../../../../server/program/program.ts";
import { compare, type Formula, integer, type Term, variable } from "../../../../server/program/term.ts";
import { applyEdit, assignedNames, draftEdit } from "../../../../server/tasks/invariants/edit.ts";

/** The first function of a text as a program; fails the test when there is none. */
export function programOf(text: string): Program {
  const file = readC("test.c", text);
  const problems = [
    ...file.broken.flatMap((one) => one.diagnostics),
    ...file.diagnostics.filter((one) => one.severity === "error"),
  ];
  if (!file.functions[0]) throw new Error(`no function: ${problems.map((one) => one.message).join("; ")}`);
  const lowered = lowerFunction(file, file.functions[0], "math");
  if (lowered.kind !== "ok") throw new Error(lowered.diagnostics.map((one) => one.message).join("; "));
  return lowered.program;
}

export function documentOf(text: string): Document {
  return { file: "test.c", text, version: 0 };
}

/** `name >= value`. */
export function atLeast(name: string, value: number): Formula {
  return compare(">=", variable(name), integer(value));
}

/** The edit that gives each loop these conjuncts, its assigns clause and these variants. */
export function draft(
  text: string,
  invariants: readonly (readonly Formula[])[],
  variants?: readonly (Term | null)[],
): Edit {
  const program = programOf(text);
  const assigns = program.loops.map((loop) => assignedNames(program, loop));
  return draftEdit(documentOf(text), program, { invariants, assigns, ...(variants ? { variants } : {}) });
}

/** The text after that edit. */
export function edited(
  text: string,
  invariants: readonly (readonly Formula[])[],
  variants?: readonly (Term | null)[],
): string {
  return applyEdit(text, draft(text, invariants, variants));
}

/** The text without what an edit inserted; fails the test where an insertion is not in its place. */
export function withoutInsertions(after: string, edit: Edit): string {
  // What is removed in ascending order no longer shifts what follows.
  return edit.insertions.reduce((result, { offset, text }) => {
    if (result.slice(offset, offset + text.length) !== text)
      throw new Error("an insertion is not where it should be");
    return result.slice(0, offset) + result.slice(offset + text.length);
  }, after);
}
