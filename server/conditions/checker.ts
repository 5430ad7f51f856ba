import type { Budget } from "../engine/budget.ts";
import type { Candidate } from "../engine/candidate.ts";
import type { Checker, Houdini } from "../engine/interfaces.ts";
import type { SatResult, SmtSession } from "../engine/solver.ts";
import type { Verdict } from "../engine/verdict.ts";
import type { Program } from "../program/program.ts";
import type { Inputs } from "../program/run.ts";
import { type Formula, implies } from "../program/term.ts";
import { arrivals, violation } from "./bounded.ts";
import { explain } from "./explain.ts";
import { type Asker, houdini } from "./houdini.ts";
import { anyOf, named } from "./named.ts";
import { at, type Claim, claimOf, type Obligation, obligationsOf } from "./obligations.ts";
import type { Passive } from "./passive.ts";
import { preamble } from "./preamble.ts";
import { simplify } from "./simplify.ts";
import { smtFormula } from "./smtlib.ts";

/** What a checker needs beside the solver. */
export interface CheckerParts {
  readonly passive: Passive;
  readonly session: SmtSession;
  readonly budget: Budget;
  /** Milliseconds for one query; the budget's rest when that is less. */
  readonly queryMs: number;
  readonly print: (formula: Formula) => string;
  /** The solver's name, for evidence. */
  readonly solver: string;
  /** A model of a failed consecution step, for those who learn from it. */
  readonly onStep?: (loop: number, after: ReadonlyMap<string, bigint>) => void;
}

/** Checks candidates of one program on one incremental solver session; the conditions are declared once. */
export class InvariantChecker implements Checker {
  readonly #parts: CheckerParts;

  constructor(parts: CheckerParts) {
    this.#parts = parts;
    parts.session.tell(preamble(parts.passive));
  }

  get #program(): Program {
    return this.#parts.passive.program;
  }

  /** One query, charged to the budget. */
  async #ask(assertion: string, signal: AbortSignal, assumptions?: readonly string[]): Promise<SatResult> {
    const { session, budget, queryMs } = this.#parts;
    signal.throwIfAborted();
    const exhausted = budget.exhausted();
    if (exhausted) return { kind: "unknown", reason: exhausted };
    budget.checks++;
    if (assertion) session.tell(`(assert ${assertion})`);
    const deadlineMs = Math.max(1, Math.min(queryMs, budget.remainingMs));
    return session.check({ deadlineMs, signal, ...(assumptions ? { assumptions } : {}) });
  }

  async #scoped<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#parts.session.tell("(push 1)");
    try {
      return await work();
    } finally {
      this.#parts.session.tell("(pop 1)");
    }
  }

  /** All obligations in one query first; one by one only when that is undecided. */
  async check(candidate: Candidate, signal: AbortSignal): Promise<Verdict> {
    const { passive, print } = this.#parts;
    const claim = claimOf(this.#program, candidate, print);
    const obligations = obligationsOf(passive, claim);
    return this.#scoped(async () => {
      this.#parts.session.tell(assumed(passive, claim));
      const together = await this.#scoped(async () => {
        const texts = this.#named(obligations);
        const result = await this.#ask(anyOf(texts), signal);
        return result.kind === "sat" ? this.#refuted(obligations, texts) : result;
      });
      if (together.kind === "refuted") return together;
      if (together.kind === "unsat") return this.#proved(claim, obligations);
      return this.#oneByOne(claim, obligations, signal);
    });
  }

  async #oneByOne(claim: Claim, obligations: readonly Obligation[], signal: AbortSignal): Promise<Verdict> {
    for (const obligation of obligations) {
      const verdict = await this.#scoped(async (): Promise<Verdict | null> => {
        const texts = this.#named([obligation]);
        const result = await this.#ask(texts[0]!, signal);
        if (result.kind === "unsat") return null;
        if (result.kind === "sat") return this.#refuted([obligation], texts);
        return { kind: "unknown", reason: result.reason, obligation: obligation.name };
      });
      if (verdict) return verdict;
    }
    return this.#proved(claim, obligations);
  }

  /** The violations as texts that a model can be asked about; the caller scopes it. */
  #named(obligations: readonly Obligation[]): readonly string[] {
    const { commands, texts } = named(
      obligations.map((one) => one.violated),
      "violated_",
    );
    if (commands) this.#parts.session.tell(commands);
    return texts;
  }

  async #refuted(
    obligations: readonly Obligation[],
    texts: readonly string[],
  ): Promise<Extract<Verdict, { kind: "refuted" }>> {
    const { session, passive } = this.#parts;
    const failing = await session.values(texts);
    const obligation = obligations[failing.indexOf(true)] ?? obligations[0]!;
    const counterexample = await explain(passive, obligation, session);
    const why = obligation.name.kind === "use" ? "tooWeak" : "notInductive";
    return { kind: "refuted", why, obligation: obligation.name, counterexample };
  }

  #proved(claim: Claim, obligations: readonly Obligation[]): Verdict {
    const { loops, assumptions } = this.#program;
    const terminates = loops.every((loop) => claim.variants[loop.id]);
    return {
      kind: "proved",
      evidence: {
        obligations: obligations.map((one) => one.name),
        checkedBy: [this.#parts.solver],
        assumptions: terminates ? assumptions : ["partial correctness", ...assumptions],
        terminates,
      },
    };
  }

  async houdini(pool: Candidate["invariants"], signal: AbortSignal): Promise<Houdini> {
    return this.#scoped(() => houdini(this.#asker(signal), pool));
  }

  async violation(depth: number, signal: AbortSignal): Promise<Inputs | null> {
    return this.#scoped(() => violation(this.#asker(signal), depth));
  }

  async arrivals(depth: number, signal: AbortSignal): Promise<readonly Inputs[]> {
    return this.#scoped(() => arrivals(this.#asker(signal), depth));
  }

  async simplify(candidate: Candidate, signal: AbortSignal): Promise<Candidate> {
    return this.#scoped(() => simplify(this.#asker(signal), candidate));
  }

  #asker(signal: AbortSignal): Asker {
    const { passive, session, onStep } = this.#parts;
    return {
      passive,
      session,
      ask: (assertion, assumptions) => this.#ask(assertion, signal, assumptions),
      scoped: (work) => this.#scoped(work),
      ...(onStep ? { onStep } : {}),
    };
  }

  async close(): Promise<void> {
    await this.#parts.session.close();
  }
}

/** That each head's `assumed` symbol implies the claimed invariants there. */
export function assumed(passive: Passive, claim: Claim): string {
  const lines = passive.heads.flatMap((head) =>
    head === null
      ? []
      : claim.invariants[head.loop]!.map(({ formula }) => {
          const here = implies({ kind: "symbol", name: head.assumed }, at(formula, head.state));
          return `(assert ${smtFormula(here)})`;
        }),
  );
  return lines.join("\n");
}
