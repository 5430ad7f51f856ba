/** What Lean itself is built on; anything else is refused, also what the compiler is trusted for (safety.md 12). */
export const LEAN_AXIOMS: ReadonlySet<string> = new Set(["propext", "Quot.sound", "Classical.choice"]);

/** One of them, and all of them, as an answer lists what it assumes. */
export const assumedAxiom = (axiom: string): string => `axiom ${axiom}`;
export const ALL_ASSUMED = `Lean's axioms (${[...LEAN_AXIOMS].join(", ")})`;

/** Whether an assumption is one that every proof in Lean may rest on: no condition of this one. */
export function isFoundation(assumption: string): boolean {
  return assumption === ALL_ASSUMED || [...LEAN_AXIOMS].some((one) => assumption === assumedAxiom(one));
}
