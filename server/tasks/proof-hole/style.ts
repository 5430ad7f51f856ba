import { readOutline } from "../../../grammars/coq/outline.ts";
import type { Sentence } from "../../../grammars/coq/sentences.ts";

/** How a Coq file writes its proofs, as far as a new one needs to know. */
export interface CoqStyle {
  /** Bullets by depth, the outermost first. */
  readonly bullets: readonly string[];
  /** Columns that a proof stands to the right of its `Proof.`. */
  readonly indent: number;
  /** True when the file writes `now tactic`. */
  readonly now: boolean;
}

const BULLETS = ["-", "+", "*"];

/** Reads the style off the proofs of a text: what most of them do. */
export function coqStyle(text: string): CoqStyle {
  const { sentences, theorems } = readOutline(text);
  const orders = new Map<string, number>();
  const indents = new Map<number, number>();
  let now = 0;
  for (const { proof, first, end } of theorems) {
    const body = sentences.slice(first, end);
    const order = [...new Set(body.filter(({ kind }) => kind === "bullet").map((one) => one.text))];
    if (order.length > 0) count(orders, order.join(" "));
    if (proof !== null && body[0]) {
      const indent = columnOf(text, body[0]) - columnOf(text, sentences[proof]!);
      if (indent >= 0 && isFirstOnLine(text, body[0])) count(indents, indent);
    }
    if (body.some(({ tokens }) => tokens[0]?.text === "now")) now++;
  }
  const order = most(orders)?.split(" ") ?? [];
  return {
    bullets: [...order, ...BULLETS.filter((bullet) => !order.includes(bullet))],
    indent: most(indents) ?? 2,
    now: now > 0,
  };
}

function count<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function most<Key>(counts: ReadonlyMap<Key, number>): Key | null {
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

/** Blanks before a sentence on its line, whatever else stands there. */
export function columnOf(text: string, { start }: Pick<Sentence, "start">): number {
  return start - (text.lastIndexOf("\n", start - 1) + 1);
}

export function isFirstOnLine(text: string, { start }: Pick<Sentence, "start">): boolean {
  return /(^|\n)[ \t]*$/.test(text.slice(0, start));
}
