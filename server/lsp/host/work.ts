import { chosenBy } from "../../../provers/preprocessor/choice.ts";
import { relevant } from "../../cli/relevant.ts";
import { select } from "../../cli/select.ts";
import { runGroup } from "../../cli/session.ts";
import { defaultOptions } from "../../engine/options.ts";
import { openTouchstone, type Settings, type Touchstone } from "../../wiring.ts";
import { Fill } from "./fill.ts";
import type { RunRequest, RunSettings } from "./messages.ts";
import { type Listener, WrongRequest } from "./request.ts";
import { groupResult } from "./result.ts";

/** Runs tasks on one Touchstone, which is made anew when the settings that shape it change. */
export class Work {
  readonly #fill = new Fill();
  #open: { readonly key: string; readonly touchstone: Promise<Touchstone> } | null = null;

  /** Works through the functions that the request is about, one after the other. Throws the signal's reason, and bugs. */
  async run(request: RunRequest, listener: Listener, signal: AbortSignal): Promise<void> {
    const { task, lines } = request;
    if (task === "fill") return this.#fill.run(request, listener, signal);
    const { file, text, version } = request.document;
    const touchstone = await this.#touchstone(request.settings);
    const document = await touchstone.prepare({ file, text, version }, signal);
    const located = await relevant(document, touchstone.locate(document), task);
    if (located.length === 0)
      throw new WrongRequest(
        task === "suggest"
          ? `${file}: there is no loop to find an invariant for`
          : `${file}: there is nothing to prove`,
      );
    const wanted = lines === null ? { kind: "selected" as const, located } : select(document, located, lines);
    if (wanted.kind === "error") throw new WrongRequest(wanted.message);
    for (const one of wanted.located) {
      signal.throwIfAborted();
      const report = await runGroup(
        { touchstone, command: task, signal, event: (event) => listener.event(event) },
        one,
        document,
      );
      signal.throwIfAborted();
      listener.result(groupResult(request, one, report));
    }
  }

  /** Settings that were given to child processes or to a model are set for good: another choice needs another Touchstone. */
  async forget(): Promise<void> {
    await this.#fill.forget();
    await this.#forgetOpen();
  }

  async #forgetOpen(): Promise<void> {
    const open = this.#open;
    this.#open = null;
    await (await open?.touchstone.catch(() => null))?.close();
  }

  async #touchstone(settings: RunSettings): Promise<Touchstone> {
    const key = JSON.stringify(settings);
    if (this.#open?.key !== key) {
      await this.#forgetOpen();
      this.#open = { key, touchstone: openTouchstone(settingsOf(settings)) };
    }
    try {
      return await this.#open.touchstone;
    } catch (error) {
      this.#open = null;
      if (error instanceof Error && error.name === "SolverMissing") throw new WrongRequest(error.message);
      throw error;
    }
  }
}

function settingsOf(settings: RunSettings): Settings {
  const { int, model, offline, solver, checker, timeoutMs, seed, only, without } = settings;
  const { include, define } = settings;
  return {
    reading: int,
    model: model ?? undefined,
    offline,
    solver,
    checker,
    preprocessor: chosenBy({ include, define }),
    options: { ...defaultOptions, timeoutMs, seed, only, without },
  };
}
