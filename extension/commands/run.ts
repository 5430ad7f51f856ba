import { window } from "vscode";
import { METHODS, type RunParams, type RunSummary } from "../../server/lsp/protocol.ts";
import { isOurs } from "../languages.ts";
import type { Parts } from "./register.ts";

/** Runs a task on the active C file, and says in one sentence how it ended. */
export async function run(parts: Parts, task: RunParams["task"]): Promise<void> {
  const editor = window.activeTextEditor;
  if (!editor || !isOurs(editor.document)) {
    void window.showWarningMessage("Touchstone: open a C, Coq or Lean file first.");
    return;
  }
  const client = await parts.server.started();
  const { line, character } = editor.selection.active;
  const params: RunParams = {
    task,
    uri: client.code2ProtocolConverter.asUri(editor.document.uri),
    position: task === "verify" ? null : { line, character },
  };
  const summary = await client.sendRequest<RunSummary>(METHODS.run, params);
  await announce(parts, summary);
}

/** Stops all that runs, in the server and below it. */
export async function stop({ server }: Parts): Promise<void> {
  const client = await server.started();
  await client.sendNotification(METHODS.stop);
}

async function announce({ log, view }: Parts, { kind, message, results }: RunSummary): Promise<void> {
  const text = `Touchstone: ${message}`;
  if (kind === "cancelled") {
    log.info(message);
    window.setStatusBarMessage(text, 5_000);
    return;
  }
  if (kind === "refused" || kind === "dropped") {
    void window.showWarningMessage(text);
    return;
  }
  if (results.every(({ outcome }) => outcome.kind === "proved")) {
    void window.showInformationMessage(text);
    return;
  }
  const choice = await window.showWarningMessage(text, "Show Search", "Problems");
  if (choice === "Show Search") await view.show();
  else if (choice === "Problems") {
    const { commands } = await import("vscode");
    await commands.executeCommand("workbench.actions.view.problems");
  }
}
