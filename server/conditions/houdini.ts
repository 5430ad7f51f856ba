import type { Candidate } from "../engine/candidate.ts";
import type { Houdini } from "../engine/interfaces.ts";
import type { SatResult, SmtSession } from "../engine/solver.ts";
import { evaluateFormula } from "../program/evaluate.ts";
import { and, type Formula, implies, not, or } from "../program/term.ts";
import { hasElements, isQuantified } from "../program/traverse.ts";
import { anyOf } from "./named.ts";
import { at } from "./obligations.ts";
import type { Edge, Passive } from "./passive.ts";
import { multiplies } from "./products.ts";
import { smtFormula, smtTerm } from "./smtlib.ts";

/** The solver as the loops below use it. */
export interface Asker {
  readonly passive: Passive;
  readonly session: SmtSession;
  /** Asserts the text (when not empty) and checks under assumptions; the caller scopes it. */
  ask(assertion: string, assumptions?: readonly string[], mostMs?: number): Promise<SatResult>;
  scoped<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Text of what is assumed to hold, and of what is to be refuted: without quantifiers where the session has none. */
  assumed(formula: Formula): string;
  refuted(formula: Formula): string;
  /** What is assumed or refuted next. */
  mention(formulas: readonly Formula[]): void;
  readonly onStep?: (loop: number, after: ReadonlyMap<string, bigint>) => void;
}

/** A conjunct of the pool with the literal that assumes it at its head. */
interface Member {
  readonly loop: number;
  readonly index: number;
  readonly formula: Formula;
  readonly literal: string;
}

/**
 * Houdini (Flanagan and Leino, FME 2001) over all loops jointly: conjuncts that some arrival at their loop breaks are dropped
 * until none is left, then the goal is tried. One model drops every conjunct that is false in it, not only one.
 * The source's own invariants take part as members that cannot be dropped: if they fail, so does every candidate.
 */
export async function houdini(asker: Asker, pool: Candidate["invariants"]): Promise<Houdini> {
  const { passive } = asker;
  const members = membersOf(passive, pool);
  declare(asker, members);
  const alive = new Set(members);
  let groups: readonly (readonly Member[])[] | null = null;
  for (;;) {
    const step =
      groups === null
        ? await brokenBy(asker, alive, alive, togetherMs(alive))
        : { kind: "unknown" as const, reason: "the conjuncts were not decided together" };
    if (step.kind === "unknown") {
      // Where they are too many once, they are so again with a few fewer.
      const found = await undecided(asker, alive, groups ?? groupsOf([...alive]));
      if (found === null) return { kind: "unknown", reason: step.reason };
      if (found.lost.size === 0) break;
      for (const member of found.lost) alive.delete(member);
      groups = found.groups;
      continue;
    }
    if (step.kind === "unsat") break;
    if (step.kind === "dropped") {
      if (step.dropped.length === 0)
        return { kind: "unknown", reason: "the solver's model breaks no conjunct" };
      for (const member of step.dropped) alive.delete(member);
    }
  }
  const kept = passive.program.loops.map((loop) =>
    [...alive].filter((member) => member.loop === loop.id).map((member) => member.index),
  );
  const literals = [...alive].map((member) => member.literal);
  const goal = await asker.scoped(() => asker.ask(asker.refuted(goalFails(passive)), literals));
  return {
    kind: "fixpoint",
    kept,
    goal: goal.kind === "unsat" ? "proved" : goal.kind === "sat" ? "open" : "unknown",
  };
}

/** Milliseconds for all members in one query; undefined for as many as any query has. */
function togetherMs(members: ReadonlySet<Member>): number | undefined {
  const formulas = Array.from(members, ({ formula }) => formula);
  if (formulas.some(multiplies)) return PRODUCTS_MS;
  return formulas.some(isQuantified) ? TOGETHER_MS : undefined;
}

/** What one query says of the members of a group under all that are alive: none is broken, or which are in the model. */
async function brokenBy(
  asker: Asker,
  group: Iterable<Member>,
  alive: Iterable<Member>,
  mostMs?: number,
): Promise<SatResult | { readonly kind: "dropped"; readonly dropped: readonly Member[] }> {
  const literals = Array.from(alive, (member) => member.literal);
  return asker.scoped(async () => {
    const { texts, about } = ways(asker, group);
    const result = await asker.ask(anyOf(texts), literals, mostMs);
    if (result.kind !== "sat") return result;
    const dropped = new Set([...(await falsified(asker, group)), ...(await violated(asker, texts, about))]);
    return { kind: "dropped" as const, dropped: [...dropped] };
  });
}

