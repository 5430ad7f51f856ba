import { randomBytes } from "node:crypto";
import { commands, env, Uri, ViewColumn, type WebviewPanel, window } from "vscode";
import { METHODS, type SetupFinding, type SetupReport } from "../../server/lsp/protocol.ts";
import type { Parts } from "./register.ts";

const MARKS = { found: "✓", missing: "–", outdated: "!", broken: "✗" } as const;

/** The setup report: what was found, where, in which version, and what to do about the rest. */
export class SetupReportPage {
  readonly #parts: Parts;
  #panel: WebviewPanel | null = null;
  #text = "";

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async show(): Promise<void> {
    this.#panel ??= this.#open();
    this.#panel.reveal();
    await this.#fill();
  }

  #open(): WebviewPanel {
    const folder = Uri.joinPath(this.#parts.context.extensionUri, "extension", "page");
    const panel = window.createWebviewPanel(
      "touchstone.setup",
      "Touchstone: Setup Report",
      ViewColumn.Active,
      {
        enableScripts: true,
        localResourceRoots: [folder],
      },
    );
    panel.onDidDispose(() => {
      this.#panel = null;
    });
    panel.webview.onDidReceiveMessage(({ command }: { command: string }) => {
      if (command === "again") void this.#fill();
      else if (command === "copy") void env.clipboard.writeText(this.#text);
      else if (["pullModel", "selectModel", "showLog", "walkthrough"].includes(command))
        void commands.executeCommand(`touchstone.${command}`);
    });
    return panel;
  }

  async #fill(): Promise<void> {
    const { server } = this.#parts;
    this.#render('<p class="quiet" role="status">Looking for solvers, models and tools…</p>');
    try {
      const client = await server.started();
      const report = await client.sendRequest<SetupReport>(METHODS.setupReport);
      this.#text = asText(report);
      this.#render(body(report));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#text = message;
      this.#render(
        `<p class="verdict bad">The language server does not run</p><p>${markup(message)}</p>${buttons()}`,
      );
    }
  }

  #render(content: string): void {
    if (!this.#panel) return;
    const { webview } = this.#panel;
    const nonce = randomBytes(16).toString("base64url");
    const folder = Uri.joinPath(this.#parts.context.extensionUri, "extension", "page");
    const at = (name: string) => webview.asWebviewUri(Uri.joinPath(folder, name));
    webview.html = `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'">
<title>Setup Report</title><link rel="stylesheet" href="${at("style.css")}"></head>
<body><main class="report"><h1>Setup report</h1>${content}</main>
<script nonce="${nonce}" src="${at("report.js")}"></script></body></html>`;
  }
}

function body(report: SetupReport): string {
  const { version, node, platform, works, findings, problems } = report;
  const rows = findings.map(row).join("");
  const wrong =
    problems.length === 0
      ? ""
      : `<section><h2>Settings</h2><ul>${problems.map((one) => `<li>${markup(one)}</li>`).join("")}</ul></section>`;
  return `<p class="verdict ${works ? "good" : "bad"}">${works ? "Ready to prove" : "Not ready: see what is marked ✗"}</p>
<p class="quiet">Touchstone ${markup(version)} on Node ${markup(node)}, ${markup(platform)}</p>
<table class="findings"><thead><tr><th scope="col"></th><th scope="col">What</th><th scope="col">Version</th><th scope="col">What for</th><th scope="col">Where, or what to do</th></tr></thead>
<tbody>${rows}</tbody></table>${wrong}${buttons()}`;
}

function row({ name, purpose, status, version, where, advice, needed }: SetupFinding): string {
  const bad = needed && status !== "found";
  const mark = bad ? "✗" : MARKS[status];
  const kind = bad ? "bad" : status === "found" ? "good" : "open";
  const last = [where === null ? "" : `<code>${markup(where)}</code>`, advice === null ? "" : markup(advice)]
    .filter((part) => part !== "")
    .join("<br>");
  return `<tr><td class="mark ${kind}" aria-label="${bad ? "needed, and " : ""}${status}">${mark}</td><th scope="row">${markup(name)}</th><td>${markup(version ?? (status === "found" ? "" : status))}</td><td>${markup(purpose)}</td><td>${last}</td></tr>`;
}

function buttons(): string {
  const all = [
    ["again", "Check again"],
    ["pullModel", "Pull a model…"],
    ["selectModel", "Select a model…"],
    ["copy", "Copy as text"],
    ["showLog", "Show log"],
    ["walkthrough", "Get started"],
  ];
  return `<p class="buttons">${all.map(([command, title]) => `<button type="button" data-command="${command}">${title}</button>`).join("")}</p>`;
}

function asText({ version, node, platform, works, findings, problems }: SetupReport): string {
  return [
    `Touchstone ${version}, Node ${node}, ${platform}: ${works ? "ready" : "not ready"}`,
    ...findings.map(({ name, status, version, where, advice }) =>
      [`${name}: ${status}`, version, where, advice].filter((part) => part).join(", "),
    ),
    ...problems,
    "",
  ].join("\n");
}

function markup(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
  };
  return text.replace(/[&<>"]/g, (character) => entities[character]!);
}
