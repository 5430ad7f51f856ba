import type { Candidate } from "../../../../server/engine/candidate.ts";
import type { SmtSession, SmtSolver } from "../../../../server/engine/solver.ts";
import type { Verdict } from "../../../../server/engine/verdict.ts";
import type { IntegerReading } from "../../../../server/program/integer.ts";
import type { Program } from "../../../../server/program/program.ts";
import { type Random, randomFrom } from "../../../../server/program/random.ts";
import type { Inputs, Run } from "../../../../server/program/run.ts";
import {
  allInputs,
  atomsFor,
  type Observed,
  observe,
  randomAnnotations,
  randomAssertion,
  randomPostconditions,
} from "./annotations.ts";
import type { Annotation, Routine } from "./language.ts";
import { type Ending, type RunInputs, runOracle } from "./oracle.ts";
import { printFunction } from "./print.ts";
import { randomFunction, withAssertion } from "./random-function.ts";
import { checkerOn, type Subject } from "./subject.ts";

/** What a campaign found. */
export interface Report {
  cases: number;
  proved: number;
  refuted: number;
  unknown: number;
  /** Proved cases that the second solver proves too. */
  agreed: number;
  /** Runs that the subject's interpreter and the oracle both made. */
  runs: number;
  /** Runs found by unrolling that the oracle confirmed. */
  refutations: number;
  /** What can only be a bug in the subject: one line, then the function. */
  readonly complaints: string[];
}

export interface CampaignOptions {
  readonly first: number;
  readonly cases: number;
  readonly solver: SmtSolver;
  /** Another solver, asked again about what was proved. */
  readonly second: SmtSolver | null;
  readonly signal: AbortSignal;
  /** Stop at so many complaints. */
  readonly most?: number;
}

/** A solver that has forgotten so many functions is replaced: models of old declarations make it slow. */
const SESSION_CASES = 10;

/** One session that the cases share. */
class Shared {
  readonly #solver: SmtSolver;
  readonly #signal: AbortSignal;
  #session: Promise<SmtSession> | null = null;
  #cases = 0;

  constructor(solver: SmtSolver, signal: AbortSignal) {
    this.#solver = solver;
    this.#signal = signal;
  }

  session(): Promise<SmtSession> {
    this.#session ??= this.#solver.open(this.#signal);
    return this.#session;
  }

  async afterCase(): Promise<void> {
    if (++this.#cases % SESSION_CASES === 0) await this.close();
  }

  async close(): Promise<void> {
    const session = await this.#session;
    this.#session = null;
    await session?.close();
  }
}

/**
 * Random functions with random invariants through the subject. What it proves must hold of every run on the small domain, by an
 * interpreter that shares nothing with it, and for another solver; what it executes must end as it does there.
 */
export async function campaign(subject: Subject, options: CampaignOptions): Promise<Report> {
  const report: Report = {
    cases: 0,
    proved: 0,
    refuted: 0,
    unknown: 0,
    agreed: 0,
    runs: 0,
    refutations: 0,
    complaints: [],
  };
  const first = new Shared(options.solver, options.signal);
  const second = options.second && new Shared(options.second, options.signal);
  try {
    for (let seed = options.first; seed < options.first + options.cases; seed++) {
      const one = new Case(subject, first, second, options.signal, report, seed);
      try {
        await one.run();
      } catch (error) {
        options.signal.throwIfAborted();
        one.complain(`stops with ${error instanceof Error ? error.message : String(error)}`);
        await first.close();
      }
      await first.afterCase();
      await second?.afterCase();
      if (report.complaints.length >= (options.most ?? Number.POSITIVE_INFINITY)) break;
    }
  } finally {
    await first.close();
    await second?.close();
  }
  return report;
}

class Case {
  readonly #subject: Subject;
  readonly #first: Shared;
  readonly #second: Shared | null;
  readonly #signal: AbortSignal;
  readonly #report: Report;
  readonly #random: Random;
  readonly #reading: IntegerReading;
  readonly #seed: number;
  #text = "";

  constructor(
    subject: Subject,
    first: Shared,
    second: Shared | null,
    signal: AbortSignal,
    report: Report,
    seed: number,
  ) {
    this.#subject = subject;
    this.#first = first;
    this.#second = second;
    this.#signal = signal;
    this.#report = report;
    this.#random = randomFrom(seed);
    this.#reading = seed % 5 < 2 ? "32" : "math";
    this.#seed = seed;
  }

  complain(what: string): void {
    this.#report.complaints.push(`seed ${this.#seed}, ${this.#reading}: ${what}\n${this.#text}`);
  }