/** The conjuncts of a pool at heads that are reached, each with a literal. */
export function membersOf(passive: Passive, pool: Candidate["invariants"]): Member[] {
  return pool.flatMap((formulas, loop) =>
    passive.heads[loop]
      ? formulas.map((formula, index) => ({ loop, index, formula, literal: `keep_${loop}_${index}` }))
      : [],
  );
}

/** Each literal implies its conjunct after the head; the source's own invariants hold there outright. */
export function declare(asker: Asker, members: readonly Member[]): void {
  const lines: string[] = [];
  asker.mention(members.map(({ loop, formula }) => at(formula, asker.passive.heads[loop]!.state)));
  for (const head of asker.passive.heads) {
    if (!head) continue;
    for (const own of asker.passive.program.loops[head.loop]!.invariants) {
      const here = implies({ kind: "symbol", name: head.assumed }, at(own.formula, head.state));
      lines.push(`(assert ${asker.assumed(here)})`);
    }
  }
  for (const member of members) {
    const head = asker.passive.heads[member.loop]!;
    lines.push(`(declare-const ${member.literal} Bool)`);
    const premise = and({ kind: "symbol", name: head.assumed }, { kind: "symbol", name: member.literal });
    lines.push(`(assert ${asker.assumed(implies(premise, at(member.formula, head.state)))})`);
  }
  asker.session.tell(lines.join("\n"));
}

/** The ways in which some arrival breaks some member: together for those without quantifiers, each by itself for the others. */
function ways(
  asker: Asker,
  alive: Iterable<Member>,
): { readonly texts: readonly string[]; readonly about: readonly (Member | null)[] } {
  const members = [...alive];
  const plain = broken(
    asker.passive,
    members.filter((member) => !isQuantified(member.formula)),
  );
  const rest = members.filter((member) => isQuantified(member.formula));
  const single = rest.flatMap((member) =>
    asker.passive.edges
      .filter((edge) => edge.loop === member.loop)
      .map((edge) => ({ member, breaks: and(edge.reach, not(at(member.formula, edge.state))) })),
  );
  const texts = single.map((one) => asker.refuted(one.breaks));
  return {
    // Through the asker as well: what it mentions of a theory has to be unfolded.
    texts: [asker.refuted(plain), ...texts],
    about: [null, ...single.map((one) => one.member)],
  };
}

/** Quantified members that the current model says are broken. */
async function violated(
  asker: Asker,
  texts: readonly string[],
  about: readonly (Member | null)[],
): Promise<Member[]> {
  const asked = texts
    .map((text, index) => ({ text, member: about[index]! }))
    .filter((one) => one.member !== null);
  if (asked.length === 0) return [];
  const values = await asker.session.values(asked.map((one) => one.text));
  return asked.flatMap(({ member }, index) => (values[index] === true ? [member] : []));
}

/** Milliseconds for one step with products: what takes longer is seldom decided at all, and members by themselves often are. */
const PRODUCTS_MS = 700;
/** Milliseconds for all members together where some are quantified: in groups they are decided, if at all, in less. */
const TOGETHER_MS = 1_000;
/** Milliseconds for one group, how many quantified members are one at first, and how many may be undecided alone. */
const GROUP_MS = 300;
const GROUP = 8;
const MOST_UNDECIDED = 10;

/**
 * Where the solver does not decide them together, members are tried in groups, those that are undecided in halves, and what is
 * not shown to be kept is dropped: leaving out a conjunct is always sound. All groups have their turn before any half has. With
 * what is lost come the groups that were decided, which is how the rest is asked next. Null when the budget is spent.
 */
