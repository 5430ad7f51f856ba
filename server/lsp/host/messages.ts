import type { Diagnostic } from "../../../grammars/c/span.ts";
import type { PreprocessorChoice } from "../../../provers/preprocessor/choice.ts";
import type { Event } from "../../engine/event.ts";
import type { Counts, LoopAnswer, NearMiss } from "../../engine/outcome.ts";
import type { Counterexample, ObligationName } from "../../engine/verdict.ts";
import type { IntegerReading } from "../../program/integer.ts";

/**
 * What the server and its engine process say to each other: JSON, one message a line. All that computes is on the other side, so
 * that the server answers whatever happens there. Nothing here carries a secret but `configure`, which no log sees.
 */
export type Command =
  | { readonly type: "configure"; readonly environment: Readonly<Record<string, string>> }
  | ({ readonly type: "run"; readonly id: number } & RunRequest)
  | { readonly type: "read"; readonly id: number; readonly document: Text; readonly reading: Reading }
  | { readonly type: "report"; readonly id: number }
  | { readonly type: "models"; readonly id: number }
  | { readonly type: "pull"; readonly id: number; readonly name: string; readonly offline: boolean }
  | { readonly type: "cancel"; readonly id: number };

export type Reply =
  /** Sent once, when messages are listened to. */
  | { readonly type: "ready" }
  | { readonly type: "events"; readonly id: number; readonly events: readonly AnyEvent[] }
  | { readonly type: "result"; readonly id: number; readonly result: GroupResult }
  | { readonly type: "download"; readonly id: number; readonly done: number; readonly total: number | null }
  /** The end of a request, with its answer. */
  | { readonly type: "done"; readonly id: number; readonly value: unknown }
  /** `wrong`: the request cannot be served, and the message says what to do. `bug`: it stopped for no good reason. */
  | {
      readonly type: "failed";
      readonly id: number;
      readonly kind: "wrong" | "bug" | "cancelled";
      readonly message: string;
    };

/** How C is read. */
export interface Reading {
  readonly int: IntegerReading;
  readonly preprocessor: PreprocessorChoice;
}

/** An event of a run of any kind. */
export type AnyEvent = Event | Event<"proofHole">;

/** A document at one version. */
export interface Text {
  readonly uri: string;
  readonly language: "c" | "coq" | "lean";
  /** Its name in messages. */
  readonly file: string;
  readonly text: string;
  readonly version: number;
}

/** What an editor may ask an engine to do with a document. `fill` is for proof holes. */
export type TaskKind = "suggest" | "verify" | "fill";

export interface RunRequest {
  readonly task: TaskKind;
  readonly document: Text;
  /** 1-based lines that choose what to work on; null for all of the document. */
  readonly lines: readonly number[] | null;
  readonly settings: RunSettings;
}

/** The settings of one run, read for the document's folder. */
export interface RunSettings {
  readonly int: IntegerReading;
  readonly model: string | null;
  readonly embeddingModel: string | null;
  readonly only: "model" | "symbolic" | null;
  readonly without: readonly string[];
  readonly seed: number;
  readonly solver: "auto" | "native" | "wasm";
  readonly checker: "smt" | "frama-c" | "both";
  /** What the C preprocessor is told. */
  readonly include: readonly string[];
  readonly define: readonly string[];
  readonly offline: boolean;
  readonly timeoutMs: number;
}

/** A function (or theorem) of a document, as it was read. Offsets are UTF-16. */
export interface ReadGroup {
  readonly group: string;
  readonly start: number;
  readonly end: number;
  /** Of `start`, from 0. */
  readonly line: number;
  /** The same for two texts exactly when the same is to be proved: a digest of the program without places. */
  readonly identity: string;
  /** Keywords of its loops, in order. */
  readonly loops: readonly number[];
}

/** How a group ended, as data. The edit was made by applying what the judge minted to exactly the text with `baseHash`. */
export type GroupOutcome =
  | {
      readonly kind: "proved";
      readonly edit: readonly { readonly start: number; readonly end: number; readonly text: string }[];
      /** SHA-256, hexadecimal, of the whole text before and after the edit. */
      readonly baseHash: string;
      readonly textHash: string;
      readonly answers: readonly LoopAnswer[];
      readonly proposer: string;
      readonly checkedBy: readonly string[];
      readonly assumptions: readonly string[];
      /** Those of the assumptions that are about this program: a proof with one of them is conditional. */
      readonly conditions: readonly string[];
      readonly terminates: boolean;
    }
  | { readonly kind: "refuted"; readonly obligation: ObligationName; readonly counterexample: Counterexample }
  | {
      readonly kind: "unknown";
      readonly reason: string;
      readonly nearest: NearMiss | null;
      /** Conclusions that the best partial proof leaves open; for proof holes. */
      readonly open?: readonly string[];
    }
  | { readonly kind: "error"; readonly diagnostics: readonly Diagnostic[] };

/** The result of one group of a run. */
export interface GroupResult extends ReadGroup {
  readonly task: TaskKind;
  readonly version: number;
  readonly outcome: GroupOutcome;
  readonly counts: Counts;
}
