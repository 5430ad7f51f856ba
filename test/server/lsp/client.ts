import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-jsonrpc/node";
import type { ApplyWorkspaceEditResult } from "vscode-languageserver-protocol";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { CodeAction, CodeLens, Command, Diagnostic, WorkspaceEdit } from "vscode-languageserver-types";

/** What a client may say at the beginning. */
export interface ClientOptions {
  readonly initializationOptions?: object;
  readonly capabilities?: object;
  /** URIs of the workspace's folders. */
  readonly folders?: readonly string[];
  /** False: edits that the server wants are refused. */
  readonly applies?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
  /** Another server, and another Node, than those of the source tree. */
  readonly main?: string;
  readonly node?: string;
}

interface Progress {
  readonly token: number | string;
  readonly kind: "begin" | "report" | "end";
  readonly message?: string;
  readonly percentage?: number;
  readonly cancellable?: boolean;
}

/** An editor as the server sees it: it keeps documents, applies edits of the right version, and remembers what it was told. */
export class Client {
  readonly process: ChildProcess;
  readonly connection: MessageConnection;
  readonly documents = new Map<string, TextDocument>();
  readonly diagnostics = new Map<string, readonly Diagnostic[]>();
  readonly edits: WorkspaceEdit[] = [];
  readonly messages: string[] = [];
  readonly log: string[] = [];
  readonly progress: Progress[] = [];
  readonly notifications: { readonly method: string; readonly params: unknown }[] = [];
  readonly #options: ClientOptions;
  readonly exited: Promise<number | null>;

  constructor(options: ClientOptions = {}) {
    this.#options = options;
    const main = options.main ?? fileURLToPath(new URL("../../../server/lsp/main.ts", import.meta.url));
    this.process = spawn(options.node ?? process.execPath, ["--disable-warning=ExperimentalWarning", main], {
      stdio: ["pipe", "pipe", "pipe"],
      env: { ...process.env, ...options.environment },
    });
    this.exited = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.stderr!.setEncoding("utf8").on("data", (text: string) => this.log.push(text));
    this.connection = createMessageConnection(
      new StreamMessageReader(this.process.stdout!),
      new StreamMessageWriter(this.process.stdin!),
    );
    this.#listen();
    this.connection.listen();
  }

  /** A client whose server has been initialised. */
  static async start(options: ClientOptions = {}): Promise<Client> {
    const client = new Client(options);
    await client.initialize();
    return client;
  }

  async initialize(): Promise<unknown> {
    const { capabilities, initializationOptions, folders } = this.#options;
    const result = await this.connection.sendRequest("initialize", {
      processId: process.pid,
      rootUri: null,
      workspaceFolders: folders?.map((uri) => ({ uri, name: uri.slice(uri.lastIndexOf("/") + 1) })) ?? null,
      initializationOptions: {
        settings: { model: "none" },
        ...initializationOptions,
      },
      capabilities: {
        window: { workDoneProgress: true },
        workspace: { workspaceEdit: { documentChanges: true }, codeLens: { refreshSupport: true } },
        ...capabilities,
      },
    });
    await this.connection.sendNotification("initialized", {});
    return result;
  }

  open(uri: string, text: string, version = 1, languageId = "c"): void {
    this.documents.set(uri, TextDocument.create(uri, languageId, version, text));
    void this.connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId, version, text },
    });
  }

  /** Replaces the whole text, or with a range a part of it. */
  change(uri: string, text: string, range?: { start: object; end: object }): void {
    const document = this.documents.get(uri)!;
    const changes = [range ? { range, text } : { text }] as never;
    TextDocument.update(document, changes, document.version + 1);
    void this.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version: document.version },
      contentChanges: changes,
    });
  }

  text(uri: string): string {
    return this.documents.get(uri)!.getText();
  }

  /** The position of a piece of text, as the protocol counts it. */
  find(uri: string, piece: string): { line: number; character: number } {
    const document = this.documents.get(uri)!;
    const offset = document.getText().indexOf(piece);
    if (offset < 0) throw new Error(`'${piece}' is not in ${uri}`);
    return document.positionAt(offset);
  }

  actions(uri: string, piece: string): Promise<CodeAction[]> {
    const position = this.find(uri, piece);
    return this.connection.sendRequest("textDocument/codeAction", {
      textDocument: { uri },
      range: { start: position, end: position },
      context: { diagnostics: this.diagnostics.get(uri) ?? [] },
    });
  }

  lenses(uri: string): Promise<(CodeLens & { command: Command })[]> {
    return this.connection.sendRequest("textDocument/codeLens", { textDocument: { uri } });
  }

  hover(uri: string, piece: string): Promise<{ contents: { value: string } } | null> {
    return this.connection.sendRequest("textDocument/hover", {
      textDocument: { uri },
      position: this.find(uri, piece),
    });
  }

  run(task: string, uri: string, piece: string | null) {
    return this.connection.sendRequest<{ kind: string; message: string; results: never[] }>(
      "touchstone/run",
      {
        task,
        uri,
        position: piece === null ? null : this.find(uri, piece),
      },
    );
  }

  /** Resolves when `condition` holds; the test's own limit ends the wait. */
  async until<Value>(condition: () => Value | undefined | false | null): Promise<Value> {
    for (;;) {
      const value = condition();
      if (value) return value;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  async stop(): Promise<number | null> {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      await this.connection.sendRequest("shutdown");
      await this.connection.sendNotification("exit");
    }
    const status = await this.exited;
    this.connection.dispose();
    return status;
  }

  #listen(): void {
    const { connection } = this;
    connection.onRequest(
      "workspace/applyEdit",
      ({ edit }: { edit: WorkspaceEdit }): ApplyWorkspaceEditResult => {
        this.edits.push(edit);
        if (this.#options.applies === false)
          return { applied: false, failureReason: "the client does not want to" };
        for (const change of edit.documentChanges ?? []) {
          if (!("textDocument" in change)) continue;
          const { uri, version } = change.textDocument;
          const document = this.documents.get(uri)!;
          if (version !== document.version) return { applied: false };
          this.change(uri, TextDocument.applyEdits(document, change.edits as never));
        }
        return { applied: true };
      },
    );
    connection.onRequest("workspace/configuration", ({ items }: { items: unknown[] }) =>
      items.map(() => null),
    );
    connection.onRequest("window/workDoneProgress/create", () => null);
    connection.onRequest("workspace/codeLens/refresh", () => null);
    connection.onNotification("$/progress", ({ token, value }) => {
      this.progress.push({ token, ...value });
    });
    connection.onNotification("textDocument/publishDiagnostics", ({ uri, diagnostics }) => {
      this.diagnostics.set(uri, diagnostics);
    });
    connection.onNotification("window/showMessage", ({ message }) => {
      this.messages.push(message);
    });
    connection.onNotification("window/logMessage", ({ message }) => {
      this.log.push(message);
    });
    connection.onNotification((method, params) => {
      this.notifications.push({ method, params });
    });
  }
}
