import type { Formula, Term } from "./term.ts";

/** The same text for structurally equal terms and formulas, and lists of them. */
export function keyOf(node: Term | Formula | readonly (Formula | readonly Formula[])[]): string {
  return JSON.stringify(node, (_, value) => (typeof value === "bigint" ? `${value}n` : value));
}
