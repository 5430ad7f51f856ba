import type { ExchangeProblem } from "../../grammars/smtlib/problem.ts";
import type { Budget } from "../engine/budget.ts";
import type { Candidate } from "../engine/candidate.ts";
import type { Checker, Houdini } from "../engine/interfaces.ts";
import type { SatResult, SmtSession } from "../engine/solver.ts";
import type { ObligationName, Verdict } from "../engine/verdict.ts";
import type { Program } from "../program/program.ts";
import type { Inputs } from "../program/run.ts";
import { type Formula, implies } from "../program/term.ts";
import { arrivals, violation } from "./bounded.ts";
import { condense } from "./condense.ts";
import { judgedText } from "./exchange.ts";
import { explain } from "./explain.ts";
import { Grounding } from "./ground.ts";
import { type Asker, houdini } from "./houdini.ts";
import { anyOf } from "./named.ts";
import { at, type Claim, claimOf, type Obligation, obligationsOf } from "./obligations.ts";
import type { Passive } from "./passive.ts";
import { preamble } from "./preamble.ts";
import { simplify } from "./simplify.ts";
import { smtFormula } from "./smtlib.ts";
import { declaredFunctions, theoryText } from "./theory.ts";

/** What a checker needs beside the solver. */
export interface CheckerParts {
  readonly passive: Passive;
  readonly session: SmtSession;
  /** Opens another session of the same solver, for conditions with quantifiers. */
  readonly another?: () => Promise<SmtSession>;
  readonly budget: Budget;
  /** Milliseconds for one query; the budget's rest when that is less. */
  readonly queryMs: number;
  readonly print: (formula: Formula) => string;
  /** The solver's name, for evidence. */
  readonly solver: string;
  /** For an exchange problem; the passive form's names then begin with what no such text uses. */
  readonly exchange?: ExchangeProblem;
  /** A model of a failed consecution step, for those who learn from it. */
  readonly onStep?: (loop: number, after: ReadonlyMap<string, bigint>) => void;
}

/** Checks candidates of one program on one incremental solver session; the conditions are declared once. */
export class InvariantChecker implements Checker {
  readonly #parts: CheckerParts;
  /** Null for a program without arrays and quantifiers. */
  readonly #grounding: Grounding | null;
  /** A session that keeps the quantifiers, for what instances alone do not decide. */
  #quantified: Promise<SmtSession> | null = null;

  constructor(parts: CheckerParts) {
    this.#parts = parts;
    const { passive, session } = parts;
    const { theory, variables } = passive.program;
    const memory =
      passive.facts.length > 0 || theory !== undefined || variables.some((one) => one.array !== undefined);
    this.#grounding = memory ? new Grounding(passive) : null;
    const grounding = this.#grounding;
    if (grounding === null) session.tell(preamble(passive));
    else {
      if (theory) session.tell(declaredFunctions(theory));
      const text = preamble(passive, (formula) => grounding.assumed(formula));
      // Instances of axioms mention what the preamble defines.
      const [constants, instances] = grounding.parts();
      session.tell(`${constants}\n${text}`);
      grounding.definitions(passive);
      session.tell(`${instances}\n${grounding.declarations()}`);
    }
  }

