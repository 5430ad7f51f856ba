import type { Random } from "../../../../../server/program/random.ts";
import {
  type Behavior,
  type Claim,
  type Contract,
  FIELDS,
  type Fn,
  type Listed,
  type Location,
  type Loop,
  type Statement,
  type Term,
} from "./language.ts";
import { breaches, Endless, run, type State, Unclear } from "./machine.ts";

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
  /** Whether there are loops and structures, too. */
  readonly loops: boolean;
  /** The counters of the loops around. */
  readonly counters: readonly string[];
}

/** Runs that a claim has to survive before it is made, mostly: what only rare runs break is what a proof must not miss. */
const TRIED = 12;

const ALWAYS: Claim = { kind: "pos", of: { kind: "number", value: 1 } };

export function randomPair(random: Random, loops = false): Pair {
  const more = { loops, counters: [] };
  // Only where the callee does not speak of `c` can it be given `c`.
  const k = randomFunction(random, "k", { length: 1, c: random.chance(0.4), callee: null, ...more });
  return { k, f: randomFunction(random, "f", { length: 2, c: true, callee: k, ...more }) };
}

export function randomState(random: Random): State {
  const few = () => random.between(-1, 2);
  return {
    memory: {
      g: few(),
      h: few(),
      c: [few(), few(), few()],
      p: [few(), few()],
      fields: { "s.m": few(), "s.n": few(), "t.m": few(), "t.n": few() },
    },
    x: few(),
    counters: {},
    q: { block: "p", at: 0 },
  };
}

function randomFunction(random: Random, name: string, scope: Scope): Fn {
  const body = likely(random, statements(random, scope, 2), scope.callee);
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
    if (error instanceof Unclear || error instanceof Endless) return null;
    throw error;
  }
}

/** What a body changes, as its own text names it: of an index that the body moves, that is something else at entry. */
function targets(body: readonly Statement[], callee: Fn | null): Listed[] | null {
  const found = body.flatMap((one): (Listed | null)[] => {
    switch (one.kind) {
      case "copy":
        return one.to === "s" ? [{ kind: "s.m" }, { kind: "s.n" }] : [{ kind: "t.m" }, { kind: "t.n" }];
      case "loop":
        return targets(one.body, callee) ?? [null];
      case "if":
        return [targets(one.then, callee), targets(one.else, callee)].flatMap((part) => part ?? [null]);
      case "call":
        return (
          callee!.contract.assigns?.map((inner): Listed => {
            if (inner.kind !== "q") return inner;
            return range(one.base, one.at);
          }) ?? [null]
        );
      default: {
        const { target } = one;
        if (target.kind === "x") return [];
        if (target.kind !== "c" && target.kind !== "q") return [target];
        return [range(target.kind, target.index)];
      }
    }
  });
  return found.includes(null) ? null : found.filter((one) => one !== null);
}

/** Where a loop's counter says which element it is, all of them: outside the loop there is no counter. */
function range(kind: "c" | "q", at: Term): Listed {
  const moves = at.kind === "i" || (at.kind === "bit" && at.of.kind === "i");
  if (!moves) return { kind, low: at, high: at };
  return { kind, low: { kind: "number", value: 0 }, high: { kind: "number", value: kind === "c" ? 2 : 1 } };
}

/** A loop now and then forgets what it changes; its invariants are mostly those that some runs keep, see `likely`. */
function loop(random: Random, scope: Scope, depth: number): Loop {
  const counter = `i${scope.counters.length}${random.between(0, 9)}`;
  const inside: Scope = { ...scope, counters: [...scope.counters, counter] };
  const body = statements(random, inside, depth);
  const high: Term = { kind: "number", value: random.between(1, 3) };
  const bound = random.chance(0.75) ? high : term(random, scope, false, 0);
  const i: Term = { kind: "i", name: counter };
  const within: Claim[] = [
    { kind: "compare", relation: "<=", left: { kind: "number", value: 0 }, right: i },
    ...(bound === high ? [{ kind: "compare", relation: "<=", left: i, right: bound } as const] : []),
  ];
  const invariants = [...within, ...Array.from({ length: 8 }, () => claim(random, inside, true, 2))];
  const assigns = (targets(body, scope.callee) ?? []).filter(() => !random.chance(0.04));
  return { kind: "loop", counter, bound, invariants, assigns, body };
}

/** The statements without the invariants that some run breaks, of which few are kept. */
function likely(random: Random, body: readonly Statement[], callee: Fn | null): Statement[] {
  const broken: string[] = [];
  for (let count = 0; count < TRIED; count++) {
    try {
      run(body, randomState(random), callee, broken);
    } catch (error) {
      if (!(error instanceof Unclear || error instanceof Endless)) throw error;
    }
  }
  const kept = (one: Statement): Statement => {
    if (one.kind === "if") return { ...one, then: one.then.map(kept), else: one.else.map(kept) };
    if (one.kind !== "loop") return one;
    const invariants = one.invariants.filter(
      (_, index) => random.chance(0.02) || !broken.includes(`invariant ${one.counter} ${index}`),
    );
    return { ...one, invariants, body: one.body.map(kept) };
  };
  return body.map(kept);
}

function sizeOf({ length }: Scope, base: "c" | "q"): number {
  return base === "c" ? 3 : length;
}

function index(random: Random, size: number, old: boolean, counters: readonly string[] = []): Term {
  if (size === 1) return { kind: "number", value: 0 };
  const [counter] = counters;
  if (counter !== undefined && random.chance(0.5)) {
    const i: Term = { kind: "i", name: counter };
    return size === 3 ? i : { kind: "bit", of: i };
  }
  if (random.chance(0.3)) return { kind: "number", value: random.between(0, size - 1) };
  const of: Term = random.chance(0.2) ? { kind: "x" } : { kind: random.pick(["g", "h"] as const) };
  return { kind: "bit", of: old && random.chance(0.4) ? { kind: "old", of } : of };
}

function location(random: Random, scope: Scope, old: boolean): Location {
  const kind = random.pick(["g", "g", "h", "q", "q", ...(scope.c ? (["c", "c"] as const) : [])] as const);
  if (scope.loops && random.chance(0.2)) return { kind: random.pick(FIELDS) };
  if (kind === "g" || kind === "h") return { kind };
  return { kind, index: index(random, sizeOf(scope, kind), old, scope.counters.slice(-1)) };
}

function term(random: Random, scope: Scope, old: boolean, depth: number): Term {
  const counter = scope.counters.at(-1);
  if (counter !== undefined && random.chance(0.25)) return { kind: "i", name: counter };
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
      return old ? { kind: "old", of: location(random, atEntry(scope), false) } : inner();
    default:
      return location(random, scope, old);
  }
}

/** At the entry no loop has a counter. */
function atEntry(scope: Scope): Scope {
  return { ...scope, counters: [] };
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
      return old
        ? { kind: "old", of: claim(random, atEntry(scope), false, 0) }
        : claim(random, scope, false, 0);
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
      const at = index(random, sizeOf(scope, base), false, scope.counters.slice(-1));
      return { kind: "call", base, at, x: term(random, scope, false, 1) };
    }
    if (scope.loops && random.chance(0.06)) return { kind: "copy", to: random.pick(["s", "t"] as const) };
    if (scope.loops && depth > 1 && random.chance(0.45)) return loop(random, scope, depth - 1);
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
