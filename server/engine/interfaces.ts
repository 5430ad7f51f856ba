import type { Inputs } from "../program/run.ts";
import type { Budget } from "./budget.ts";
import type { Candidate, Proposal, RawCandidate } from "./candidate.ts";
import type { Event } from "./event.ts";
import type { Kind, Kinds } from "./kinds.ts";
import type { RunOptions } from "./options.ts";
import type { StepEvent } from "./proof.ts";
import type { Entry } from "./rounds.ts";
import type { Counterexample, ObligationName, Verdict } from "./verdict.ts";
import type { Verified } from "./verified.ts";

/** A run from the entry that breaks an obligation: choices for every input, in order of use. */
export interface RefutingRun {
  readonly kind: "run";
  readonly proposer: string;
  readonly inputs: Inputs;
}

/** What a proposer or a checker may tell the stream. */
export type Note =
  | { type: "finding"; text: string }
  | { type: "note"; message: string }
  | { type: "model"; name: string; tokens: number; tokensPerSecond: number }
  | StepEvent;

/** All that a proposer may use. The checker is budgeted: what a proposer spends is charged to the run. */
export interface ProposeContext<K extends Kind = "invariants"> {
  readonly task: Kinds[K]["task"];
  readonly options: RunOptions;
  readonly findings: Kinds[K]["findings"];
  readonly checker: Kinds[K]["checker"];
  readonly budget: Budget;
  readonly signal: AbortSignal;
  /** 0 the first time a proposer has its turn, then one more each time round. */
  readonly round: number;
  /** Tells the stream something; proposers have no other output. */
  note(event: Note): void;
}

/** A source of ideas. It ends when it has no more; it is asked again in a later round when `findings` have grown. */
export interface Proposer<K extends Kind = "invariants"> {
  readonly name: string;
  /** `always` takes part whatever `--only` says: the source's own invariants, refutation, and Houdini over the pool. */
  readonly kind: "symbolic" | "model" | "always";
  propose(context: ProposeContext<K>): AsyncIterable<Proposal<K> | Kinds[K]["run"]>;
}

/** Houdini's answer: the strongest inductive subset of a pool, and whether it gives the goal. */
export type Houdini =
  | {
      readonly kind: "fixpoint";
      readonly kept: readonly (readonly number[])[];
      readonly goal: "proved" | "open" | "unknown";
    }
  | { readonly kind: "unknown"; readonly reason: string };

/** Tries candidates for one task on a solver. Made for one run and closed with it. */
export interface Checker {
  /** All obligations of one candidate: initiation, consecution and use, every time (soundness.md 7). */
  check(candidate: Candidate, signal: AbortSignal): Promise<Verdict>;
  /** The largest inductive subset of conjuncts by loop (Flanagan and Leino, FME 2001). */
  houdini(pool: Candidate["invariants"], signal: AbortSignal): Promise<Houdini>;
  /** Looks for a run that breaks an assertion within so many iterations of each loop; its inputs still have to be replayed. */
  violation(depth: number, signal: AbortSignal): Promise<Inputs | null>;
  /** Inputs with which a run arrives at each loop after `depth` iterations of it, where the solver finds some. */
  arrivals(depth: number, signal: AbortSignal): Promise<readonly Inputs[]>;
  /** A small subset of a proved candidate that still proves everything (by unsat cores). */
  simplify(candidate: Candidate, signal: AbortSignal): Promise<Candidate>;
  /** A candidate without the conjuncts that its others imply: the same claim, for a person to read. */
  condense(candidate: Candidate, signal: AbortSignal): Promise<Candidate>;
  close(): Promise<void>;
}

export type Judgement<K extends Kind = "invariants"> =
  | { readonly kind: "proved"; readonly verified: Verified; readonly answers: Kinds[K]["answers"] }
  /** `final`: the reason lies in the task itself, and every other candidate would be rejected for it. */
  | { readonly kind: "rejected"; readonly reason: string; readonly final?: boolean };

export type RunJudgement =
  | {
      readonly kind: "confirmed";
      readonly obligation: ObligationName;
      readonly counterexample: Counterexample;
    }
  | { readonly kind: "rejected"; readonly reason: string };

/** The last word (safety.md 10, 11, 12): re-reads the edited text, proves everything again in a fresh process. */
export interface Judge<K extends Kind = "invariants"> {
  judge(task: Kinds[K]["task"], candidate: Kinds[K]["candidate"], signal: AbortSignal): Promise<Judgement<K>>;
  /** Replays a run exactly; a refutation is nothing less (soundness.md 8). */
  confirm(
    task: Kinds[K]["task"],
    run: Kinds[K]["run"],
    signal: AbortSignal,
  ): RunJudgement | Promise<RunJudgement>;
}

export type Parsed<K extends Kind = "invariants"> =
  | { readonly kind: "parsed"; readonly candidates: readonly Kinds[K]["candidate"][] }
  | { readonly kind: "rejected"; readonly reason: string };

/** What screening says of a candidate, before any prover is asked. */
export type Screened =
  | { readonly kind: "whole" }
  | { readonly kind: "pooled" }
  | { readonly kind: "rejected"; readonly reason: string };

/** What the engine itself needs of a checker of any kind. */
export interface Checks<K extends Kind> {
  check(candidate: Kinds[K]["candidate"], signal: AbortSignal): Promise<Verdict>;
  close(): Promise<void>;
}

/** The parts that differ by task kind, made by wiring.ts. */
export interface EngineParts<K extends Kind = "invariants"> {
  /** In the order of their turns; those among `Ideas` are put in order by what they have earned. */
  readonly proposers: readonly Entry<K>[];
  readonly judge: Judge<K>;
  openFindings(task: Kinds[K]["task"]): Kinds[K]["findings"];
  /** A checker for this task whose queries are charged to the budget. It starts no process before it is first used. */
  openChecker(
    task: Kinds[K]["task"],
    budget: Budget,
    signal: AbortSignal,
    note: (note: Note) => void,
  ): Kinds[K]["checker"] & Checks<K>;
  /** The output grammar's parser; the only way from text to a candidate. */
  parse(task: Kinds[K]["task"], raw: RawCandidate): Parsed<K>;
  screen(candidate: Kinds[K]["candidate"], findings: Kinds[K]["findings"]): Screened;
  /** Keeps what a failed candidate taught, where every proposer sees it. */
  learn(
    task: Kinds[K]["task"],
    candidate: Kinds[K]["candidate"],
    verdict: Verdict,
    findings: Kinds[K]["findings"],
  ): void;
  /** The best thing tried so far. */
  nearest(findings: Kinds[K]["findings"]): Kinds[K]["nearest"] | null;
  /** Milliseconds beyond the run's limit in which a candidate that was found in time is replayed and judged; default 0. */
  readonly judgeMs?: number;
  /** What a run says that ends because nobody has anything left; default: no candidate proved the goal. */
  readonly nothingLeft?: string;
  /** A candidate as a person reads it. */
  show(task: Kinds[K]["task"], candidate: Kinds[K]["candidate"]): string;
}

/** The engine: `run` is all that anybody calls. */
export type Run<K extends Kind = "invariants"> = (
  task: Kinds[K]["task"],
  options: RunOptions,
  signal: AbortSignal,
) => AsyncIterable<Event<K>>;
