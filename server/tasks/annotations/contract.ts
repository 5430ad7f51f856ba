import type { Span } from "../../../grammars/c/span.ts";
import type { AnnotationsTask } from "../../engine/task.ts";
import { placedClauses } from "../invariants/clauses.ts";
import { textTokens } from "./tokens.ts";

/** The clauses of the function's contract as one line of text each, conjuncts apart, without names and behaviors. */
export interface ContractText {
  readonly requires: readonly string[];
  readonly ensures: readonly string[];
}

/** Reads the comment in front of the function; what cannot be told apart is left out. */
export function contractText({ document, span }: AnnotationsTask): ContractText {
  const { text } = document;
  const first = textTokens(text, span.start, span.end)[0]?.start ?? span.start;
  const comments = [...text.slice(span.start, first).matchAll(/\/\*@[\s\S]*?\*\/|\/\/@[^\n]*/g)];
  const blocks = comments.map((match): Span => {
    const start = span.start + match.index;
    return { start, end: start + match[0].length, line: 1, column: 1 };
  });
  const found = { requires: [] as string[], ensures: [] as string[] };
  for (const { start, end } of placedClauses(text, blocks)) {
    const clause = text
      .slice(start, end - 1)
      .replace(/\/\/[^\n]*/g, " ")
      .replace(/@/g, " ")
      .replace(/\s+/g, " ");
    const parts = /\b(requires|ensures) (?:[A-Za-z_]\w*: ?)*(.*)$/.exec(clause);
    if (!parts) continue;
    found[parts[1] as "requires" | "ensures"].push(...conjunctTexts(parts[2]!));
  }
  return found;
}

/** The parts of a conjunction; a quantifier reaches to its end. */
export function conjunctTexts(predicate: string): string[] {
  const parts: string[] = [""];
  let depth = 0;
  for (const [token] of predicate.matchAll(
    /\\(?:forall|exists|let)\b[\s\S]*$|&&|\|\||==>|<==>|\?|[([{]|[)\]}]|[\s\S]/g,
  )) {
    if (/^[([{]$/.test(token)) depth++;
    if (/^[)\]}]$/.test(token)) depth--;
    // A disjunction binds weaker, so that its parts are no conjuncts.
    if (depth === 0 && /^(?:\|\||<?==>|\?)$/.test(token)) return [predicate.trim()];
    if (depth === 0 && token === "&&") parts.push("");
    else parts[parts.length - 1] += token;
  }
  return parts.map((one) => one.trim()).filter((one) => one !== "");
}
