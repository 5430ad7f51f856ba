import type { Candidate } from "../../../../../server/engine/candidate.ts";
import type { SmtSession, SmtSolver } from "../../../../../server/engine/solver.ts";
import type { Verdict } from "../../../../../server/engine/verdict.ts";
import { cellProgram } from "../../../../../server/program/cells.ts";
import type { Program } from "../../../../../server/program/program.ts";
import { type Random, randomFrom } from "../../../../../server/program/random.ts";
import type { Run } from "../../../../../server/program/run.ts";
import { checkerOn, type Subject } from "../subject.ts";
import { boundsOf, holds, randomAtom } from "./atoms.ts";
import {
  type ArrayEnding,
  type ArrayFunction,
  type ArrayInputs,
  lastState,
  MOST,
  type Predicate,
  printArrayFunction,
  randomArrayFunction,
  runArrayFunction,
} from "./function.ts";
import type { State } from "./machine.ts";

/** What a campaign found. */
export interface ArrayReport {
  cases: number;
  proved: number;
  refuted: number;
  unknown: number;
  /** Proved cases that the second solver proves too. */
  agreed: number;
  /** Runs that the subject's interpreter and the machine both made. */
  runs: number;
  /** Runs that mean nothing: too many steps, or a formula about an element that is not there. */
  unclear: number;
  readonly complaints: string[];
}

export interface ArrayCampaign {
  readonly first: number;
  readonly cases: number;
  readonly solver: SmtSolver;
  readonly second: SmtSolver | null;
  readonly signal: AbortSignal;
}

/**
 * Random functions over arrays with random invariants, as `campaign` does for scalars: what is proved must hold of all runs on
 * small arrays, by a machine that shares nothing with the subject, and for a second solver; the interpreter must do as it does.
 */
export async function arrayCampaign(subject: Subject, options: ArrayCampaign): Promise<ArrayReport> {
  const report: ArrayReport = {
    ...{ cases: 0, proved: 0, refuted: 0, unknown: 0, agreed: 0, runs: 0, unclear: 0 },
    complaints: [],
  };
  for (let seed = options.first; seed < options.first + options.cases; seed++)
    await new ArrayCase(subject, options, report, seed).run();
  return report;
}

class ArrayCase {
  readonly #subject: Subject;
  readonly #options: ArrayCampaign;
  readonly #report: ArrayReport;
  readonly #seed: number;
  readonly #random: Random;
  #text = "";

  constructor(subject: Subject, options: ArrayCampaign, report: ArrayReport, seed: number) {
    this.#subject = subject;
    this.#options = options;
    this.#report = report;
    this.#seed = seed;
    this.#random = randomFrom(seed);
  }

  async run(): Promise<void> {
    const random = this.#random;
    const inputs = inputsOf(random);
    const of = withGoals(randomArrayFunction(random), inputs, random);
    const pools = poolsOf(of, inputs, random);
    this.#report.cases++;
    let invariants: readonly (readonly Predicate[])[] = pools;
    if (random.chance(0.8)) {
      const kept = await this.#houdini(of, pools);
      if (kept !== null) invariants = kept;
    }
    const program = this.#lower(of, invariants);
    if (program === null) return;
    const verdict = await this.#check(program, this.#options.solver);
    this.#report[verdict.kind]++;
    const endings = inputs.map((one) => runArrayFunction(of, one, invariants));
    if (verdict.kind === "proved") await this.#proved(program, inputs, endings);
    if (verdict.kind === "refuted") this.#falseAlarm(verdict, endings);
    this.#sameRuns(program, inputs, endings);
  }

