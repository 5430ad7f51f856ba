import type { TokenDefinition } from "./definition.ts";
import { inOrder, literal, oneOf, type Pattern } from "./pattern.ts";

/** Tokens for all words of a language, and for each class the names of those that belong to it. */
export interface WordTokens<Class extends string> {
  readonly tokens: readonly TokenDefinition[];
  readonly of: Readonly<Record<Class | "other", readonly string[]>>;
}

/**
 * Keywords and identifiers for a lexer that takes the first match and looks no further. A keyword must not be read out of
 * the front of a longer word (`in` of `induct`), nor the front of a keyword as an identifier. So keywords are put on
 * levels, those that begin with another one on a lower level than that one; on each level come first the identifiers
 * that go on after a keyword of it, then the keywords. Whatever the word, the first match is then all of it.
 *
 * `rest` is what may follow a keyword's text within a word (not empty), `whole` any word at all. Words of a class named in
 * `reserved` are tokens that no rule uses.
 */
export function wordTokens<Class extends string>(
  classes: Readonly<Record<Class, readonly string[]>>,
  {
    rest,
    whole,
    reserved,
  }: { readonly rest: Pattern; readonly whole: Pattern; readonly reserved: NoInfer<Class> },
): WordTokens<Class> {
  const names = Object.keys(classes) as Class[];
  const all = names.flatMap((name) => classes[name]);
  const levels = new Map<string, number>();
  for (const word of all.toSorted((a, b) => b.length - a.length)) {
    const longer = all.filter((other) => other !== word && other.startsWith(word));
    levels.set(word, Math.max(-1, ...longer.map((other) => levels.get(other)!)) + 1);
  }
  const tokens: TokenDefinition[] = [];
  const of = { other: [] as string[] } as Record<Class | "other", string[]>;
  for (const name of names) of[name] = [];
  for (let level = 0; level <= Math.max(-1, ...levels.values()); level += 1) {
    const here = (words: readonly string[]) => words.filter((word) => levels.get(word) === level);
    const longer = `Word${level}`;
    tokens.push({ name: longer, pattern: inOrder(oneOf(...here(all)), rest) });
    of.other.push(longer);
    for (const name of names) {
      const words = here(classes[name]);
      if (words.length === 0) continue;
      const token = `${name}${level}`;
      const pattern = words.length === 1 ? literal(words[0]!) : oneOf(...words);
      tokens.push({ name: token, pattern, ...(name === reserved && { role: "reserved" as const }) });
      of[name].push(token);
    }
  }
  tokens.push({ name: "Word", pattern: whole });
  of.other.push("Word");
  return { tokens, of };
}
