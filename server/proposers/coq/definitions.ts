import type { Premise } from "../../search/session.ts";
import type { Position } from "../../search/source.ts";
import { readStatement, wordsOf } from "./shape.ts";
import { factsOf } from "./variables.ts";

/** What the file and its libraries define by a term, so that it may be looked into, and what their functions speak of. */
export interface Definitions {
  /** Constants of a goal that are defined so: those of the conclusion, and all. */
  of(position: Position): { readonly conclusion: readonly string[]; readonly anywhere: readonly string[] };
  /** Those that functions of a goal speak of: they appear when these are simplified. */
  behind(position: Position): readonly string[];
}

export function readDefinitions(premises: readonly Premise[]): Definitions {
  const defined = new Set<string>();
  const spokenOf = new Map<string, readonly string[]>();
  for (const { name, statement } of premises) {
    const kind = /^\s*(?:(?:#\[[^\]]*\]|Local|Global|Program)\s*)*(\p{L}+)\b/u.exec(statement)?.[1] ?? "";
    if (kind === "Definition" || kind === "Let") defined.add(name);
    if (/^(Definition|Let|Fixpoint|Function)$/.test(kind)) spokenOf.set(name, wordsOf(statement));
  }
  return {
    of({ goal }) {
      const bound = new Set([
        ...goal.hypotheses.flatMap(({ names }) => names),
        ...readStatement(goal.conclusion).binders.map(({ name }) => name),
      ]);
      const known = (text: string) => wordsOf(text).filter((word) => defined.has(word) && !bound.has(word));
      const conclusion = [...new Set(known(goal.conclusion))];
      return {
        conclusion,
        anywhere: [...new Set([...conclusion, ...factsOf(goal).flatMap(({ type }) => known(type))])],
      };
    },
    behind({ goal }) {
      const there = new Set(wordsOf([goal.conclusion, ...factsOf(goal).map(({ type }) => type)].join(" ")));
      const words = [...there].flatMap((word) => spokenOf.get(word) ?? []);
      return [...new Set(words)].filter((word) => defined.has(word) && !there.has(word));
    },
  };
}
