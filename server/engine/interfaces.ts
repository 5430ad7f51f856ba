import type { Inputs } from "../program/run.ts";
import type { Formula } from "../program/term.ts";
import type { Budget } from "./budget.ts";
import type { Candidate, Proposal, RawCandidate } from "./candidate.ts";
import type { Event } from "./event.ts";
import type { Findings } from "./findings.ts";
import type { RunOptions } from "./options.ts";
import type { LoopAnswer } from "./outcome.ts";
import type { Task } from "./task.ts";
import type { Counterexample, ObligationName, Verdict } from "./verdict.ts";
import type { Verified } from "./verified.ts";

/** A run from the entry that breaks an obligation: choices for every input, in order of use. */
export interface RefutingRun {
  readonly kind: "run";
  readonly proposer: string;
  readonly inputs: Inputs;
}

/** All that a proposer may use. The checker is budgeted: what a proposer spends is charged to the run. */
export interface ProposeContext {
  readonly task: Task;
  readonly options: RunOptions;
  readonly findings: Findings;
  readonly checker: Checker;
  readonly budget: Budget;
  readonly signal: AbortSignal;
  /** 0 the first time a proposer has its turn, then one more each time round. */
  readonly round: number;
  /** Tells the stream something; proposers have no other output. */
  note(
    event:
      | { type: "finding"; text: string }
      | { type: "note"; message: string }
      | { type: "model"; name: string; tokens: number; tokensPerSecond: number },
  ): void;
}

/** A source of ideas. It ends when it has no more; it is asked again in a later round when `findings` have grown. */
export interface Proposer {
  readonly name: string;
  /** `always` takes part whatever `--only` says: the source's own invariants, refutation, and Houdini over the pool. */
  readonly kind: "symbolic" | "model" | "always";
  propose(context: ProposeContext): AsyncIterable<Proposal | RefutingRun>;
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
  close(): Promise<void>;
}

export type Judgement =
  | { readonly kind: "proved"; readonly verified: Verified; readonly answers: readonly LoopAnswer[] }
  /** `final`: the reason lies in the task itself, and every other candidate would be rejected for it. */
  | { readonly kind: "rejected"; readonly reason: string; readonly final?: boolean };

export type RunJudgement =
  | {
      readonly kind: "confirmed";
      readonly obligation: ObligationName;
      readonly counterexample: Counterexample;
    }
  | { readonly kind: "rejected"; readonly reason: string };

/** The last word (safety.md 10): re-reads the edited text, proves everything again in a fresh process. */
export interface Judge {
  judge(task: Task, candidate: Candidate, signal: AbortSignal): Promise<Judgement>;
  /** Replays a run exactly; a refutation is nothing less (soundness.md 8). */
  confirm(task: Task, run: RefutingRun): RunJudgement;
}

export type Parsed =
  | { readonly kind: "parsed"; readonly candidates: readonly Candidate[] }
  | { readonly kind: "rejected"; readonly reason: string };

/** The parts that differ by task kind, made by wiring.ts. */
export interface EngineParts {
  readonly proposers: readonly Proposer[];
  readonly judge: Judge;
  /** A checker for this task whose queries are charged to the budget. */
  openChecker(task: Task, budget: Budget, findings: Findings, signal: AbortSignal): Promise<Checker>;
  /** The output grammar's parser; the only way from text to a candidate. */
  parse(task: Task, raw: RawCandidate): Parsed;
  /** A candidate as a person reads it. */
  show(task: Task, candidate: Candidate): string;
  /** One conjunct as a person reads it. */
  print(task: Task, formula: Formula): string;
}

/** The engine: `run` is all that anybody calls. */
export type Run = (task: Task, options: RunOptions, signal: AbortSignal) => AsyncIterable<Event>;
