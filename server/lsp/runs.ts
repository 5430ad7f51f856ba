import type { WorkDoneProgressReporter } from "vscode-languageserver/node";
import { outlineC } from "../../grammars/c/outline.ts";
import { showDuration } from "../cli/duration.ts";
import { difference, variations } from "./another.ts";
import type { OpenDocument } from "./document.ts";
import { EngineError } from "./engine.ts";
import { headline } from "./explain.ts";
import type { AnyEvent, GroupResult, RunSettings, TaskKind } from "./host/messages.ts";
import { progressOpener, RunProgress } from "./progress.ts";
import { METHODS, type Place, type Preview, type RunSummary } from "./protocol.ts";
import { functionAt, holeAt } from "./results.ts";
import { hashOf, nameOf, type Session } from "./session.ts";
import { runSettings } from "./settings.ts";

const TITLES: Readonly<Record<TaskKind, string>> = {
  suggest: "Searching for loop invariants",
  verify: "Verifying",
  fill: "Filling proof holes",
};
/** Runs whose texts are kept for a preview. */
const REMEMBERED = 8;

interface Running {
  readonly uri: string;
  readonly controller: AbortController;
}

/** An answer with the texts around it. */
interface Remembered {
  readonly run: number;
  readonly group: string;
  readonly proposer: string;
  readonly preview: Preview;
}

/** A replacement of a piece of a text, by offsets. */
interface TextReplacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The snapshot that a run works on. */
interface Base {
  readonly run: number;
  readonly task: TaskKind;
  readonly uri: string;
  readonly version: number;
  readonly text: string;
}

/** Starts runs, shows their progress, applies what they bring to exactly the text that it was made for, and stops them. */
export class Runs {
  readonly #session: Session;
  readonly #running = new Map<number, Running>();
  readonly #texts: Remembered[] = [];
  #next = 1;

  constructor(session: Session) {
    this.#session = session;
  }

  get busy(): boolean {
    return this.#running.size > 0;
  }

