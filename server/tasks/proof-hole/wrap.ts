import { marksOf } from "../../../grammars/coq/nesting.ts";

/** Characters of a line, before it is indented, that a sentence may fill. */
const WIDTH = 88;

/**
 * A sentence of Coq as lines: one where it is short, otherwise broken where it reads best, between its steps rather than inside one, and
 * before an alternative rather than inside it. Only blanks become line breaks, so that Coq reads the same.
 */
export function wrapSentence(sentence: string): string[] {
  if (sentence.length <= WIDTH || /["\n]/.test(sentence)) return [sentence];
  const lines: string[] = [];
  let rest = sentence;
  while (rest.length > WIDTH) {
    const at = bestBreak(rest);
    if (at === null) break;
    lines.push(rest.slice(0, at).trimEnd());
    rest = `  ${rest.slice(at).trimStart()}`;
  }
  return [...lines, rest];
}

/** Where a line may end: the last place of the best kind that fits, or the first place of all when none does. */
function bestBreak(text: string): number | null {
  const start = text.length - text.trimStart().length;
  const places = breaks(text).filter(({ at }) => at > start);
  const fitting = places.filter(({ at }) => at <= WIDTH);
  if (fitting.length === 0) return places[0]?.at ?? null;
  const shallow = Math.min(...fitting.filter(({ at }) => at > WIDTH / 3).map(({ depth }) => depth));
  return (fitting.findLast(({ at, depth }) => depth === shallow && at > WIDTH / 3) ?? fitting.at(-1)!).at;
}

/** Behind `;` and before `|`, with the number of brackets and matches around them. */
function breaks(text: string): { readonly at: number; readonly depth: number }[] {
  return [...marksOf(text)].flatMap(({ word, at, depth }) => {
    if (word === "; ") return [{ at: at + 1, depth }];
    return word === " | " ? [{ at, depth }] : [];
  });
}