  #complain(what: string): void {
    this.#report.complaints.push(`seed ${this.#seed}: ${what}\n${this.#text}`);
  }

  #lower(of: ArrayFunction, invariants: readonly (readonly Predicate[])[]): Program | null {
    this.#text = printArrayFunction(of, invariants);
    const file = this.#subject.readC("fuzz.c", this.#text);
    const problems = [...file.diagnostics, ...file.broken.flatMap((one) => one.diagnostics)];
    const reading = this.#seed % 4 === 0 ? "32" : "math";
    const lowered =
      problems.length === 0 ? this.#subject.lowerFunction(file, file.functions[0]!, reading) : null;
    if (lowered?.kind === "ok") return lowered.program;
    const messages = [...problems, ...(lowered?.diagnostics ?? [])].map((one) => one.message);
    this.#complain(`not read: ${messages.join("; ")}`);
    return null;
  }

  async #inSession<Result>(
    program: Program,
    solver: SmtSolver,
    work: (checker: InstanceType<Subject["InvariantChecker"]>) => Promise<Result>,
  ): Promise<Result> {
    const { signal } = this.#options;
    const session: SmtSession = await solver.open(signal);
    try {
      const checker = checkerOn(this.#subject, program, session);
      return await work(checker);
    } finally {
      await session.close();
    }
  }

  /** The verdict on the function with the invariants that stand in its text. */
  #check(program: Program, solver: SmtSolver): Promise<Verdict> {
    const candidate: Candidate = {
      ...{ kind: "tree", role: "whole", invariants: [] },
      provenance: { proposer: "fuzz" },
    };
    return this.#inSession(program, solver, (checker) => checker.check(candidate, this.#options.signal));
  }

  /** Those of the pool that are inductive together, by the subject's Houdini; what it keeps is put to the test like anything. */
  async #houdini(
    of: ArrayFunction,
    pools: readonly (readonly Predicate[])[],
  ): Promise<readonly (readonly Predicate[])[] | null> {
    const pooled = this.#lower(of, pools);
    if (pooled === null) return null;
    const bare = { ...pooled, loops: pooled.loops.map((loop) => ({ ...loop, invariants: [] })) };
    const pool = pooled.loops.map((loop) => loop.invariants.map((one) => one.formula));
    const answer = await this.#inSession(bare, this.#options.solver, (checker) =>
      checker.houdini(pool, this.#options.signal),
    );
    if (answer.kind === "unknown") return null;
    return pools.map((atoms, loop) => answer.kept[loop]!.map((index) => atoms[index]!));
  }

  async #proved(
    program: Program,
    inputs: readonly ArrayInputs[],
    endings: readonly ArrayEnding[],
  ): Promise<void> {
    const wrong = endings.findIndex(({ kind }) => kind === "violated");
    if (wrong >= 0) this.#complain(`proved, but ${describe(inputs[wrong]!, endings[wrong]!)}`);
    const { second } = this.#options;
    if (second === null) return;
    const verdict = await this.#check(program, second);
    if (verdict.kind === "proved") this.#report.agreed++;
    if (verdict.kind === "refuted") this.#complain(`another solver refutes ${verdict.obligation.text}`);
  }

  /** Nothing stands before the first loop that havocs, so a run must show why its invariants do not hold on arrival. */
  #falseAlarm(verdict: Extract<Verdict, { kind: "refuted" }>, endings: readonly ArrayEnding[]): void {
    const { kind, loop, text } = verdict.obligation;
    // What a formula says of elements that are not there, or are larger than ours, no run shows.
    if (kind !== "initiation" || loop !== 0 || /\\(?:forall|exists)/.test(text)) return;
    if (endings.some((one) => one.kind === "violated" || one.kind === "unclear")) return;
    this.#complain(`${text} is refuted, but every run keeps it`);
  }

  #sameRuns(program: Program, inputs: readonly ArrayInputs[], endings: readonly ArrayEnding[]): void {
    for (let count = 0; count < 6; count++) {
      const which = this.#random.between(0, inputs.length - 1);
      const expected = endings[which]!;
      if (expected.kind === "steps" || expected.kind === "unclear") {
        this.#report.unclear++;
        continue;
      }
      this.#report.runs++;
      const run = this.#execute(program, inputs[which]!);
      const problem = differs(expected, run);
      if (problem) this.#complain(`${describe(inputs[which]!, expected)}, but executed it ${problem}`);
    }
  }

  #execute(program: Program, { a, b, x }: ArrayInputs): Run {
    const cells = cellProgram(program);
    const values = new Map<string, number>([
      ["n", a.length],
      ["x", x],
      ["a#high", a.length],
      ["b#high", b.length],
      ["a#writable", 1],
      ["b#writable", 1],
      ...a.map((value, i): [string, number] => [`a[${i}]`, value]),
      ...b.map((value, i): [string, number] => [`b[${i}]`, value]),
    ]);
    return this.#subject.execute(cells.program, ({ name }) => BigInt(values.get(name) ?? 0), {
      steps: 3_000,
      arrivals: 0,
      invariants: cells.program.loops.map((loop) => loop.invariants.map((one) => one.formula)),
    });
  }
}