  stopAll(): void {
    for (const { controller } of this.#running.values()) controller.abort(stopped("it was stopped"));
  }

  /** A result for an older version would be dropped, so nothing goes on for it. */
  changed(uri: string): void {
    for (const running of this.#running.values())
      if (running.uri === uri) running.controller.abort(stopped(CHANGED));
  }

  closed(uri: string): void {
    for (const running of this.#running.values())
      if (running.uri === uri) running.controller.abort(stopped("the document was closed"));
  }

  preview(run: number, group: string): Preview | null {
    return this.#texts.find((one) => one.run === run && one.group === group)?.preview ?? null;
  }

  /** Runs a task to its end. Never rejects for what a user can do something about: the summary says it. */
  async start(
    request: { readonly task: TaskKind; readonly uri: string; readonly position: Place | null },
    attached: WorkDoneProgressReporter | null,
    cancelled: AbortSignal | null,
  ): Promise<RunSummary> {
    const document = this.#session.documents.get(request.uri);
    if (!this.#session.trusted)
      return refused("the workspace is not trusted: nothing runs before you trust it");
    if (!document)
      return refused("the document is not open, or its language is not supported: open a C file");
    const fits = (request.task === "fill") === (document.language !== "c");
    if (!fits)
      return refused(
        document.language === "c"
          ? "there are no proof holes in C: use 'Suggest Loop Invariant', or open a Coq or Lean file"
          : "loop invariants are for C: use 'Fill Proof With Retry' here",
      );
    if (document.tooLarge)
      return refused("the file is larger than what is read: move the function into a file of its own");
    return this.#begin(
      document,
      request,
      document.text.getText(),
      attached,
      cancelled,
      (base, progress, signal) => this.#work(base, document, request.position, progress, signal),
    );
  }

  /**
   * Searches once more on the text as it was before the last suggestion, and puts what it finds in the place of that one. Like
   * any other answer it was judged on exactly the text that then stands there.
   */
  async another({ uri, position }: { readonly uri: string; readonly position: Place }): Promise<RunSummary> {
    const document = this.#session.documents.get(uri);
    if (!this.#session.trusted || !document)
      return this.start({ task: "suggest", uri, position }, null, null);
    const group = functionAt(document.outline, document.text.offsetAt(position))?.name;
    const current = document.text.getText();
    const last = this.#texts.findLast((one) => one.group === group && one.preview.after === current);
    if (!last) return refused("the text was changed since the last suggestion: use 'Suggest Loop Invariant'");
    const request = { task: "suggest" as const, uri, position };
    return this.#begin(document, request, last.preview.before, null, null, (base, progress, signal) =>
      this.#instead(base, document, last, progress, signal),
    );
  }

  async #instead(
    base: Base,
    document: OpenDocument,
    last: Remembered,
    progress: RunProgress,
    signal: AbortSignal,
  ): Promise<RunSummary> {
    const { settings } = await this.#session.settings(base.uri);
    const around = outlineC(base.text).functions.find(({ name }) => name === last.group);
    const line = base.text.slice(0, around?.end ?? 0).split("\n").length;
    const tried = new Set(
      this.#texts.filter((one) => one.preview.before === base.text).map((one) => one.preview.after),
    );
    for (const variation of variations(runSettings(settings), last.proposer)) {
      const [result] = await this.#search(base, document, [line], variation, progress, signal);
      if (result?.outcome.kind !== "proved" || result.outcome.edit.length === 0) continue;
      const after = edited(base.text, result.outcome.edit);
      if (tried.has(after)) continue;
      return this.#offer(document, base, [result], [difference(last.preview.after, after)]);
    }
    return { kind: "done", message: `${last.group}: no other invariant was found`, results: [] };
  }

  async #begin(
    document: OpenDocument,
    request: { readonly task: TaskKind; readonly position: Place | null },
    text: string,
    attached: WorkDoneProgressReporter | null,
    cancelled: AbortSignal | null,
    work: (base: Base, progress: RunProgress, signal: AbortSignal) => Promise<RunSummary>,
  ): Promise<RunSummary> {
    const run = this.#next++;
    const { version, uri } = document.text;
    const base: Base = { run, task: request.task, uri, version, text };
    const controller = new AbortController();
    this.#running.set(run, { uri, controller });
    const onCancel = () => controller.abort(stopped("it was cancelled"));
    cancelled?.addEventListener("abort", onCancel);
    if (cancelled?.aborted) onCancel();
    const { connection, can } = this.#session;
    const progress = new RunProgress(
      TITLES[request.task],
      progressOpener(connection, can.workDoneProgress, attached),
      onCancel,
    );
    const groups = groupsOf(document, request.position);
    document.results.checking(groups, true);
    this.#session.refreshLenses();
    this.#session.status("working", TITLES[request.task]);
    try {
      return await work(base, progress, controller.signal);
    } catch (error) {
      if (controller.signal.aborted) return summaryOfStop(controller.signal);
      if (!(error instanceof EngineError)) throw error;
      connection.console[error.kind === "wrong" ? "info" : "error"](error.message);
      const message =
        error.kind === "bug" ? `internal error, see the log: ${error.message.split("\n")[0]}` : error.message;
      return refused(message);
    } finally {
      cancelled?.removeEventListener("abort", onCancel);
      progress.end();
      this.#running.delete(run);
      document.results.checking(groups, false);
      this.#session.publish(document);
      this.#session.status(this.busy ? "working" : "ready", null);
    }
  }

  async #work(
    base: Base,
    document: OpenDocument,
    position: Place | null,
    progress: RunProgress,
    signal: AbortSignal,
  ): Promise<RunSummary> {
    const { settings, problems } = await this.#session.settings(base.uri);
    for (const problem of problems) this.#session.connection.console.warn(problem);
    signal.throwIfAborted();
    const lines = position === null ? null : [position.line + 1];
    const results = await this.#search(base, document, lines, runSettings(settings), progress, signal);
    return base.task === "verify" ? verified(results) : this.#offer(document, base, results, null);
  }

