import type {
  Premise,
  ProofSession,
  StateId,
  TacticFailure,
  TacticResult,
} from "../../server/search/session.ts";
import { classifyError } from "./failure.ts";
import { falsify } from "./falsify.ts";
import { canonicalForm, readGoal } from "./goals.ts";
import { screenTactic } from "./policy.ts";
import { compose, type HoleText } from "./script.ts";
import type { Checked, LeanMessage, Limits, Position } from "./server.ts";
import type { LeanWorker } from "./worker.ts";

/** A state of the search: the tactics from the hole, and what Lean shows there. The document is elaborated again for each step. */
interface Node {
  readonly id: StateId;
  readonly tactics: readonly string[];
  readonly goals: readonly string[];
  /** Milliseconds of the pass that made it. */
  readonly ms: number;
}

export interface SessionParts {
  readonly worker: LeanWorker;
  readonly hole: HoleText;
  readonly root: readonly string[];
  /** Errors that the declaration has with the hole as it is. */
  readonly known: ReadonlySet<string>;
  /** Milliseconds of a pass that does nothing new. */
  readonly passMs: number;
  premises(signal: AbortSignal): Promise<readonly Premise[]>;
  /** Gives the process back to whoever lent it. */
  release(): Promise<void>;
}

/** Passes are slower on a busy machine, and after a recycling what stands before the hole is elaborated anew. */
const SLACK_MS = 1_500;
const END_MS = 60_000;
/** Searches of Lean's own that print tactics, and how many of those are worth a try. */
const QUERIES = new Set(["exact?", "rw?"]);
const MOST_ANSWERS = 4;

/** A hole in a Lean file. A `StateId` stands for a tactic prefix; `apply` makes a new version of the document (soundness.md 16). */
export class LeanSession implements ProofSession {
  readonly root: StateId;
  readonly goals: ProofSession["goals"];
  readonly frame: ProofSession["frame"];
  readonly #parts: SessionParts;
  readonly #nodes = new Map<StateId, Node>();
  readonly #byForm = new Map<string, Node>();
  #premises: Promise<readonly Premise[]> | null = null;
  #queue: Promise<unknown> = Promise.resolve();
  #closed: Promise<void> | null = null;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.frame = { before: parts.hole.bullet ? ["·"] : [], after: [] };
    this.root = this.#keep({ tactics: [], goals: parts.root, ms: parts.passMs }).id;
    this.goals = parts.root.map(readGoal);
  }

  apply(state: StateId, tactic: string, deadlineMs: number, signal: AbortSignal): Promise<TacticResult> {
    const node = this.#nodes.get(state);
    if (node === undefined) throw new Error(`no state ${state} in this session`);
    return this.#inOrder(() => this.#apply(node, tactic, { deadlineMs, signal }));
  }

  /** `exact?` and its like are a source and never an answer (safety.md 3): what they print is screened and tried as any other tactic. */
  ask(state: StateId, query: string, deadlineMs: number, signal: AbortSignal): Promise<readonly string[]> {
    const node = this.#nodes.get(state);
    if (node === undefined) throw new Error(`no state ${state} in this session`);
    if (!isQuery(query)) throw new Error(`${query} is no search of Lean's`);
    return this.#inOrder(async () => {
      signal.throwIfAborted();
      const { worker, hole, passMs } = this.#parts;
      const composed = compose(hole, [...node.tactics, query], true);
      const limits = { deadlineMs: deadlineMs + 2 * node.ms + 2 * passMs + SLACK_MS, signal };
      const checked = await worker.check(composed.text, null, limits);
      if (checked.kind !== "checked") return [];
      return this.#ownMessages(checked.messages)
        .filter(({ severity }) => severity === "information")
        .flatMap(({ text }) => readSuggestions(text))
        .slice(0, MOST_ANSWERS);
    });
  }

  falsify(signal: AbortSignal): Promise<string | null> {
    const { worker, hole } = this.#parts;
    const [goal, ...others] = this.goals;
    if (goal === undefined || others.length > 0 || hole.bullet) return Promise.resolve(null);
    return this.#inOrder(() => falsify(worker, hole, goal, signal));
  }

  async #apply(node: Node, tactic: string, { deadlineMs, signal }: Limits): Promise<TacticResult> {
    signal.throwIfAborted();
    const { worker, hole, passMs } = this.#parts;
    const { declaration } = hole.hole;
    const own = [declaration.name, declaration.fullName].filter((name) => name !== null);
    // A recursive definition's proof may well speak of the definition.
    const isTheorem = declaration.keyword === "theorem" || declaration.keyword === "lemma";
    const screened = screenTactic(tactic, isTheorem ? own : []);
    if (screened.kind === "refused") return failure("refused", screened.message);
    const tactics = [...node.tactics, screened.tactic];
    const composed = compose(hole, tactics, true);
    const started = performance.now();
    const replay = worker.warm ? 0 : END_MS;
    const limits = { deadlineMs: deadlineMs + 2 * node.ms + 2 * passMs + SLACK_MS + replay, signal };
    const checked = await worker.check(composed.text, composed.marker, limits);
    const failed = this.#failed(checked, composed.end, deadlineMs);
    if (failed !== null) return failed;
    if (checked.kind !== "checked" || checked.goals === null)
      return failure("other", "Lean shows no goals after this tactic");
    const ms = performance.now() - started;
    if (checked.goals.length === 0) return this.#end(tactics, checked.goals, ms, signal);
    const next = this.#keep({ tactics, goals: checked.goals, ms });
    if (next === node) return failure("no progress", "the goals are the same as before");
    return { kind: "progress", state: next.id, goals: next.goals.map(readGoal) };
  }

  /** No goal and no error is not yet a proof: the declaration has to be accepted without what closed the rest. */
  async #end(
    tactics: readonly string[],
    goals: readonly string[],
    ms: number,
    signal: AbortSignal,
  ): Promise<TacticResult> {
    const { worker, hole } = this.#parts;
    const composed = compose(hole, tactics, false);
    const checked = await worker.check(composed.text, null, { deadlineMs: END_MS, signal });
    const failed = this.#failed(checked, composed.end, END_MS);
    if (failed?.kind === "error" && failed.failure === "other")
      return failure("other", `the proof is refused at its end: ${failed.message}`);
    if (failed !== null) return failed;
    const only = hole.outline.holes.filter((one) => one.declaration === hole.hole.declaration).length === 1;
    if (only && checked.kind === "checked" && this.#ownMessages(checked.messages).some(usesSorry))
      return failure("refused", "this leaves something unproved");
    return { kind: "done", state: this.#add({ tactics, goals, ms }).id };
  }

  #failed(
    checked: Checked,
    end: Position,
    deadlineMs: number,
  ): Extract<TacticResult, { kind: "error" }> | null {
    if (checked.kind === "late") return failure("time-out", `no result after ${Math.round(deadlineMs)} ms`);
    if (checked.kind === "died")
      return failure("crash", `Lean was ended at this tactic and will be started again: ${checked.message}`);
    const { known } = this.#parts;
    // What was wrong before stands behind the hole; the same words about the script are about the script.
    const wasThere = ({ text, start }: LeanMessage) => known.has(text) && !isBefore(start, end);
    const error = this.#ownMessages(checked.messages).find(
      (message) => message.severity === "error" && !wasThere(message),
    );
    return error === undefined ? null : failure(classifyError(error.text), error.text);
  }

  /** Messages about the declaration; what stands before it was there before. */
  #ownMessages(messages: readonly LeanMessage[]): LeanMessage[] {
    const { hole } = this.#parts;
    return ownMessages(hole, messages);
  }

  premises(signal: AbortSignal): Promise<readonly Premise[]> {
    this.#premises ??= this.#inOrder(() => this.#parts.premises(signal)).catch((error) => {
      this.#premises = null;
      throw error;
    });
    return this.#premises;
  }

  script(state: StateId): readonly string[] {
    const node = this.#nodes.get(state);
    if (node === undefined) throw new Error(`no state ${state} in this session`);
    return node.tactics;
  }

  close(): Promise<void> {
    this.#closed ??= this.#queue.then(
      () => this.#parts.release(),
      () => this.#parts.release(),
    );
    return this.#closed;
  }

  #inOrder<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#closed !== null) throw new Error("a closed session was used");
    const result = this.#queue.then(work, work);
    this.#queue = result.catch(() => {});
    return result;
  }

  /** The node for a state: one that shows the same goals already, or a new one. */
  #keep(fresh: Omit<Node, "id">): Node {
    const form = canonicalForm(fresh.goals);
    const known = this.#byForm.get(form);
    if (known !== undefined) return known;
    const node = this.#add(fresh);
    this.#byForm.set(form, node);
    return node;
  }

  /** A node of its own: proofs that are done all show the same goals, none, and are not the same proof. */
  #add(fresh: Omit<Node, "id">): Node {
    const node: Node = { ...fresh, id: `s${this.#nodes.size}` as StateId };
    this.#nodes.set(node.id, node);
    return node;
  }
}

