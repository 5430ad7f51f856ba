import { createHash } from "node:crypto";
import { appendFile, readFile } from "node:fs/promises";
import { type Completion, type Model, ModelError, type SampleRequest } from "../engine/model.ts";
import { type Redactor, redactor, secretsOf } from "./redaction.ts";

/**
 * One line of a recording. A request may have been made more than once: its exchanges are replayed in the order in which they
 * were recorded, and the last one from then on. A replayed exchange is a test, never a benchmark.
 */
export interface Exchange {
  readonly version: 1;
  /** SHA-256 of the canonical request: what a replay looks it up by. */
  readonly key: string;
  readonly model: string;
  /** For a person who reads the recording; a replay does not look at it. */
  readonly request: Omit<SampleRequest, "signal" | "grammar"> & { readonly grammar: string | null };
  readonly completions: readonly Completion[];
  /** How the exchange ended early: limited (429), cut off, refused, … */
  readonly failure: { readonly kind: ModelError["kind"]; readonly message: string } | null;
}

/** The hash of everything in a request that has a bearing on the answer: not the signal, and not which model is asked. */
export function requestKey(request: SampleRequest): string {
  const { messages, n, grammar, maxTokens, temperature, seed } = request;
  return createHash("sha256")
    .update(canonicalJson({ messages, n, grammar, maxTokens, temperature, seed }))
    .digest("hex");
}

/** JSON with sorted keys and no spaces (after RFC 8785, without its number formatting, which JavaScript's is). */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`);
  return `{${members.join(",")}}`;
}

/** Appends every exchange with another model to a file (JSON Lines), without secrets. */
export class RecordingModel implements Model {
  readonly name: string;
  readonly #model: Model;
  readonly #file: string;
  readonly #redact: Redactor;
  #written: Promise<void> = Promise.resolve();

  constructor(model: Model, file: string, secrets: readonly string[] = secretsOf(process.env)) {
    this.name = model.name;
    this.#model = model;
    this.#file = file;
    this.#redact = redactor(secrets);
  }

  async *sample(request: SampleRequest): AsyncGenerator<Completion> {
    const completions: Completion[] = [];
    try {
      for await (const completion of this.#model.sample(request)) {
        completions.push(completion);
        yield completion;
      }
    } catch (error) {
      // An exchange that was cancelled says nothing about the model.
      request.signal.throwIfAborted();
      if (error instanceof ModelError) await this.#write(request, completions, error);
      throw error;
    }
    await this.#write(request, completions, null);
  }

  async close(): Promise<void> {
    await this.#written.catch(() => {});
    await this.#model.close();
  }

  #write(
    request: SampleRequest,
    completions: readonly Completion[],
    error: ModelError | null,
  ): Promise<void> {
    const { messages, n, grammar, maxTokens, temperature, seed } = request;
    const exchange: Exchange = {
      version: 1,
      key: requestKey(request),
      model: this.name,
      request: { messages, n, maxTokens, temperature, seed, grammar: grammar?.name ?? null },
      completions,
      failure: error === null ? null : { kind: error.kind, message: error.message },
    };
    const line = `${this.#redact(JSON.stringify(exchange))}\n`;
    const written = this.#written.then(() => appendFile(this.#file, line));
    this.#written = written.catch(() => {});
    return written;
  }
}

/** Answers from a recording, and from nothing else. */
export class ReplayModel implements Model {
  readonly name: string;
  readonly #file: string;
  readonly #exchanges: Map<string, Exchange[]>;

  private constructor(file: string, exchanges: Map<string, Exchange[]>) {
    this.name = `replay:${file}`;
    this.#file = file;
    this.#exchanges = exchanges;
  }

  /** Reads a recording. Throws a `ModelError` that names the file, and the line that is not an exchange. */
  static async open(file: string): Promise<ReplayModel> {
    const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
      throw new ModelError(
        "unreachable",
        `cannot read the recording ${file} (${error.code ?? error.message})`,
      );
    });
    const exchanges = new Map<string, Exchange[]>();
    for (const [i, line] of text.split("\n").entries()) {
      if (line.trim() === "") continue;
      const exchange = readExchange(line);
      if (exchange === null)
        throw new ModelError(
          "garbage",
          `${file}:${i + 1}: not a recorded exchange of version 1: record it again`,
        );
      const same = exchanges.get(exchange.key);
      if (same === undefined) exchanges.set(exchange.key, [exchange]);
      else same.push(exchange);
    }
    return new ReplayModel(file, exchanges);
  }

  async *sample(request: SampleRequest): AsyncGenerator<Completion> {
    request.signal.throwIfAborted();
    const key = requestKey(request);
    const recorded = this.#exchanges.get(key);
    if (recorded === undefined)
      throw new ModelError(
        "refused",
        `${this.#file} has no answer to this request (${key.slice(0, 12)}): the prompt or its settings changed; record it again`,
      );
    const exchange = recorded.length > 1 ? recorded.shift()! : recorded[0]!;
    for (const completion of exchange.completions) {
      request.signal.throwIfAborted();
      yield completion;
    }
    if (exchange.failure !== null) throw new ModelError(exchange.failure.kind, exchange.failure.message);
  }

  async close(): Promise<void> {}
}

function readExchange(line: string): Exchange | null {
  try {
    const value = JSON.parse(line) as Partial<Exchange> | null;
    const whole =
      value?.version === 1 &&
      typeof value.key === "string" &&
      Array.isArray(value.completions) &&
      value.completions.every((completion) => typeof completion?.text === "string") &&
      (value.failure === null || typeof value.failure?.message === "string");
    return whole ? (value as Exchange) : null;
  } catch {
    return null;
  }
}
