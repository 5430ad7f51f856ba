import { commands, type ExtensionContext, type LogOutputChannel, Uri, window, workspace } from "vscode";
import type { Pages } from "../pages.ts";
import type { Server } from "../start.ts";
import type { SearchView } from "../view/provider.ts";
import { setApiKey } from "./api-key.ts";
import { replay, saveEvents } from "./events.ts";
import { explain } from "./explain.ts";
import { pullModel, selectModel } from "./models.ts";
import { previewEdit } from "./preview.ts";
import { run, stop } from "./run.ts";
import { SetupReportPage } from "./setup-report.ts";

/** What commands work with. */
export interface Parts {
  readonly context: ExtensionContext;
  readonly log: LogOutputChannel;
  readonly pages: Pages;
  readonly view: SearchView;
  readonly server: Server;
}

/** Registers every command of the manifest. */
export function registerCommands(parts: Parts): void {
  const { context, log, view } = parts;
  const report = new SetupReportPage(parts);
  const on = (name: string, work: (...given: never[]) => unknown) =>
    context.subscriptions.push(commands.registerCommand(`touchstone.${name}`, work));
  on("suggest", () => run(parts, "suggest"));
  on("fill", () => run(parts, "fill"));
  on("verify", () => run(parts, "verify"));
  on("explain", (uri?: string, position?: { line: number; character: number }) =>
    explain(parts, uri, position),
  );
  on("stop", () => stop(parts));
  on("selectModel", () => selectModel(parts));
  on("pullModel", () => pullModel(parts));
  on("setApiKey", () => setApiKey(parts));
  on("showSearch", () => view.show());
  on("replay", () => replay(parts));
  on("saveEvents", () => saveEvents(parts));
  on("setupReport", () => report.show());
  on("showLog", () => log.show());
  on("walkthrough", () =>
    commands.executeCommand("workbench.action.openWalkthrough", `${context.extension.id}#start`, false),
  );
  on("openExample", async () => {
    // A copy of its own: the example in the extension stays what it is.
    const content = await workspace.fs.readFile(Uri.joinPath(context.extensionUri, "examples", "sum.c"));
    const document = await workspace.openTextDocument({
      language: "c",
      content: new TextDecoder().decode(content),
    });
    await window.showTextDocument(document);
  });
  view.preview = (search, group) => void previewEdit(parts, search, group);
}
