import { randomInt } from "node:crypto";
import { createMessageConnection, type MessageConnection, StreamMessageWriter } from "vscode-jsonrpc/node";
import type { Child, Exit } from "../process/child.ts";
import { NoisyMessageReader } from "./frames.ts";
import { watchStuck } from "./stuck.ts";

/** Line and UTF-16 column, both from 0, as the protocol counts. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** One message of Lean's about the text. */
export interface LeanMessage {
  readonly severity: "error" | "warning" | "information" | "hint";
  readonly start: Position;
  readonly end: Position;
  readonly text: string;
}

/** What one pass over a document gave. Nothing of it comes before the server has said that it is done with this version. */
export type Checked =
  | {
      readonly kind: "checked";
      readonly messages: readonly LeanMessage[];
      /** The goals at the place asked for, printed; null when none was asked for, or no tactic stands there. */
      readonly goals: readonly string[] | null;
      /** Names of the declarations that this version holds, as the server's own index has them. */
      readonly declared: readonly string[];
      /** The header could not be read (an import is missing), so nothing was checked. */
      readonly fatal: boolean;
    }
  | { readonly kind: "late" }
  | { readonly kind: "died"; readonly message: string };

/** The process stopped answering, and was ended for it. What was asked of it has no answer yet. */
export interface Stuck {
  readonly kind: "stuck";
}

export interface Limits {
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
}

/** A started language server: Lean's own (`lake serve`, `lean --server`), or the embedded worker, which speaks the same. */
export interface Launched {
  readonly child: Child;
  /** The document it will be asked about, a `file:` URI. */
  readonly uri: string;
  readonly rootUri: string | null;
  /** It is the server's worker for one file, without the watchdog before it that would answer `initialize`. */
  readonly isWorker: boolean;
}

const SEVERITIES = ["error", "warning", "information", "hint"] as const;
/** For an interrupted pass to end; then the process is ended instead. */
const CANCEL_MS = 6_000;

interface Raw {
  readonly severity?: number;
  readonly message: string;
  readonly range: { readonly start: Position; readonly end: Position };
}

/** What the server told of one version without being asked. */
interface Reported {
  messages: readonly Raw[] | null;
  declared: readonly string[] | null;
  fatal: boolean;
  wake: () => void;
}

/**
 * One document on one language server. Each call is a new version of it; the verdict on a version is read only after the server
 * has answered `textDocument/waitForDiagnostics` for it and has published its messages (soundness.md 16). A pass that takes too
 * long is interrupted by an edit.
 */
export class LeanServer {
  readonly #launched: Launched;
  readonly #connection: MessageConnection;
  readonly #reported = new Map<number, Reported>();
  readonly #ready: Promise<unknown>;
  /** What was elaborated to its end last. */
  #settled = "";
  #exit: Exit | null = null;
  /** Nobody who writes to the server's output without having read its input can guess it. */
  #version = randomInt(1, 2 ** 30);
  #opened = false;
  #heard = 0;
  /** Passes so far. */
  checks = 0;

