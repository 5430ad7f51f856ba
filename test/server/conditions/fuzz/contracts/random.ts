import type { Random } from "../../../../../server/program/random.ts";
import type { Behavior, Claim, Contract, Fn, Listed, Location, Statement, Term } from "./language.ts";
import { breaches, run, type State, Unclear } from "./machine.ts";

/** A function `f` and the function `k` that it may call. */
export interface Pair {
  readonly k: Fn;
  readonly f: Fn;
}

/** What a function's texts may speak of: so many elements of `q`, and `c` by its name. */
interface Scope {
  readonly length: number;
  readonly c: boolean;
  readonly callee: Fn | null;
}

/** Runs that a claim has to survive before it is made, mostly: what only rare runs break is what a proof must not miss. */
const TRIED = 12;

const ALWAYS: Claim = { kind: "pos", of: { kind: "number", value: 1 } };

export function randomPair(random: Random): Pair {
  // Only where the callee does not speak of `c` can it be given `c`.
  const k = randomFunction(random, "k", { length: 1, c: random.chance(0.4), callee: null });
  return { k, f: randomFunction(random, "f", { length: 2, c: true, callee: k }) };
}

export function randomState(random: Random): State {
  const few = () => random.between(-1, 2);
  return {
    memory: { g: few(), h: few(), c: [few(), few(), few()], p: [few(), few()] },
    x: few(),
    q: { block: "p", at: 0 },
  };
}

function randomFunction(random: Random, name: string, scope: Scope): Fn {
  const body = statements(random, scope, 2);
  const runs = Array.from({ length: TRIED }, () => randomState(random)).flatMap((before) => {
    const after = ended(body, before, scope.callee);
    return after === null ? [] : [{ before, after }];
  });
  const part = (assumes: Claim): Behavior => {
    const made = (ensures: readonly Claim[]): Contract => ({
      assigns: null,
      ensures: [],
      behaviors: [{ assumes, assigns: null, ensures }],
    });
    const survives = (one: Claim) =>
      runs.every(({ before, after }) => breaches(made([one]), before, after).length === 0);
    const ensures = Array.from({ length: 10 }, () => claim(random, scope, true, 2)).find(
      (one) => random.chance(0.03) || survives(one),
    );
    const written = targets(body, scope.callee);
    // A clause now and then forgets what is changed.
    const assigns = written?.filter(() => !random.chance(0.08)) ?? null;
    return { assumes, assigns: random.chance(0.8) ? assigns : null, ensures: ensures ? [ensures] : [] };
  };
  const always = part(ALWAYS);
  const assumes = (): Claim =>
    random.chance(0.5) ? { kind: "pos", of: location(random, scope, false) } : claim(random, scope, false, 1);
  const behaviors = random.chance(0.6) ? [part(assumes())] : [];
  return {
    name,
    length: scope.length,
    body,
    contract: { assigns: always.assigns, ensures: always.ensures, behaviors },
  };
}

function ended(body: readonly Statement[], before: State, callee: Fn | null): State | null {
  try {
    return run(body, before, callee, []);
  } catch (error) {
    if (error instanceof Unclear) return null;
    throw error;
  }
}

/** What a body changes, as its own text names it: of an index that the body moves, that is something else at entry. */
function targets(body: readonly Statement[], callee: Fn | null): Listed[] | null {
  const found = body.flatMap((one): (Listed | null)[] => {
    switch (one.kind) {
      case "if":
        return [targets(one.then, callee), targets(one.else, callee)].flatMap((part) => part ?? [null]);
      case "call":
        return (
          callee!.contract.assigns?.map((inner): Listed => {
            if (inner.kind !== "q") return inner;
            return { kind: one.base, low: one.at, high: one.at };
          }) ?? [null]
        );
      default: {
        const { target } = one;
        if (target.kind === "x") return [];
        if (target.kind === "g" || target.kind === "h") return [target];
        return [{ kind: target.kind, low: target.index, high: target.index }];
      }
    }
  });
  return found.includes(null) ? null : found.filter((one) => one !== null);
}

