import type { IToken } from "chevrotain";
import { markProblem } from "./lexer.ts";

/** Ways to give one variable two names, after which an assignment to one is seen through the other. */
const WAYS = [
  /(?:#\s*pragma\s|_Pragma\s*\(\s*")\s*weak\s+(\w+)\s*=\s*(\w+)/g,
  /(?:#\s*pragma\s|_Pragma\s*\(\s*")\s*redefine_extname\s+(\w+)\s+(\w+)/g,
  /(\w+)\s*__attribute(?:__)?\s*\(\([^;{}]*?\b_*alias_*\s*\(\s*"(\w+)"/g,
];

/**
 * Makes each use of a name that shares its object with another name, wherever in the text that is said, something that cannot be
 * read: declarations alone show two variables, and one is proved to keep its value when the other is assigned (seen).
 */
export function markTwoNames(text: string, tokens: readonly IToken[]): void {
  const names = new Map<string, string>();
  for (const way of WAYS)
    for (const [, one, other] of text.matchAll(way)) {
      names.set(one!, other!);
      names.set(other!, one!);
    }
  if (names.size === 0) return;
  for (const token of tokens) {
    const other = names.get(token.image);
    if (other !== undefined)
      markProblem(token, `'${token.image}' and '${other}' name one object, which is not supported yet`);
  }
}