  /** Text of an assumption for the session at hand; declares the constants that it needs. */
  #assumed(formula: Formula): string {
    return this.#written(this.#grounding?.assumed(formula) ?? formula);
  }

  #refutable(formula: Formula): string {
    return this.#written(this.#grounding?.refuted(formula) ?? formula);
  }

  #written(formula: Formula): string {
    const declarations = this.#grounding?.declarations();
    if (declarations) this.#parts.session.tell(declarations);
    return smtFormula(formula);
  }

  get #program(): Program {
    return this.#parts.passive.program;
  }

  /** One query, charged to the budget. */
  async #ask(
    assertion: string,
    signal: AbortSignal,
    assumptions?: readonly string[],
    mostMs = Number.POSITIVE_INFINITY,
  ): Promise<SatResult> {
    const { session, budget, queryMs } = this.#parts;
    signal.throwIfAborted();
    const exhausted = budget.exhausted();
    if (exhausted) return { kind: "unknown", reason: exhausted };
    budget.checks++;
    if (assertion) session.tell(`(assert ${assertion})`);
    const deadlineMs = Math.max(1, Math.min(queryMs, mostMs, budget.remainingMs));
    return session.check({ deadlineMs, signal, ...(assumptions ? { assumptions } : {}) });
  }

  async #scoped<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#parts.session.tell("(push 1)");
    try {
      return await (this.#grounding === null ? work() : this.#grounding.within(work));
    } finally {
      this.#parts.session.tell("(pop 1)");
    }
  }

  /** All obligations in one query first; one by one only when that is undecided. */
  async check(candidate: Candidate, signal: AbortSignal): Promise<Verdict> {
    if (candidate.definitions) return this.#checkDefinitions(candidate.definitions, signal);
    const { passive, print } = this.#parts;
    const claim = claimOf(this.#program, candidate, print);
    const obligations = obligationsOf(passive, claim);
    const open = await this.#scoped(async () => {
      this.#grounding?.mention(
        passive.heads.flatMap((head) =>
          head ? claim.invariants[head.loop]!.map(({ formula }) => at(formula, head.state)) : [],
        ),
      );
      this.#parts.session.tell(assumed(passive, claim, (formula) => this.#assumed(formula)));
      const together = await this.#scoped(async () => {
        const texts = this.#named(obligations);
        const result = await this.#ask(anyOf(texts), signal, undefined, TOGETHER_MS);
        return result.kind === "sat" ? this.#refuted(obligations, texts) : result;
      });
      if (together.kind === "refuted") return together;
      if (together.kind === "unsat") return this.#proved(claim, obligations);
      return this.#oneByOne(claim, obligations, signal);
    });
    if (this.#grounding === null || open.kind === "proved") return open;
    return this.#withQuantifiers(claim, obligations, open, signal);
  }

  /** Definitions of an exchange problem's predicates, on the problem's own text. */
  async #checkDefinitions(definitions: readonly string[], signal: AbortSignal): Promise<Verdict> {
    const { exchange, session } = this.#parts;
    if (!exchange) return { kind: "unknown", reason: "definitions belong to an exchange problem" };
    const { preamble, violations } = judgedText(exchange, definitions);
    return this.#scoped(async () => {
      session.tell(preamble);
      const obligations: ObligationName[] = [];
      for (const { condition, commands } of violations) {
        const { kind, text, span } = condition;
        const result = await this.#scoped(() => {
          session.tell(commands);
          return this.#ask("", signal);
        });
        if (result.kind !== "unsat")
          return { kind: "unknown", reason: `${text} ${result.kind === "sat" ? "fails" : result.reason}` };
        obligations.push({ kind, text, loop: null, span });
      }
      const checkedBy = [this.#parts.solver];
      return { kind: "proved", evidence: { obligations, checkedBy, assumptions: [], terminates: false } };
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

  /** What instances leave open, asked with the quantifiers; a state of the instances alone is no counterexample. */
  async #withQuantifiers(
    claim: Claim,
    obligations: readonly Obligation[],
    instances: Verdict,
    signal: AbortSignal,
  ): Promise<Verdict> {
    const { passive, another } = this.#parts;
    if (another === undefined) return instances;
    this.#quantified ??= another().then((session) => {
      session.tell(`${theoryText(passive.program.theory)}${preamble(passive)}`);
      return session;
    });
    const session = await this.#quantified;
    session.tell(`(push 1)\n${assumed(passive, claim)}`);
    const nothing = claim.invariants.length > 0 && claim.invariants.every((one) => one.length === 0);
    const mostMs = nothing ? EMPTY_MS : QUANTIFIED_MS;
    try {
      for (const obligation of obligations) {
        const result = await this.#askOf(session, smtFormula(obligation.violated), mostMs, signal);
        if (result.kind === "unsat") continue;
        return result.kind === "sat" ? instances : unclear(instances, obligation);
      }
      return this.#proved(claim, obligations);
    } finally {
      session.tell("(pop 1)");
    }
  }

  async #askOf(
    session: SmtSession,
    assertion: string,
    mostMs: number,
    signal: AbortSignal,
  ): Promise<SatResult> {
    const { budget } = this.#parts;
    signal.throwIfAborted();
    const exhausted = budget.exhausted();
    if (exhausted) return { kind: "unknown", reason: exhausted };
    budget.checks++;
    session.tell(`(push 1)\n(assert ${assertion})`);
    try {
      return await session.check({
        deadlineMs: Math.max(1, Math.min(mostMs, budget.remainingMs)),
        signal,
      });
    } finally {
      session.tell("(pop 1)");
    }
  }

  /** The violations as texts that a model can be asked about; the caller scopes it. */
  #named(obligations: readonly Obligation[]): readonly string[] {
    return obligations.map((one) => this.#refutable(one.violated));
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
    const { loops, assumptions, callees } = this.#program;
    const terminates = callees === undefined && loops.every((loop) => claim.variants[loop.id]);
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
    const mostMs = this.#parts.budget.remainingMs * SIMPLIFYING;
    return this.#scoped(() => simplify(this.#asker(signal), candidate, mostMs));
  }

  async condense(candidate: Candidate, signal: AbortSignal): Promise<Candidate> {
    return this.#scoped(() => condense(this.#asker(signal), candidate));
  }

  #asker(signal: AbortSignal): Asker {
    const { passive, session, onStep } = this.#parts;
    return {
      passive,
      session,
      ask: (assertion, assumptions, mostMs) => this.#ask(assertion, signal, assumptions, mostMs),
      scoped: (work) => this.#scoped(work),
      assumed: (formula) => this.#assumed(formula),
      refuted: (formula) => this.#refutable(formula),
      mention: (formulas) => this.#grounding?.mention(formulas),
      ...(onStep ? { onStep } : {}),
    };
  }

  async close(): Promise<void> {
    const quantified = await this.#quantified?.catch(() => null);
    await Promise.all([this.#parts.session.close(), quantified?.close()]);
  }
}

/** That each head's `assumed` symbol implies the claimed invariants there. */
export function assumed(
  passive: Passive,
  claim: Claim,
  text: (formula: Formula) => string = smtFormula,
): string {
  const lines = passive.heads.flatMap((head) =>
    head === null
      ? []
      : claim.invariants[head.loop]!.map(({ formula }) => {
          const here = implies({ kind: "symbol", name: head.assumed }, at(formula, head.state));
          return `(assert ${text(here)})`;
        }),
  );
  return lines.join("\n");
}

/** How much of the time that is left may go into making a proved candidate smaller: it has to be judged as well. */
const SIMPLIFYING = 0.25;
/** Milliseconds for all obligations at once: what takes longer is easier one by one. */
const TOGETHER_MS = 500;
/** Milliseconds for one query with quantifiers: what is provable at all is proved in a fraction of that. */
const QUANTIFIED_MS = 1_000;
/** The same where loops have no invariants at all: that seldom is enough, and the search for some should begin. */
const EMPTY_MS = 250;

/** Neither proved nor refuted: the instances have a model, and the solver finds none of the whole. */
function unclear(instances: Verdict, obligation: Obligation): Verdict {
  if (instances.kind === "unknown") return instances;
  return { kind: "unknown", reason: "the quantifiers leave it undecided", obligation: obligation.name };
}
