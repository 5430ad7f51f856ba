/** An SMT solver as the engine sees it. Terms and commands are SMT-LIB 2.6 text; implementations live in provers/. */

export type SatResult =
  | { readonly kind: "sat" }
  | { readonly kind: "unsat" }
  /** Never success: `time-out`, `memory`, `incomplete`, `died`, `cancelled`, or the solver's own words. */
  | { readonly kind: "unknown"; readonly reason: string };

export interface CheckOptions {
  /** Names of Boolean constants or their negations, as `check-sat-assuming` takes them. */
  readonly assumptions?: readonly string[];
  /** Milliseconds for this query. */
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
}

/** A value in a model: integers are exact. */
export type SmtValue = bigint | boolean;

/**
 * One conversation with one solver process. Calls are answered in order. When the process dies the session starts another and
 * replays the live assertion stack, once per query; the query that killed it is answered `unknown`.
 */
export interface SmtSession {
  /** Commands without an answer: declare, define, assert, push, pop. A rejected command throws `SolverError` at the next check. */
  tell(commands: string): void;
  check(options: CheckOptions): Promise<SatResult>;
  /** Values of terms in the model of the last `sat`; aligned with `terms`. */
  values(terms: readonly string[]): Promise<SmtValue[]>;
  /** The failed assumptions of the last `unsat` under assumptions (a core, not always minimal). */
  unsatAssumptions(): Promise<string[]>;
  /** Forgets all that it was told, so that the process can serve another conversation; false when it is not fit for one. */
  renew?(): Promise<boolean>;
  /** Ends the process; resolves when it is gone. Idempotent. */
  close(): Promise<void>;
}

/** A solver that can be started. */
export interface SmtSolver {
  /** Program, version and build, for evidence: `z3 5.2.0 (wasm)`, `cvc5 1.0.3`. */
  readonly name: string;
  /** Solvers of one family count as one opinion (soundness.md 10): `z3`, `cvc5`. */
  readonly family: string;
  /** Starts a fresh process. The session ends when the signal aborts. */
  open(signal: AbortSignal): Promise<SmtSession>;
}

/** A solver refused a command: a bug in what was sent, never a verdict. */
export class SolverError extends Error {
  override name = "SolverError";
}

/** A solver that was found does not start: the machine's fault; the message says how it ended. */
export class SolverStartError extends Error {
  override name = "SolverStartError";
}

/** What a solver for constrained Horn clauses makes of a program; an idea, never a verdict. */
export type HornAnswer =
  /** `model`: the predicates' definitions as SMT-LIB text, in the solver's own form. */
  | { readonly kind: "sat"; readonly model: string }
  /** Some run breaks an assertion, in the clauses' reading of integers. */
  | { readonly kind: "unsat" }
  | { readonly kind: "unknown"; readonly reason: string };

export interface HornSolver {
  readonly name: string;
  /** Rejects only with the signal's reason. The process is gone when it resolves. */
  solve(
    clauses: string,
    options: { readonly deadlineMs: number; readonly signal: AbortSignal },
  ): Promise<HornAnswer>;
}
