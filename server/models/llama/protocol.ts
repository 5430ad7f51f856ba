import type { Message, ModelError } from "../../engine/model.ts";

/**
 * What the model host and its owner say to each other: one JSON object a line, requests on the host's standard input, answers on
 * its standard output. Requests are served in order; `cancel` overtakes.
 */
export type HostRequest =
  | {
      readonly op: "sample";
      readonly id: number;
      readonly messages: readonly Message[];
      readonly n: number;
      /** Null: unconstrained. */
      readonly gbnf: string | null;
      readonly maxTokens: number;
      readonly temperature: number;
      readonly seed: number;
    }
  | { readonly op: "embed"; readonly id: number; readonly texts: readonly string[] }
  | { readonly op: "cancel"; readonly id: number };

export type HostAnswer =
  /** Once, when the model is loaded. `gpu` is false on the CPU. */
  | {
      readonly event: "ready";
      readonly gpu: string | false;
      readonly threads: number;
      readonly contextSize: number;
      readonly sequences: number;
      readonly loadMs: number;
    }
  /** Instead of `ready`; the host ends after it. */
  | { readonly event: "unusable"; readonly message: string }
  | { readonly event: "completion"; readonly id: number; readonly completion: HostCompletion }
  /** A vector for each text, in order; fewer after a cancel. */
  | { readonly event: "vectors"; readonly id: number; readonly vectors: readonly (readonly number[])[] }
  /** The last answer to a request; also after a cancel. */
  | { readonly event: "done"; readonly id: number }
  | {
      readonly event: "failed";
      readonly id: number;
      readonly kind: ModelError["kind"];
      readonly message: string;
    };

export interface HostCompletion extends Timing {
  readonly text: string;
  readonly finish: "stop" | "length";
  /** Tokens of the whole prompt, evaluated or reused. */
  readonly promptTokens: number;
  readonly logProbability: number | null;
}

/** Work done for one or more answers. */
export interface Timing {
  /** Prompt tokens that were not already in the cache. */
  readonly evaluatedTokens: number;
  readonly evaluationMs: number;
  readonly tokens: number;
  readonly generationMs: number;
}

/** How the host is started: its only command line argument, as JSON. */
export interface HostSettings {
  /** The file of node-llama-cpp to import. */
  readonly library: string;
  readonly modelPath: string;
  /** A host does one thing: its context is laid out for it. */
  readonly task: "sample" | "embed";
  readonly threads: number;
  readonly gpu: "auto" | false;
  /** Largest context, in tokens; less when the model was trained on less. */
  readonly contextSize: number;
  /** Samples side by side; null: 1 on the CPU, where more do not pay, and 8 on a GPU. */
  readonly sequences: number | null;
}
