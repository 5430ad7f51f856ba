import type { Embedder } from "../engine/model.ts";
import type { Premise } from "./session.ts";

/** Premises of the first ranking that are ranked again, and texts that the model is given at once. */
const MOST = 60;
const AT_ONCE = 16;
/** The constant of reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009): how little the first places differ. */
const SMOOTHING = 60;

/** Ranks premises again by how near their statements are to a goal. */
export interface Reranker {
  /**
   * The premises with what the model says of them taken in, as far as it has said it: it works beside the search, and a goal that it has
   * not read yet keeps the order that it has.
   */
  order(goal: string, premises: readonly Premise[]): readonly Premise[];
  /** Waits until the model has read what it was given, at most so many milliseconds. */
  settle(milliseconds: number): Promise<void>;
  /** Ends the model's work on what is not read yet. */
  close(): void;
}

/** `failed` is told once, with the reason, when the embedder gives nothing: everything goes on without it. */
export function openReranker(embedder: Embedder, failed: (error: unknown) => void): Reranker {
  const closing = new AbortController();
  const { signal } = closing;
  const vectors = new Map<string, readonly number[]>();
  const wanted = new Set<string>();
  let working: Promise<void> | null = null;

  async function work(): Promise<void> {
    try {
      while (wanted.size > 0 && !signal.aborted) {
        const texts = [...wanted].slice(0, AT_ONCE);
        const made = await embedder.embed(texts, signal);
        for (const [at, text] of texts.entries()) {
          wanted.delete(text);
          if (made[at]) vectors.set(text, made[at]);
        }
      }
    } catch (error) {
      if (!signal.aborted) failed(error);
      wanted.clear();
      order = (_, premises) => premises;
    }
    working = null;
  }

  let order: Reranker["order"] = (goal, premises) => {
    const first = premises.slice(0, MOST);
    const missing = [goal, ...first.map(textOf)].filter((text) => !vectors.has(text));
    for (const text of missing) wanted.add(text);
    if (wanted.size > 0) working ??= work();
    return missing.length > 0 ? premises : [...fused(vectors, goal, first), ...premises.slice(MOST)];
  };
  return {
    order: (goal, premises) => order(goal, premises),
    close: () => closing.abort(),
    async settle(milliseconds) {
      if (!working) return;
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, milliseconds);
      });
      await Promise.race([working, late]);
      clearTimeout(timer);
    },
  };
}

/** Both rankings count by place alone, since their scores have nothing to do with each other. */
function fused(
  vectors: ReadonlyMap<string, readonly number[]>,
  goal: string,
  premises: readonly Premise[],
): Premise[] {
  const near = (premise: Premise) => dot(vectors.get(goal)!, vectors.get(textOf(premise))!);
  const byMeaning = premises
    .map((premise) => ({ premise, near: near(premise) }))
    .sort((a, b) => b.near - a.near)
    .map(({ premise }) => premise);
  const score = new Map(premises.map((premise, place) => [premise, 1 / (SMOOTHING + place)]));
  for (const [place, premise] of byMeaning.entries())
    score.set(premise, score.get(premise)! + 1 / (SMOOTHING + place));
  return [...premises].sort((a, b) => score.get(b)! - score.get(a)!);
}

function textOf({ name, statement }: Premise): string {
  return statement.includes(name) ? statement : `${name} : ${statement}`;
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!;
  return sum;
}
