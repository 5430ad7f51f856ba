import { readC } from "../../../grammars/c/read.ts";
import type { CFunction } from "../../../grammars/c/tree.ts";
import type { Event } from "../../engine/event.ts";
import type { LoopAnswer, Outcome } from "../../engine/outcome.ts";
import type { Document, InvariantsTask } from "../../engine/task.ts";
import type { Located } from "./locate.ts";
import { admits, type EntryState, type Precondition, preconditions } from "./requires.ts";

/** Milliseconds for one try: with what it lacked, a function is mostly proved at once. */
const TRY_MS = 3_000;

/** One try: what the search says of a function of a text in so many milliseconds at most; null where it is not read. */
export async function tryOn(
  { read, search }: Trying,
  document: Document,
  group: string,
  leftMs: number,
): Promise<{ readonly task: InvariantsTask; readonly outcome: Outcome } | null> {
  const found = (await read(document)).find((one) => one.kind === "task" && one.task.group === group);
  if (found?.kind !== "task") return null;
  for await (const event of search(found.task, Math.ceil(Math.min(TRY_MS, leftMs))))
    if (event.type === "finished") return { task: found.task, outcome: event.outcome };
  return null;
}

/** Clauses with which a function would be proved. It is not proved, and they are nobody's to add but its author's. */
export interface Suggestion {
  /** ACSL predicates for `requires` clauses. */
  readonly requires: readonly string[];
  /** What its loops would get then. */
  readonly answers: readonly LoopAnswer[];
  readonly checkedBy: readonly string[];
  readonly assumptions: readonly string[];
}

/** What a try takes: a text read as another one was, and the search, whose judge also sees to it that nothing is vacuous. */
export interface Trying {
  read(document: Document): Promise<readonly Located[]>;
  search(task: InvariantsTask, timeoutMs: number): AsyncIterable<Event>;
  /** Milliseconds for all tries. */
  readonly withinMs: number;
}

/**
 * Looks for preconditions over the parameters that make a function provable which is not: each is put into the text, the whole
 * search runs on that text, and the judge proves it there, preconditions that can be met and loops that can be entered included.
 */
export async function findPrecondition(
  task: InvariantsTask,
  outcome: Outcome,
  trying: Trying,
): Promise<Suggestion | null> {
  if (task.exchange || (outcome.kind !== "unknown" && outcome.kind !== "refuted")) return null;
  const { file, text, version, expansion } = task.document;
  const fn = readC(file, text, expansion).functions.find((one) => one.name === task.group);
  const at = fn === undefined ? null : contractOffset(fn, text);
  if (fn === undefined || at === null) return null;
  const started = performance.now();
  // Where runs that refute it begin: whatever admits one of them need not be tried.
  const entries = entryOf(outcome);
  for (const set of preconditions(fn, text)) {
    if (entries.some((entry) => admits(set, entry))) continue;
    const left = trying.withinMs - (performance.now() - started);
    if (left <= 0) return null;
    const edited = { file, version, text: withRequires(text, at, set) };
    const tried = await tryOn(trying, edited, task.group, left);
    if (tried === null) continue;
    entries.push(...entryOf(tried.outcome));
    if (tried.outcome.kind !== "proved") continue;
    const { answers, verified } = tried.outcome;
    const { checkedBy, assumptions } = verified.evidence;
    return { requires: set.map((one) => one.text), answers, checkedBy, assumptions };
  }
  return null;
}

function entryOf(outcome: Outcome): EntryState[] {
  return outcome.kind === "refuted"
    ? outcome.counterexample.states.slice(0, 1).map(({ values }) => values)
    : [];
}

interface ContractPlace {
  readonly offset: number;
  /** Whether a contract stands there already. */
  readonly inside: boolean;
}

function contractOffset({ contract, span }: CFunction, text: string): ContractPlace | null {
  if (contract === null) return { offset: span.start, inside: false };
  const { start } = contract.span;
  return /^\/[*/]@/.test(text.slice(start, start + 3)) ? { offset: start + 3, inside: true } : null;
}

function withRequires(text: string, { offset, inside }: ContractPlace, set: readonly Precondition[]): string {
  const clauses = set.map((one) => `requires ${one.text};`).join(" ");
  const added = inside ? ` ${clauses}` : `/*@ ${clauses} */ `;
  return text.slice(0, offset) + added + text.slice(offset);
}
