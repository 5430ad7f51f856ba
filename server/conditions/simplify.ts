import type { Candidate } from "../engine/candidate.ts";
import type { SatResult } from "../engine/solver.ts";
import { and, type Formula, not, or } from "../program/term.ts";
import { sizeOf } from "../program/traverse.ts";
import { type Asker, declare, goalFails } from "./houdini.ts";
import { at } from "./obligations.ts";
import { multiplies } from "./products.ts";

/** Milliseconds to find out whether a conjunct may go, and how many may use them up before all others stay. */
const TRY_MS = 400;
const MOST_UNDECIDED = 3;
/** What takes longer to keep is better done without. */
const SLOW_MS = 150;
/** Milliseconds for a core. */
const CORE_MS = 1_000;

interface Member {
  readonly loop: number;
  readonly index: number;
  readonly formula: Formula;
  readonly literal: string;
}

/**
 * A small inductive subset of a proved candidate that still gives the goal, by unsat cores: what the goal's core uses, what
 * the consecution of that uses, and so on until nothing is added; then each conjunct, the largest first, is tried without.
 * The result is proved again by the caller; when a query is undecided the candidate stays as it is from there on, and after
 * `mostMs` too: a proof that comes in time is better than a short one that does not.
 */
export async function simplify(
  asker: Asker,
  candidate: Candidate,
  mostMs = Number.POSITIVE_INFINITY,
): Promise<Candidate> {
  const end = performance.now() + mostMs;
  const members = candidate.invariants.flatMap((formulas, loop) =>
    asker.passive.heads[loop]
      ? formulas.map((formula, index) => ({ loop, index, formula, literal: `use_${loop}_${index}` }))
      : [],
  );
  declare(asker, members);
  let kept = await decided(asker, members, await closure(asker, members, await readable(asker, members)));
  const hard = kept.some((member) => multiplies(member.formula));
  const tries = [...kept].sort((left, right) => sizeOf(right.formula) - sizeOf(left.formula));
  let undecided = 0;
  for (const member of tries) {
    if (undecided === MOST_UNDECIDED || performance.now() > end) break;
    if (!kept.includes(member) || kept.length <= 1) continue;
    const without = kept.filter((one) => one !== member);
    const enough = await inductiveAndEnough(asker, without);
    if (enough === "unsat") kept = hard ? without : await closure(asker, without, without);
    else if (enough === "unknown") undecided++;
  }
  const invariants = candidate.invariants.map((formulas, loop) =>
    formulas.filter((_, index) => kept.some((member) => member.loop === loop && member.index === index)),
  );
  return { ...candidate, invariants };
}

/**
 * The comparisons alone where they are enough, otherwise with what is said of all elements: a person reads `sum >= i - 1` and `i <= n` more
 * easily than an implication.
 */
async function readable(asker: Asker, members: readonly Member[]): Promise<readonly Member[]> {
  let before = 0;
  for (const kinds of [["compare"], ["compare", "forall", "exists", "holds"]]) {
    const plain = members.filter(({ formula }) => kinds.includes(formula.kind));
    if (plain.length === members.length) return members;
    if (plain.length === before) continue;
    if ((await inductiveAndEnough(asker, plain)) === "unsat") return plain;
    before = plain.length;
  }
  return members;
}

/** Members that the goal needs, directly or through consecution; all of `within` when a query is undecided. */
async function closure(
  asker: Asker,
  members: readonly Member[],
  within: readonly Member[],
): Promise<Member[]> {
  const literals = within.map((member) => member.literal);
  const needed = new Set<string>();
  let open: Formula = goalFails(asker.passive);
  for (;;) {
    const core = await asker.scoped(async () => {
      const result = await asker.ask(asker.refuted(open), literals, CORE_MS);
      return result.kind === "unsat" ? asker.session.unsatAssumptions() : null;
    });
    if (core === null) return [...within];
    const fresh = members.filter((member) => core.includes(member.literal) && !needed.has(member.literal));
    if (fresh.length === 0) return members.filter((member) => needed.has(member.literal));
    for (const member of fresh) needed.add(member.literal);
    open = breaks(asker, fresh);
  }
}

/**
 * What a core names is enough, and may be harder to prove than with what it leaves out: where products are involved, signs decide
 * which of a solver's cases are left. So bounds come back where it is not decided without them, then everything.
 */
async function decided(
  asker: Asker,
  members: readonly Member[],
  core: readonly Member[],
): Promise<readonly Member[]> {
  if ((await inductiveAndEnough(asker, core)) === "unsat") return core;
  const bounded = members.filter((member) => core.includes(member) || isBound(member.formula));
  if ((await inductiveAndEnough(asker, bounded)) === "unsat") return bounded;
  const sure = await withoutSlow(asker, members);
  return (await inductiveAndEnough(asker, sure)) === "unsat" ? sure : members;
}

/** Members that the others keep in little time, each by itself. */
async function withoutSlow(asker: Asker, members: readonly Member[]): Promise<readonly Member[]> {
  let left = members;
  for (;;) {
    const literals = left.map((member) => member.literal);
    const sure: Member[] = [];
    for (const member of left) {
      const question = asker.refuted(breaks(asker, [member]));
      const result = await asker.scoped(() => asker.ask(question, literals, SLOW_MS));
      if (result.kind === "unsat") sure.push(member);
    }
    if (sure.length === left.length) return left;
    left = sure;
  }
}

/** `x >= 0`: one variable and a constant. */
function isBound(formula: Formula): boolean {
  return formula.kind === "compare" && formula.left.kind === "variable" && formula.right.kind === "integer";
}

/** With products each condition is asked by itself, as the judge does it: what is decided then is decided there. */
async function inductiveAndEnough(asker: Asker, members: readonly Member[]): Promise<SatResult["kind"]> {
  const literals = members.map((member) => member.literal);
  const fails = [goalFails(asker.passive), ...brokenBy(asker, members)];
  const questions = members.some((member) => multiplies(member.formula))
    ? fails.flatMap((one) => (one.kind === "or" ? one.arguments : [one]))
    : [or(...fails)];
  for (const question of questions) {
    const result = await asker.scoped(() => asker.ask(asker.refuted(question), literals, TRY_MS));
    if (result.kind !== "unsat") return result.kind;
  }
  return "unsat";
}

function breaks(asker: Asker, members: readonly Member[]): Formula {
  return or(...brokenBy(asker, members));
}

function brokenBy(asker: Asker, members: readonly Member[]): Formula[] {
  return asker.passive.edges.flatMap((edge) =>
    members
      .filter((member) => member.loop === edge.loop)
      .map((member) => and(edge.reach, not(at(member.formula, edge.state)))),
  );
}
