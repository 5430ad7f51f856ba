import type {
  CancellationToken,
  Connection,
  InitializeParams,
  InitializeResult,
  WorkDoneProgressReporter,
} from "vscode-languageserver/node";
import {
  CodeActionKind,
  MessageType,
  ResponseError,
  ShowMessageNotification,
  TextDocumentSyncKind,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { chosenBy, noPreprocessing } from "../../provers/preprocessor/choice.ts";
import { ownVersion } from "../cli/version.ts";
import { actionsAt } from "./actions.ts";
import { languageOf, OpenDocument } from "./document.ts";
import { EngineError } from "./engine.ts";
import type { TaskKind } from "./host/messages.ts";
import { explainAt, hoverAt } from "./hover.ts";
import { lensesOf } from "./lenses.ts";
import { progressOpener, RunProgress } from "./progress.ts";
import {
  COMMANDS,
  METHODS,
  type Place,
  type PlaceParams,
  type PreviewParams,
  type RunParams,
  type RunSummary,
  type SetupReport,
} from "./protocol.ts";
import { Runs } from "./runs.ts";
import { pathOf, Session } from "./session.ts";
import { readingOf } from "./settings.ts";

/** Quiet for so long, and functions are read again to see which results still hold. Nothing is proved for a key stroke. */
const REREAD_MS = 250;

/** Serves one client on a connection; `exit` is called when it has gone. */
export function serve(connection: Connection, exit: () => void): Session {
  const session = new Session(connection);
  const runs = new Runs(session);
  const rereads = new Map<OpenDocument, NodeJS.Timeout>();

  connection.onInitialize((params) => initialize(session, params));
  connection.onInitialized(() => {
    session.status("ready", null);
    if (!session.can.folders) return;
    connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      const gone = new Set(removed.map(({ uri }) => pathOf(uri)));
      const fresh = added.map(({ uri }) => pathOf(uri)).filter((path) => path !== null);
      session.folders = [...session.folders.filter((path) => !gone.has(path)), ...fresh];
    });
  });
  connection.onShutdown(async () => {
    runs.stopAll();
    await session.close();
  });
  connection.onExit(exit);

  const reread = (document: OpenDocument, afterMs: number) => {
    clearTimeout(rereads.get(document));
    // Only what is read as C can be read again; a proof depends on all that stands before it.
    if (document.results.size === 0 || document.language !== "c" || !session.trusted) return;
    const timer = setTimeout(() => {
      rereads.delete(document);
      void readAgain(session, document);
    }, afterMs);
    rereads.set(document, timer);
  };

  connection.onDidOpenTextDocument(({ textDocument: { uri, languageId, version, text } }) => {
    const language = languageOf(languageId, uri);
    if (language === null) return;
    session.documents.set(
      uri,
      new OpenDocument(TextDocument.create(uri, languageId, version, text), language),
    );
  });
  connection.onDidChangeTextDocument(({ textDocument, contentChanges }) => {
    const document = session.documents.get(textDocument.uri);
    if (!document) return;
    TextDocument.update(document.text, contentChanges, textDocument.version);
    runs.changed(textDocument.uri);
    runs.arrived(document);
    reread(document, REREAD_MS);
  });
  connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
    const document = session.documents.get(uri);
    if (!document) return;
    runs.closed(uri);
    clearTimeout(rereads.get(document));
    rereads.delete(document);
    session.documents.delete(uri);
    void connection.sendDiagnostics({ uri, diagnostics: [] });
  });
  connection.onDidSaveTextDocument(async ({ textDocument: { uri } }) => {
    if (session.documents.get(uri)?.language !== "c" || !session.trusted) return;
    const { settings } = await session.settings(uri);
    if (settings.verifyOnSave) await runs.start({ task: "verify", uri, position: null }, null, null);
  });

  connection.onCodeAction(({ textDocument, range, context }) => {
    const document = session.documents.get(textDocument.uri);
    if (!document) return [];
    const { diagnostics, only } = context;
    const actions = actionsAt(document, range, { trusted: session.trusted, diagnostics, only: only ?? null });
    if (actions.length > 0 && session.trusted) session.engine.prepare();
    return actions;
  });
  connection.onCodeLens(async ({ textDocument: { uri } }) => {
    const document = session.documents.get(uri);
    if (!document || !session.trusted) return [];
    const { settings } = await session.settings(uri);
    return settings.codeLens ? lensesOf(document) : [];
  });
  connection.onHover(({ textDocument, position }) => {
    const document = session.documents.get(textDocument.uri);
    return document ? hoverAt(document, position) : null;
  });

  const start = (
    task: TaskKind,
    uri: string,
    position: Place | null,
    attached: WorkDoneProgressReporter | null,
    token: CancellationToken | null,
  ) => runs.start({ task, uri, position }, attached, token === null ? null : signalOf(token));

  connection.onExecuteCommand((params) => {
    const [uri, position] = params.arguments ?? [];
    const show = (summary: RunSummary) => announce(connection, summary);
    const failed = (error: unknown) =>
      connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    switch (params.command) {
      case COMMANDS.another:
        needPlace(uri, position);
        void runs.another({ uri, position }).then(show, failed);
        return { started: true };
      case COMMANDS.suggest:
      case COMMANDS.fill:
        needPlace(uri, position);
        void start(params.command === COMMANDS.fill ? "fill" : "suggest", uri, position, null, null).then(
          show,
          failed,
        );
        return { started: true };
      case COMMANDS.verify:
        needUri(uri);
        void start("verify", uri, null, null, null).then(show, failed);
        return { started: true };
      case COMMANDS.explain: {
        needPlace(uri, position);
        const document = session.documents.get(uri);
        const found = document ? explainAt(document, position) : null;
        say(connection, MessageType.Info, plain(found?.markdown ?? NOTHING_KNOWN));
        return found;
      }
      case COMMANDS.stop:
        runs.stopAll();
        return null;
      default:
        throw new ResponseError(-32602, `There is no command '${params.command}'.`);
    }
  });

  connection.onRequest(METHODS.run, (params: RunParams, token) => {
    needUri(params?.uri);
    if (!["suggest", "verify", "fill"].includes(params.task))
      throw new ResponseError(-32602, `There is no task '${params.task}'.`);
    if (params.position !== null) needPlace(params.uri, params.position);
    const attached =
      params.workDoneToken === undefined
        ? null
        : connection.window.attachWorkDoneProgress(params.workDoneToken);
    return start(params.task, params.uri, params.position, attached, token);
  });
  connection.onRequest(METHODS.explain, ({ uri, position }: PlaceParams) => {
    needPlace(uri, position);
    const document = session.documents.get(uri);
    return document ? explainAt(document, position) : null;
  });
  connection.onRequest(METHODS.preview, ({ run, group }: PreviewParams) => runs.preview(run, group));
  connection.onRequest(METHODS.setupReport, (...given: unknown[]) =>
    answered(() => setupReport(session, signalOf(tokenOf(given)))),
  );
  connection.onRequest(METHODS.models, (...given: unknown[]) =>
    answered(() => session.engine.models(signalOf(tokenOf(given)))),
  );
  connection.onRequest(METHODS.pullModel, ({ name }: { name: string }, token) =>
    answered(() => pull(session, name, signalOf(token))),
  );
  connection.onNotification(METHODS.setKeys, ({ keys }: { keys: Record<string, string> }) =>
    session.setKeys(keys),
  );
  connection.onNotification(METHODS.trust, ({ trusted }: { trusted: boolean }) => {
    if (!trusted) runs.stopAll();
    session.trust(trusted);
    session.refreshLenses();
  });
  connection.onNotification(METHODS.stop, () => runs.stopAll());
  connection.onDidChangeConfiguration(({ settings }) => {
    session.given = (settings as { touchstone?: unknown } | null)?.touchstone ?? session.given;
    session.refreshLenses();
    void session.settings(null).then(
      () => session.status(runs.busy ? "working" : "ready", null),
      () => {},
    );
  });
  return session;
}

