import { type Disposable, MarkdownString, StatusBarAlignment, ThemeColor, window } from "vscode";
import type { Status } from "../server/lsp/protocol.ts";

import { isOurs } from "./languages.ts";

const ICONS = { ready: "$(verified)", working: "$(sync~spin)", untrusted: "$(shield)", broken: "$(error)" };

/** The status item: what is being done, with which model and prover. Shown beside C files. */
export class StatusItem implements Disposable {
  readonly #item = window.createStatusBarItem("touchstone.status", StatusBarAlignment.Right, 90);
  readonly #listening: Disposable;
  #status: Status = { state: "ready", doing: null, model: "default", solver: "auto" };

  constructor() {
    this.#item.name = "Touchstone";
    this.#item.command = "touchstone.showSearch";
    this.#listening = window.onDidChangeActiveTextEditor(() => this.#show());
    this.update(this.#status);
  }

  update(status: Status): void {
    this.#status = status;
    const { state, doing, model, solver } = status;
    this.#item.text = `${ICONS[state]} Touchstone`;
    this.#item.backgroundColor =
      state === "broken" ? new ThemeColor("statusBarItem.errorBackground") : undefined;
    const words = {
      ready: "ready",
      working: doing ?? "working",
      untrusted: "the workspace is not trusted",
      broken: doing ?? "not working",
    };
    const tooltip = new MarkdownString(
      `**Touchstone**: ${words[state]}\n\nmodel: ${model}  \nZ3: ${solver}\n\n[Setup report](command:touchstone.setupReport) · [Select model](command:touchstone.selectModel) · [Log](command:touchstone.showLog)`,
    );
    tooltip.isTrusted = {
      enabledCommands: ["touchstone.setupReport", "touchstone.selectModel", "touchstone.showLog"],
    };
    this.#item.tooltip = tooltip;
    this.#item.accessibilityInformation = { label: `Touchstone: ${words[state]}`, role: "button" };
    this.#show();
  }

  dispose(): void {
    this.#listening.dispose();
    this.#item.dispose();
  }

  #show(): void {
    const document = window.activeTextEditor?.document;
    const ours = document !== undefined && isOurs(document);
    if (ours || this.#status.state === "working" || this.#status.state === "broken") this.#item.show();
    else this.#item.hide();
  }
}
