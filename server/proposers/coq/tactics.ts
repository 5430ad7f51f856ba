import type { Premise } from "../../search/session.ts";
import type { Position, Suggestion, TacticSource } from "../../search/source.ts";
import { isLemma } from "./premises.ts";
import { factsOf } from "./variables.ts";

const MOST_ARGUMENTS = 4;
/** What a file defines for its own making, and what must not be used. */
const NEVER = /admit|give_up|shelve|timing|debug|print|trace|^info_/i;

/** The tactics that the file and the libraries it imports define: what their authors found worth a name. */
export function ownTactics(premises: readonly Premise[]): TacticSource {
  const tactics = premises
    .map(({ statement }) =>
      /^Ltac ([\p{L}_][\p{L}\p{N}_']*)(?: ([\p{L}_][\p{L}\p{N}_']*))?$/u.exec(statement),
    )
    .flatMap((found) =>
      found && !NEVER.test(found[1]!) ? [{ name: found[1]!, parameter: found[2] ?? null }] : [],
    );
  return {
    name: "tactics",
    kind: "symbolic",
    *suggest(position: Position): Iterable<Suggestion> {
      for (const { name, parameter } of tactics) {
        const arm = `tactics:${name}`;
        if (parameter === null) {
          yield { tactics: [name], cost: 2.0, deadlineMs: 400, arm };
          if (/break|destruct/.test(name))
            yield {
              tactics: [`repeat (${name}; simpl in *; subst); auto`],
              cost: 2.2,
              deadlineMs: 800,
              arm: "tactics:repeat",
            };
          continue;
        }
        for (const [at, argument] of argumentsFor(parameter, position).slice(0, MOST_ARGUMENTS).entries())
          yield { tactics: [`${name} ${argument}`], cost: 2.6 + 0.3 * at, deadlineMs: 400, arm };
      }
    },
  };
}

/** By the parameter's name: hypotheses are called H, lemmas lem. */
function argumentsFor(parameter: string, { goal, relevant }: Position): string[] {
  if (/^(H|h|hyp|Hyp)\d*'?$/.test(parameter)) return factsOf(goal).map(({ name }) => name);
  if (/^(l|L)em|^(thm|lemma)/.test(parameter)) return relevant.filter(isLemma).map(({ name }) => name);
  return [];
}
