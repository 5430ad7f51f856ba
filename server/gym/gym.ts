import type { ProofReviewer } from "../engine/proof.ts";
import type { Document } from "../engine/task.ts";
import type { Goal, Opened, ProofAssistant, ProofSession, StateId, TacticResult } from "../search/session.ts";
import type { Found, HolePlace } from "./place.ts";
import { type Place, type Request, readRequest } from "./request.ts";

/** What the gym works with. */
export interface GymParts {
  /** The assistant for a file, by its name; started when it is first needed. */
  assistant(
    file: string,
  ): Promise<
    | { readonly kind: "prover"; readonly assistant: ProofAssistant; readonly reviewer: ProofReviewer }
    | { readonly kind: "missing"; readonly message: string }
  >;
  /** Throws where the file cannot be read. */
  readText(file: string): Promise<string>;
  findHole(file: string, text: string, at: Place | null): Found;
}

interface Held {
  readonly session: ProofSession;
  readonly goals: Map<string, readonly Goal[]>;
  readonly document: Document;
  readonly place: HolePlace;
  readonly reviewer: ProofReviewer;
}

/** An answer: the request's id, `ok`, and what was asked for or a message. */
export type Answer = { readonly id: unknown; readonly ok: boolean } & Readonly<Record<string, unknown>>;

type Result = { readonly ok: boolean } & Readonly<Record<string, unknown>>;

/**
 * A proof assistant for programs (after LeanDojo's gym): requests and answers are JSON objects, one a line. Answers come when they
 * are ready; those of one session in order. Several sessions may be open at once.
 */
export class Gym {
  readonly #parts: GymParts;
  readonly #sessions = new Map<string, Held>();
  readonly #running = new Map<unknown, AbortController>();
  #opened = 0;

  constructor(parts: GymParts) {
    this.#parts = parts;
  }

  /** Answers one line. Never rejects but for bugs. */
  async answer(line: string): Promise<Answer> {
    const request = readRequest(line);
    if (request.method === null) return { id: request.id, ok: false, message: request.message };
    const { id } = request;
    const controller = new AbortController();
    if (request.method !== "cancel") this.#running.set(id, controller);
    try {
      const { ok, ...rest } = await this.#act(request, controller.signal);
      return { id, ok, ...rest };
    } catch (error) {
      if (controller.signal.aborted) return { id, ok: false, message: "cancelled", cancelled: true };
      throw error;
    } finally {
      if (this.#running.get(id) === controller) this.#running.delete(id);
    }
  }

  /** Ends all work and closes every session. */
  async close(): Promise<void> {
    for (const controller of this.#running.values())
      controller.abort(new DOMException("closed", "AbortError"));
    const sessions = [...this.#sessions.values()];
    this.#sessions.clear();
    await Promise.all(sessions.map(({ session }) => session.close()));
  }

  async #act(request: Request, signal: AbortSignal): Promise<Result> {
    if (request.method === "open") return this.#open(request, signal);
    if (request.method === "cancel") {
      const running = this.#running.get(request.of);
      running?.abort(new DOMException("cancelled", "AbortError"));
      return { ok: true, cancelled: running !== undefined };
    }
    const held = this.#sessions.get(request.session);
    if (held === undefined) return refused(`there is no open session ${JSON.stringify(request.session)}`);
    const { session, goals } = held;
    if (request.method === "close") {
      this.#sessions.delete(request.session);
      await session.close();
      return { ok: true };
    }
    if (request.method === "premises") return { ok: true, premises: await session.premises(signal) };
    if (!goals.has(request.state))
      return refused(`the session has no state ${JSON.stringify(request.state)}`);
    const state = request.state as StateId;
    if (request.method === "goals") return { ok: true, goals: goals.get(state) };
    if (request.method === "script") return { ok: true, script: session.script(state), frame: session.frame };
    if (request.method === "verify") return this.#verify(held, state, signal);
    if (request.method === "applyEach") {
      const tried = await this.#applyEach(held, state, request, signal);
      return { ok: true, results: tried };
    }
    return {
      ok: true,
      ...note(goals, await session.apply(state, request.tactic, request.timeoutMs, signal)),
    };
  }

  /** Several tactics at one state, each as if it were the only one: one exchange with the prover where the session can do that. */
  async #applyEach(
    { session, goals }: Held,
    state: StateId,
    { tactics, timeoutMs }: Extract<Request, { method: "applyEach" }>,
    signal: AbortSignal,
  ): Promise<readonly object[]> {
    if (session.applyEach) {
      const tries = tactics.map((tactic) => ({ tactic, deadlineMs: timeoutMs }));
      const tried = await session.applyEach(state, tries, signal);
      return tried.map(({ result }) => note(goals, result));
    }
    const results: object[] = [];
    for (const tactic of tactics)
      results.push(note(goals, await session.apply(state, tactic, timeoutMs, signal)));
    return results;
  }

  /** A state that is done is not yet a proof: the judge reads the whole file as it would stand. */
  async #verify(held: Held, state: StateId, signal: AbortSignal): Promise<Result> {
    const { document, place, reviewer, session } = held;
    const edit = place.edit(session.script(state), session.frame);
    const review = await reviewer.review({ document, edit, offset: place.offset }, signal);
    if (review.kind === "rejected") return { ok: true, kind: "rejected", reason: review.reason };
    const { checkedBy, assumptions } = review.evidence;
    return { ok: true, kind: "proved", checkedBy, assumptions, edit: edit.insertions };
  }

  async #open(
    { file, text, at }: Extract<Request, { method: "open" }>,
    signal: AbortSignal,
  ): Promise<Result> {
    let content = text;
    if (content === null) {
      try {
        content = await this.#parts.readText(file);
      } catch (error) {
        return refused(`${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)})`);
      }
    }
    const hole = this.#parts.findHole(file, content, at);
    if (hole.kind === "none") return refused(`${file}: ${hole.message}`);
    const found = await this.#parts.assistant(file);
    if (found.kind === "missing") return refused(found.message);
    const opened: Opened = await found.assistant.open({ file, text: content, offset: hole.offset }, signal);
    if (opened.kind === "failed")
      return refused(`${file}${placeIn(content, opened.span)}: ${opened.message}`);
    const { session } = opened;
    const name = String(++this.#opened);
    this.#sessions.set(name, {
      session,
      goals: new Map([[session.root, session.goals]]),
      document: { file, text: content, version: 0 },
      place: hole,
      reviewer: found.reviewer,
    });
    return {
      ok: true,
      session: name,
      state: session.root,
      goals: session.goals,
      prover: found.assistant.name,
      offset: hole.offset,
    };
  }
}

/** What a tactic did, as it is answered; its state can be asked for from now on. */
function note(goals: Map<string, readonly Goal[]>, result: TacticResult): object {
  if (result.kind === "error") return result;
  if (!goals.has(result.state)) goals.set(result.state, result.kind === "progress" ? result.goals : []);
  return { goals: [], ...result };
}

function refused(message: string): Result {
  return { ok: false, message };
}

/** `:line:column` of a span, or nothing. */
function placeIn(text: string, span: { readonly start: number } | null): string {
  if (span === null) return "";
  const before = text.slice(0, span.start).split("\n");
  return `:${before.length}:${before.at(-1)!.length + 1}`;
}
