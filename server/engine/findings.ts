import { keyOf } from "../program/key.ts";
import type { StateTable } from "../program/states.ts";
import type { Formula } from "../program/term.ts";
import type { NearMiss } from "./outcome.ts";

/**
 * What a run has learned, shared by all its proposers: sampled states, the pool of atoms that survived them, and how
 * candidates failed. Everything in it is data that a proposer may use or ignore; nothing in it is a verdict.
 */
export class Findings {
  /** Reachable states at each loop head, by loop id; a candidate that is false in one is wrong. */
  tables: readonly StateTable[];
  /** Atoms by loop that hold in all sampled states, without duplicates. */
  readonly pool: Formula[][];
  /** The strongest inductive conjuncts found so far, by loop. */
  lemmas: readonly (readonly Formula[])[];
  /** The lemmas, by their key, that were last tried as an answer of their own. */
  tried = "";
  /** Conjuncts that somebody wanted and that failed, by loop: what mutation starts from. */
  readonly wishes: Formula[][];
  /** Failed candidates, the latest last. */
  readonly misses: NearMiss[] = [];
  /** Grows with everything that could make another round worth its while. */
  revision = 0;
  readonly #keys: Set<string>[];

  constructor(loops: number, tables: readonly StateTable[] = []) {
    this.tables = tables;
    this.wishes = Array.from({ length: loops }, () => []);
    this.lemmas = Array.from({ length: loops }, () => []);
    this.pool = Array.from({ length: loops }, () => []);
    this.#keys = Array.from({ length: loops }, () => new Set());
  }

  /** False when the pool has the atom already. */
  add(loop: number, formula: Formula): boolean {
    const key = keyOf(formula);
    const keys = this.#keys[loop]!;
    if (keys.has(key)) return false;
    keys.add(key);
    this.pool[loop]!.push(formula);
    this.revision++;
    return true;
  }

  /** `news`: whether it may give somebody an idea. */
  miss(miss: NearMiss, news = true): void {
    this.misses.push(miss);
    if (news) this.revision++;
  }
}
