import {
  type Connection,
  Message,
  type MessageStrategy,
  type RequestMessage,
  ResponseError,
} from "vscode-languageserver/node";

const REFUSED = "touchstone/refused";

/**
 * The life cycle that the protocol prescribes (LSP 3.17, Lifecycle Messages) and that the library leaves to servers: nothing is
 * served before `initialize` or after `shutdown`.
 */
export class Life {
  #stage: "waiting" | "serving" | "ending" = "waiting";

  readonly strategy: MessageStrategy = {
    handleMessage: (message, next) => {
      if (!Message.isRequest(message)) {
        const { method } = message as { method?: string };
        if (this.#stage === "serving" || method === "exit" || method === undefined) next(message);
        return;
      }
      const { method } = message;
      const before = this.#stage;
      if (before === "waiting" && method === "initialize") this.#stage = "serving";
      else if (before === "serving" && method === "shutdown") this.#stage = "ending";
      else if (before !== "serving") return next(refused(message, before));
      next(message);
    },
  };

  /** Answers what is refused. */
  serve(connection: Connection): void {
    connection.onRequest(REFUSED, ({ stage }: { stage: "waiting" | "ending" }) => {
      throw stage === "waiting"
        ? new ResponseError(-32002, "The server was not initialised yet.")
        : new ResponseError(-32600, "The server was shut down.");
    });
  }
}

function refused(message: RequestMessage, stage: string): RequestMessage {
  return { ...message, method: REFUSED, params: { stage } };
}
