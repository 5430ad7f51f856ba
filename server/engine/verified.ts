import type { Evidence } from "./verdict.ts";

declare const brand: unique symbol;

/** Insertions into a text, ascending and not overlapping; offsets are UTF-16 into the unedited text. */
export interface Edit {
  readonly insertions: readonly { readonly offset: number; readonly end: number; readonly text: string }[];
}

/**
 * An answer that the judge proved on the text as it will stand. Nobody but provers/judge can make one: the brand is not
 * exported, and a dependency rule keeps everybody else from the module that casts to it.
 */
export interface Verified {
  readonly [brand]: true;
  readonly edit: Edit;
  /** SHA-256 (hex) of the whole text after the edit. */
  readonly textHash: string;
  /** SHA-256 (hex) of the text before it. */
  readonly baseHash: string;
  readonly evidence: Evidence;
}
