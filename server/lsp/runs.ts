import type { WorkDoneProgressReporter } from "vscode-languageserver/node";
import { outlineC } from "../../grammars/c/outline.ts";
import { difference, variations } from "./another.ts";
import type { OpenDocument } from "./document.ts";
import { EngineError } from "./engine.ts";
import type { AnyEvent, GroupResult, RunSettings, TaskKind } from "./host/messages.ts";
import { Offers } from "./offers.ts";
import { type Base, edited, Previews, type Remembered } from "./previews.ts";
import { progressOpener, RunProgress } from "./progress.ts";
import { METHODS, type Place, type Preview, type RunSummary } from "./protocol.ts";
import { functionAt, holeAt } from "./results.ts";
import { nameOf, type Session } from "./session.ts";
import { runSettings } from "./settings.ts";
import { CHANGED, refused, stopped, summaryOfStop, verified } from "./summaries.ts";

const TITLES: Readonly<Record<TaskKind, string>> = {
  suggest: "Searching for loop invariants",
  verify: "Verifying",
  fill: "Filling proof holes",
};
interface Running {
  readonly uri: string;
  readonly controller: AbortController;
}

/** Starts runs, shows their progress, applies what they bring to exactly the text that it was made for, and stops them. */
export class Runs {
  readonly #session: Session;
  readonly #running = new Map<number, Running>();
  readonly #previews = new Previews();
  readonly #offers: Offers;
  #next = 1;

  constructor(session: Session) {
    this.#session = session;
    this.#offers = new Offers(session);
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
    return this.#previews.of(run, group);
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
    const last = this.#previews.lastThatMade(current, group);
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
    const tried = this.#previews.madeOf(base.text);
    for (const variation of variations(runSettings(settings), last.proposer)) {
      const [result] = await this.#search(base, document, [line], variation, progress, signal);
      if (result?.outcome.kind !== "proved" || result.outcome.edit.length === 0) continue;
      const after = edited(base.text, result.outcome.edit);
      if (tried.has(after)) continue;
      return this.#offers.offer(document, base, [result], [difference(last.preview.after, after)]);
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
    return base.task === "verify" ? verified(results) : this.#offers.offer(document, base, results, null);
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
          if (session.documents.has(base.uri)) this.#previews.remember(base, result);
          if (session.can.events)
            void session.connection.sendNotification(METHODS.result, {
              run: base.run,
              uri: base.uri,
              result,
            });
          if (base.task === "verify") this.#offers.record(document, base, result);
        },
      },
      signal,
    );
    signal.throwIfAborted();
    return results;
  }

  /** Called for each new version of a document, before anything else. */
  arrived(document: OpenDocument): void {
    this.#offers.arrived(document);
  }

  #tell(base: Base, events: readonly AnyEvent[]): void {
    const { connection, can } = this.#session;
    for (const event of events) if (event.type === "note") connection.console.info(event.message);
    const { run, uri, task } = base;
    if (can.events) void connection.sendNotification(METHODS.events, { run, uri, task, events });
  }
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
