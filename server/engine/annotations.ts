import type { AnnotationsCandidate } from "./candidate.ts";
import type { NearMiss } from "./outcome.ts";
import type { Verdict } from "./verdict.ts";

/** What a run over a text has learned, shared by its proposers. */
export class AnnotationsFindings {
  /** Atoms by loop, as text, without duplicates; in the order in which they are tried. */
  readonly pool: string[][];
  /** Failed candidates, the latest last. */
  readonly misses: NearMiss[] = [];
  /** Why the function cannot be proved whatever is added to its loops; null while that is not known. */
  hopeless: string | null = null;
  /** Grows with everything that could make another round worth its while. */
  revision = 0;

  constructor(loops: number) {
    this.pool = Array.from({ length: loops }, () => []);
  }

  /** False when the pool has the atom already. */
  add(loop: number, text: string): boolean {
    if (this.pool[loop]!.includes(text)) return false;
    this.pool[loop]!.push(text);
    this.revision++;
    return true;
  }

  miss(miss: NearMiss): void {
    this.misses.push(miss);
  }
}

/** What Houdini over a text comes to: the clauses that hold together, whatever they are good for. */
export type Kept =
  | { readonly kind: "fixpoint"; readonly kept: AnnotationsCandidate }
  /** `hopeless`: no clause could help; `refused`: the text is not taken for C with ACSL. */
  | {
      readonly kind: "failed";
      readonly reason: string;
      readonly hopeless: boolean;
      readonly refused: boolean;
    };

/** Tries candidates on the text itself, by a program that reads annotated C. */
export interface AnnotationsChecker {
  /** Everything that is to be proved of the function, with the candidate's clauses in the text. */
  check(candidate: AnnotationsCandidate, signal: AbortSignal): Promise<Verdict>;
  /** Drops clauses that are not proved until all that are left are, each given the others (Flanagan and Leino, FME 2001). */
  houdini(pool: AnnotationsCandidate, signal: AbortSignal): Promise<Kept>;
  /** The same proof with fewer invariants, as far as the time goes. */
  simplify(proved: AnnotationsCandidate, signal: AbortSignal): Promise<AnnotationsCandidate>;
  close(): Promise<void>;
}
