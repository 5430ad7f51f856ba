import type { Diagnostic } from "../../grammars/c/span.ts";
import type { Kind, Kinds } from "./kinds.ts";
import type { Counterexample, ObligationName, Verdict } from "./verdict.ts";
import type { Edit, Verified } from "./verified.ts";

/** What the answer puts at one loop, as ACSL text without keywords and semicolons. */
export interface LoopAnswer {
  /** Index into `program.loops`. */
  readonly loop: number;
  /** 1-based line of the loop's keyword in the unedited text. */
  readonly line: number;
  /** Conjuncts that are new; those the source has already are kept and not repeated. */
  readonly invariants: readonly string[];
  /** What the annotation's `loop assigns` says, `\nothing` included; null where the source has one. */
  readonly assigns: string | null;
  /** A termination measure, when one was proved and the source has none. */
  readonly variant: string | null;
  /** For a predicate of an exchange problem, in place of all that: `(define-fun inv …)`. */
  readonly definition?: string;
}

/** The best thing tried when nothing was proved: what a person sees instead of silence. */
export interface NearMiss {
  readonly proposer: string;
  /** Conjuncts by loop, ACSL text. */
  readonly invariants: readonly (readonly string[])[];
  readonly verdict: Verdict;
}

/** A proof of a theorem's holes. */
export interface ProofAnswer {
  /** What each hole becomes, laid out in the file's own style; as `task.holes`. */
  readonly texts: readonly string[];
  readonly verified: Verified;
}

/** How far a search came when it did not find a proof: what is offered "one click away", never as proved. */
export interface PartialProof {
  readonly proposer: string;
  /** What each hole would become, each goal left open marked as a hole again; as `task.holes`. */
  readonly texts: readonly string[];
  /** The same as an edit of the document. */
  readonly edit: Edit;
  /** Conclusions of the goals left open. */
  readonly open: readonly string[];
  /** The last whole script that was turned down, and why; null if there was none. */
  readonly rejected: string | null;
}

/** How a task ended. Only `proved` carries an edit, and only the judge can make what it carries. */
export type Outcome<K extends Kind = "invariants"> =
  | {
      readonly kind: "proved";
      readonly verified: Verified;
      /** For a function one per loop, in source order; for a hole its proofs, the best first, which `verified` belongs to. */
      readonly answers: Kinds[K]["answers"];
      /** The proposer whose candidate was judged; `source` when the text proves as it stands. */
      readonly proposer: string;
    }
  | { readonly kind: "refuted"; readonly obligation: ObligationName; readonly counterexample: Counterexample }
  | { readonly kind: "unknown"; readonly reason: string; readonly nearest: Kinds[K]["nearest"] | null }
  | { readonly kind: "error"; readonly diagnostics: readonly Diagnostic[] };

/** Counts over a task; the fold behind the output contract's last line. */
export interface Counts {
  readonly proposed: number;
  readonly parsed: number;
  readonly screened: number;
  readonly checks: number;
  readonly tokens: number;
  readonly ms: number;
}
