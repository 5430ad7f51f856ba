import type { Search } from "../view/fold.ts";

/** How a search stands, as a word and the class that colours it. */
export function standing(search: Search): { readonly word: string; readonly kind: string } {
  const { outcome } = search;
  if (outcome === null) return { word: "searching", kind: "busy" };
  switch (outcome.kind) {
    case "proved":
      return { word: outcome.verified.evidence.terminates ? "proved, terminates" : "proved", kind: "good" };
    case "refuted":
      return { word: "false", kind: "bad" };
    case "unknown":
      return { word: "not proved", kind: "open" };
    case "error":
      return { word: "cannot be read", kind: "quiet" };
  }
}

/** Why a search ended as it did, for people. */
export function reason(search: Search): string | null {
  const { outcome } = search;
  switch (outcome?.kind) {
    case "proved":
      return `found by ${outcome.proposer}; checked by ${outcome.verified.evidence.checkedBy.join(", ")}`;
    case "refuted":
      return `${outcome.counterexample.violated} fails in a run that was replayed`;
    case "unknown":
      return outcome.reason;
    case "error":
      return outcome.diagnostics.map(({ message, span }) => `line ${span.line}: ${message}`).join("; ");
    default:
      return null;
  }
}

/** The one line of numbers. */
export function numbers(search: Search, price: number): string[] {
  const { counts, at, secondsLeft, model } = search;
  const seconds = `${(at / 1000).toFixed(1)} s`;
  const left = search.outcome === null && secondsLeft !== null ? `${secondsLeft} s left` : null;
  const speed = model ? `${model.name}, ${model.tokensPerSecond.toFixed(0)} tokens/s` : null;
  const money = price > 0 && counts.tokens > 0 ? `${((counts.tokens * price) / 1e6).toFixed(4)} spent` : null;
  return [
    seconds,
    left,
    several(counts.proposed, "candidate"),
    several(counts.checks, "check"),
    counts.tokens > 0 ? several(counts.tokens, "token") : null,
    money,
    speed,
  ].filter((part) => part !== null);
}

/** `1 check`, `2 checks`. */
function several(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
