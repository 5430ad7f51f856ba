import { randomBytes } from "node:crypto";
import {
  commands,
  type Disposable,
  Uri,
  type Webview,
  type WebviewView,
  type WebviewViewProvider,
  window,
  workspace,
} from "vscode";
import type { AnyEvent } from "../../server/lsp/host/messages.ts";
import type { RunEvents, RunResult } from "../../server/lsp/protocol.ts";
import type { FromPage, Section, ToPage } from "./messages.ts";

const VIEW = "touchstone.search";
/** Runs that are kept for a view that is opened later, and events of one. */
const RUNS = 10;
const EVENTS = 50_000;

/** The search view: it keeps the events of the last runs, and hands them to a page when one is there. */
export class SearchView implements WebviewViewProvider, Disposable {
  readonly #extension: Uri;
  readonly #registration: Disposable;
  #view: WebviewView | null = null;
  #runs: Section[] = [];
  #replayed: { readonly name: string; readonly sections: readonly Section[] } | null = null;
  /** Set by the commands: what a click on an answer shows. */
  preview: (run: number, group: string) => void = () => {};

  constructor(extension: Uri) {
    this.#extension = extension;
    this.#registration = window.registerWebviewViewProvider(VIEW, this);
  }

  async show(keepFocus = false): Promise<void> {
    if (keepFocus && this.#view) this.#view.show(true);
    else await commands.executeCommand(`${VIEW}.focus`, { preserveFocus: keepFocus });
  }

  events({ run, uri, events }: RunEvents): void {
    let section = this.#runs.find((one) => one.run === run);
    if (!section) {
      section = { run, uri, events: [] };
      this.#runs = [...this.#runs.slice(1 - RUNS), section];
      // What happens now comes before what happened once.
      if (this.#replayed) {
        this.#replayed = null;
        this.#showAll();
      }
    }
    const kept = section.events as AnyEvent[];
    kept.push(...events.slice(0, Math.max(0, EVENTS - kept.length)));
    if (this.#replayed === null) this.#post({ type: "events", run, uri, events });
  }

  result(_result: RunResult): void {
    // The outcome is in the events; the edit is asked for when somebody clicks.
  }

  /** The events of the last run as JSON Lines; null when there was none. */
  lastEvents(): { readonly name: string; readonly text: string } | null {
    const last = this.#runs.at(-1);
    if (!last) return null;
    const started = last.events.find((event) => event.type === "started");
    const name = started?.type === "started" ? started.group : "search";
    return { name, text: last.events.map((event) => `${JSON.stringify(event)}\n`).join("") };
  }

  async replay(name: string, events: readonly AnyEvent[]): Promise<void> {
    this.#replayed = { name, sections: [{ run: 0, uri: "", events }] };
    await this.show();
    this.#showAll();
  }

  resolveWebviewView(view: WebviewView): void {
    this.#view = view;
    view.webview.options = {
      enableScripts: true,
      localResourceRoots: [Uri.joinPath(this.#extension, "extension", "page")],
    };
    view.webview.onDidReceiveMessage((message: FromPage) => this.#receive(message));
    view.onDidDispose(() => {
      this.#view = null;
    });
    view.webview.html = page(view.webview, this.#extension);
  }

  dispose(): void {
    this.#registration.dispose();
  }

  #receive(message: FromPage): void {
    switch (message.type) {
      case "ready":
        this.#showAll();
        return;
      case "preview":
        this.preview(message.run, message.group);
        return;
      case "open":
        void open(message.uri, message.line);
        return;
      case "command":
        if (message.command === "live") {
          this.#replayed = null;
          this.#showAll();
        } else void commands.executeCommand(`touchstone.${message.command}`);
        return;
    }
  }

  #showAll(): void {
    const price = workspace.getConfiguration("touchstone").get("pricePerMillionTokens", 0);
    this.#post({
      type: "show",
      sections: this.#replayed?.sections ?? this.#runs,
      price,
      replay: this.#replayed?.name ?? null,
    });
  }

  #post(message: ToPage): void {
    void this.#view?.webview.postMessage(message);
  }
}

async function open(uri: string, line: number): Promise<void> {
  const document = await workspace.openTextDocument(Uri.parse(uri));
  const editor = await window.showTextDocument(document, { preserveFocus: false });
  const range = document.lineAt(Math.min(Math.max(0, line - 1), document.lineCount - 1)).range;
  editor.revealRange(range);
}

/** A page that may run our script and use our style, and nothing else: no inline code, no network, no frames. */
function page(webview: Webview, extension: Uri): string {
  const nonce = randomBytes(16).toString("base64url");
  const at = (name: string) => webview.asWebviewUri(Uri.joinPath(extension, "extension", "page", name));
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Proof Search</title>
<link rel="stylesheet" href="${at("style.css")}">
</head>
<body>
<main id="search"></main>
<script nonce="${nonce}" src="${at("search.js")}"></script>
</body>
</html>`;
}
