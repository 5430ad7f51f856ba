import type { Declaration, Outline } from "../../../grammars/lean/outline.ts";
import type { Limits } from "../server.ts";
import type { LeanWorker } from "../worker.ts";
import { mayRunCode } from "./commands.ts";

/** Rounds and names that are looked at; more, and the answer is that it cannot be told. */
const ROUNDS = 16;
const NAMES = 3_000;

/** Constants that stand for a proof that is not there, or for trust in the compiler (safety.md 12). */
const UNPROVED = new Set(
  "sorry sorryAx ofReduceBool ofReduceNat reduceBool reduceNat trustCompiler lcProof lcUnreachable".split(
    " ",
  ),
);
/** Words of printed terms that name nothing. */
const KEYWORDS = new Set(
  "fun let have show by in if then else match with do at from Type Sort Prop forall theorem def axiom opaque".split(
    " ",
  ),
);

/** What Lean makes of a `match` by itself when a tactic takes it apart, in a place of its own that `#print` does not reach. */
const OF_A_MATCH = /^(.+\.match_\d+(?:_\d+)*)\.(?:eq_\d+|splitter|congr_eq_\d+)$/;
/** The same of a recursive function, when its definition is unfolded or its recursion followed. */
const OF_A_FUNCTION =
  /^(.+)\.(?:induct|induct_unfolding|fun_cases|fun_cases_unfolding|eq_\d+|eq_def|eq_unfold)$/;

export type Rests =
  /** On nothing but the library and what the file proves. */
  | { readonly kind: "proved" }
  /** On a declaration that has no proof, or on what a name stands for. */
  | { readonly kind: "conditional"; readonly on: string }
  | { readonly kind: "unknown"; readonly reason: string };

/**
 * What the term of a declaration comes to rest on, for a Lean that refuses `#print axioms`: the embedded one reads its library
 * without proofs. The library is trusted; every other constant is printed with nothing left out and followed, whatever the
 * file's text looks like: a macro may hide a `sorry`, and an instance has a name that nobody wrote. What cannot be printed or
 * followed to its end is not proved.
 */
export async function restsOn(
  worker: LeanWorker,
  text: string,
  { declarations }: Outline,
  declaration: Declaration,
  limits: Limits,
): Promise<Rests> {
  const first = declaration.fullName ?? "touchstone_example";
  const own = [first, ...declarations.flatMap(({ fullName }) => (fullName === null ? [] : [fullName]))];
  if (own.some((name) => name.includes("«"))) return unknown("names in « » cannot be followed");
  const isOwn = (word: string) => own.some((name) => word === name || word.startsWith(`${name}.`));
  const header = headerOf(text);
  const seen = new Set<string>([first]);
  let wanted = [first];
  const ofLean = !mayRunCode(text);
  for (let round = 0; round < ROUNDS; round++) {
    const printed = await ask(worker, text, wanted, "#print ", limits);
    if (printed === null) return unknown("Lean does not show the terms that the proof rests on");
    const words = new Set<string>();
    for (const [name, term] of printed) {
      // Neither a constant of the file nor of the library: a variable.
      if (term === null && !isOwn(name)) continue;
      // Lean proves these from the match or the function, which is looked at in their place; nobody else can have declared them here.
      const from = (OF_A_MATCH.exec(name) ?? OF_A_FUNCTION.exec(name))?.[1];
      if (term === null && from !== undefined && ofLean) {
        words.add(from);
        continue;
      }
      if (term === null) return unknown(`Lean does not show ${name}`);
      if (/^(?:@\[[^\]]*\]\s*)*(?:private |protected |unsafe |noncomputable )*axiom\b/.test(term))
        return { kind: "conditional", on: name };
      if (term.includes("⋯")) return unknown(`Lean does not show all of ${name}`);
      for (const word of wordsOf(term)) {
        if (UNPROVED.has(word.slice(word.lastIndexOf(".") + 1))) return { kind: "conditional", on: name };
        if (!KEYWORDS.has(word)) words.add(word);
      }
    }
    const fresh = [...words].filter((word) => !seen.has(word));
    for (const word of fresh) seen.add(word);
    if (seen.size > NAMES) return unknown("the proof rests on too much to follow");
    const library = await ask(
      worker,
      header,
      fresh.filter((word) => !isOwn(word)),
      "#check @",
      limits,
    );
    if (library === null) return unknown("Lean does not say what belongs to its library");
    wanted = fresh.filter((word) => isOwn(word) || library.get(word) == null);
    if (wanted.length === 0) return { kind: "proved" };
  }
  return unknown("the proof rests on too much to follow");
}

function unknown(reason: string): Rests {
  return { kind: "unknown", reason };
}

/** The identifiers of a printed term, without the mark that makes a name private to its file. */
function wordsOf(term: string): string[] {
  return [...term.matchAll(/[\p{L}_][\p{L}\p{N}_'!?.\u2080-\u209c«»:/]*/gu)].map(([word]) =>
    word
      .replace(/^_private\..*?\.\d+\./, "")
      .replace(/^_root_\./, "")
      .replace(/[.:]+$/, ""),
  );
}

/** The imports of a text. */
function headerOf(text: string): string {
  return text
    .split("\n")
    .filter((line) => /^(?:module|prelude|(?:public |meta |private )*import\b.*)\s*$/.test(line))
    .join("\n");
}

/** A command that says nothing of what was asked. */
const APART = "#check True";

/** What Lean answers to a command for each name, asked at the end of a text; null where it answers with an error. Null as a whole: no verdict. */
async function ask(
  worker: LeanWorker,
  text: string,
  names: readonly string[],
  command: "#print " | "#check @",
  limits: Limits,
): Promise<Map<string, string | null> | null> {
  if (names.length === 0) return new Map();
  const body = text.trimEnd();
  const first = body === "" ? 2 : body.split("\n").length + 1;
  const options =
    "set_option pp.all true in set_option pp.maxSteps 100000000 in set_option pp.deepTerms true in ";
  // A word that is none of Lean's names may leave its command open: what is said of that stands where the next one begins.
  const questions = names
    .map((name) => `${command === "#print " ? options : ""}${command}${name}\n${APART}\n`)
    .join("");
  const checked = await worker.check(`${body === "" ? "\n" : body}\n\n${questions}`, null, limits);
  if (checked.kind !== "checked" || checked.fatal) return null;
  const answers = new Map<string, string | null>();
  for (const [at, name] of names.entries()) {
    const here = checked.messages.filter(({ start }) => start.line === first + 2 * at);
    const answer = here.length === 1 && here[0]!.severity === "information" ? here[0]!.text : null;
    answers.set(name, answer);
  }
  return answers;
}