  async run(): Promise<void> {
    const random = this.#random;
    let of = randomFunction(random);
    const inputs = allInputs(of, random);
    const sample = inputs.length <= 20 ? inputs : Array.from({ length: 20 }, () => random.pick(inputs));
    const observed = observe(of, sample);
    const assertion = randomAssertion(of, observed, random);
    if (assertion) of = withAssertion(of, assertion);
    of = { ...of, ensures: randomPostconditions(observed, random) };
    const annotations = random.chance(0.8)
      ? await this.#houdini(of, observed)
      : randomAnnotations(of, observed, random);
    if (annotations === null) return;
    const program = this.#lower(of, annotations);
    if (program === null) return;
    this.#report.cases++;
    const verdict = await this.#check(program, this.#first);
    this.#report[verdict.kind]++;
    if (verdict.kind === "proved") {
      for (const one of inputs) {
        const ending = runOracle(of, annotations, one);
        if (!this.#speaksAgainst(ending)) continue;
        this.complain(`proved, but ${describe(one, ending)}`);
        break;
      }
      await this.#secondOpinion(program);
    }
    if (verdict.kind === "refuted")
      this.#falseAlarm(program, verdict, () => inputs.map((one) => runOracle(of, annotations, one)));
    this.#sameRuns(program, of, annotations, inputs);
    if (this.#random.chance(0.1)) await this.#refutation(program, of, annotations);
  }

  #speaksAgainst(ending: Ending): boolean {
    return ending.kind === "violated" || (ending.kind === "overflow" && this.#reading === "32");
  }

  #lower(of: Routine, annotations: readonly Annotation[]): Program | null {
    this.#text = printFunction(of, annotations);
    const file = this.#subject.readC("fuzz.c", this.#text);
    const problems = [...file.diagnostics, ...file.broken.flatMap((one) => one.diagnostics)];
    const lowered =
      problems.length === 0 ? this.#subject.lowerFunction(file, file.functions[0]!, this.#reading) : null;
    if (lowered?.kind === "ok") return lowered.program;
    const messages = [...problems, ...(lowered?.diagnostics ?? [])].map((one) => one.message);
    this.complain(`not read: ${messages.join("; ")}`);
    return null;
  }

  /** The verdict on the function with the invariants that stand in its text. */
  async #check(program: Program, shared: Shared, pool?: Candidate["invariants"]): Promise<Verdict> {
    return this.#inScope(program, shared, (checker) =>
      checker.check(
        { kind: "tree", role: "whole", invariants: pool ?? [], provenance: { proposer: "fuzz" } },
        this.#signal,
      ),
    );
  }

