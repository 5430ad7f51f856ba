import { readFileSync } from "node:fs";
import { headOf } from "../../../grammars/coq/head.ts";
import { type Outline, readOutline, type Theorem } from "../../../grammars/coq/outline.ts";
import type { Sentence } from "../../../grammars/coq/sentences.ts";
import type { Assumption } from "./assumptions.ts";

/** What is known of a constant that a proof rests on without it being proved. */
export interface Assumed extends Assumption {
  /** The library that holds it; null when it is the file itself. */
  readonly library: string | null;
  /** The library's source; null where it was not found, and for the file itself. */
  readonly source: string | null;
}

/** Where a proof stands. */
export interface Baseline {
  readonly outline: Outline;
  readonly theorem: Theorem;
  readonly admitted: ReadonlyMap<string, number>;
}

export type Allowed =
  /** Null: a part of the statement, and not worth a word. */
  | { readonly kind: "allowed"; readonly assumption: string | null }
  | { readonly kind: "refused"; readonly reason: string };

const DECLARES = new Set(
  "Axiom Axioms Parameter Parameters Conjecture Conjectures Hypothesis Hypotheses Variable Variables Context Primitive".split(
    " ",
  ),
);

/**
 * Whether a proof may rest on an assumption (safety.md 11, soundness.md 14): on what the file or a library that it loads declares
 * as an axiom, yes, and it is listed; on a lemma that is admitted, never: the proof would be conditional on it. A proof cannot
 * load anything, so there is no more to rest on than the file has chosen.
 */
export function judgeAssumption(assumed: Assumed, { outline, theorem, admitted }: Baseline): Allowed {
  const { kind, name, text, library, source } = assumed;
  const refused = (reason: string): Allowed => ({ kind: "refused", reason });
  const listed: Allowed = { kind: "allowed", assumption: `axiom ${text}` };
  if (kind === "variable") return { kind: "allowed", assumption: null };
  if (kind !== "axiom") return refused(`conditional: ${text}`);
  const simple = name.slice(name.lastIndexOf(".") + 1);
  if (theorem.scope.some(({ parameters }) => parameters.includes(name.split(".")[0]!)))
    return { kind: "allowed", assumption: `parameter ${text}` };
  if (library === null) {
    const line = admitted.get(simple);
    if (line !== undefined)
      return refused(`conditional on ${name}, which is admitted at line ${line}: prove that first`);
    return declares(outline.sentences.slice(0, theorem.statement), simple)
      ? listed
      : refused(`conditional on ${name}, which is not proved`);
  }
  const written = source === null ? null : readSource(source);
  if (written === null) {
    return STANDARD.test(library)
      ? listed
      : refused(`conditional on ${name} of ${library}, whose source was not found`);
  }
  const { theorems, sentences } = readOutline(written);
  if (theorems.some((one) => one.name === simple && one.ended === "Admitted"))
    return refused(`conditional on ${name}, which is admitted in ${source}: prove that first`);
  if (declares(sentences, simple) || STANDARD.test(library)) return listed;
  return refused(`conditional on ${name} of ${library}, which is not proved`);
}

/** Coq's own library, by its names through the versions. */
const STANDARD = /^(?:Coq|Stdlib|Corelib|Rocq)\./;

function declares(sentences: readonly Sentence[], name: string): boolean {
  return sentences.some((sentence) => {
    const { word, rest } = headOf(sentence);
    return DECLARES.has(word) && namesOf(rest).includes(name);
  });
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

function readSource(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
