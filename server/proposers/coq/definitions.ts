import type { Position } from "../../search/source.ts";
import { readStatement, wordsOf } from "./shape.ts";
import { factsOf } from "./variables.ts";

/** Constants of a goal that the file defines by a term, so that they may be looked into: those of the conclusion, and all. */
export function definitionsIn({ goal, relevant }: Position): {
  readonly conclusion: readonly string[];
  readonly anywhere: readonly string[];
} {
  const bound = new Set([
    ...goal.hypotheses.flatMap(({ names }) => names),
    ...readStatement(goal.conclusion).binders.map(({ name }) => name),
  ]);
  const defined = new Set(
    relevant.filter(({ statement }) => /^\s*(Definition|Let)\b/.test(statement)).map(({ name }) => name),
  );
  const known = (text: string) => wordsOf(text).filter((word) => defined.has(word) && !bound.has(word));
  const conclusion = [...new Set(known(goal.conclusion))];
  return {
    conclusion,
    anywhere: [...new Set([...conclusion, ...factsOf(goal).flatMap(({ type }) => known(type))])],
  };
}
