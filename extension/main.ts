import { type ExtensionContext, window } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { registerCommands } from "./commands/register.ts";
import { Pages } from "./pages.ts";
import { Server } from "./start.ts";
import { StatusItem } from "./status.ts";
import { SearchView } from "./view/provider.ts";

let server: Server | null = null;

/** What tests and other extensions may use: how long activation took, in milliseconds. */
export interface Api {
  readonly activationMs: number;
}

/** Registers what is cheap; the client library and the server are loaded behind it, so that the editor does not wait. */
export function activate(context: ExtensionContext): Api {
  const began = performance.now();
  const log = window.createOutputChannel("Touchstone", { log: true });
  const status = new StatusItem();
  const pages = new Pages();
  const view = new SearchView(context.extensionUri);
  context.subscriptions.push(log, status, pages, view);
  const own = new Server(context, log, status, view);
  server = own;
  registerCommands({ context, log, pages, view, server: own });
  setTimeout(() => void own.started().catch(() => {}), 0);
  const activationMs = performance.now() - began;
  log.info(`activated in ${activationMs.toFixed(0)} ms`);
  return { activationMs };
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}

export type { LanguageClient };