  /** One run of the engine, told as it goes. */
  async #search(
    base: Base,
    document: OpenDocument,
    lines: readonly number[] | null,
    settings: RunSettings,
    progress: RunProgress,
    signal: AbortSignal,
  ): Promise<GroupResult[]> {
    const session = this.#session;
    const results: GroupResult[] = [];
    await session.engine.run(
      {
        task: base.task,
        document: {
          uri: base.uri,
          language: document.language,
          file: nameOf(session, base.uri),
          text: base.text,
          version: base.version,
        },
        lines,
        settings,
      },
      {
        events: (events) => {
          progress.events(events);
          this.#tell(base, events);
        },
        result: (result) => {
          results.push(result);
          this.#remember(base, result);
          if (session.can.events)
            void session.connection.sendNotification(METHODS.result, {
              run: base.run,
              uri: base.uri,
              result,
            });
          if (base.task === "verify") this.#record(document, base, result);
        },
      },
      signal,
    );
    signal.throwIfAborted();
    return results;
  }

  /**
   * Applies what was judged as one edit of exactly the version that it was made for. `instead`: the replacements that make the
   * judged text of the one that stands there, where that is not the text that was searched on.
   */
  async #offer(
    document: OpenDocument,
    base: Base,
    results: readonly GroupResult[],
    instead: readonly TextReplacement[] | null,
  ): Promise<RunSummary> {
    const edits = results.flatMap(({ outcome }) => (outcome.kind === "proved" ? outcome.edit : []));
    const only = results.length === 1 ? results[0]! : null;
    if (edits.length === 0) {
      for (const result of results) this.#record(document, base, result);
      return only ? { kind: "done", message: sentence(only), results } : verified(results);
    }
    const { text } = document;
    if (text.version !== base.version) return { ...dropped, results };
    for (const { outcome } of results)
      if (outcome.kind === "proved" && outcome.baseHash !== hashOf(base.text))
        throw new Error("A proof was made for another text than the document's.");
    for (const result of results)
      if (instead === null && (result.outcome.kind !== "proved" || result.outcome.edit.length === 0))
        this.#record(document, base, result);
    const changes = [...(instead ?? edits)]
      .sort((a, b) => a.start - b.start)
      .map(({ start, end, text: newText }) => ({
        range: { start: text.positionAt(start), end: text.positionAt(end) },
        newText,
      }));
    const edit = this.#session.can.versionedEdits
      ? { documentChanges: [{ textDocument: { uri: base.uri, version: base.version }, edits: changes }] }
      : { changes: { [base.uri]: changes } };
    const expected = only?.outcome.kind === "proved" ? only.outcome.textHash : null;
    const adopted = this.#adoption(document, only, expected);
    const { applied, failureReason } = await this.#session.connection.workspace.applyEdit({
      label: base.task === "fill" ? "Touchstone: proof" : "Touchstone: loop invariants",
      edit,
    });
    if (!applied) {
      adopted.cancel();
      return failureReason
        ? { kind: "dropped", message: `the editor did not apply the edit: ${failureReason}`, results }
        : { ...dropped, results };
    }
    return {
      kind: "applied",
      message: only
        ? sentence(only)
        : `${results.filter(({ outcome }) => outcome.kind === "proved").length} of ${results.length} proved`,
      results,
    };
  }

  /** The editor may tell of the changed text before or after it answers: either way the result becomes that text's. */
  #adoption(document: OpenDocument, result: GroupResult | null, textHash: string | null) {
    const watch = { cancel: () => this.#awaited.delete(document) };
    if (result && textHash) this.#awaited.set(document, { result, textHash });
    return watch;
  }

  readonly #awaited = new Map<OpenDocument, { readonly result: GroupResult; readonly textHash: string }>();

  /** Called for each new version of a document, before anything else: is it the text that a judged edit makes? */
  arrived(document: OpenDocument): void {
    const awaited = this.#awaited.get(document);
    if (!awaited) return;
    this.#awaited.delete(document);
    if (hashOf(document.text.getText()) === awaited.textHash)
      document.results.adopt(awaited.result, document.text.version);
  }

  #record(document: OpenDocument, base: Base, result: GroupResult): void {
    if (document.text.version !== base.version) return;
    document.results.record(result, base.text);
    document.results.checking([result.group], false);
    this.#session.publish(document);
  }

  #tell(base: Base, events: readonly AnyEvent[]): void {
    const { connection, can } = this.#session;
    for (const event of events) if (event.type === "note") connection.console.info(event.message);
    const { run, uri, task } = base;
    if (can.events) void connection.sendNotification(METHODS.events, { run, uri, task, events });
  }

  #remember({ run, uri, text }: Base, { group, outcome }: GroupResult): void {
    if (outcome.kind !== "proved" || outcome.edit.length === 0) return;
    const { documents } = this.#session;
    if (!documents.has(uri)) return;
    const preview = { uri, before: text, after: edited(text, outcome.edit) };
    this.#texts.push({ run, group, proposer: outcome.proposer, preview });
    if (this.#texts.length > REMEMBERED) this.#texts.shift();
  }
}

