import type { Span } from "../../grammars/c/span.ts";
import type { TacticFailure } from "../search/session.ts";
import type { Kind } from "./kinds.ts";
import type { Counts, Outcome } from "./outcome.ts";
import type { State } from "./table.ts";
import type { Counterexample } from "./verdict.ts";

/**
 * Every step of a run, on one stream. Progress, editor, log, batch store, data export and metrics are folds over it;
 * nothing else reports anything. Events are plain data (JSON after `bigint`s were turned into digits) and carry no secrets.
 */
export type Event<K extends Kind = "invariants"> =
  | {
      readonly type: "started";
      readonly at: number;
      readonly file: string;
      readonly group: string;
      readonly span: Span;
      /** 1-based lines of the function's loops; none for other tasks. */
      readonly loops: readonly number[];
      readonly timeoutMs: number;
    }
  /** The engine entered a state of its transition table by this label. */
  | { readonly type: "state"; readonly at: number; readonly state: State; readonly by: string }
  /** A proposer has the turn. */
  | { readonly type: "proposer"; readonly at: number; readonly name: string }
  | {
      readonly type: "candidate";
      readonly at: number;
      readonly id: number;
      readonly proposer: string;
      /** ACSL conjuncts by loop, or the raw text when it did not parse. */
      readonly text: string;
      readonly fate:
        | "unparsed" // did not parse; `reason` has line:column
        | "screened out" // false in a sampled state, a duplicate, or against the safety policy
        | "pooled" // an atom that Houdini may choose
        | "proved"
        | "wrong"
        | "not inductive"
        | "too weak"
        | "unknown"
        | "judged" // the judge confirmed it
        | "rejected"; // the judge did not
      readonly reason: string | null;
      /** The states that show why it failed, where a solver or a run gave some. */
      readonly counterexample?: Counterexample;
    }
  /** A tactic that a search tried: `parent` and `node` number the proof states of the run, the hole being 0. */
  | {
      readonly type: "step";
      readonly at: number;
      readonly parent: number;
      /** Null where it did not lead to a state. */
      readonly node: number | null;
      readonly proposer: string;
      readonly tactic: string;
      readonly result: "progress" | "done" | "duplicate" | TacticFailure;
      /** Goals left open. */
      readonly goals: number;
      /** The first open conclusion, or the prover's message. */
      readonly text: string | null;
    }
  /** Something learned that all proposers share: a lemma, a counterexample, a number of sampled states. */
  | { readonly type: "finding"; readonly at: number; readonly text: string }
  /** Counts so far; sent at least every 200 ms while work goes on. */
  | {
      readonly type: "progress";
      readonly at: number;
      readonly counts: Counts;
      readonly secondsLeft: number;
      readonly doing: string;
    }
  | {
      readonly type: "model";
      readonly at: number;
      readonly name: string;
      readonly tokens: number;
      readonly tokensPerSecond: number;
    }
  /** One line for the user: what to pull, what was not found, what went wrong and was survived. */
  | { readonly type: "note"; readonly at: number; readonly message: string }
  | { readonly type: "finished"; readonly at: number; readonly outcome: Outcome<K>; readonly counts: Counts };
