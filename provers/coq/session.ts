import type {
  Premise,
  ProofSession,
  StateId,
  TacticFailure,
  TacticResult,
  Tried,
  Try,
} from "../../server/search/session.ts";
import { classifyError } from "./failure.ts";
import { canonicalForm, goalsOfForm, readGoal } from "./goals.ts";
import type { Line, LineRan } from "./line.ts";
import { screenTactic } from "./policy.ts";
import type { Limits, OpenGoals } from "./toplevel.ts";

/** A state of the search: the sentences that lead to it from its parent, and what Coq shows there. */
interface Node {
  readonly id: StateId;
  readonly parent: Node | null;
  /** The tactic, and bullets that had to follow it. */
  readonly sentences: readonly string[];
  readonly goals: OpenGoals;
  /** Milliseconds that all of the way from the root took, for the deadline of a replay. */
  readonly ms: number;
}

/** What a hole is: one goal where `admit` stands, or all that is left of a proof. */
export type HoleKind = "admit" | "whole";

export interface SessionParts {
  readonly line: Line;
  /** The file up to the hole, and what puts the hole's goal in focus. */
  readonly base: readonly string[];
  readonly kind: HoleKind;
  readonly root: OpenGoals;
  readonly frame: ProofSession["frame"];
  near(): readonly Premise[];
  premises(signal: AbortSignal): Promise<readonly Premise[]>;
  /** Gives the process back to whoever lent it. */
  release(): Promise<void>;
}

/** Milliseconds beyond the measured time for a replay, and for a proof's end. */
const REPLAY_MS = 2_000;
const END_MS = 20_000;

