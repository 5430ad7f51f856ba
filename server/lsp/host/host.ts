import type { PreprocessorChoice } from "../../../provers/preprocessor/choice.ts";
import type { Event } from "../../engine/event.ts";
import { locateBeyond } from "../../tasks/annotations/locate.ts";
import { locateInvariants } from "../../tasks/invariants/locate.ts";
import { type Preparer, preparer } from "../../wiring-preprocessor.ts";
import type { Command, Reply } from "./messages.ts";
import { WrongRequest } from "./request.ts";
import { readGroup } from "./result.ts";
import { Work } from "./work.ts";

/** Events are sent together, so that a fast search does not wake the server a thousand times a second. */
const BATCH_MS = 40;

type Request = Extract<Command, { id: number }>;

/** Serves the server's commands. One run at a time has the solver; the rest waits in order. */
export class Host {
  readonly #send: (reply: Reply) => void;
  readonly #work = new Work();
  readonly #running = new Map<number, AbortController>();
  #turn: Promise<unknown> = Promise.resolve();
  #prepared: { readonly key: string; readonly preparer: Promise<Preparer> } | null = null;

  constructor(send: (reply: Reply) => void) {
    this.#send = send;
  }

  ready(): void {
    this.#send({ type: "ready" });
  }

  receive(command: Command): void {
    switch (command.type) {
      case "configure":
        // Only in our memory: a child gets an allowlist of variables, in which no key is (safety.md 15).
        for (const [name, value] of Object.entries(command.environment)) {
          if (value === "") delete process.env[name];
          else process.env[name] = value;
        }
        this.#prepared = null;
        this.#turn = this.#turn.then(() => this.#work.forget());
        return;
      case "cancel":
        this.#running.get(command.id)?.abort(new DOMException("It was cancelled.", "AbortError"));
        return;
      default:
        void this.#serve(command);
    }
  }

  async close(): Promise<void> {
    for (const controller of this.#running.values())
      controller.abort(new DOMException("The server is gone.", "AbortError"));
    await this.#work.forget();
  }

  async #serve(request: Request): Promise<void> {
    const { id } = request;
    const controller = new AbortController();
    this.#running.set(id, controller);
    try {
      const value = await this.#answer(request, controller.signal);
      this.#send({ type: "done", id, value });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (controller.signal.aborted) this.#send({ type: "failed", id, kind: "cancelled", message });
      else if (error instanceof WrongRequest) this.#send({ type: "failed", id, kind: "wrong", message });
      else
        this.#send({
          type: "failed",
          id,
          kind: "bug",
          message: error instanceof Error ? (error.stack ?? message) : message,
        });
    } finally {
      this.#running.delete(id);
    }
  }

  /** The last one is kept, and with it where a preprocessor was found: a text is read at every key stroke. */
  #preparer(choice: PreprocessorChoice): Promise<Preparer> {
    const key = JSON.stringify(choice);
    if (this.#prepared?.key === key) return this.#prepared.preparer;
    const made = preparer(choice);
    this.#prepared = { key, preparer: made };
    // What is missing may be there the next time.
    made.catch(() => {
      if (this.#prepared?.preparer === made) this.#prepared = null;
    });
    return made;
  }

  async #answer(request: Request, signal: AbortSignal): Promise<unknown> {
    switch (request.type) {
      case "run":
        return this.#inTurn(signal, () => this.#run(request, signal));
      case "read": {
        const { file, text, version } = request.document;
        const { int, preprocessor } = request.reading;
        const { prepare } = await this.#preparer(preprocessor);
        const document = await prepare({ file, text, version }, signal);
        // A function that only Frama-C reads has an identity as well, whether or not this reading would be worked on.
        return locateBeyond(document, locateInvariants(document, int)).map(readGroup);
      }
      case "report": {
        const { findAll } = await import("../../cli/findings.ts");
        return findAll();
      }
      case "models": {
        const { listModels } = await import("../../install/models.ts");
        return listModels();
      }
      case "pull":
        return this.#pull(request, signal);
      case "cancel":
        return null;
    }
  }

  async #run(request: Extract<Command, { type: "run" }>, signal: AbortSignal): Promise<null> {
    const { id } = request;
    let waiting: (Event | Event<"proofHole">)[] = [];
    const flush = () => {
      if (waiting.length > 0) this.#send({ type: "events", id, events: waiting });
      waiting = [];
    };
    const timer = setInterval(flush, BATCH_MS);
    try {
      await this.#work.run(
        request,
        {
          // What the outcome holds is sent as the result, with an edit that the server can use.
          event: (event) => waiting.push(event),
          result: (result) => {
            flush();
            this.#send({ type: "result", id, result });
          },
        },
        signal,
      );
    } finally {
      clearInterval(timer);
      flush();
      // Who cancels wants the solvers gone, the one that is kept ready for the next run as well.
      if (signal.aborted) await this.#work.forget();
    }
    return null;
  }

  async #pull(request: Extract<Command, { type: "pull" }>, signal: AbortSignal): Promise<unknown> {
    const { pullModel } = await import("../../install/models.ts");
    let last = 0;
    const result = await pullModel(request.name, {
      offline: request.offline,
      signal,
      onProgress: ({ done, total }) => {
        if (performance.now() - last < 100) return;
        last = performance.now();
        this.#send({ type: "download", id: request.id, done, total });
      },
    });
    if (result.kind !== "ready") throw new WrongRequest(result.message);
    const { model, bytes, from, path } = result;
    return { name: model.name, title: model.title, bytes, from, path };
  }

  /** Waits for its turn; a request that was cancelled while it waited never gets one. */
  async #inTurn<Value>(signal: AbortSignal, work: () => Promise<Value>): Promise<Value> {
    const before = this.#turn;
    const mine = before.then(() => {
      signal.throwIfAborted();
      return work();
    });
    this.#turn = mine.catch(() => {});
    return mine;
  }
}