/** How the run ended otherwise than expected; null when it did not. */
function differs(expected: Exclude<ArrayEnding, { kind: "steps" | "unclear" }>, run: Run): string | null {
  const { outcome, last } = run;
  // An element of a formula that is not there, seen by an interpreter that does not stop at the first false conjunct.
  if (outcome.kind === "undefined") return null;
  if (expected.kind === "violated")
    return outcome.kind === "violated" || outcome.kind === "invariant" ? null : `ended as ${outcome.kind}`;
  if (outcome.kind !== "returned") return `ended as ${outcome.kind}`;
  if (last.get("\\result") !== BigInt(expected.result)) return `returned ${last.get("\\result")}`;
  const wrong = expected.a.findIndex((value, i) => last.get(`a[${i}]`) !== BigInt(value));
  return wrong < 0 ? null : `left ${last.get(`a[${wrong}]`)} in a[${wrong}]`;
}

/** All lengths, with elements of a small domain. */
function inputsOf(random: Random): ArrayInputs[] {
  const cells = (length: number) => Array.from({ length }, () => random.between(-1, 2));
  return Array.from({ length: 80 }, (_, i) => {
    const length = i % (MOST + 1);
    return { a: cells(length), b: cells(length), x: random.between(-1, 2) };
  });
}

/** Something to prove at the end: mostly what every run keeps, now and then what none may keep. */
function withGoals(of: ArrayFunction, inputs: readonly ArrayInputs[], random: Random): ArrayFunction {
  const ends = inputs.map((one) => lastState(of, one)).filter((one) => one !== null);
  const goal = () => {
    for (let tries = 0; tries < 60; tries++) {
      const atom = randomAtom(of, null, random);
      if (random.chance(0.02) || ends.every((state) => holds(atom, state))) return atom;
    }
    return null;
  };
  const assertion = random.chance(0.5) ? goal() : null;
  const ensures = random.chance(0.5) ? goal() : null;
  // A postcondition about a local array means nothing to a caller, and one about parameters speaks of their first values.
  const outside = ensures !== null && !/\bt\[/.test(ensures.text) ? [ensures] : [];
  return { ...of, assertion, ensures: outside };
}

/** For each loop the counter's bounds and atoms that hold at its head in every run; now and then one that does not. */
function poolsOf(of: ArrayFunction, inputs: readonly ArrayInputs[], random: Random): Predicate[][] {
  const pools = of.counters.map((counter) => {
    const atoms = Array.from({ length: 30 }, () => randomAtom(of, counter, random));
    return { atoms: [...boundsOf(counter), ...atoms], kept: new Set<Predicate>() };
  });
  for (const pool of pools) for (const atom of pool.atoms) pool.kept.add(atom);
  const drop = (loop: number, state: State) => {
    const { kept } = pools[loop]!;
    for (const atom of kept) if (holds(atom, state) !== true) kept.delete(atom);
  };
  for (const one of inputs) runArrayFunction({ ...of, assertion: null, ensures: [] }, one, [], drop);
  return pools.map(({ atoms, kept }, loop) => {
    const chosen = [...kept].slice(0, 9);
    if (random.chance(0.03)) chosen.push(random.pick(atoms));
    return chosen.filter((_, i) => i < 5 + loop || random.chance(0.8));
  });
}

function describe({ a, b, x }: ArrayInputs, ending: ArrayEnding): string {
  const how =
    ending.kind === "violated"
      ? `violates ${ending.what}`
      : ending.kind === "returned"
        ? `returns ${ending.result} with a = [${ending.a}]`
        : `ends as ${ending.kind}`;
  return `f([${a}], [${b}], x = ${x}) ${how}`;
}
