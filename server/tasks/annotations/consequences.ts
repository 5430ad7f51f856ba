import type { AnnotationsCandidate } from "../../engine/candidate.ts";

/** A candidate without `a <= c` where `a <= b` and `b <= c` are in it: an order says it once, for a person to read. */
export function withoutConsequences(candidate: AnnotationsCandidate): AnnotationsCandidate {
  return { ...candidate, invariants: candidate.invariants.map(withoutTransitive) };
}

function withoutTransitive(texts: readonly string[]): string[] {
  const orders = texts.flatMap((text) => {
    const parts = /^(.+) <= (.+)$/.exec(text);
    return parts && !/[<>=;&|]/.test(parts[1]! + parts[2]!)
      ? [{ text, low: parts[1]!, high: parts[2]! }]
      : [];
  });
  let kept = orders;
  for (const one of orders) {
    const others = kept.filter((other) => other !== one);
    if (reaches(others, one.low, one.high)) kept = others;
  }
  return texts.filter(
    (text) => kept.some((one) => one.text === text) || !orders.some((one) => one.text === text),
  );
}

function reaches(orders: readonly { low: string; high: string }[], from: string, to: string): boolean {
  const seen = new Set([from]);
  for (const name of seen) for (const { low, high } of orders) if (low === name) seen.add(high);
  return seen.has(to);
}