const NOTHING_KNOWN =
  "Nothing is known of the text that stands here: verify the file, or suggest an invariant, first.";

function initialize(session: Session, params: InitializeParams): InitializeResult {
  const { capabilities, workspaceFolders, rootUri } = params;
  const options = (params.initializationOptions ?? {}) as {
    trusted?: boolean;
    events?: boolean;
    settings?: unknown;
  };
  session.can = {
    configuration: capabilities.workspace?.configuration === true,
    workDoneProgress: capabilities.window?.workDoneProgress === true,
    folders: capabilities.workspace?.workspaceFolders === true,
    lensRefresh: capabilities.workspace?.codeLens?.refreshSupport === true,
    versionedEdits: capabilities.workspace?.workspaceEdit?.documentChanges !== false,
    events: options.events === true,
  };
  session.given = options.settings ?? {};
  const folders = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []);
  session.folders = folders.map(pathOf).filter((path) => path !== null);
  if (options.trusted === false) session.trust(false);
  return {
    serverInfo: { name: "touchstone", version: ownVersion() },
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
      codeActionProvider: {
        codeActionKinds: [CodeActionKind.QuickFix, `${CodeActionKind.Source}.touchstone.verify`],
      },
      codeLensProvider: {},
      hoverProvider: true,
      executeCommandProvider: { commands: Object.values(COMMANDS) },
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    },
  };
}

