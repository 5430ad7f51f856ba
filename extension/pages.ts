import { type Disposable, EventEmitter, type TextDocumentContentProvider, Uri, workspace } from "vscode";

const SCHEME = "touchstone";
/** Pages that are kept; older ones have been closed long ago. */
const KEPT = 16;

/** Read-only texts of ours: the two sides of a preview, and explanations. Nothing of them is ever written. */
export class Pages implements TextDocumentContentProvider, Disposable {
  readonly #texts = new Map<string, string>();
  readonly #changed = new EventEmitter<Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #registration = workspace.registerTextDocumentContentProvider(SCHEME, this);

  /** The address of a page with this text. */
  page(path: string, text: string): Uri {
    const uri = Uri.from({ scheme: SCHEME, path: `/${path}` });
    this.#texts.delete(uri.toString());
    this.#texts.set(uri.toString(), text);
    for (const old of [...this.#texts.keys()].slice(0, -KEPT)) this.#texts.delete(old);
    this.#changed.fire(uri);
    return uri;
  }

  provideTextDocumentContent(uri: Uri): string {
    return this.#texts.get(uri.toString()) ?? "This page is no longer kept.\n";
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}
