/** What is known of one arm: how often it was tried, what it won, and the milliseconds it took. */
interface Arm {
  pulls: number;
  wins: number;
  ms: number;
}

/** How strongly a bad record makes a tactic dearer, in the unit of costs (minus log probability). */
const WEIGHT = 2;
/** A tactic whose mean time is this many milliseconds costs 0.7 more than one that takes no time, if nothing else is said. */
const SLOW_MS = 50;

/**
 * UCB1 (Auer, Cesa-Bianchi and Fischer, 2002) over the sources of tactics. An arm wins when a step of it lies on the way to a
 * closed goal. It lives as long as its file is worked on, so what proved one lemma is tried early on the next.
 */
export class Bandit {
  readonly #arms = new Map<string, Arm>();
  readonly #slowMs: number;
  #pulls = 0;

  /** `slowMs`: what a tactic of ordinary length takes on this prover. */
  constructor(slowMs = SLOW_MS) {
    this.#slowMs = slowMs;
  }

  pulled(name: string, ms: number): void {
    const arm = this.#arm(name);
    arm.pulls++;
    arm.ms += ms;
    this.#pulls++;
  }

  won(name: string): void {
    this.#arm(name).wins++;
  }

  /** The optimistic share of pulls that win, at most 1; 1 for an arm that was never tried. */
  upper(name: string): number {
    const arm = this.#arms.get(name);
    if (!arm || arm.pulls === 0) return 1;
    const mean = Math.min(1, (arm.wins + 0.5) / (arm.pulls + 1));
    return Math.min(1, mean + Math.sqrt(Math.log(this.#pulls + 1) / (2 * arm.pulls)));
  }

  /** What to add to the cost of a suggestion of this arm: 0 for the best record and no time at all. */
  penalty(name: string): number {
    const arm = this.#arms.get(name);
    const meanMs = arm && arm.pulls > 0 ? arm.ms / arm.pulls : 0;
    return WEIGHT * (1 - this.upper(name)) + Math.log(1 + meanMs / this.#slowMs);
  }

  #arm(name: string): Arm {
    const known = this.#arms.get(name);
    if (known) return known;
    const fresh = { pulls: 0, wins: 0, ms: 0 };
    this.#arms.set(name, fresh);
    return fresh;
  }
}