function sizeOf({ length }: Scope, base: "c" | "q"): number {
  return base === "c" ? 3 : length;
}

function index(random: Random, size: number, old: boolean): Term {
  if (size === 1) return { kind: "number", value: 0 };
  if (random.chance(0.3)) return { kind: "number", value: random.between(0, size - 1) };
  const of: Term = random.chance(0.2) ? { kind: "x" } : { kind: random.pick(["g", "h"] as const) };
  return { kind: "bit", of: old && random.chance(0.4) ? { kind: "old", of } : of };
}

function location(random: Random, scope: Scope, old: boolean): Location {
  const kind = random.pick(["g", "g", "h", "q", "q", ...(scope.c ? (["c", "c"] as const) : [])] as const);
  if (kind === "g" || kind === "h") return { kind };
  return { kind, index: index(random, sizeOf(scope, kind), old) };
}

function term(random: Random, scope: Scope, old: boolean, depth: number): Term {
  const kinds = ["number", "x", "location", "location", ...(depth > 0 ? ["add", "old", "old"] : [])];
  const inner = () => term(random, scope, old, depth - 1);
  switch (random.pick(kinds)) {
    case "number":
      return { kind: "number", value: random.between(-1, 2) };
    case "x":
      return { kind: "x" };
    case "add":
      return { kind: "add", left: inner(), right: { kind: "number", value: random.between(-1, 2) } };
    case "old":
      return old ? { kind: "old", of: location(random, scope, false) } : inner();
    default:
      return location(random, scope, old);
  }
}

function claim(random: Random, scope: Scope, old: boolean, depth: number): Claim {
  const one = () => term(random, scope, old, 1);
  const kinds = [
    "compare",
    "compare",
    "compare",
    "pos",
    "two",
    ...(depth > 0 ? ["implies", "implies", "old", "old"] : []),
  ];
  switch (random.pick(kinds)) {
    case "pos":
      return { kind: "pos", of: one() };
    case "two":
      if (!scope.c) return { kind: "pos", of: one() };
      if (random.chance(0.3)) return { kind: "all" };
      if (scope.length === 2 && random.chance(0.4))
        return { kind: "two", base: "q", at: { kind: "number", value: 0 } };
      return { kind: "two", base: "c", at: index(random, 2, old) };
    case "implies":
      return {
        kind: "implies",
        left: claim(random, scope, old, depth - 1),
        right: claim(random, scope, old, depth - 1),
      };
    case "old":
      return old ? { kind: "old", of: claim(random, scope, false, 0) } : claim(random, scope, false, 0);
    default:
      return {
        kind: "compare",
        relation: random.pick(["==", "==", "<", "<="] as const),
        left: location(random, scope, old),
        right: one(),
      };
  }
}

function statements(random: Random, scope: Scope, depth: number): Statement[] {
  return Array.from({ length: random.between(1, depth) }, (): Statement => {
    if (scope.callee !== null && random.chance(0.45)) {
      const base = random.pick(["c", "q"] as const);
      const at = index(random, sizeOf(scope, base), false);
      return { kind: "call", base, at, x: term(random, scope, false, 1) };
    }
    if (depth > 1 && random.chance(0.25)) {
      const block = () => statements(random, scope, depth - 1);
      const side = () => term(random, scope, false, 0);
      return { kind: "if", left: side(), right: side(), then: block(), else: block() };
    }
    const target = random.chance(0.1) ? ({ kind: "x" } as const) : location(random, scope, false);
    // A constant is what a proof knows most of.
    const value: Term = random.chance(0.5)
      ? { kind: "number", value: random.between(-1, 2) }
      : term(random, scope, false, 1);
    return { kind: "assign", target, add: random.chance(0.2), value };
  });
}
