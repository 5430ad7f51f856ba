import { inBubble, signalInside } from "../../process/bubble.ts";
import { startChild } from "../../process/child.ts";
import type { NativeCoq } from "../find.ts";
import { type Project, projectArguments } from "../project.ts";
import type { Answered, Limits, Ran, TimedRan, TimedSentence, Toplevel } from "../toplevel.ts";
import { Connection, type Replies } from "./connection.ts";
import { calls, type Feedback, type Reply, readGoals } from "./protocol.ts";

const DEFAULT_MEGABYTES = 3_000;
const START: Pick<Limits, "deadlineMs"> = { deadlineMs: 60_000 };

export type Started =
  | { readonly kind: "started"; readonly toplevel: Toplevel }
  | { readonly kind: "failed"; readonly message: string };

/** Starts coqidetop for a project, in the sandbox. Rejects only with the signal's reason. */
export async function startCoqidetop(
  coq: NativeCoq & { readonly coqidetop: string },
  project: Project,
  signal: AbortSignal,
  megabytes = DEFAULT_MEGABYTES,
): Promise<Started> {
  const args = [
    ...["-q", "-top", project.module, "-async-proofs", "off"],
    // With resilience on, an error inside braces leaves an admitted goal instead of stopping the proof.
    ...["-async-proofs-tactic-error-resilience", "off", "-async-proofs-command-error-resilience", "off"],
    ...["-main-channel", "stdfds", "-set", "Printing Depth=1000", "-set", "Printing Width=200"],
    ...projectArguments(project),
  ];
  const read = [...coq.read, project.directory, ...project.loadPaths.map(({ directory }) => directory)];
  const line = inBubble({ command: coq.coqidetop, args }, read);
  const child = startChild({ ...line, memory: { megabytes, of: "address-space" } });
  const connection = new Connection(child, () => {
    if (child.pid !== undefined) signalInside(child.pid, "SIGINT");
  });
  try {
    const started = await connection.ask([calls.about, calls.init], { ...START, signal });
    const [about, init] = started.kind === "replies" ? started.replies : [];
    if (!about?.good || !init?.good) {
      const message =
        started.kind === "died" ? started.message : (init?.message ?? about?.message ?? "no answer");
      await connection.close();
      return {
        kind: "failed",
        message: `${coq.coqidetop} did not start: ${message}${hint(message, project)}`,
      };
    }
    return { kind: "started", toplevel: new Coqidetop(connection, coq.version, init.state) };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** What to do about an option that is for other programs. */
function hint(message: string, { file }: Project): string {
  const option = /Unknown option (\S+)/.exec(message)?.[1];
  return option === undefined || file === null ? "" : ` (it stands in ${file}: take it out there)`;
}

class Coqidetop implements Toplevel {
  readonly version: string;
  readonly start: number;
  readonly #connection: Connection;
  /** Where the document ends now; 0 when an interrupt leaves that unknown. */
  #tip: number;
  /** The highest id given so far: the next one is expected to follow, so that calls need not wait for each other. */
  #last: number;
  #route = 1;
  /** A call was left by its signal: the interrupt that stopped it may still be on its way. */
  #left = false;
  /** Ids may have been given that we were not told of. One `Add` alone tells the next; a guess might name a place in between. */
  #unknown = false;

  constructor(connection: Connection, version: string, start: number) {
    this.#connection = connection;
    this.version = `coq ${version}`;
    this.start = this.#tip = this.#last = start;
  }

  get alive(): boolean {
    return this.#connection.alive;
  }

  async run(from: number, sentences: readonly string[], limits: Limits): Promise<Ran> {
    const places: number[] = [];
    const notices: string[] = [];
    let assumed = false;
    const settled = await this.#settled(from);
    if (settled !== null) return settled;
    for (;;) {
      const at = places.at(-1) ?? from;
      const moves = this.#tip === at ? [] : [calls.editAt(at)];
      const left = sentences.slice(places.length, this.#unknown ? places.length + 1 : undefined);
      const adds = left.map((sentence, index) => calls.add(sentence, index === 0 ? at : this.#last + index));
      this.#tip = 0;
      const asked = await this.#ask([...moves, ...adds, calls.goal], limits);
      if (asked.kind === "died") return asked;
      const { replies, interrupted } = asked;
      const moved = moves.length === 0 ? null : replies[0]!;
      const added = replies.slice(moves.length, moves.length + adds.length);
      const goal = replies.at(-1)!;
      const expected = this.#last;
      for (const { good, state } of added) if (good) this.#last = Math.max(this.#last, state);
      if (interrupted) return this.#settle(at);
      if (moved !== null && !moved.good) return this.#broken(moved);
      const failed = added.findIndex(({ good }) => !good);
      const done = failed < 0 ? added : added.slice(0, failed);
      places.push(...done.map(({ state }) => state));
      const feedback = replies.flatMap((reply) => reply.feedback);
      const ours = new Set(places);
      assumed ||= feedback.some(({ kind, state }) => kind === "assumed" && ours.has(state));
      notices.push(...feedback.filter(({ kind }) => kind === "message").map(({ text }) => text));
      // An error anywhere rejects, whatever the goals say. It may belong to a sentence before the one that was not read.
      const error = feedback.find(({ kind }) => kind === "error");
      this.#tip = places.at(-1) ?? at;
      if (done.length > 0) this.#unknown = false;
      if (error !== undefined || (failed < 0 && !goal.good)) return this.#failure(places, error, goal);
      if (failed < 0 && places.length < sentences.length) continue;
      if (failed < 0) return { kind: "ok", places, goals: readGoals(goal.value), notices, assumed };
      // An id that was not the expected one makes Coq refuse all that follow it.
      const foreseen = done.every(({ state }, index) => state === expected + 1 + index);
      if (foreseen || done.length === 0)
        return { kind: "error", index: places.length, places, message: added[failed]!.message };
    }
  }

  async runEach(from: number, tries: readonly TimedSentence[], signal: AbortSignal): Promise<TimedRan[]> {
    const settled = await this.#settled(from);
    if (settled !== null) return [{ ran: settled, ms: 0 }];
    const groups = tries.map(({ sentence, deadlineMs }, at) => {
      const moves = at === 0 && this.#tip === from ? [] : [calls.editAt(from)];
      return { calls: [...moves, calls.add(sentence, from), calls.goal], deadlineMs };
    });
    this.#tip = 0;
    this.#left = true;
    const asked = await this.#connection.askEach(groups, signal);
    this.#left = false;
    const done: TimedRan[] = [];
    for (const { replies, ms } of asked.groups) {
      const [goal, added, moved] = replies.toReversed();
      if (moved && !moved.good) return [...done, { ran: await this.#broken(moved), ms }];
      if (added!.good) this.#last = Math.max(this.#last, added!.state);
      done.push({ ran: this.#ranOne(added!, goal!, replies), ms });
    }
    if (asked.died !== null) done.push({ ran: { kind: "died", message: asked.died }, ms: 0 });
    else if (asked.interrupted !== null) {
      // The calls behind the interrupted one may have made states that nobody was told of.
      this.#unknown = true;
      done.push({ ran: await this.#settle(from), ms: tries[asked.interrupted]?.deadlineMs ?? 0 });
    }
    return done;
  }

  /** What one sentence came to. An error anywhere rejects, whatever the goals say. */
  #ranOne(added: Reply, goal: Reply, replies: readonly Reply[]): Ran {
    if (!added.good) return { kind: "error", index: 0, places: [], message: added.message };
    const feedback = replies.flatMap((reply) => reply.feedback);
    const error = feedback.find(({ kind }) => kind === "error");
    const places = [added.state];
    if (error !== undefined || !goal.good) return this.#failure(places, error, goal);
    const assumed = feedback.some(({ kind, state }) => kind === "assumed" && state === added.state);
    const notices = feedback.filter(({ kind }) => kind === "message").map(({ text }) => text);
    return { kind: "ok", places, goals: readGoals(goal.value), notices, assumed };
  }

  /** A sentence that was read but did not run: which one is told by the feedback, or by the last good state. */
  #failure(places: readonly number[], error: Feedback | undefined, goal: Reply): Ran {
    const blamed = error === undefined ? -1 : places.indexOf(error.state);
    const index =
      blamed >= 0 ? blamed : Math.min(places.indexOf(goal.state) + 1, Math.max(places.length - 1, 0));
    return { kind: "error", index, places: places.slice(0, index), message: error?.text ?? goal.message };
  }

  async query(at: number, command: string, limits: Limits): Promise<Answered> {
    const route = this.#route++;
    const settled = await this.#settled(at);
    if (settled !== null) return settled;
    const moves = this.#tip === at ? [] : [calls.editAt(at)];
    this.#tip = 0;
    const asked = await this.#ask([...moves, calls.query(command, at, route)], limits);
    if (asked.kind === "died") return asked;
    if (asked.interrupted) return this.#settle(at);
    this.#tip = at;
    const feedback = asked.replies.flatMap((reply) => reply.feedback);
    const bad = asked.replies.find(({ good }) => !good);
    const error = feedback.find(({ kind }) => kind === "error");
    if (bad !== undefined || error !== undefined)
      return { kind: "error", message: error?.text ?? bad!.message };
    const texts = feedback
      .filter((one) => one.kind === "message" && one.route === route)
      .map(({ text }) => text);
    return { kind: "answer", texts };
  }

  async close(): Promise<void> {
    await this.#connection.close();
  }

  async #ask(batch: readonly string[], limits: Limits): Promise<Replies> {
    this.#left = true;
    const asked = await this.#connection.ask(batch, limits);
    this.#left = false;
    return asked;
  }

  /** Null when calls may be made; after a call that its signal ended, only once the interrupt has been taken. */
  async #settled(at: number): Promise<{ kind: "died"; message: string } | null> {
    if (!this.#left) return null;
    this.#left = false;
    this.#unknown = true;
    const settled = await this.#settle(at);
    return settled.kind === "died" ? settled : null;
  }

  /** After an interrupt: one that came late would hit the next call, so calls that cost nothing take it. */
  async #settle(at: number): Promise<{ kind: "late" } | { kind: "died"; message: string }> {
    for (let attempt = 0; attempt < 3; attempt++) {
      const asked = await this.#connection.ask([calls.editAt(at)], {
        deadlineMs: 10_000,
        signal: new AbortController().signal,
      });
      if (asked.kind === "died") return asked;
      if (asked.interrupted) break;
      if (asked.replies[0]!.good) {
        this.#tip = at;
        return { kind: "late" };
      }
    }
    await this.#connection.close();
    return { kind: "died", message: "it did not recover from an interrupt" };
  }

  async #broken(reply: Reply): Promise<Ran> {
    await this.#connection.close();
    return { kind: "died", message: `it lost a place in the document: ${reply.message}` };
  }
}