function edited(text: string, edits: readonly TextReplacement[]): string {
  let after = "";
  let at = 0;
  for (const edit of edits) {
    after += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return after + text.slice(at);
}

const CHANGED = "the document was changed meanwhile";
const dropped = {
  kind: "dropped",
  message: "the document was changed while the proof was searched, so the result was dropped: run it again",
} as const;

function stopped(why: string): DOMException {
  return new DOMException(why, "AbortError");
}

function summaryOfStop({ reason }: AbortSignal): RunSummary {
  const message = reason instanceof Error ? reason.message : "it was stopped";
  return message === CHANGED ? { ...dropped, results: [] } : { kind: "cancelled", message, results: [] };
}

function refused(message: string): RunSummary {
  return { kind: "refused", message, results: [] };
}

/** The functions that a run is about, as far as the outline knows. */
function groupsOf(document: OpenDocument, position: Place | null): string[] {
  const { outline, text, language } = document;
  if (language !== "c") {
    const names = document.holes.flatMap(({ group }) => (group === null ? [] : [group]));
    if (position === null) return names;
    const hole = holeAt(document, text.offsetAt(position));
    return hole?.group ? [hole.group] : [];
  }
  if (position === null) return outline.functions.map(({ name }) => name);
  const around = functionAt(outline, text.offsetAt(position));
  return around ? [around.name] : [];
}

/** How one function ended, for a message. */
function sentence(result: GroupResult): string {
  const { outcome } = result;
  const time = result.counts.ms > 0 ? ` in ${showDuration(result.counts.ms)}` : "";
  const kept = { result, applied: true, judged: null, version: result.version, start: result.start };
  if (outcome.kind === "proved" && outcome.edit.length === 0)
    return `${result.group} holds as it stands${time}; there is nothing to insert`;
  // "terminates in 0.3 s" would be said of the program.
  return outcome.kind === "proved"
    ? headline(kept).replace(/(: proved(?: on conditions)?)/, `$1${time}`)
    : headline(kept);
}

function verified(results: readonly GroupResult[]): RunSummary {
  const count = (kind: string) => results.filter(({ outcome }) => outcome.kind === kind).length;
  const words = [
    [count("proved"), "proved"],
    [count("refuted"), "false"],
    [count("unknown"), "not proved"],
    [count("error"), "not readable"],
  ] as const;
  const said = words.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`);
  return { kind: "done", message: said.join(", "), results };
}
