import type { LoopAnswer } from "../../engine/outcome.ts";
import type { Document } from "../../engine/task.ts";
import type { Edit } from "../../engine/verified.ts";
import { type Naming, printFormula, printTerm } from "../../program/print.ts";
import type { Clause, Loop, Program } from "../../program/program.ts";
import { plainComparisons } from "../../program/readable.ts";
import type { Formula, Term } from "../../program/term.ts";
import { type LoopClauses, placeClauses } from "./place.ts";
import { namer } from "./show.ts";
import { annotationStyle } from "./style.ts";

/** What is offered for a function; everything is indexed as `program.loops`. */
export interface InvariantsAnswer {
  /** New conjuncts; what the source has already may be among them and is not repeated. */
  readonly invariants: readonly (readonly Formula[])[];
  /** Names that each loop assigns, as `assignedNames` gives them; an empty list becomes `\nothing`. */
  readonly assigns: readonly (readonly string[])[];
  /** Proved termination measures; null where there is none. */
  readonly variants?: readonly (Term | null)[];
}

/**
 * The insertions that put the answer into the document. Nothing outside them changes. A function that needs no new
 * invariant and gets no variant is left as it is, unless `always`: then its loops get what they assign all the same.
 */
export function draftEdit(
  document: Document,
  program: Program,
  answer: InvariantsAnswer,
  always = false,
): Edit {
  const style = annotationStyle(document.text);
  const answers = loopAnswers(program, answer);
  if (!always && answers.every(({ invariants, variant }) => invariants.length === 0 && variant === null))
    return { insertions: [] };
  const insertions = answers.flatMap((clauses) => {
    const loop = program.loops[clauses.loop]!;
    return placeClauses(document.text, { keyword: loop.span, blocks: loop.annotationBlocks }, clauses, style);
  });
  insertions.sort((a, b) => a.offset - b.offset);
  return { insertions: insertions.map(({ offset, text }) => ({ offset, end: offset, text })) };
}

/** The answer in ACSL text, one entry per loop in source order, without what the source says already. */
export function loopAnswers(program: Program, answer: InvariantsAnswer): LoopAnswer[] {
  return program.loops.map((loop) => ({
    loop: loop.id,
    line: loop.span.line,
    ...newClauses(program, loop, answer),
  }));
}

/** Names for `loop assigns`: what the loop may change, of those its annotation can mention (soundness.md 3). */
export function assignedNames(program: Program, loop: Loop): string[] {
  const names = [...loop.scope, ...(loop.pointers ?? [])]
    .filter((name) => loop.modified.includes(name))
    .map((name) => {
      const variable = program.variables.find((one) => one.name === name);
      if (variable?.array === undefined) return variable?.assigned ?? variable?.text ?? null;
      return loop.extents?.get(name) ?? null;
    })
    .filter((text) => text !== null);
  return [...new Set(names)];
}

/** The text with every insertion made. */
export function applyEdit(text: string, edit: Edit): string {
  let result = "";
  let position = 0;
  for (const { offset, end, text: added } of edit.insertions) {
    if (offset < position || end < offset || end > text.length)
      throw new Error("An edit's insertions overlap or leave the text.");
    result += text.slice(position, offset) + added;
    position = end;
  }
  return result + text.slice(position);
}

function newClauses(program: Program, loop: Loop, answer: InvariantsAnswer): LoopClauses {
  const name = namer(program);
  const seen = new Set(loop.invariants.flatMap((clause) => presentTexts(clause, name)).map(canonical));
  const invariants: string[] = [];
  // Bounds first: what is said of all elements speaks of them.
  const formulas = answer.invariants[loop.id] ?? [];
  const quantified = (formula: Formula) => formula.kind === "forall" || formula.kind === "exists";
  for (const formula of [...formulas.filter((one) => !quantified(one)), ...formulas.filter(quantified)]) {
    const text = safe(printFormula(plainComparisons(formula), name));
    if (seen.has(canonical(text))) continue;
    seen.add(canonical(text));
    invariants.push(text);
  }
  const names = answer.assigns[loop.id] ?? [];
  const variant = answer.variants?.[loop.id] ?? null;
  return {
    invariants,
    assigns: loop.assigns ? null : safe(names.length > 0 ? names.join(", ") : "\\nothing"),
    variant: loop.variant || variant === null ? null : safe(printTerm(variant, name)),
  };
}

/** The ways in which an invariant of the source may be repeated: as written, as printed, and each of its conjuncts. */
function presentTexts({ formula, text }: Clause, name: Naming): string[] {
  const conjuncts = formula.kind === "and" ? formula.arguments : [];
  return [text, ...[formula, ...conjuncts].map((part) => printFormula(part, name))];
}

/** Spaces and a pair of parentheses around the whole do not make another conjunct. */
function canonical(text: string): string {
  const bare = text.replace(/[\s@]+/g, "");
  return /^\([^()]*\)$/.test(bare) ? bare.slice(1, -1) : bare;
}

/** Text that cannot leave the comment it is put into (safety.md 1). Only a bug in the printer could make other text. */
export function safe(text: string): string {
  if (!isSafe(text)) throw new Error(`An annotation may not contain '${text}'.`);
  return text;
}

/** Whether a text stays within the clause that it is put into. */
export function isSafe(text: string): boolean {
  // A quantifier has a semicolon of its own, behind the variables that it binds.
  const rest = text.replace(
    /\\(?:forall|exists) (?:integer|real|[a-z]\w*(?: [a-z]\w*)?) \w+(?:, ?\w+)*;/g,
    "",
  );
  return !/\*\/|\/\*|\/\/|\p{Cc}/u.test(text) && !rest.includes(";");
}
