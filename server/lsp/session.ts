import { createHash } from "node:crypto";
import { sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { Connection } from "vscode-languageserver/node";
import { diagnosticsOf } from "./diagnostics.ts";
import type { OpenDocument } from "./document.ts";
import { Engine } from "./engine.ts";
import { METHODS, type Status } from "./protocol.ts";
import {
  defaultSettings,
  type EditorSettings,
  editorSettings,
  type ReadSettings,
  settingVariables,
  withProject,
} from "./settings.ts";

/** What the client can do, of what makes a difference here. */
export interface ClientAbilities {
  readonly configuration: boolean;
  readonly workDoneProgress: boolean;
  /** It tells of folders that come and go. */
  readonly folders: boolean;
  readonly lensRefresh: boolean;
  /** `documentChanges`, with versions. */
  readonly versionedEdits: boolean;
  /** Ours: it listens to `touchstone/events`, `touchstone/result` and `touchstone/status`. */
  readonly events: boolean;
}

/** Everything that handlers share: the connection, the documents, the engine, and what the user chose. */
export class Session {
  readonly connection: Connection;
  readonly documents = new Map<string, OpenDocument>();
  readonly engine: Engine;
  can: ClientAbilities = {
    configuration: false,
    workDoneProgress: false,
    folders: false,
    lensRefresh: false,
    versionedEdits: true,
    events: false,
  };
  /** Folders of the workspace, as paths. */
  folders: readonly string[] = [];
  #trusted = true;
  /** Settings that came with `initialize` or a change, for clients that cannot be asked. */
  given: unknown = {};
  #settings = defaultSettings;
  #keys: Readonly<Record<string, string>> = {};
  #refresh: NodeJS.Timeout | undefined;

  constructor(connection: Connection) {
    this.connection = connection;
    this.engine = new Engine({
      environment: () => this.#environment(),
      log: (message) => connection.console.info(message),
    });
  }

  get trusted(): boolean {
    return this.#trusted;
  }

  trust(trusted: boolean): void {
    this.#trusted = trusted;
    this.status("ready", null);
  }

  /** Keys from the editor's secret store; they go to the engine and nowhere else. */
  setKeys(keys: Readonly<Record<string, string>>): void {
    this.#keys = keys;
    this.engine.configure();
  }

  /** The settings for a document: the editor's for its folder, then those of the folder's touchstone.json. */
  async settings(uri: string | null): Promise<ReadSettings> {
    const editor = editorSettings(await this.#editorSettings(uri));
    const read = await withProject(editor, uri === null ? (this.folders[0] ?? null) : this.folderOf(uri));
    this.#apply(read.settings);
    return read;
  }

  /** The innermost folder of the workspace that a document is in. */
  folderOf(uri: string): string | null {
    const path = pathOf(uri);
    if (path === null) return null;
    const around = this.folders.filter((folder) =>
      path.startsWith(folder.endsWith(sep) ? folder : folder + sep),
    );
    return around.sort((a, b) => b.length - a.length)[0] ?? null;
  }

  /** Sends what a document's current results have to say. */
  publish(document: OpenDocument): void {
    const { text, results } = document;
    const diagnostics = results.currents(text.version).flatMap((kept) => diagnosticsOf(text, kept));
    void this.connection.sendDiagnostics({ uri: text.uri, version: text.version, diagnostics });
    this.refreshLenses();
  }

  /** Asks for the lenses anew, at most ten times a second. */
  refreshLenses(): void {
    if (!this.can.lensRefresh || this.#refresh) return;
    this.#refresh = setTimeout(() => {
      this.#refresh = undefined;
      void this.connection.sendRequest("workspace/codeLens/refresh").catch(() => {});
    }, 100);
  }

  status(state: Status["state"], doing: string | null): void {
    if (!this.can.events) return;
    const { model, solver } = this.#settings;
    const now = this.#trusted ? state : "untrusted";
    void this.connection.sendNotification(METHODS.status, {
      state: now,
      doing,
      model: model === "" ? "default" : model,
      solver,
    } satisfies Status);
  }

  async close(): Promise<void> {
    clearTimeout(this.#refresh);
    await this.engine.close();
  }

  async #editorSettings(uri: string | null): Promise<unknown> {
    if (!this.can.configuration) return this.given;
    const item = uri === null ? { section: "touchstone" } : { section: "touchstone", scopeUri: uri };
    return (await this.connection.workspace.getConfiguration(item)) ?? this.given;
  }

  /** What the engine gets as variables has to be told to it when it changes. */
  #apply(settings: EditorSettings): void {
    const before = JSON.stringify(settingVariables(this.#settings));
    this.#settings = settings;
    if (JSON.stringify(settingVariables(settings)) !== before) this.engine.configure();
  }

  #environment(): Record<string, string> {
    const own = Object.entries(process.env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    );
    const removed = { TOUCHSTONE_BASE_URL: "", TOUCHSTONE_Z3: "", TOUCHSTONE_API_KEY: "" };
    return { ...removed, ...Object.fromEntries(own), ...settingVariables(this.#settings), ...this.#keys };
  }
}

/** The path of a `file:` address; null for any other, such as a document that was never saved. */
export function pathOf(uri: string): string | null {
  try {
    return uri.startsWith("file:") ? fileURLToPath(uri) : null;
  } catch {
    return null;
  }
}

/** A document's name in messages: relative to its folder where it has one. */
export function nameOf(session: Session, uri: string): string {
  const path = pathOf(uri);
  if (path === null) return uri.replace(/^[a-z-]+:\/*/i, "");
  const folder = session.folderOf(uri);
  return folder === null ? path : path.slice(folder.length).replace(/^[/\\]/, "");
}

/** SHA-256 of a text, as the judge takes it. */
export function hashOf(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}
