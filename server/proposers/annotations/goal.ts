import type { AnnotationsTask, TextLoop } from "../../engine/task.ts";
import { contractText } from "../../tasks/annotations/contract.ts";
import type { Comparison } from "../../tasks/annotations/loops.ts";
import { namesIn, textTokens } from "../../tasks/annotations/tokens.ts";

/** Names for a bound variable that the counter's own name would capture. */
const FRESH = ["k", "j", "m", "q", "k_"];

/**
 * The postconditions as they may hold on the way: what is returned by its own name, values at entry where a parameter changes, and
 * the loop's counter in place of the bound that it runs up or down to.
 */
export function goalAtoms(
  task: AnnotationsTask,
  loop: TextLoop,
  guards: readonly Comparison[],
  modified: ReadonlySet<string>,
): string[] {
  const { ensures } = contractText(task);
  const results = returned(task, loop);
  return ensures.flatMap((clause) => {
    const named = /\\result\b/.test(clause)
      ? results.map((name) => atEntry(clause, modified).replace(/\\result\b/g, name))
      : [atEntry(clause, modified)];
    return named.flatMap((one) => [...guards.flatMap((guard) => onTheWay(one, guard, modified)), one]);
  });
}

/** Variables that a `return` gives back and an annotation of the loop may name. */
function returned({ document, span }: AnnotationsTask, { scope }: TextLoop): string[] {
  const tokens = textTokens(document.text, span.start, span.end);
  const names = tokens.flatMap(({ text }, at) =>
    text === "return" && tokens[at + 2]?.text === ";" && tokens[at + 1]?.kind === "word"
      ? [tokens[at + 1]!.text]
      : [],
  );
  return [...new Set(names)].filter((name) => scope.includes(name));
}

/** `\old(e)` as loops say it; a parameter of a postcondition is the caller's value, whatever has become of it. */
function atEntry(clause: string, modified: ReadonlySet<string>): string {
  const bound = new Set(
    [...clause.matchAll(/\\(?:forall|exists)([^;]*);/g)].flatMap(
      ([, binders]) => binders!.match(/\w+/g) ?? [],
    ),
  );
  const parts = clause.split(/(\\old\((?:[^()]|\([^()]*\))*\))/);
  return parts
    .map((part) => {
      const inner = /^\\old\(([\s\S]*)\)$/.exec(part)?.[1];
      if (inner !== undefined)
        return namesIn(inner).some((name) => modified.has(name)) || /[[*>.]/.test(inner)
          ? `\\at(${inner}, Pre)`
          : inner;
      return part.replace(/(?<![\\\w.>])[A-Za-z_]\w*/g, (name) =>
        modified.has(name) && !bound.has(name) ? `\\at(${name}, Pre)` : name,
      );
    })
    .join("");
}

/** The clause with the bound replaced by the counter, on the side of a range that the loop has done. */
function onTheWay(
  clause: string,
  { left, relation, right }: Comparison,
  modified: ReadonlySet<string>,
): string[] {
  const counter = [left, right].find((side) => modified.has(side));
  const bound = counter === left ? right : left;
  if (counter === undefined || modified.has(bound)) return [];
  const renamed = apart(clause, counter);
  const up = counter === left ? /^<|^!=$/.test(relation) : /^>|^!=$/.test(relation);
  if (up) {
    const text = replaced(renamed, bound, counter);
    return text === renamed ? [] : [text];
  }
  // Downwards what is done lies above the counter.
  const low = new RegExp(`(?<![\\w.])${escaped(bound)} <= (?=[A-Za-z_]\\w* <)`, "g");
  const done = /=$/.test(relation) ? `${counter} < ` : `${counter} <= `;
  const text = renamed.replace(low, done);
  return text === renamed ? [] : [text];
}

/** A quantifier that binds the counter's name gets another one. */
function apart(clause: string, counter: string): string {
  if (!new RegExp(`\\\\(?:forall|exists)[^;]*\\b${counter}\\b[^;]*;`).test(clause)) return clause;
  const fresh = FRESH.find((one) => one !== counter && !new RegExp(`\\b${one}\\b`).test(clause));
  return fresh === undefined ? clause : replaced(clause, counter, fresh);
}

function replaced(text: string, word: string, by: string): string {
  return text.replace(new RegExp(`(?<![\\w.\\\\])${escaped(word)}(?![\\w.])`, "g"), by);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
