import { SAFE } from "./emit.ts";
import { type IntegerType, rangeOf } from "./integer.ts";
import type { Program, Variable } from "./program.ts";
import type { Random } from "./random.ts";
import type { HavocSite } from "./runner.ts";
import type { Formula, Relation, Term } from "./term.ts";
import { visitProgram } from "./traverse.ts";

/** Where the inputs of one run come from. All values are safe integers in the range of their variable. */
export interface Draft {
  /** Aligned with the entry inputs. */
  readonly initial: readonly number[];
  /** The next value for a `havoc` site. */
  draw(site: number): number;
}

/** Makes drafts: simple and boundary values first, then mixtures. */
export interface InputSource {
  draft(run: number): Draft;
}

/** How the values of one run are made. */
type Profile =
  | "zero"
  | "one"
  | "minusOne"
  | "small"
  | "natural"
  | "constant"
  | "equal"
  | "near"
  | "wide"
  | "large"
  | "limits"
  | "mixed";

const OPENING: readonly Profile[] = [
  "zero",
  "one",
  "constant",
  "small",
  "minusOne",
  "natural",
  "limits",
  "equal",
];
const WEIGHTED: readonly Profile[] = [
  ...Array<Profile>(5).fill("small"),
  ...Array<Profile>(5).fill("natural"),
  ...Array<Profile>(4).fill("constant"),
  ...Array<Profile>(5).fill("mixed"),
  ...Array<Profile>(2).fill("equal"),
  ...Array<Profile>(3).fill("near"),
  ...Array<Profile>(2).fill("wide"),
  "large",
  "limits",
];
const SINGLE: readonly Profile[] = [
  "zero",
  "one",
  "minusOne",
  "small",
  "small",
  "natural",
  "natural",
  "constant",
  "constant",
  "wide",
  "large",
  "limits",
];
const PRIMES = [2, 3, 5, 7, 11, 13];

/** A `havoc` whose value is only ever compared with constants is a coin: what matters is on which side it falls, how often. */
interface Coin {
  readonly sides: readonly [number, number];
}

/**
 * Inputs for runs of a program. The same random source gives the same drafts. `entry`: the entry inputs in their order;
 * `sites`: the `havoc` commands in theirs.
 */
export function inputSource(
  program: Program,
  entry: readonly Variable[],
  sites: readonly HavocSite[],
  random: Random,
): InputSource {
  const constants = constantsOf(program);
  const coins = coinsOf(program, sites);
  const maker = new ValueMaker(constants, random);
  return {
    draft(run) {
      const profile = OPENING[run] ?? random.pick(WEIGHTED);
      const make = maker.begin(profile);
      const initial = entry.map((variable) => nearest(make(variable.type), variable.type));
      const draws = sites.map((site, number) => {
        const coin = coins[number];
        const { type } = site.variable;
        if (coin != null) return tosses(coin, random);
        // In some runs a site keeps to one value, so that loops which read it again and again make progress.
        const fixed = random.chance(0.3) ? nearest(make(type), type) : null;
        return () => fixed ?? nearest(make(type), type);
      });
      return { initial, draw: (site) => draws[site]!() };
    },
  };
}

/** Integers that appear in the program and their neighbours: where behaviour changes. Safe ones only, at most a few dozen. */
export function constantsOf(program: Program): number[] {
  const found = new Set<number>();
  const note = (node: Term | Formula): void => {
    if (node.kind !== "integer") return;
    const value = Number(node.value);
    for (const near of [value, value - 1, value + 1, -value])
      if (Number.isSafeInteger(near)) found.add(near + 0);
  };
  visitProgram(program, note);
  return [...found].slice(0, 64);
}

class ValueMaker {
  readonly #constants: readonly number[];
  readonly #random: Random;

  constructor(constants: readonly number[], random: Random) {
    this.#constants = constants.length === 0 ? [0, 1] : constants;
    this.#random = random;
  }