  constructor(launched: Launched) {
    const { child, rootUri, isWorker } = launched;
    this.#launched = launched;
    const connection = createMessageConnection(
      new NoisyMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    this.#connection = connection;
    connection.onError(() => {});
    // Requests of the server (refresh, registerCapability) ask for nothing that matters here.
    connection.onRequest(() => null);
    connection.onNotification((method, parameters) => this.#notified(method, parameters));
    connection.listen();
    void child.exited.then((exit) => {
      this.#exit = exit;
      connection.dispose();
    });
    const answered = connection.sendRequest("initialize", {
      processId: process.pid,
      rootUri,
      capabilities: {},
      initializationOptions: { hasWidgets: false },
    });
    answered.catch(() => {});
    this.#ready = isWorker
      ? Promise.resolve()
      : answered.then(() => connection.sendNotification("initialized", {}));
    this.#ready.catch(() => {});
  }

  /** True while it can be used. */
  get alive(): boolean {
    return this.#exit === null;
  }

  get pid(): number | undefined {
    return this.#launched.child.pid;
  }

  /**
   * Makes `text` the document's next version and waits for the server's verdict on it. Rejects only with the signal's reason. The
   * embedded worker is ended when it does nothing any more, after seconds times `patience`.
   */
  async check(
    text: string,
    goalsAt: Position | null,
    { deadlineMs, signal }: Limits,
    patience = 1,
  ): Promise<Checked | Stuck> {
    signal.throwIfAborted();
    const late = Promise.withResolvers<"late">();
    const aborted = Promise.withResolvers<"aborted">();
    const timer = setTimeout(() => late.resolve("late"), deadlineMs);
    const onAbort = () => aborted.resolve("aborted");
    signal.addEventListener("abort", onAbort);
    let isStuck = false;
    const { child, isWorker } = this.#launched;
    const watched = { pid: child.pid, heard: () => this.#heard };
    const unwatch = isWorker
      ? watchStuck(watched, patience, () => {
          isStuck = true;
          child.kill();
        })
      : () => {};
    const version = this.#send(text);
    try {
      const ended = await Promise.race([
        this.#verdict(version, goalsAt),
        late.promise,
        aborted.promise,
        child.exited.then(() => "exited" as const),
      ]);
      this.checks++;
      if (typeof ended !== "string") {
        this.#settled = text;
        return ended;
      }
      if (ended === "exited") return isStuck ? { kind: "stuck" } : this.#died();
      await this.#interrupt(text);
      signal.throwIfAborted();
      return { kind: "late" };
    } catch (error) {
      signal.throwIfAborted();
      // The connection is gone because the process is.
      if (this.#exit === null && !child.pid) throw error;
      await child.exited;
      return isStuck ? { kind: "stuck" } : this.#died();
    } finally {
      clearTimeout(timer);
      unwatch();
      signal.removeEventListener("abort", onAbort);
      this.#reported.delete(version);
    }
  }

  /** Ends the process. */
  async close(): Promise<void> {
    this.#launched.child.kill();
    await this.#launched.child.exited;
  }

  /** The document's new version. What it shares with the one before is not elaborated again. */
  #send(text: string): number {
    const version = ++this.#version;
    const settled = Promise.withResolvers<void>();
    this.#reported.set(version, { messages: null, declared: null, fatal: false, wake: settled.resolve });
    const { uri } = this.#launched;
    const notify = async (method: string, parameters: object) => {
      try {
        await this.#connection.sendNotification(method, parameters);
      } catch {
        // The connection is gone because the process is, and `exited` tells that.
      }
    };
    if (!this.#opened) {
      this.#opened = true;
      const document = { uri, languageId: "lean4", version, text };
      void this.#ready.then(
        () => notify("textDocument/didOpen", { textDocument: document }),
        () => {},
      );
    } else {
      const textDocument = { uri, version };
      // Always the whole text: a wrong range would leave the server with another document than the one that is judged.
      const contentChanges = [{ text }];
      void this.#ready.then(
        () => notify("textDocument/didChange", { textDocument, contentChanges }),
        () => {},
      );
    }
    return version;
  }

  async #verdict(version: number, goalsAt: Position | null): Promise<Checked> {
    await this.#ready;
    const { uri } = this.#launched;
    const done = this.#connection.sendRequest("textDocument/waitForDiagnostics", { uri, version });
    const asked =
      goalsAt === null
        ? Promise.resolve(null)
        : this.#connection.sendRequest<{ readonly goals?: readonly string[] } | null>("$/lean/plainGoal", {
            textDocument: { uri },
            position: goalsAt,
          });
    const [, goals] = await Promise.all([done, asked]);
    const reported = this.#reported.get(version)!;
    while (reported.messages === null || (reported.declared === null && !reported.fatal)) {
      await new Promise<void>((resolve) => {
        reported.wake = resolve;
      });
    }
    return {
      kind: "checked",
      messages: reported.messages.map(readMessage),
      goals: goals?.goals ?? null,
      declared: reported.declared ?? [],
      fatal: reported.fatal,
    };
  }

  /**
   * Another document ends the work on the one before; if it does not, the process is ended. The lines that the text shares with what
   * was elaborated last cost nothing, and its imports stay.
   */
  async #interrupt(text: string): Promise<void> {
    const version = this.#send(sharedLines(text, this.#settled));
    const timer = setTimeout(() => this.#launched.child.kill(), CANCEL_MS);
    try {
      await Promise.race([this.#verdict(version, null), this.#launched.child.exited]);
    } catch {
      this.#launched.child.kill();
    } finally {
      clearTimeout(timer);
      this.#reported.delete(version);
    }
  }

  #died(): Checked {
    const { child } = this.#launched;
    const exit = this.#exit;
    const words =
      exit === null || exit.kind === "notStarted"
        ? (exit?.message ?? "it is gone")
        : exit.kind === "memory"
          ? "it took too much memory"
          : /INTERNAL PANIC: out of memory/.test(child.stderrTail())
            ? "it ran out of memory"
            : exit.kind === "killed"
              ? `it was ended by ${exit.signal}`
              : `it exited with status ${exit.status}`;
    return { kind: "died", message: words };
  }

  #notified(method: string, parameters: unknown): void {
    this.#heard++;
    const told = parameters as {
      readonly version?: number;
      readonly diagnostics?: readonly Raw[];
      readonly decls?: Readonly<Record<string, unknown>>;
      readonly textDocument?: { readonly version?: number };
      readonly processing?: readonly { readonly kind?: number }[];
    };
    const version = told.version ?? told.textDocument?.version;
    const reported = version === undefined ? undefined : this.#reported.get(version);
    if (reported === undefined) return;
    if (method === "textDocument/publishDiagnostics") reported.messages = told.diagnostics ?? [];
    else if (method === "$/lean/ileanInfoFinal") reported.declared = Object.keys(told.decls ?? {});
    else if (method === "$/lean/fileProgress")
      reported.fatal ||= told.processing?.some(({ kind }) => kind === 2) ?? false;
    else return;
    reported.wake();
  }
}

function readMessage({ severity, message, range }: Raw): LeanMessage {
  return {
    severity: SEVERITIES[(severity ?? 1) - 1] ?? "error",
    start: range.start,
    end: range.end,
    text: message,
  };
}

function sharedLines(a: string, b: string): string {
  let end = 0;
  while (end < a.length && a[end] === b[end]) end++;
  return a.slice(0, a.lastIndexOf("\n", end - 1) + 1);
}

/** The position of an offset. Lines end at `\n`. */
export function positionAt(text: string, offset: number): Position {
  let line = 0;
  let begin = 0;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) {
    line++;
    begin = at + 1;
  }
  return { line, character: offset - begin };
}

/** The offset of a position; the text's end when it lies behind it. */
export function offsetAt(text: string, { line, character }: Position): number {
  let begin = 0;
  for (let left = line; left > 0; left--) {
    const next = text.indexOf("\n", begin);
    if (next < 0) return text.length;
    begin = next + 1;
  }
  return Math.min(begin + character, text.length);
}
