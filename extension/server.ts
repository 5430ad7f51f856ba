import { join } from "node:path";
import { type ExtensionContext, type LogOutputChannel, workspace } from "vscode";
import {
  type Executable,
  LanguageClient,
  type LanguageClientOptions,
  TransportKind,
  WorkDoneProgressCancelNotification,
} from "vscode-languageclient/node";
import { COMMANDS, METHODS, type RunEvents, type RunResult, type Status } from "../server/lsp/protocol.ts";
import { LANGUAGES } from "./languages.ts";
import { chooseNode } from "./node.ts";
import { ProgressNotifications } from "./progress.ts";
import { storedKeys } from "./secrets.ts";

/** What the extension does with what the server says of its own. */
export interface ServerListener {
  events(events: RunEvents): void;
  result(result: RunResult): void;
  status(status: Status): void;
  /** A lens or an action wants an explanation: a page is better than a message box. */
  explain(uri: string, position: { line: number; character: number }): void;
}

/** The server did not start; the message says what to do. */
export class ServerMissing extends Error {
  override name = "ServerMissing";
}

/** Starts the language server with the Node that was found, and gives it the keys of the secret store. */
export async function startServer(
  context: ExtensionContext,
  log: LogOutputChannel,
  listener: ServerListener,
): Promise<LanguageClient> {
  const node = await chooseNode(workspace.getConfiguration("touchstone").get("nodePath", ""));
  if (node.kind === "missing") throw new ServerMissing(node.message);
  log.info(`server on Node ${node.version} (${node.path})`);
  const executable: Executable = {
    command: node.path,
    args: ["--disable-warning=ExperimentalWarning", join(context.extensionPath, "server", "lsp", "main.js")],
    transport: TransportKind.stdio,
    options: { env: { ...process.env, ...node.environment } },
  };
  const notifications = new ProgressNotifications();
  const options: LanguageClientOptions = {
    // Files of proof assistants belong to their own extensions; where there is none, they go by their names.
    documentSelector: [
      ...LANGUAGES.map((language) => ({ language })),
      { language: "plaintext", pattern: "**/*.{v,lean}" },
    ],
    outputChannel: log,
    initializationOptions: { events: true, trusted: workspace.isTrusted },
    middleware: {
      handleWorkDoneProgress: (token, step, next) =>
        notifications.handle(
          token,
          step,
          () => next(token, step),
          (cancelled) =>
            void client.sendNotification(WorkDoneProgressCancelNotification.type, { token: cancelled }),
        ),
      executeCommand: (command, given, next) => {
        if (command !== COMMANDS.explain) return next(command, given);
        listener.explain(given[0], given[1]);
        return undefined;
      },
    },
  };
  const client = new LanguageClient("touchstone", "Touchstone", executable, options);
  client.onNotification(METHODS.events, (events: RunEvents) => listener.events(events));
  client.onNotification(METHODS.result, (result: RunResult) => listener.result(result));
  client.onNotification(METHODS.status, (status: Status) => listener.status(status));
  await client.start();
  const giveKeys = async () => {
    await client.sendNotification(METHODS.setKeys, { keys: await storedKeys(context.secrets) });
  };
  context.subscriptions.push(context.secrets.onDidChange(() => void giveKeys()));
  await giveKeys();
  return client;
}
