import { takesBack } from "../../../grammars/coq/backtracking.ts";
import { headOf } from "../../../grammars/coq/head.ts";
import type { Outline, Scope } from "../../../grammars/coq/outline.ts";
import type { Sentence } from "../../../grammars/coq/sentences.ts";

/** What a text says of a constant that it holds. */
export type Declared =
  /** `statement` is the index of the sentence that states what is not proved. */
  | { readonly kind: "admitted"; readonly statement: number }
  | { readonly kind: "axiom" }
  /** Nothing: an obligation that was given up, what another file or a plugin declares. */
  | { readonly kind: "unknown" };

const DECLARES = new Set(
  "Axiom Axioms Parameter Parameters Conjecture Conjectures Hypothesis Hypotheses Variable Variables Context Primitive".split(
    " ",
  ),
);

/**
 * Looks a constant up in a text before the sentence `until`. `path` is its modules and its name, sections left out: two modules
 * may have the same name for an axiom and for a lemma that is admitted. Of a module whose content stands elsewhere (`Include`,
 * a functor that was applied) only the name is known, and one that is admitted anywhere counts.
 */
export function declaredIn(
  { sentences, scopes, theorems }: Outline,
  path: readonly string[],
  until = sentences.length,
): Declared {
  const name = path.at(-1)!;
  const place = path.slice(0, -1).join(".");
  let written = place === "";
  let included = false;
  for (let at = 0; at < until; at++) {
    if (modulesOf(scopes[at]!) !== place) continue;
    written = true;
    included ||= headOf(sentences[at]!).word === "Include";
  }
  const here = (scope: readonly Scope[]) => !written || included || modulesOf(scope) === place;
  const admitted = theorems.find(
    (one) =>
      one.ended === "Admitted" &&
      one.end < until &&
      (one.name === name || one.siblings.includes(name)) &&
      here(one.scope),
  );
  if (admitted !== undefined) return { kind: "admitted", statement: admitted.statement };
  // What is given up without a name of its own gets one from Coq, which may be that of an axiom elsewhere; so may what is loaded.
  const unnamed =
    theorems.some((one) => one.ended === "Admitted" && one.name === null && one.end < until) ||
    sentences.slice(0, until).some((sentence) => ["Admit", "Load"].includes(headOf(sentence).word));
  if (unnamed && (!written || included)) {
    const direct = sentences
      .slice(0, until)
      .some((sentence, at) => declares(sentence, name) && modulesOf(scopes[at]!) === place);
    return { kind: direct ? "axiom" : "unknown" };
  }
  // An axiom that was taken back leaves its name to what comes after it.
  if (unnamed && sentences.slice(0, until).some(takesBack)) return { kind: "unknown" };
  const axiom = sentences
    .slice(0, until)
    .some((sentence, at) => declares(sentence, name) && here(scopes[at]!));
  return { kind: axiom ? "axiom" : "unknown" };
}

function modulesOf(scope: readonly Scope[]): string {
  return scope
    .filter(({ kind }) => kind !== "section")
    .map(({ name }) => name)
    .join(".");
}

function declares(sentence: Sentence, name: string): boolean {
  const { word, rest } = headOf(sentence);
  return DECLARES.has(word) && namesOf(rest).includes(name);
}

/** What stands before the colon, of each binder where there are some: a type only speaks of names. */
function namesOf(rest: readonly { readonly kind: string; readonly text: string }[]): string[] {
  const names: string[] = [];
  let depth = 0;
  let typed = Number.POSITIVE_INFINITY;
  for (const { kind, text } of rest) {
    if ("([{".includes(text)) depth++;
    else if (")]}".includes(text)) {
      if (--depth < typed) typed = Number.POSITIVE_INFINITY;
    } else if (text === ":") typed = Math.min(typed, depth);
    else if (kind === "word" && depth < typed) names.push(text);
  }
  return names;
}
