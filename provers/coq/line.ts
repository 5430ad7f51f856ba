import type { Answered, Limits, Ran, TimedSentence, Toplevel } from "./toplevel.ts";

/** What a document should say: a part that never changes, and a part that differs from state to state. */
export interface Script {
  readonly base: readonly string[];
  readonly steps: readonly string[];
}

/** Indices count from the first of the script's sentences. */
export type LineRan = Exclude<Ran, { kind: "ok" }> | Omit<Extract<Ran, { kind: "ok" }>, "places">;

/**
 * Makes a linear document follow a tree of scripts: it goes back to where the wanted script leaves the one that stands, and
 * runs the rest. A process that died is replaced, and the whole script replayed.
 */
export class Line {
  readonly #launch: (signal: AbortSignal) => Promise<Toplevel>;
  #toplevel: Toplevel | null = null;
  #base: readonly string[] = [];
  /** What the process holds, and the place after each. */
  #sentences: string[] = [];
  #places: number[] = [];
  #closed = false;

  /** `launch` throws when the program cannot be started; that is a bug or a broken installation by then. */
  constructor(launch: (signal: AbortSignal) => Promise<Toplevel>) {
    this.#launch = launch;
  }

  /** True while a process is there that holds something. */
  get warm(): boolean {
    return this.#toplevel?.alive === true && this.#sentences.length > 0;
  }

  /** How many sentences of a script the process holds already. */
  shared({ base, steps }: Script): number {
    if (this.#toplevel?.alive !== true) return 0;
    const wanted = base.length + steps.length;
    // The base of a session is one array for its whole life: no need to compare it again at every tactic.
    let at = base === this.#base && this.#sentences.length >= base.length ? base.length : 0;
    while (
      at < wanted &&
      at < this.#sentences.length &&
      this.#sentences[at] === sentenceAt({ base, steps }, at)
    )
      at++;
    return at;
  }

  /** Makes the document say the script. On an error the document ends before the sentence that failed. */
  async run(script: Script, limits: Limits): Promise<LineRan> {
    const toplevel = await this.#ready(limits.signal);
    // The last sentence runs again even if it stands already: otherwise nothing would tell its goals.
    const wanted = script.base.length + script.steps.length;
    const kept = Math.min(this.shared(script), Math.max(wanted - 1, 0));
    const from = kept === 0 ? toplevel.start : this.#places[kept - 1]!;
    const rest: string[] = [];
    for (let at = kept; at < wanted; at++) rest.push(sentenceAt(script, at));
    this.#forget(kept);
    this.#base = [];
    const ran = await toplevel.run(from, rest, limits);
    if (ran.kind === "died") this.#forget(0);
    if (ran.kind === "late" || ran.kind === "died") return ran;
    this.#sentences.push(...rest.slice(0, ran.places.length));
    this.#places.push(...ran.places);
    if (this.#sentences.length >= script.base.length) this.#base = script.base;
    if (ran.kind === "error") return { ...ran, index: ran.index + kept };
    const { goals, notices, assumed } = ran;
    return { kind: "ok", goals, notices, assumed };
  }

  /**
   * Runs each of several sentences after a script, on its own. `null`: the process cannot, or the script itself does not run any
   * more; then they have to be run one by one. Otherwise answers for as many as it came to, at least one.
   */
  async runEach(
    script: Script,
    tries: readonly TimedSentence[],
    limits: Limits,
  ): Promise<readonly { readonly ran: LineRan; readonly ms: number }[] | null> {
    const toplevel = await this.#ready(limits.signal);
    if (!toplevel.runEach) return null;
    const length = script.base.length + script.steps.length;
    if (this.shared(script) < length) {
      const ran = await this.run(script, limits);
      if (ran.kind !== "ok") return null;
    }
    this.#forget(length);
    const done = await toplevel.runEach(this.#placeAfter(script), tries, limits.signal);
    if (done.some(({ ran }) => ran.kind === "died")) this.#forget(0);
    return done.map(({ ran, ms }) => ({
      ran: ran.kind === "error" ? { ...ran, index: ran.index + length } : ran,
      ms,
    }));
  }

  /** Asks a question after a script. */
  async query(script: Script, command: string, limits: Limits): Promise<Answered> {
    if (this.shared(script) < script.base.length + script.steps.length) {
      const ran = await this.run(script, limits);
      if (ran.kind === "error") return { kind: "error", message: ran.message };
      if (ran.kind !== "ok") return ran;
    }
    const answered = await this.#toplevel!.query(this.#placeAfter(script), command, limits);
    this.#forget(script.base.length + script.steps.length);
    if (answered.kind === "died") this.#forget(0);
    return answered;
  }

  /** Ends the process. Idempotent. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#toplevel?.close();
  }

  async #ready(signal: AbortSignal): Promise<Toplevel> {
    signal.throwIfAborted();
    if (this.#closed) throw new Error("a closed session was used");
    if (this.#toplevel?.alive === true) return this.#toplevel;
    await this.#toplevel?.close();
    this.#forget(0);
    this.#toplevel = await this.#launch(signal);
    return this.#toplevel;
  }

  #forget(kept: number): void {
    this.#sentences.length = this.#places.length = Math.min(kept, this.#sentences.length);
  }

  #placeAfter({ base, steps }: Script): number {
    const length = base.length + steps.length;
    return length === 0 ? this.#toplevel!.start : this.#places[length - 1]!;
  }
}

function sentenceAt({ base, steps }: Script, index: number): string {
  return index < base.length ? base[index]! : steps[index - base.length]!;
}
