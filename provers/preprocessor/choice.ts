/** What a preprocessor is told. */
export interface Preprocessing {
  /** Directories where `#include` looks, relative to the current one. */
  readonly include: readonly string[];
  /** `NAME` or `NAME=VALUE`. */
  readonly define: readonly string[];
}

/** When C is preprocessed: `always`, or `auto` where a file cannot be read without it; `never`. */
export interface PreprocessorChoice extends Preprocessing {
  readonly when: "always" | "auto" | "never";
}

export const noPreprocessing: PreprocessorChoice = { when: "auto", include: [], define: [] };

/** What a project's directories and macros come to: who names some wants them used. */
export function chosenBy({ include, define }: Preprocessing): PreprocessorChoice {
  return { when: include.length + define.length > 0 ? "always" : "auto", include, define };
}
