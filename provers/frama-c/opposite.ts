import { outlineC } from "../../grammars/c/outline.ts";
import type { Span } from "../../grammars/c/span.ts";
import { placedClauses } from "../../server/tasks/invariants/clauses.ts";
import { readGoals } from "./read.ts";

const NAME = "touchstone_opposite";

/**
 * The text with the opposite of each postcondition beside it; null where the function has none. Whoever proves a claim from axioms
 * that contradict each other proves its opposite as well (soundness.md 12); smoke tests look at preconditions and loops only, and
 * a function without them has none (seen).
 */
export function withOpposites(text: string, name: string): string | null {
  const found = outlineC(text).functions.find((one) => one.name === name);
  if (!found) return null;
  const head = /^(?:\s*(?:\/\*[\s\S]*?\*\/|\/\/[^\n]*))+/.exec(text.slice(found.start))?.[0] ?? "";
  const blocks = [...head.matchAll(/\/\*@[\s\S]*?\*\/|\/\/@[^\n]*/g)].map((match): Span => {
    const start = found.start + match.index;
    return { start, end: start + match[0].length, line: 1, column: 1 };
  });
  let result = "";
  let position = 0;
  for (const { start, end } of placedClauses(text, blocks)) {
    const claim = /\bensures\s+([\s\S]*);$/.exec(text.slice(start, end).replace(/\/\/[^\n]*/g, " "))?.[1];
    if (claim === undefined) continue;
    const bare = claim
      .replace(/@/g, " ")
      .replace(/\s+/g, " ")
      .replace(/^(?:[A-Za-z_]\w* ?: ?)*/, "");
    result += `${text.slice(position, end)} ensures ${NAME}: !(${bare});`;
    position = end;
  }
  return position === 0 ? null : result + text.slice(position);
}

/** Whether a run over such a text proved an opposite. */
export function provesAnOpposite(log: string): boolean {
  return readGoals(log).some(({ name, proved }) => proved && name.includes(NAME));
}
