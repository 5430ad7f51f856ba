import type { AnnotationsCandidate } from "../../engine/candidate.ts";
import type { SourceVerdict } from "../../engine/source-checker.ts";
import type { AnnotationsTask } from "../../engine/task.ts";
import type { Edit } from "../../engine/verified.ts";
import { assignedBy } from "./assigns.ts";
import { draftAnnotations } from "./edit.ts";

/** A candidate in the text with a name before each invariant, by which its goals are told apart. */
export interface Labelled {
  readonly task: AnnotationsTask;
  readonly edit: Edit;
}

const LABEL = "touchstone_";

/** Names count the invariants over all loops. */
export function labelled(task: AnnotationsTask, candidate: AnnotationsCandidate): Labelled {
  let number = 0;
  const invariants = candidate.invariants.map((texts) => texts.map((text) => `${LABEL}${number++}: ${text}`));
  return { task, edit: draftAnnotations(task, { ...candidate, invariants }) };
}

/**
 * The candidate without the invariants of which a goal is open, with measures and what loops assign given up where they are;
 * null where all of its clauses are proved, each given the others.
 */
export function dropUnproved(
  candidate: AnnotationsCandidate,
  { task, edit }: Labelled,
  text: string,
  { goals, properties }: Extract<SourceVerdict, { kind: "open" }>,
): AnnotationsCandidate | null {
  const proved = new Map<number, number>();
  const open = new Set<number>();
  for (const goal of goals) {
    const number = new RegExp(`_${LABEL}(\\d+)_(?:established|preserved)`).exec(goal.name)?.[1];
    if (number === undefined) continue;
    if (goal.proved) proved.set(Number(number), (proved.get(Number(number)) ?? 0) + 1);
    else open.add(Number(number));
  }
  // What no goal was seen of is not taken to be proved: an invariant has one for its first time, and one for each time after.
  const kept = keep(candidate, (number) => !open.has(number) && (proved.get(number) ?? 0) >= 2);
  const measures = goals.every((goal) => goal.proved || !/_loop_variant_/.test(goal.name));
  const variants = candidate.variants.map((one) => (measures ? one : null));
  const wrong = properties.filter((one) => one.kind === "assigns clause" && one.status === "open");
  const assigns = candidate.assigns.map((said, loop) => {
    const [first, last] = linesOf(task, edit, text, loop);
    if (!wrong.some(({ line }) => first <= line && line <= last)) return said;
    const guess = assignedBy(task.document.text, task.loops[loop]!);
    return guess !== null && said === guess.near && guess.wide !== said ? guess.wide : null;
  });
  const next = { ...candidate, invariants: kept, variants, assigns };
  return same(next, candidate) ? null : next;
}

/** The candidate without what the checker could not read in it: a name that is not seen there, or a line of the annotation. */
export function withoutWhatIsRefused(
  candidate: AnnotationsCandidate,
  { task, edit }: Labelled,
  text: string,
  reason: string,
): AnnotationsCandidate | null {
  const name = /unbound logic variable (\w+)/.exec(reason)?.[1];
  const line = Number(/:(\d+):\d+: /.exec(reason)?.[1] ?? 0);
  const at = text.split("\n")[line - 1] ?? "";
  const numbers = new Set(
    [...at.matchAll(new RegExp(`\\b${LABEL}(\\d+):`, "g"))].map(([, one]) => Number(one)),
  );
  const said = name === undefined ? null : new RegExp(`\\b${name}\\b`);
  const inside = (loop: number) => {
    const [first, last] = linesOf(task, edit, text, loop);
    return first <= line && line <= last;
  };
  const invariants = keep(
    candidate,
    (number, one) => !(said === null ? numbers.has(number) : said.test(one)),
  );
  const refused = (clause: string | null, loop: number) =>
    clause !== null && (said === null ? numbers.size === 0 && inside(loop) : said.test(clause));
  const next = {
    ...candidate,
    invariants,
    assigns: candidate.assigns.map((one, loop) => (refused(one, loop) ? null : one)),
    variants: candidate.variants.map((one, loop) => (refused(one, loop) ? null : one)),
  };
  return same(next, candidate) ? null : next;
}

function keep(
  { invariants }: AnnotationsCandidate,
  wanted: (number: number, text: string) => boolean,
): AnnotationsCandidate["invariants"] {
  let number = 0;
  return invariants.map((texts) => texts.filter((text) => wanted(number++, text)));
}

function same(left: AnnotationsCandidate, right: AnnotationsCandidate): boolean {
  const key = ({ invariants, assigns, variants }: AnnotationsCandidate) =>
    JSON.stringify([invariants, assigns, variants]);
  return key(left) === key(right);
}

/** The first line of a loop's annotation in the edited text, and that of its keyword. */
function linesOf({ loops }: AnnotationsTask, edit: Edit, text: string, loop: number): [number, number] {
  const { span, annotationBlocks } = loops[loop]!;
  const lineOf = (offset: number, inclusive: boolean) => {
    const before = edit.insertions.filter(
      (one) => one.offset < offset || (inclusive && one.offset === offset),
    );
    const moved = before.reduce((sum, one) => sum + one.text.length, offset);
    return text.slice(0, moved).split("\n").length;
  };
  return [lineOf(annotationBlocks[0]?.start ?? span.start, false), lineOf(span.start, true)];
}
