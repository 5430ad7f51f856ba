import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { startChild } from "../../process/child.ts";
import { sandboxArguments } from "../../process/sandbox.ts";
import type { Project } from "../project.ts";
import type { Answered, Limits, Ran, Toplevel } from "../toplevel.ts";
import type { Message } from "./messages.ts";
import { Worker } from "./worker.ts";

/** The pulled jsCoq: its worker's file, and the directory with its library. */
export interface EmbeddedCoq {
  readonly version: string;
  readonly worker: string;
  readonly library: string;
}

const host = fileURLToPath(new URL("./host.cjs", import.meta.url));
const HEAP_MEGABYTES = 2_000;
const DEFAULT_MEGABYTES = 3_000;
const START_MS = 120_000;

/** Starts the embedded Coq as a child under Node's permission model. Rejects only with the signal's reason. */
export async function startEmbedded(
  coq: EmbeddedCoq,
  project: Project,
  signal: AbortSignal,
  megabytes = DEFAULT_MEGABYTES,
): Promise<
  | { readonly kind: "started"; readonly toplevel: Toplevel }
  | { readonly kind: "failed"; readonly message: string }
> {
  const read = [host, dirname(coq.worker), coq.library];
  const child = startChild({
    command: process.execPath,
    args: [
      // Coq recurses deeply, and Node gives its programs 1 MB of the 8 MB of stack that a main thread has.
      "--stack-size=6500",
      ...sandboxArguments({ read, workers: false, heapMegabytes: HEAP_MEGABYTES }),
      host,
      coq.worker,
      coq.library,
    ],
    memory: { megabytes, of: "resident" },
  });
  const worker = new Worker(child);
  const limits = { deadlineMs: START_MS, signal };
  const failed = async (message: string) => {
    await worker.close();
    return { kind: "failed" as const, message: `the embedded Coq did not start: ${message}` };
  };
  try {
    const found = await worker.ask([], ({ kind }) => kind === "paths", limits);
    if (found.kind !== "messages") return failed(found.kind === "late" ? "it took too long" : found.message);
    const paths = found.messages.find((one) => one.kind === "paths")!.paths;
    const ready = await worker.ask(
      [
        ["Init", { implicit_libs: true, lib_path: paths }],
        ["NewDoc", { lib_init: ["Coq.Init.Prelude"], top_name: project.module }],
      ],
      ({ kind }) => kind === "ready" || kind === "exception",
      limits,
    );
    if (ready.kind !== "messages") return failed(ready.kind === "late" ? "it took too long" : ready.message);
    const wrong = ready.messages.find((one) => one.kind === "exception");
    if (wrong !== undefined) return failed(wrong.text);
    const toplevel = new JsCoq(worker, coq.version);
    // coqidetop takes this as an option.
    await toplevel.begin(["Set Printing Depth 1000."], limits);
    return { kind: "started", toplevel };
  } catch (error) {
    await worker.close();
    throw error;
  }
}

class JsCoq implements Toplevel {
  readonly version: string;
  #start = 1;
  readonly #worker: Worker;
  /** The places of the document, in order. */
  #line: number[] = [1];
  #last = 1;
  #route = 1;

  constructor(worker: Worker, version: string) {
    this.#worker = worker;
    this.version = `coq ${version} (embedded)`;
  }

  get start(): number {
    return this.#start;
  }

  get alive(): boolean {
    return this.#worker.alive;
  }

  async begin(sentences: readonly string[], limits: Limits): Promise<void> {
    const ran = await this.run(1, sentences, limits);
    if (ran.kind === "ok") this.#start = ran.places.at(-1)!;
  }

