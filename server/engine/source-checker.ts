/** One thing that a checker of whole C files had to prove: a clause of the text, or what it adds (an access, an overflow). */
export interface SourceProperty {
  /** `loop invariant`, `postcondition`, `assigns clause`, `signed_overflow`, … in the checker's words. */
  readonly kind: string;
  /** As the checker prints it. */
  readonly text: string;
  /** 1-based, in the text that was checked. */
  readonly line: number;
  readonly proved: boolean;
}

/** What a checker of whole C files says of one function. Nothing but `proved` is success. */
export type SourceVerdict =
  | {
      readonly kind: "proved";
      readonly properties: readonly SourceProperty[];
      /** What it took for granted, as a person reads it. */
      readonly assumptions: readonly string[];
      readonly checkedBy: string;
    }
  /** `reason`: what is open, in words. */
  | { readonly kind: "open"; readonly properties: readonly SourceProperty[]; readonly reason: string }
  /** It reads the text otherwise, or it did not finish. */
  | { readonly kind: "failed"; readonly reason: string };

export interface SourceQuestion {
  /** The whole file, as it would stand. */
  readonly text: string;
  /** The file's name, for messages and for where its own includes are found. */
  readonly file: string;
  readonly function: string;
  /** Whether it looks for contradictions itself, among preconditions and behind calls; not needed where somebody else did. */
  readonly vacuity: boolean;
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
}

/** A program that reads annotated C itself and proves a function of it: Frama-C with WP. */
export interface SourceChecker {
  readonly name: string;
  /** Rejects only with the signal's reason. */
  check(question: SourceQuestion): Promise<SourceVerdict>;
}