async function readAgain(session: Session, document: OpenDocument): Promise<void> {
  const { version, uri } = document.text;
  const text = document.text.getText();
  if (document.tooLarge) return;
  try {
    const { settings } = await session.settings(uri);
    const groups = await session.engine.read(
      { uri, language: document.language, file: uri, text, version },
      {
        int: readingOf(settings),
        // Before a workspace is trusted no program runs over its files.
        preprocessor: session.trusted ? chosenBy(settings) : { ...noPreprocessing, when: "never" },
      },
      new AbortController().signal,
    );
    if (document.text.version === version) document.results.reread(groups, text, version);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    session.connection.console.warn(error.message);
  }
  if (session.documents.get(uri) === document) session.publish(document);
}

async function setupReport(session: Session, signal: AbortSignal): Promise<SetupReport> {
  const { problems } = await session.settings(null);
  const findings = session.trusted ? await session.engine.report(signal) : [];
  return {
    version: ownVersion(),
    node: process.versions.node,
    platform: `${process.platform}-${process.arch}`,
    works: session.trusted && findings.every(({ needed, status }) => !needed || status === "found"),
    findings,
    problems: session.trusted
      ? problems
      : [...problems, "the workspace is not trusted: nothing runs before it is"],
  };
}

async function pull(session: Session, name: string, signal: AbortSignal): Promise<unknown> {
  const { settings } = await session.settings(null);
  const controller = new AbortController();
  signal.addEventListener("abort", () => controller.abort(signal.reason));
  const { connection, can } = session;
  const progress = new RunProgress(
    `Pulling ${name}`,
    progressOpener(connection, can.workDoneProgress, null),
    () => controller.abort(new DOMException("it was cancelled", "AbortError")),
  );
  try {
    return await session.engine.pull(
      { name, offline: settings.offline },
      (done, total) => {
        const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
        const share = total === null ? 0 : Math.round((100 * done) / total);
        progress.report(
          total === null ? megabytes(done) : `${megabytes(done)} of ${megabytes(total)}`,
          share,
        );
      },
      controller.signal,
    );
  } finally {
    progress.end();
  }
}

/** What a user can do something about is an answer with a message, not a stack. */
async function answered<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError")
      throw new ResponseError(-32800, error.message);
    if (error instanceof EngineError) throw new ResponseError(-32803, error.message);
    throw error;
  }
}

function announce(connection: Connection, { kind, message, results }: RunSummary): void {
  const text = `Touchstone: ${message}`;
  const good = results.every(({ outcome }) => outcome.kind === "proved");
  if (kind === "cancelled") connection.console.info(message);
  else if (good && ["applied", "done"].includes(kind)) say(connection, MessageType.Info, text);
  else say(connection, MessageType.Warning, text);
}

function say(connection: Connection, type: MessageType, message: string): void {
  void connection.sendNotification(ShowMessageNotification.type, { type, message });
}

/** A request without parameters comes with its token alone. */
function tokenOf(given: readonly unknown[]): CancellationToken {
  return given.at(-1) as CancellationToken;
}

function signalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  const abort = () => controller.abort(new DOMException("it was cancelled", "AbortError"));
  if (token.isCancellationRequested) abort();
  else token.onCancellationRequested(abort);
  return controller.signal;
}

function needUri(uri: unknown): asserts uri is string {
  if (typeof uri !== "string")
    throw new ResponseError(-32602, "The first argument must be a document's address.");
}

function needPlace(uri: unknown, position: unknown): asserts position is Place {
  needUri(uri);
  const { line, character } = (position ?? {}) as Partial<Place>;
  if (!Number.isInteger(line) || !Number.isInteger(character))
    throw new ResponseError(-32602, "The second argument must be a position: { line, character }.");
}

/** Markdown as a message box shows it. */
function plain(markdown: string): string {
  return markdown.replace(/\\([^\w\s])/g, "$1").replace(/\*\*?|`/g, "");
}