/** Messages that begin at the hole's declaration or behind it. */
export function ownMessages({ text, hole }: HoleText, messages: readonly LeanMessage[]): LeanMessage[] {
  const line = text.slice(0, hole.declaration.from).split("\n").length - 1;
  return messages.filter(({ start }) => start.line >= line);
}

/** The tactics in what `exact?` and its like print: `Try this: t` on one line, or `[apply] t` on lines of their own. */
export function readSuggestions(message: string): string[] {
  const said = /^Try (?:this|these):\s*([\s\S]*)$/.exec(message.trim());
  if (!said) return [];
  const parts = said[1]!.includes("[apply]") ? said[1]!.split("[apply]").slice(1) : [said[1]!];
  return parts
    .map((part) =>
      part
        .replace(/--[^\n]*/g, "")
        .replace(/\s*\n\s*/g, " ")
        .trim(),
    )
    .filter((tactic) => tactic !== "" && !/\bsorry\b|\?_/.test(tactic));
}

/** A search of Lean's own, or a simplification that says what it used and would be taken without its `?`. */
function isQuery(query: string): boolean {
  if (QUERIES.has(query)) return true;
  const told = query.replace(/^(simp|simp_all)\?/, "$1");
  return told !== query && screenTactic(told).kind !== "refused";
}

/** Lean's warning that a declaration rests on something that is not proved. */
export function usesSorry({ text }: LeanMessage): boolean {
  return /declaration uses [`'‘]sorry/.test(text);
}

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}

function failure(kind: TacticFailure, message: string): Extract<TacticResult, { kind: "error" }> {
  return { kind: "error", failure: kind, message };
}