  async #inScope<Result>(
    program: Program,
    shared: Shared,
    work: (checker: InstanceType<Subject["InvariantChecker"]>) => Promise<Result>,
  ): Promise<Result> {
    const session = await shared.session();
    session.tell("(push 1)");
    try {
      const checker = checkerOn(this.#subject, program, session);
      return await work(checker);
    } finally {
      session.tell("(pop 1)");
    }
  }

  /** Annotations that Houdini chose from true atoms; what it says of them must be what a check says. */
  async #houdini(of: Routine, observed: Observed): Promise<Annotation[] | null> {
    const parameters = of.parameters.map((one) => one.name);
    const pools = observed.heads.map((states) => {
      const atoms = atomsFor(states, parameters);
      return Array.from({ length: Math.min(atoms.length, 8) }, () => this.#random.pick(atoms));
    });
    const pooled = this.#lower(
      of,
      pools.map((invariants) => ({ invariants, assigns: null, variant: null })),
    );
    if (pooled === null) return null;
    const bare = { ...pooled, loops: pooled.loops.map((loop) => ({ ...loop, invariants: [] })) };
    const pool = pooled.loops.map((loop) => loop.invariants.map((one) => one.formula));
    const answer = await this.#inScope(bare, this.#first, (checker) => checker.houdini(pool, this.#signal));
    if (answer.kind === "unknown") return randomAnnotations(of, observed, this.#random);
    const kept = pool.map((formulas, loop) => answer.kept[loop]!.map((index) => formulas[index]!));
    const verdict = await this.#check(bare, this.#first, kept);
    if (answer.goal === "proved" && verdict.kind === "refuted")
      this.complain(`Houdini proves what a check refutes: ${verdict.obligation.text}`);
    if (answer.goal === "open" && verdict.kind === "proved") this.complain("Houdini misses a proof");
    return pools.map((atoms, loop) => ({
      invariants: answer.kept[loop]!.map((index) => atoms[index]!),
      assigns: null,
      variant: null,
    }));
  }

  async #secondOpinion(program: Program): Promise<void> {
    if (this.#second === null) return;
    const second = await this.#check(program, this.#second);
    if (second.kind === "proved") this.#report.agreed++;
    if (second.kind === "refuted") this.complain(`another solver refutes ${second.obligation.text}`);
  }

  /** No loop stands before the first one, so a run must show why its invariants do not hold on arrival. */
  #falseAlarm(
    program: Program,
    verdict: Extract<Verdict, { kind: "refuted" }>,
    endings: () => readonly Ending[],
  ): void {
    const { kind, loop, text } = verdict.obligation;
    if (kind !== "initiation" || loop !== 0 || program.loops[0]!.parent !== null) return;
    // Flips are not tried in all sequences.
    if (this.#text.includes("unknown_bool()")) return;
    const shown = endings().some((ending) => ending.kind === "violated" && ending.loop === 0 && ending.first);
    if (!shown) this.complain(`${text} is refuted, but every run keeps it`);
  }

  #sameRuns(
    program: Program,
    of: Routine,
    annotations: readonly Annotation[],
    inputs: readonly RunInputs[],
  ): void {
    const without = annotations.map((one) => ({ ...one, variant: null }));
    for (let count = 0; count < 6; count++) {
      const chosen = this.#random.pick(inputs);
      const expected = runOracle(of, without, chosen);
      const run = this.#execute(program, of, chosen);
      this.#report.runs++;
      const problem = this.#differs(expected, run);
      if (problem) this.complain(`${describe(chosen, expected)}, but executed it ${problem}`);
    }
  }

  #execute(program: Program, of: Routine, inputs: RunInputs): Run {
    let flips = 0;
    return this.#subject.execute(
      program,
      (variable, _, when) => {
        if (when === "havoc") {
          const flip = variable.name.startsWith("unknown") && inputs.flips[flips++];
          return flip ? 1n : 0n;
        }
        const index = of.parameters.findIndex((one) => one.name === variable.name);
        return BigInt(inputs.arguments[index] ?? 0);
      },
      {
        steps: 1500,
        arrivals: 0,
        invariants: program.loops.map((loop) => loop.invariants.map((one) => one.formula)),
      },
    );
  }

  /** How the run ended otherwise than expected; null when it did not. */
  #differs(expected: Ending, run: Run): string | null {
    const { outcome } = run;
    if (expected.kind === "steps" || outcome.kind === "steps") return null;
    if (this.#reading === "math" && outcome.kind === "outOfRange") return null;
    // The clause is checked where it is broken, before it is known whether another iteration follows.
    if (outcome.kind === "violated" && outcome.command.what === "assigns") return null;
    const same = (() => {
      switch (expected.kind) {
        case "returned":
          return outcome.kind === "returned" && run.last.get("\\result") === BigInt(expected.result);
        case "violated":
          return (
            outcome.kind === "invariant" ||
            (outcome.kind === "violated" && outcome.command.what !== "overflow")
          );
        case "overflow":
          return outcome.kind === "violated" && outcome.command.what === "overflow";
        case "blocked":
          return outcome.kind === "blocked";
      }
    })();
    if (same) return null;
    return outcome.kind === "returned" ? `returned ${run.last.get("\\result")}` : `ended as ${outcome.kind}`;
  }

  /** A run that bounded unrolling finds must be one, for the oracle too. */
  async #refutation(program: Program, of: Routine, annotations: readonly Annotation[]): Promise<void> {
    const found = await this.#inScope(program, this.#first, (checker) => checker.violation(2, this.#signal));
    if (found === null) return;
    const run = this.#subject.replay(program, found as Inputs);
    if (run.outcome.kind !== "violated") {
      if (run.outcome.kind !== "outOfRange" || this.#reading !== "math")
        this.complain(`a run found by unrolling ends as ${run.outcome.kind}`);
      return;
    }
    const flips = run.inputs
      .filter((input) => input.when === "havoc" && input.variable.name.startsWith("unknown"))
      .map((input) => input.value !== 0n);
    const inputs = { arguments: of.parameters.map(({ name }) => Number(run.entry.get(name))), flips };
    const loose = annotations.map((one) => ({ ...one, invariants: [], variant: null }));
    const ending = runOracle(of, loose, inputs);
    if (run.outcome.command.what === "assigns") return;
    if (this.#speaksAgainst(ending)) this.#report.refutations++;
    else this.complain(`a run found by unrolling is none: ${describe(inputs, ending)}`);
  }
}

function describe(inputs: RunInputs, ending: Ending): string {
  const how =
    ending.kind === "violated"
      ? `violates ${ending.what}${ending.loop === null ? "" : ` of loop ${ending.loop}`}`
      : ending.kind === "returned"
        ? `returns ${ending.result}`
        : `ends as ${ending.kind}`;
  return `f(${inputs.arguments.join(", ")}) ${how}`;
}
