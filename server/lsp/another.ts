import type { RunSettings } from "./host/messages.ts";

/**
 * Searches that may end elsewhere than the one that found an answer, the most promising first: without the proposer that found
 * it, without what it chooses from, from other samples, and by the model alone.
 */
export function variations(settings: RunSettings, proposer: string): RunSettings[] {
  const without = (...names: readonly string[]): RunSettings => ({
    ...settings,
    without: [...new Set([...settings.without, ...names])],
  });
  const modelOnly: RunSettings[] =
    settings.model === "none" || settings.only === "symbolic" ? [] : [{ ...settings, only: "model" }];
  return [
    without("harvest"),
    without("harvest", "templates"),
    without(proposer),
    { ...without("polynomial", "spacer"), seed: settings.seed + 1 },
    ...modelOnly,
  ];
}

/** The one replacement that makes `after` of `before`: what both have in common at either end stays. */
export function difference(
  before: string,
  after: string,
): { readonly start: number; readonly end: number; readonly text: string } {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let tail = 0;
  while (tail < shorter - start && before[before.length - 1 - tail] === after[after.length - 1 - tail])
    tail++;
  return { start, end: before.length - tail, text: after.slice(start, after.length - tail) };
}