async function undecided(
  asker: Asker,
  alive: ReadonlySet<Member>,
  start: readonly (readonly Member[])[],
): Promise<{ readonly lost: ReadonlySet<Member>; readonly groups: readonly (readonly Member[])[] } | null> {
  const lost = new Set<Member>();
  const groups = [...start];
  const decided: (readonly Member[])[] = [];
  let given = 0;
  for (let group = groups.shift(); group !== undefined; group = groups.shift()) {
    if (given === MOST_UNDECIDED) {
      for (const member of group) lost.add(member);
      continue;
    }
    const others = [...alive].filter((one) => !lost.has(one));
    const step = await brokenBy(asker, group, others, GROUP_MS);
    if (step.kind === "unsat") {
      decided.push(group);
      continue;
    }
    if (step.kind === "unknown" && /budget|time limit|checks/.test(step.reason)) return null;
    const dropped = step.kind === "dropped" ? step.dropped : [];
    if (dropped.length > 0) {
      for (const member of dropped) lost.add(member);
      const rest = group.filter((one) => !lost.has(one));
      if (rest.length > 0) groups.push(rest);
    } else if (group.length === 1) {
      given++;
      lost.add(group[0]!);
    } else {
      const half = group.length >> 1;
      groups.push(group.slice(0, half), group.slice(half));
    }
  }
  return { lost, groups: decided };
}

/** Members without quantifiers together, the others a few at a time. */
function groupsOf(members: readonly Member[]): Member[][] {
  const plain = members.filter((member) => !isQuantified(member.formula));
  const rest = members.filter((member) => isQuantified(member.formula));
  // Products are decided, if at all, one at a time.
  const alone = members.some(({ formula }) => multiplies(formula));
  const groups = alone ? plain.map((member) => [member]) : plain.length > 0 ? [plain] : [];
  for (let start = 0; start < rest.length; start += GROUP) groups.push(rest.slice(start, start + GROUP));
  return groups;
}

/** Some arrival at some loop breaks some member. */
function broken(passive: Passive, alive: Iterable<Member>): Formula {
  const byLoop = Map.groupBy(alive, (member) => member.loop);
  return or(
    ...passive.edges.map((edge) =>
      and(
        edge.reach,
        or(...(byLoop.get(edge.loop) ?? []).map((member) => not(at(member.formula, edge.state)))),
      ),
    ),
  );
}

/** Some assertion fails, or some invariant of the source is broken. */
export function goalFails(passive: Passive): Formula {
  const own = passive.edges.flatMap((edge) =>
    passive.program.loops[edge.loop]!.invariants.map((one) =>
      and(edge.reach, not(at(one.formula, edge.state))),
    ),
  );
  return or(...passive.uses.map((use) => and(use.reach, not(use.condition))), ...own);
}

/** Members without quantifiers that are false at an arrival which the current model takes. */
async function falsified(asker: Asker, alive: Iterable<Member>): Promise<Member[]> {
  const { edges } = asker.passive;
  const members = [...alive].filter((member) => !isQuantified(member.formula));
  const names = edges.map((edge) => namesNeeded(asker.passive, members, edge));
  // The solver is asked what these are: an array is no number.
  const overArrays = members.filter((member) => hasElements(member.formula));
  const plain = members.filter((member) => !hasElements(member.formula));
  const terms = edges.flatMap((edge, i) => [
    smtFormula(edge.reach),
    ...names[i]!.map((name) => smtTerm(edge.state.get(name)!)),
    ...overArrays
      .filter((member) => member.loop === edge.loop)
      .map((member) => smtFormula(at(member.formula, edge.state))),
  ]);
  const values = await asker.session.values(terms);
  const dropped = new Set<Member>();
  let position = 0;
  for (const [i, edge] of edges.entries()) {
    const taken = values[position++] === true;
    const state = new Map(names[i]!.map((name) => [name, BigInt(values[position++]!)]));
    for (const member of overArrays) {
      if (member.loop === edge.loop && values[position++] !== true && taken) dropped.add(member);
    }
    if (!taken) continue;
    asker.onStep?.(edge.loop, state);
    for (const member of plain) {
      if (member.loop !== edge.loop) continue;
      if (evaluateFormula(member.formula, (name) => state.get(name)) !== true) dropped.add(member);
    }
  }
  return [...dropped];
}

function namesNeeded({ program }: Passive, members: readonly Member[], edge: Edge): string[] {
  if (!members.some((member) => member.loop === edge.loop)) return [];
  const arrays = new Set(program.variables.filter((one) => one.array !== undefined).map((one) => one.name));
  return [...edge.state.keys()].filter((name) => !arrays.has(name));
}
