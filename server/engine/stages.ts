import type { Budget } from "./budget.ts";
import type { RawCandidate } from "./candidate.ts";
import type { Event } from "./event.ts";
import type { Checks, EngineParts, Note } from "./interfaces.ts";
import type { Kind, Kinds } from "./kinds.ts";
import type { RunOptions } from "./options.ts";
import type { Outcome } from "./outcome.ts";
import { Rounds } from "./rounds.ts";
import type { State } from "./table.ts";
import type { Counterexample, Verdict } from "./verdict.ts";

/** The handlers of the table's states for one run. Each answers with a label of the table and keeps what the next one needs. */
export class Stages<K extends Kind> {
  outcome: Outcome<K> | null = null;
  doing = "starting";
  readonly #parts: EngineParts<K>;
  readonly #task: Kinds[K]["task"];
  readonly #budget: Budget;
  readonly #judging: AbortSignal;
  readonly #emit: (event: Event<K>) => void;
  readonly #findings: Kinds[K]["findings"];
  readonly #checker: Checks<K>;
  readonly #rounds: Rounds<K>;
  #raw: RawCandidate | null = null;
  #waiting: Kinds[K]["candidate"][] = [];
  #run: Kinds[K]["run"] | null = null;
  #verdict: Verdict | null = null;
  #stopped: string | null = null;
  #id = 0;

  constructor(
    parts: EngineParts<K>,
    task: Kinds[K]["task"],
    options: RunOptions,
    budget: Budget,
    { working, judging }: { readonly working: AbortSignal; readonly judging: AbortSignal },
    emit: (event: Event<K>) => void,
  ) {
    this.#parts = parts;
    this.#task = task;
    this.#budget = budget;
    this.#judging = judging;
    this.#emit = emit;
    const note = (event: Note) => emit({ ...event, at: this.#now() });
    this.#findings = parts.openFindings(task);
    const checker = parts.openChecker(task, budget, working, note);
    this.#checker = checker;
    this.#rounds = new Rounds<K>(parts.proposers, {
      task,
      options,
      findings: this.#findings,
      checker,
      budget,
      signal: working,
      note,
    });
  }

  async handle(state: Exclude<State, "stopped">): Promise<string> {
    switch (state) {
      case "ask":
        return this.#ask();
      case "parse":
        return this.#parse();
      case "screen":
        return this.#screen();
      case "check":
        return this.#check();
      case "refine":
        return this.#refine();
      case "judge":
        return this.#judge();
      case "offer":
        this.doing = "done";
        return "offered";
    }
  }

  /** Notes why the run ends early and passes the table's label through. */
  end(label: string, reason: string): string {
    this.#stopped = reason;
    return label;
  }

  reason(): string {
    if (this.#stopped) return this.#stopped;
    return this.#parts.nothingLeft ?? "no candidate proved the goal";
  }

  nearest(): Kinds[K]["nearest"] | null {
    return this.#parts.nearest(this.#findings);
  }

  async close(): Promise<void> {
    await this.#rounds.close(this.outcome?.kind === "proved");
    await this.#checker.close();
  }

  async #ask(): Promise<string> {
    if (this.#waiting.length > 0) return "trees";
    const next = await this.#rounds.next((name) => {
      this.doing = name;
      this.#emit({ type: "proposer", at: this.#now(), name });
    });
    if (next === null) return "nothing left";
    if (next.kind === "run") {
      this.#run = next;
      return "run";
    }
    if (next.kind === "text") {
      this.#raw = next;
      return "text";
    }
    this.#waiting.push(next);
    return "trees";
  }

  #parse(): string {
    const raw = this.#raw!;
    this.#raw = null;
    const parsed = raw.truncated
      ? { kind: "rejected" as const, reason: "cut off by the token limit" }
      : this.#parts.parse(this.#task, raw);
    if (parsed.kind === "rejected") {
      this.#candidate(raw.provenance.proposer, raw.text, "unparsed", parsed.reason);
      return "rejected";
    }
    this.#waiting.push(...parsed.candidates);
    return parsed.candidates.length > 0 ? "parsed" : "rejected";
  }

  #screen(): string {
    const candidate = this.#waiting[0]!;
    this.#budget.parsed++;
    const result = this.#parts.screen(candidate, this.#findings);
    if (result.kind !== "rejected") this.#budget.screened++;
    if (result.kind === "whole") return "whole";
    this.#waiting.shift();
    const text = this.#parts.show(this.#task, candidate);
    const { proposer } = candidate.provenance;
    if (result.kind === "pooled") this.#candidate(proposer, text, "pooled", null);
    else this.#candidate(proposer, text, "screened out", result.reason);
    return result.kind;
  }

  async #check(): Promise<string> {
    this.#verdict = await this.#checker.check(this.#waiting[0]!, this.#judging);
    return this.#verdict.kind;
  }

  /** A failed candidate leaves what it taught in the findings, where every proposer sees it. */
  #refine(): string {
    const verdict = this.#verdict;
    this.#verdict = null;
    // A run that the judge turned down has no candidate.
    if (!verdict || this.#waiting.length === 0) return "noted";
    const candidate: Kinds[K]["candidate"] = this.#waiting.shift()!;
    const text = this.#parts.show(this.#task, candidate);
    const { proposer } = candidate.provenance;
    const fate = verdict.kind === "refuted" ? FATES[verdict.why] : "unknown";
    const reason =
      verdict.kind === "refuted"
        ? verdict.obligation.text
        : verdict.kind === "unknown"
          ? verdict.reason
          : null;
    const shown = verdict.kind === "refuted" ? verdict.counterexample : undefined;
    this.#candidate(proposer, text, fate, reason, shown);
    this.#parts.learn(this.#task, candidate, verdict, this.#findings);
    return "noted";
  }

  async #judge(): Promise<string> {
    this.doing = "judging";
    if (this.#run) {
      const run = this.#run;
      this.#run = null;
      const judged = await this.#parts.judge.confirm(this.#task, run, this.#judging);
      if (judged.kind === "rejected") return "rejected";
      this.outcome = {
        kind: "refuted",
        obligation: judged.obligation,
        counterexample: judged.counterexample,
      };
      return "run confirmed";
    }
    const candidate = this.#waiting[0]!;
    const text = this.#parts.show(this.#task, candidate);
    const judged = await this.#parts.judge.judge(this.#task, candidate, this.#judging);
    const { proposer } = candidate.provenance;
    if (judged.kind === "rejected") {
      this.#verdict = { kind: "unknown", reason: judged.reason };
      this.#candidate(proposer, text, "rejected", judged.reason);
      if (!judged.final) return "rejected";
      this.#stopped = judged.reason;
      return "hopeless";
    }
    this.#candidate(proposer, text, "judged", null);
    this.outcome = { kind: "proved", verified: judged.verified, answers: judged.answers, proposer };
    return "proved";
  }

  #now(): number {
    return Math.round(this.#budget.elapsedMs);
  }

  #candidate(
    proposer: string,
    text: string,
    fate: Extract<Event, { type: "candidate" }>["fate"],
    reason: string | null,
    counterexample?: Counterexample,
  ): void {
    const shown = counterexample ? { counterexample } : {};
    this.#emit({
      type: "candidate",
      at: this.#now(),
      id: this.#id++,
      proposer,
      text,
      fate,
      reason,
      ...shown,
    });
  }
}

const FATES = { wrong: "wrong", notInductive: "not inductive", tooWeak: "too weak" } as const;
