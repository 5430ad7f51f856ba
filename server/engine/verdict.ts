import type { Span } from "../../grammars/c/span.ts";

/** A program state with the names a person reads: `x`, `\at(x, Pre)`; temporaries left out. */
export interface State {
  /** `entry`, `loop at line 12`, `line 20`. */
  readonly where: string;
  readonly line: number;
  readonly values: Readonly<Record<string, string>>;
}

/** States that show a failure: a whole run (`replayed`: the interpreter executed it from the entry), or one step of a loop. */
export interface Counterexample {
  readonly replayed: boolean;
  readonly states: readonly State[];
  /** Values of `unknown()`, nondeterministic input, and uninitialised variables, in order of use. */
  readonly inputs: readonly { readonly what: string; readonly value: string }[];
  /** What fails: `assertion 'y >= 0'`. */
  readonly violated: string;
  readonly span: Span;
}

/** A verification condition's name as shown: `consecution of 'x >= y' at the loop at line 7`. */
export interface ObligationName {
  readonly kind: "initiation" | "consecution" | "use" | "variant" | "reachability";
  readonly text: string;
  readonly loop: number | null;
  readonly span: Span;
}

/** What was proved, by whom, under which assumptions. */
export interface Evidence {
  readonly obligations: readonly ObligationName[];
  /** Solvers in the order asked: `z3 5.2.0 (wasm)`. Two builds of one solver at one version are one opinion. */
  readonly checkedBy: readonly string[];
  readonly assumptions: readonly string[];
  /** Set when every loop has a proved variant: then the word is "terminates". */
  readonly terminates: boolean;
}

/** The outcome of checking one candidate. `unknown` is never success. */
export type Verdict =
  | { readonly kind: "proved"; readonly evidence: Evidence }
  | {
      readonly kind: "refuted";
      /** `wrong`: a replayed run from the entry; `notInductive`: a state that breaks it; `tooWeak`: holds, but does not give the goal. */
      readonly why: "wrong" | "notInductive" | "tooWeak";
      readonly obligation: ObligationName;
      readonly counterexample: Counterexample;
    }
  /** `refused`: the checker does not take the text for what it should be. */
  | {
      readonly kind: "unknown";
      readonly reason: string;
      readonly obligation?: ObligationName;
      readonly refused?: boolean;
    };