  async run(from: number, sentences: readonly string[], limits: Limits): Promise<Ran> {
    const back = this.#goTo(from);
    if (back === null) return this.#lost(from);
    const ids = sentences.map((_, index) => this.#last + 1 + index);
    this.#last += sentences.length;
    const adds = sentences.map((sentence, index) => [
      "Add",
      ids[index - 1] ?? from,
      ids[index],
      sentence,
      true,
    ]);
    const end = ids.at(-1) ?? from;
    const run = ids.length === 0 ? [] : [["Exec", end]];
    const heard = await this.#worker.ask(
      [...back, ...adds, ...run, ["Query", end, 0, ["Goals"]]],
      (message) => message.kind === "goals" && message.id === end,
      limits,
    );
    if (heard.kind !== "messages") return heard;
    const { messages } = heard;
    const added = new Map(messages.filter((one) => one.kind === "added").map(({ id, end }) => [id, end]));
    const read = ids.findIndex((id) => !added.has(id));
    // The worker reads the first sentence of a text and drops the rest without a word (safety.md 5).
    const cut = ids.findIndex((id, at) => (added.get(id) ?? 0) < Buffer.byteLength(sentences[at]!.trimEnd()));
    const places = read < 0 ? ids : ids.slice(0, read);
    this.#line.push(...places);
    const error = errorOf(messages, ids);
    if (error !== null || read >= 0) {
      const blamed = error === null || error.id === null ? -1 : places.indexOf(error.id);
      const index = blamed >= 0 ? blamed : Math.min(places.length, Math.max(ids.length - 1, 0));
      return {
        kind: "error",
        index,
        places: places.slice(0, index),
        message: error?.text ?? "Coq did not read this",
      };
    }
    if (cut >= 0)
      return {
        kind: "error",
        index: cut,
        places: places.slice(0, cut),
        message: "this is more than one sentence",
      };
    return {
      kind: "ok",
      places,
      goals: messages.find((one) => one.kind === "goals")!.goals,
      notices: feedbackOf(messages).flatMap(({ feedback }) =>
        feedback.kind === "message" ? [feedback.text] : [],
      ),
      assumed: feedbackOf(messages).some(
        ({ id, feedback }) => feedback.kind === "assumed" && ids.includes(id),
      ),
    };
  }

  async query(at: number, command: string, limits: Limits): Promise<Answered> {
    const back = this.#goTo(at);
    if (back === null) return this.#lost(at);
    const route = this.#route++;
    const heard = await this.#worker.ask(
      [...back, ["Query", at, route, ["Vernac", command]]],
      (message) => message.kind === "feedback" && message.route === route && message.feedback.kind === "end",
      limits,
    );
    if (heard.kind !== "messages") return heard;
    const ours = feedbackOf(heard.messages).filter((one) => one.route === route);
    const texts = ours.flatMap(({ feedback }) => (feedback.kind === "message" ? [feedback] : []));
    const error = texts.find((one) => one.error);
    const good = ours.every(({ feedback }) => feedback.kind !== "end" || feedback.good);
    if (error !== undefined || !good)
      return { kind: "error", message: error?.text ?? `Coq refuses '${command}'` };
    return { kind: "answer", texts: texts.map(({ text }) => text) };
  }

  async close(): Promise<void> {
    await this.#worker.close();
  }

  /** The command that makes a place the end of the document; null when the document has no such place. */
  #goTo(place: number): unknown[][] | null {
    const at = this.#line.indexOf(place);
    if (at < 0) return null;
    const next = this.#line[at + 1];
    this.#line.length = at + 1;
    return next === undefined ? [] : [["Cancel", next]];
  }

  async #lost(place: number): Promise<{ kind: "died"; message: string }> {
    await this.#worker.close();
    return { kind: "died", message: `it has no place ${place} in its document` };
  }
}

function feedbackOf(messages: readonly Message[]) {
  return messages.filter((one) => one.kind === "feedback");
}

/** The first thing that went wrong; an error anywhere rejects, whatever the goals say. */
function errorOf(
  messages: readonly Message[],
  ids: readonly number[],
): { readonly id: number | null; readonly text: string } | null {
  for (const message of messages) {
    if (message.kind === "feedback" && message.route === 0) {
      const { feedback, id } = message;
      if (feedback.kind === "message" && feedback.error)
        return { id: ids.includes(id) ? id : null, text: feedback.text };
    }
    if (message.kind === "exception") return { id: message.id, text: message.text };
  }
  return null;
}
