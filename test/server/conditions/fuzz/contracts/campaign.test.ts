import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { randomFrom } from "../../../../../server/program/random.ts";
import type { Touchstone } from "../../../../../server/wiring.ts";
import { outcomeOf, symbolic } from "../../outcome.ts";
import { type Fn, PRELUDE, printFunction } from "./language.ts";
import { breaches, Endless, run, Unclear } from "./machine.ts";
import { type Pair, randomPair, randomState } from "./random.ts";

const nightly = process.env.TOUCHSTONE_NIGHTLY === "1";
const cases = Number(process.env.TOUCHSTONE_CONTRACTS ?? (nightly ? 2_000 : 40));
const first = Number(process.env.TOUCHSTONE_FIRST ?? (nightly ? 100_000 : 1));
/** Those with loops and structures. */
const looping = Number(process.env.TOUCHSTONE_LOOPS ?? (nightly ? 500 : 10));
const RUNS = 400;

let touchstone: Touchstone;
beforeAll(async () => {
  touchstone = await symbolic("math");
});
afterAll(() => touchstone.close());

/** True where the function is proved, and not under an assumption that a run of the pair breaks. */
async function isProved(pair: Pair, which: "k" | "f"): Promise<boolean> {
  const order: Fn[] = which === "f" ? [pair.k, pair.f] : [pair.k];
  const outcome = await outcomeOf(touchstone, PRELUDE + order.map(printFunction).join(""));
  if (outcome.kind !== "proved") return false;
  // The callee uses `c` by name and is given it: its own proof took them as separate.
  // Where bounds move, the frame of a loop is not proved.
  return !outcome.verified.evidence.assumptions.some((one) =>
    /by name as well$|bounds that the loop changes are read as open/.test(one),
  );
}

/** A run that breaks the contract of one of the functions, or leaves its memory; null where none was found. */
function breach({ k, f }: Pair, which: "k" | "f", seed: number): string | null {
  const random = randomFrom(seed);
  const [fn, callee] = which === "f" ? [f, k] : [k, null];
  for (let count = 0; count < RUNS; count++) {
    const before = randomState(random);
    const broken: string[] = [];
    try {
      const after = run(fn.body, before, callee, broken);
      broken.push(...breaches(fn.contract, before, after));
    } catch (error) {
      if (error instanceof Unclear) broken.push("it leaves its memory");
      else if (!(error instanceof Endless)) throw error;
    }
    if (broken.length > 0)
      return `seed ${seed}: ${broken[0]} from ${JSON.stringify(before)}\n${PRELUDE}${printFunction(k)}${printFunction(f)}`;
  }
  return null;
}

/** Each proof that a run breaks, and how many were proved and how many broken. */
async function campaign(count: number, loops: boolean) {
  let [proved, wrong] = [0, 0];
  const found: string[] = [];
  for (let seed = first; seed < first + count; seed++) {
    const pair = randomPair(randomFrom(seed), loops);
    for (const which of ["k", "f"] as const) {
      const breaks = breach(pair, which, seed);
      if (breaks !== null) wrong++;
      // The proof of the caller takes the callee's contract as it is.
      if (!(await isProved(pair, which))) break;
      proved++;
      if (breaks !== null) found.push(breaks);
    }
  }
  return { found: found.join("\n\n"), proved: proved / count, wrong: wrong / count };
}

describe("soundness.md 11: random pairs of functions with random contracts", () => {
  it.each([
    [cases, "assigns, behaviors, predicates, aliases, calls", false],
    [looping, "the same with loops, their annotations, and structures", true],
  ])(
    "%d are proved only where every run keeps the contracts: %s",
    { timeout: 7_200_000 },
    async (count, _, loops) => {
      const { found, proved, wrong } = await campaign(count, loops);
      expect(found).toBe("");
      expect(proved).toBeGreaterThan(0.2);
      expect(wrong).toBeGreaterThan(0.2);
    },
  );
});
