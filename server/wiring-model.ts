import type { Event } from "./engine/event.ts";
import type { Kind } from "./engine/kinds.ts";
import type { Embedder, Model } from "./engine/model.ts";
import type { RunOptions } from "./engine/options.ts";

/** What decides about the model: its name as `chooseModel` takes it, and whether models may be asked at all. */
export interface ModelSettings {
  readonly model: string | undefined;
  readonly options: Pick<RunOptions, "only">;
}

/** What is looked up when it is first needed, so that nothing of it is loaded where it is not. */
export interface Lazy<T> {
  open(): Promise<T | null>;
  /** Why it could not be had, once; null when there is nothing to say. */
  note(): string | null;
  close(): Promise<void>;
}

/** The model that is asked for ideas. */
export function modelOf(settings: ModelSettings): Lazy<Model> {
  return lazy(async (say) => {
    if (settings.model === "none" || settings.options.only === "symbolic") return null;
    const { chooseModel } = await import("./models/choose.ts");
    const choice = await chooseModel(settings.model);
    if (choice.kind === "model") return choice.model;
    say(choice.message);
    return null;
  });
}

/** The model that ranks premises; `name` as `chooseEmbedder` takes it. */
export function embedderOf(name: string | undefined): Lazy<Embedder> {
  return lazy(async (say) => {
    if (name === undefined && !process.env.TOUCHSTONE_EMBEDDING_MODEL) return null;
    const { chooseEmbedder } = await import("./models/choose.ts");
    const choice = await chooseEmbedder(name);
    if (choice?.kind === "failed") say(`premises are not ranked by an embedding model: ${choice.message}`);
    return choice?.kind === "embedder" ? choice.embedder : null;
  });
}

function lazy<T extends { close(): Promise<void> }>(
  choose: (say: (message: string | null) => void) => Promise<T | null>,
): Lazy<T> {
  let note: string | null = null;
  let chosen: Promise<T | null> | null = null;
  return {
    open: () => {
      chosen ??= choose((message) => {
        note = message;
      });
      return chosen;
    },
    note: () => {
      const message = note;
      note = null;
      return message;
    },
    close: async () => {
      const one = await chosen?.catch(() => null);
      await one?.close();
    },
  };
}

/** Says once, before the first result, that no model was found. */
export async function* withNote<K extends Kind>(
  events: AsyncIterable<Event<K>>,
  note: () => string | null,
): AsyncGenerator<Event<K>> {
  for await (const event of events) {
    const message = event.type === "finished" ? note() : null;
    if (message) yield { type: "note", at: event.at, message };
    yield event;
  }
}
