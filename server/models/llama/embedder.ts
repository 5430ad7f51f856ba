import type { Embedder } from "../../engine/model.ts";
import { HostOwner, type LlamaOptions } from "./owner.ts";

/** A local model that embeds, in a host process of its own. */
export class LlamaEmbedder implements Embedder {
  readonly #host: HostOwner;

  constructor(options: LlamaOptions) {
    this.#host = new HostOwner(options, "embed");
  }

  async embed(texts: readonly string[], given: AbortSignal): Promise<readonly (readonly number[])[]> {
    const signal = AbortSignal.any([given, this.#host.closed]);
    const connection = await this.#host.connect(signal);
    return connection.embed(texts, signal);
  }

  close(): Promise<void> {
    return this.#host.close();
  }
}
