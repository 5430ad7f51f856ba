import type { AnyEvent, GroupResult, TaskKind } from "./host/messages.ts";

/**
 * What the server offers beside the Language Server Protocol. Every name begins with `touchstone/`; commands that code actions
 * and lenses carry begin with `touchstone.server.` and work in any editor through `workspace/executeCommand`.
 */
export const METHODS = {
  /** RunParams → RunSummary. Answers when the work is done; `$/cancelRequest` stops it. */
  run: "touchstone/run",
  /** PlaceParams → Explanation | null: why the proof at a place fails, or what holds it up. */
  explain: "touchstone/explain",
  /** PreviewParams → Preview | null: the document before and after a judged edit. */
  preview: "touchstone/preview",
  /** → SetupReport. */
  setupReport: "touchstone/setupReport",
  /** → a list of `touchstone model list`. */
  models: "touchstone/models",
  /** { name, workDoneToken? } → what was pulled. */
  pullModel: "touchstone/pullModel",
  /** Notification { keys }: the secrets of the editor's store by the variable that they stand for; an empty one removes it. */
  setKeys: "touchstone/setKeys",
  /** Notification { trusted }: nothing runs before the workspace is trusted. */
  trust: "touchstone/trust",
  /** Notification without parameters: stops all that runs. */
  stop: "touchstone/stop",
  /** Server to client, where `initializationOptions.events` asked for it: RunEvents. */
  events: "touchstone/events",
  /** Server to client, likewise: RunResult. */
  result: "touchstone/result",
  /** Server to client, likewise: Status, whenever it changes. */
  status: "touchstone/status",
} as const;

export const COMMANDS = {
  /** Arguments: uri, position. Starts the search and answers at once; progress, edit and diagnostics follow. */
  suggest: "touchstone.server.suggest",
  /** Arguments: uri, position. Another invariant in the place of the one that was just inserted, when there is one. */
  another: "touchstone.server.another",
  /** Arguments: uri, position. */
  fill: "touchstone.server.fill",
  /** Arguments: uri. */
  verify: "touchstone.server.verify",
  /** Arguments: uri, position. Shows the explanation as a message. */
  explain: "touchstone.server.explain",
  /** No arguments. */
  stop: "touchstone.server.stop",
} as const;

/** A place as LSP counts it: lines and UTF-16 units from 0. */
export interface Place {
  readonly line: number;
  readonly character: number;
}

export interface RunParams {
  readonly task: TaskKind;
  readonly uri: string;
  /** Null: all of the document. */
  readonly position: Place | null;
  readonly workDoneToken?: number | string;
}

/** How a run ended, in one sentence for the user and as data. */
export interface RunSummary {
  readonly kind: "applied" | "done" | "dropped" | "cancelled" | "refused";
  readonly message: string;
  readonly results: readonly GroupResult[];
}

export interface PlaceParams {
  readonly uri: string;
  readonly position: Place;
}

export interface Explanation {
  readonly title: string;
  readonly markdown: string;
}

export interface PreviewParams {
  readonly run: number;
  readonly group: string;
}

export interface Preview {
  readonly uri: string;
  readonly before: string;
  readonly after: string;
}

export interface RunEvents {
  readonly run: number;
  readonly uri: string;
  readonly task: TaskKind;
  readonly events: readonly AnyEvent[];
}

export interface RunResult {
  readonly run: number;
  readonly uri: string;
  readonly result: GroupResult;
}

export interface Status {
  readonly state: "ready" | "working" | "untrusted" | "broken";
  /** What is being done, or what is wrong; null when there is nothing to say. */
  readonly doing: string | null;
  readonly model: string;
  readonly solver: string;
}

export interface SetupFinding {
  readonly name: string;
  readonly purpose: string;
  readonly status: "found" | "missing" | "outdated" | "broken";
  readonly version: string | null;
  readonly where: string | null;
  readonly advice: string | null;
  readonly needed: boolean;
}

export interface SetupReport {
  readonly version: string;
  readonly node: string;
  readonly platform: string;
  readonly works: boolean;
  readonly findings: readonly SetupFinding[];
  /** What is wrong in the settings or in touchstone.json; each says what to do. */
  readonly problems: readonly string[];
}
