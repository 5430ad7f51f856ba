/** One thing that a checker of whole C files had to prove: a clause of the text, or what it adds (an access, an overflow). */
export interface SourceProperty {
  /** `loop invariant`, `postcondition`, `assigns clause`, `signed_overflow`, … in the checker's words. */
  readonly kind: string;
  /** As the checker prints it. */
  readonly text: string;
  /** 1-based, in the text that was checked. */
  readonly line: number;
  /** `conditional`: proved if others of the function are. `assumed`: taken for granted (`admit`), or what is another's to prove. */
  readonly status: "proved" | "conditional" | "assumed" | "open";
}

/** A goal that a checker's provers were asked, under the checker's own name for it. */
export interface SourceGoal {
  readonly name: string;
  readonly proved: boolean;
  /** What each prover said where none proved it: `z3 4.8.12: timeout after 10 s`. */
  readonly said: readonly string[];
}

/** What a checker of whole C files says of one function. Nothing but `proved` is success. */
export type SourceVerdict =
  | {
      readonly kind: "proved";
      readonly properties: readonly SourceProperty[];
      /** What it took for granted, as a person reads it. */
      readonly assumptions: readonly string[];
      readonly checkedBy: string;
      /** Whether it has a measure of every loop and calls nothing; said of functions that nobody else reads, else false. */
      readonly terminates: boolean;
    }
  /** `reason`: what is open, in words. */
  | {
      readonly kind: "open";
      readonly properties: readonly SourceProperty[];
      readonly goals: readonly SourceGoal[];
      readonly reason: string;
      /** Whether the reason lies in the code, so that no annotation of a loop could help. */
      readonly hopeless: boolean;
    }
  /** `refused`: it does not take the text for C with ACSL; else it did not finish. */
  | { readonly kind: "failed"; readonly reason: string; readonly refused: boolean };

export interface SourceQuestion {
  /** The whole file, as it would stand. */
  readonly text: string;
  /** The file's name, for messages and for where its own includes are found. */
  readonly file: string;
  readonly function: string;
  /** Whether it looks for contradictions itself, among preconditions and behind calls; not needed where somebody else did. */
  readonly vacuity: boolean;
  /** Whether nobody else reads the function: then what the checker accepts in silence is looked for and refused. */
  readonly beyond?: boolean;
  /** Only the clauses of loops, which is no proof of the function; the answer is never `proved`. */
  readonly loopsOnly?: boolean;
  /** Seconds that a prover has for a goal; the checker's own choice without. */
  readonly goalSeconds?: number;
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
}

/** A program that reads annotated C itself and proves a function of it: Frama-C with WP. */
export interface SourceChecker {
  readonly name: string;
  /** Rejects only with the signal's reason. */
  check(question: SourceQuestion): Promise<SourceVerdict>;
}
