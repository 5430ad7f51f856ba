import { Heap } from "./heap.ts";
import type { Position, Suggestion, TacticSource } from "./source.ts";
import { distance } from "./strategy.ts";
import type { SearchNode } from "./tree.ts";

/** How often a source is asked about one state, and how much later the next time comes, in the unit of costs. */
const TIMES = 2;
const AGAIN = 1.5;

/** Slow sources at work beside the search: they are asked about one state at a time, the most promising that they have not seen. */
export class Sampling {
  readonly #sources: readonly TacticSource[];
  readonly #obsolete: (node: SearchNode) => boolean;
  readonly #waiting = new Heap<SearchNode>();
  readonly #asked = new Map<SearchNode, number>();
  #wake: (() => void) | null = null;
  #sampling = false;

  constructor(sources: readonly TacticSource[], obsolete: (node: SearchNode) => boolean) {
    this.#sources = sources;
    this.#obsolete = obsolete;
  }

  /** True while something may still come. */
  get active(): boolean {
    return this.#sources.length > 0 && (this.#sampling || this.#waiting.size > 0);
  }

  offer(node: SearchNode): void {
    if (this.#sources.length === 0) return;
    this.#waiting.push(node.cost + distance(node), node);
    this.#wake?.();
  }

  /** Later once more: by then it is known what failed there, and a source may learn from that. */
  #offerAgain(node: SearchNode): void {
    const times = (this.#asked.get(node) ?? 0) + 1;
    this.#asked.set(node, times);
    if (times < TIMES) this.#waiting.push(node.cost + distance(node) + AGAIN, node);
  }

  /** Works until the signal aborts; `rested` is called each time a state is done with. */
  async run(
    position: (node: SearchNode) => Position,
    add: (node: SearchNode, source: string, suggestion: Suggestion) => void,
    rested: () => void,
    signal: AbortSignal,
  ): Promise<void> {
    if (this.#sources.length === 0) return;
    const stop = () => this.#wake?.();
    signal.addEventListener("abort", stop);
    try {
      while (!signal.aborted) {
        const node = this.#waiting.pop();
        if (!node) {
          await new Promise<void>((resolve) => {
            this.#wake = resolve;
          });
          continue;
        }
        this.#sampling = !this.#obsolete(node);
        if (!this.#sampling) {
          rested();
          continue;
        }
        for (const source of this.#sources)
          for await (const suggestion of source.sample!(position(node), signal))
            add(node, source.name, suggestion);
        this.#sampling = false;
        this.#offerAgain(node);
        rested();
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      this.#sampling = false;
      signal.removeEventListener("abort", stop);
    }
  }
}
