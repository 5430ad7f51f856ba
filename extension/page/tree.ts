import type { Search, Step } from "../view/fold.ts";
import { h } from "./dom.ts";

/** Steps that are drawn below one another; the rest is counted. */
const MOST_STEPS = 600;

/** The tree of a proof search: under each proof state the tactics that were tried there, with what they led to. */
export function tree(search: Search): HTMLElement | null {
  const { steps } = search;
  if (steps.length === 0) return null;
  const below = new Map<number, Step[]>();
  for (const step of steps.slice(0, MOST_STEPS))
    below.set(step.parent, [...(below.get(step.parent) ?? []), step]);
  const branch = (node: number, depth: number): HTMLElement =>
    h(
      "ul",
      { role: depth === 0 ? "tree" : "group", "aria-label": depth === 0 ? "Proof search" : null },
      ...(below.get(node) ?? []).map((step) => item(step, depth)),
    );
  const item = (step: Step, depth: number): HTMLElement => {
    const open = step.node !== null && step.node !== step.parent && below.has(step.node) && depth < 200;
    const kind = step.result === "done" ? "proved" : step.node === null ? "wrong" : "pooled";
    return h(
      "li",
      { role: "treeitem", "aria-expanded": open ? "true" : null },
      h("span", { class: `fate ${kind}` }, step.result),
      h("code", {}, step.tactic),
      step.text ? h("span", { class: "quiet" }, step.text) : null,
      open ? branch(step.node!, depth + 1) : null,
    );
  };
  const more = steps.length - MOST_STEPS;
  return h(
    "div",
    { class: "scroll tree" },
    branch(0, 0),
    more > 0 ? h("p", { class: "quiet" }, `${more} more steps`) : null,
  );
}