/** A hole in a Coq file, on either Coq. */
export class CoqSession implements ProofSession {
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
    this.frame = parts.frame;
    const root = this.#keep({ parent: null, sentences: [], goals: parts.root, ms: 0 });
    this.root = root.id;
    this.goals = parts.root.focused.map(readGoal);
  }

  apply(state: StateId, tactic: string, deadlineMs: number, signal: AbortSignal): Promise<TacticResult> {
    const node = this.#nodes.get(state);
    if (node === undefined) throw new Error(`no state ${state} in this session`);
    return this.#inOrder(() => this.#apply(node, tactic, { deadlineMs, signal }));
  }

  async #apply(node: Node, tactic: string, limits: Limits): Promise<TacticResult> {
    limits.signal.throwIfAborted();
    const screened = screenTactic(tactic);
    if (screened.kind === "refused") return failure("refused", screened.message);
    const { sentence } = screened;
    const started = performance.now();
    const ran = await this.#run(node, [sentence], limits);
    return this.#result(node, sentence, ran, performance.now() - started, limits);
  }

  applyEach(state: StateId, tries: readonly Try[], signal: AbortSignal): Promise<readonly Tried[]> {
    const node = this.#nodes.get(state);
    if (node === undefined) throw new Error(`no state ${state} in this session`);
    return this.#inOrder(() => this.#applyEach(node, tries, signal));
  }

  async #applyEach(node: Node, tries: readonly Try[], signal: AbortSignal): Promise<readonly Tried[]> {
    const { base, line } = this.#parts;
    const script = { base, steps: pathOf(node) };
    const tried: Tried[] = [];
    while (tried.length < tries.length) {
      signal.throwIfAborted();
      const { tactic, deadlineMs } = tries[tried.length]!;
      const sentences = readable(tries.slice(tried.length));
      const missing = base.length + script.steps.length - line.shared(script);
      const limits = { deadlineMs: this.#replayMs(node, script.steps.length, missing), signal };
      const done = sentences.length > 1 ? await line.runEach(script, sentences, limits) : null;
      if (done === null) {
        const started = performance.now();
        const result = await this.#apply(node, tactic, { deadlineMs, signal });
        tried.push({ result, ms: performance.now() - started });
        continue;
      }
      for (const [at, { ran, ms }] of done.entries()) {
        const { sentence, deadlineMs } = sentences[at]!;
        tried.push({ result: await this.#result(node, sentence, ran, ms, { deadlineMs, signal }), ms });
      }
    }
    return tried;
  }

  /** What a sentence that was run at a node came to. */
  async #result(
    node: Node,
    sentence: string,
    ran: LineRan,
    tookMs: number,
    limits: Limits,
  ): Promise<TacticResult> {
    const ms = node.ms + tookMs;
    if (ran.kind !== "ok") return this.#failed(node, ran, limits);
    if (ran.goals === null) return failure("refused", "this ends the proof, which is not for a tactic to do");
    if (ran.assumed) return failure("refused", "this assumes something instead of proving it");
    const { root } = this.#parts;
    if (ran.goals.givenUp.length > root.givenUp.length) return failure("refused", "this gives up a goal");
    const done = this.#isDone(ran.goals);
    if (done) return this.#end({ parent: node, sentences: [sentence], goals: ran.goals, ms }, limits.signal);
    if (ran.goals.focused.length === 0) return this.#refocus(node, sentence, ran.goals, ms, limits);
    return this.#progress({ parent: node, sentences: [sentence], goals: ran.goals, ms });
  }

  /** Nothing is left to prove where the hole is, and nothing was put aside on the way. */
  #isDone(goals: OpenGoals): boolean {
    const { kind, root } = this.#parts;
    if (goals.focused.length > 0 || goals.shelved.length > root.shelved.length) return false;
    return kind === "admit" ? goals.unfocused.length === root.unfocused.length : goals.unfocused.length === 0;
  }

  /** No goal and no error is not yet a proof: Coq's kernel has to take it (safety.md 6, 7). */
  async #end(fresh: Omit<Node, "id">, signal: AbortSignal): Promise<TacticResult> {
    const last = this.#parts.kind === "whole" ? "Qed." : "Guarded.";
    const limits = { deadlineMs: END_MS, signal };
    const ran = await this.#run(fresh.parent!, [...fresh.sentences, last], limits);
    if (ran.kind === "late") return failure("time-out", "the kernel's check of the proof takes too long");
    if (ran.kind === "died") return this.#recovered(ran.message);
    if (ran.kind === "error") return failure("other", `the proof is refused at its end: ${ran.message}`);
    if (ran.assumed) return failure("refused", "this assumes something instead of proving it");
    return { kind: "done", state: this.#add(fresh).id };
  }

  /** A subproof is complete and others wait behind a bullet or a brace: Coq itself says which. */
  async #refocus(
    node: Node,
    sentence: string,
    goals: OpenGoals,
    ms: number,
    limits: Limits,
  ): Promise<TacticResult> {
    if (goals.unfocused.length <= this.#parts.root.unfocused.length && this.#parts.kind === "admit")
      return failure("refused", "goals were put on the shelf, where they would stay unproved");
    const sentences = [sentence];
    for (let depth = 0; depth < 20; depth++) {
      const asked = await this.#run(node, [...sentences, "idtac."], limits);
      if (asked.kind !== "error") break;
      const next = nextFocus(asked.message);
      if (next === null) break;
      sentences.push(next);
      const ran = await this.#run(node, sentences, limits);
      if (ran.kind !== "ok" || ran.goals === null) break;
      if (ran.goals.focused.length > 0)
        return this.#progress({ parent: node, sentences, goals: ran.goals, ms });
    }
    if (goals.shelved.length > this.#parts.root.shelved.length)
      return failure("refused", "goals were put on the shelf, where they would stay unproved");
    return failure("other", "the goals that are left cannot be focused");
  }

  #progress(fresh: Omit<Node, "id">): TacticResult {
    const node = this.#keep(fresh);
    if (node === fresh.parent) return failure("no progress", "the goals are the same as before");
    return { kind: "progress", state: node.id, goals: node.goals.focused.map(readGoal) };
  }

  async #run(node: Node, sentences: readonly string[], { deadlineMs, signal }: Limits): Promise<LineRan> {
    const { base, line } = this.#parts;
    const steps = [...pathOf(node), ...sentences];
    // What has to be replayed first is not the tactic's fault.
    const missing = base.length + steps.length - sentences.length - line.shared({ base, steps });
    const extra = missing <= 0 ? 0 : this.#replayMs(node, steps.length, missing);
    return line.run({ base, steps }, { deadlineMs: deadlineMs + extra, signal });
  }

  /** Milliseconds for what has to run again; more sentences than a node's own are the whole file. */
  #replayMs(node: Node, steps: number, missing: number): number {
    return missing > steps ? END_MS * 10 : 2 * node.ms + REPLAY_MS;
  }

  async #failed(node: Node, ran: Exclude<LineRan, { kind: "ok" }>, limits: Limits): Promise<TacticResult> {
    if (ran.kind === "late")
      return failure("time-out", `no result after ${Math.round(limits.deadlineMs)} ms`);
    if (ran.kind === "died") return this.#recovered(ran.message);
    const { base } = this.#parts;
    // Something that ran before does not run now: time and memory differ from run to run.
    if (ran.index < base.length + pathOf(node).length)
      return failure("crash", `the way to this state could not be replayed: ${ran.message}`);
    return failure(classifyError(ran.message), ran.message);
  }

  /** The next call starts another process and replays what it needs. */
  #recovered(message: string): TacticResult {
    return failure("crash", `Coq was ended at this tactic and will be started again: ${message}`);
  }

  near(): readonly Premise[] {
    return this.#parts.near();
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
    return pathOf(node);
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
    // Read back from the form, what is kept are strings of its own and not pieces of all that Coq has ever printed.
    const node = this.#add({ ...fresh, goals: goalsOfForm(form) });
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

/** The sentences of the tries at the front that the policy lets through. */
function readable(tries: readonly Try[]): { sentence: string; deadlineMs: number }[] {
  const sentences: { sentence: string; deadlineMs: number }[] = [];
  for (const { tactic, deadlineMs } of tries) {
    const screened = screenTactic(tactic);
    if (screened.kind === "refused") break;
    sentences.push({ sentence: screened.sentence, deadlineMs });
  }
  return sentences;
}

function failure(kind: TacticFailure, message: string): TacticResult {
  return { kind: "error", failure: kind, message };
}

function pathOf(node: Node): string[] {
  const path: string[] = [];
  for (let at: Node | null = node; at !== null; at = at.parent) path.unshift(...at.sentences);
  return path;
}

/** The bullet or brace that Coq asks for when a subproof is complete. */
export function nextFocus(message: string): string | null {
  const bullet = /Focus next goal with bullet ([-+*]+)\./.exec(message)?.[1];
  if (bullet !== undefined) return bullet;
  return /(?:unfocusing with|Try unfocusing with) "}"/.test(message) ? "}" : null;
}
