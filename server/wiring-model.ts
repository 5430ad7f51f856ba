import type { Event } from "./engine/event.ts";
import type { Kind } from "./engine/kinds.ts";
import type { Model } from "./engine/model.ts";
import type { RunOptions } from "./engine/options.ts";

/** What decides about the model: its name as `chooseModel` takes it, and whether models may be asked at all. */
export interface ModelSettings {
  readonly model: string | undefined;
  readonly options: Pick<RunOptions, "only">;
}

/** The model is looked up when it is first needed, so that nothing of it is loaded where symbolic search is enough. */
export function modelOf(settings: ModelSettings) {
  let note: string | null = null;
  let chosen: Promise<Model | null> | null = null;
  const choose = async (): Promise<Model | null> => {
    if (settings.model === "none" || settings.options.only === "symbolic") return null;
    const { chooseModel } = await import("./models/choose.ts");
    const choice = await chooseModel(settings.model);
    if (choice.kind === "model") return choice.model;
    note = choice.message;
    return null;
  };
  const open = () => {
    chosen ??= choose();
    return chosen;
  };
  return {
    open,
    note: () => {
      const message = note;
      note = null;
      return message;
    },
    close: async () => {
      const model = await chosen?.catch(() => null);
      await model?.close();
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
