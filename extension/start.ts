import { commands, type ExtensionContext, type LogOutputChannel, window, workspace } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { StatusItem } from "./status.ts";
import type { SearchView } from "./view/provider.ts";

/** The running server, started once and when it is first needed. */
export class Server {
  readonly #context: ExtensionContext;
  readonly #log: LogOutputChannel;
  readonly #status: StatusItem;
  readonly #view: SearchView;
  #client: Promise<LanguageClient> | null = null;

  constructor(context: ExtensionContext, log: LogOutputChannel, status: StatusItem, view: SearchView) {
    this.#context = context;
    this.#log = log;
    this.#status = status;
    this.#view = view;
  }

  /** Rejects with what the user was told when it cannot be started; the next call tries again. */
  started(): Promise<LanguageClient> {
    this.#client ??= this.#start().catch((error: unknown) => {
      this.#client = null;
      throw error;
    });
    return this.#client;
  }

  async stop(): Promise<void> {
    const client = await this.#client?.catch(() => null);
    this.#client = null;
    await client?.stop();
  }

  async #start(): Promise<LanguageClient> {
    const { startServer } = await import("./server.ts");
    try {
      return await startServer(this.#context, this.#log, {
        events: (events) => {
          if (
            events.task === "suggest" &&
            events.events.some(({ type }) => type === "started") &&
            workspace.getConfiguration("touchstone").get("showSearch") === "onSuggest"
          )
            void this.#view.show(true);
          this.#view.events(events);
        },
        result: (result) => this.#view.result(result),
        status: (status) => {
          this.#status.update(status);
          void commands.executeCommand("setContext", "touchstone.working", status.state === "working");
        },
        explain: (uri, position) => void commands.executeCommand("touchstone.explain", uri, position),
      });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#log.error(message);
      this.#status.update({ state: "broken", doing: message, model: "–", solver: "–" });
      void window.showErrorMessage(`Touchstone: ${message}`, "Show Log").then((choice) => {
        if (choice) this.#log.show();
      });
      throw error;
    }
  }
}
