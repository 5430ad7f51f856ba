/** A language model as the engine sees it: a black box that is never trusted. Implementations live in server/models. */

export interface Message {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
}

/** One output language in the dialects that servers take. All come from one definition in grammars/. */
export interface OutputGrammar {
  readonly name: string;
  readonly gbnf: string;
  /** JSON schema in strict mode; the answer's text is then JSON. */
  readonly schema: object;
}

export interface SampleRequest {
  readonly messages: readonly Message[];
  /** How many completions; fewer may come when the budget or the signal ends it. */
  readonly n: number;
  readonly grammar: OutputGrammar | null;
  readonly maxTokens: number;
  readonly temperature: number;
  readonly seed: number;
  readonly signal: AbortSignal;
}

export interface Completion {
  readonly text: string;
  /** `text` is in the grammar's own syntax, or JSON in its schema. */
  readonly format: "text" | "json";
  /** `length`: cut off by the token limit; such an answer is rejected even if it parses (safety.md 4). */
  readonly finish: "stop" | "length";
  readonly promptTokens: number;
  readonly tokens: number;
  /** Mean log-probability of the answer's tokens, where the server gives it. */
  readonly logProbability: number | null;
}

export interface Model {
  /** For provenance: `llama:SmolLM2-135M-Instruct-Q4_1`, `openai:gpt-…`. Never contains a key. */
  readonly name: string;
  sample(request: SampleRequest): AsyncIterable<Completion>;
  close(): Promise<void>;
}

/** A model that says how near texts are to each other. It orders what is tried and decides nothing. */
export interface Embedder {
  /** A vector of length 1 for each text, in order. Rejects with a `ModelError` where there is none. */
  embed(texts: readonly string[], signal: AbortSignal): Promise<readonly (readonly number[])[]>;
  close(): Promise<void>;
}

/** Why a model gave nothing; the message says what a user can do. Never carries a key. */
export class ModelError extends Error {
  override name = "ModelError";
  readonly kind: "unreachable" | "unauthorized" | "rate-limited" | "refused" | "garbage" | "budget" | "died";
  constructor(kind: ModelError["kind"], message: string) {
    super(message);
    this.kind = kind;
  }
}
