import type { LlamaEmbeddingContext } from "node-llama-cpp";
import { loadModel } from "./library.ts";
import type { HostSettings } from "./protocol.ts";

/** Tokens of one text at most: what is longer is cut, since a statement's beginning says what it is about. */
const MOST_TOKENS = 512;

/** A loaded model that turns texts into vectors; it runs in the model host. */
export class Embeddings {
  readonly gpu: string | false;
  readonly contextSize: number;
  readonly sequences = 1;
  readonly #context: LlamaEmbeddingContext;

  private constructor(context: LlamaEmbeddingContext, contextSize: number) {
    this.#context = context;
    this.gpu = context.model.llama.gpu;
    this.contextSize = contextSize;
  }

  static async load(settings: HostSettings): Promise<Embeddings> {
    const { model } = await loadModel(settings);
    const contextSize = Math.min(settings.contextSize, MOST_TOKENS, model.trainContextSize);
    const context = await model.createEmbeddingContext({ contextSize, threads: settings.threads });
    return new Embeddings(context, contextSize);
  }

  /** A vector of length 1 for each text, in order. Looks at `cancelled` before each; what is missing then was not computed. */
  async embed(texts: readonly string[], cancelled: () => boolean): Promise<number[][]> {
    const vectors: number[][] = [];
    for (const text of texts) {
      if (cancelled()) break;
      // A few tokens are the model's own: beginning and end.
      const tokens = this.#context.model.tokenize(text).slice(0, this.contextSize - 8);
      const { vector } = await this.#context.getEmbeddingFor(tokens);
      const length = Math.hypot(...vector) || 1;
      vectors.push(vector.map((one) => one / length));
    }
    return vectors;
  }
}