  /** Starts a run: values of one run are related where the profile says so. */
  begin(profile: Profile): (type: IntegerType) => number {
    const random = this.#random;
    if (profile === "mixed") return (type) => this.#value(random.pick(SINGLE), type);
    if (profile !== "equal" && profile !== "near") return (type) => this.#value(profile, type);
    const kind = random.pick(SINGLE);
    let base: number | null = null;
    return (type) => {
      base ??= this.#value(kind, type);
      return profile === "equal" ? base : base + random.between(-3, 3);
    };
  }

  #value(profile: Profile, type: IntegerType): number {
    const random = this.#random;
    switch (profile) {
      case "zero":
        return 0;
      case "one":
        return 1;
      case "minusOne":
        return -1;
      case "small":
        return random.between(-6, 10);
      case "natural":
        return random.chance(0.2) ? random.pick(PRIMES) : random.between(0, 24);
      case "constant":
        return random.pick(this.#constants);
      case "wide":
        return random.between(-1000, 1000);
      case "large": {
        const most = Math.max(1, Math.min(type.bits, 52) - 1);
        const magnitude = 2 ** random.between(Math.min(8, most), most);
        return (random.chance(0.3) ? -1 : 1) * random.between(magnitude / 2, magnitude);
      }
      default: {
        const range = rangeOf(type);
        return Number(random.chance(0.5) ? range.high : range.low) + random.between(-1, 1);
      }
    }
  }
}

/** The value, or the one next to it in the type's range and the safe integers. */
export function nearest(value: number, type: IntegerType): number {
  const { low, high } = safeRange(type);
  return Math.min(Math.max(value, low), high);
}

const safeRanges = new WeakMap<IntegerType, { readonly low: number; readonly high: number }>();

/** The safe integers of a type; runs ask for them at every draw. */
function safeRange(type: IntegerType): { readonly low: number; readonly high: number } {
  let found = safeRanges.get(type);
  if (found === undefined) {
    const { low, high } = rangeOf(type);
    found = { low: Math.max(Number(low), -SAFE), high: Math.min(Number(high), SAFE) };
    safeRanges.set(type, found);
  }
  return found;
}

/** Sequences of two sides with different biases, so that loops of few and of many iterations are met. */
function tosses(coin: Coin, random: Random): () => number {
  const [one, other] = random.chance(0.5) ? coin.sides : ([coin.sides[1], coin.sides[0]] as const);
  let count = 0;
  switch (random.between(0, 7)) {
    case 0:
      return () => one;
    case 1:
    case 2: {
      const probability = random.pick([0.03, 0.1, 0.2]);
      return () => (random.chance(probability) ? other : one);
    }
    case 3:
      return () => (count++ % 2 === 0 ? one : other);
    case 4:
    case 5: {
      // One long run of one side, then the other for good.
      const length = Math.floor(1.3 ** random.between(0, 20));
      return () => (count++ < length ? one : other);
    }
    default:
      return () => (random.chance(0.5) ? one : other);
  }
}

const FALSE_SIDE: Readonly<Record<Relation, readonly [number, number]>> = {
  "<": [-1, 0],
  ">=": [-1, 0],
  "<=": [0, 1],
  ">": [0, 1],
  "==": [0, 1],
  "!=": [0, 1],
};

function coinsOf(program: Program, sites: readonly HavocSite[]): (Coin | null)[] {
  const uses = new Map<string, number>();
  const comparisons = new Map<string, { count: number; sides: readonly [number, number] }>();
  const note = (node: Term | Formula): void => {
    if (node.kind === "variable") uses.set(node.name, (uses.get(node.name) ?? 0) + 1);
    if (node.kind !== "compare" || node.left.kind !== "variable" || node.right.kind !== "integer") return;
    const known = comparisons.get(node.left.name);
    const base = Number(node.right.value);
    const [low, high] = FALSE_SIDE[node.relation];
    comparisons.set(node.left.name, {
      count: (known?.count ?? 0) + 1,
      sides: known?.sides ?? [base + low, base + high],
    });
  };
  visitProgram(program, note);
  return sites.map(({ variable }) => {
    const compared = comparisons.get(variable.name);
    if (variable.role !== "temporary" || compared === undefined || compared.count !== uses.get(variable.name))
      return null;
    const [low, high] = compared.sides;
    return { sides: [nearest(low, variable.type), nearest(high, variable.type)] };
  });
}
