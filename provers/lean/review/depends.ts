import { readHeader } from "../../../grammars/lean/header.ts";
import { NAME_REST } from "../../../grammars/lean/names.ts";
import type { Outline } from "../../../grammars/lean/outline.ts";
import type { LeanMessage, Limits } from "../server.ts";
import type { LeanWorker } from "../worker.ts";
import { mayRunCode } from "./commands.ts";
import { QUOTED, readPrinted, WORD } from "./printed.ts";

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
 * followed to its end is not proved. `first` is the declaration's full name in `text`.
 */
export async function restsOn(
  worker: LeanWorker,
  text: string,
  { declarations, tokens }: Outline,
  first: string,
  limits: Limits,
): Promise<Rests> {
  const own = [first, ...declarations.flatMap(({ fullName }) => (fullName === null ? [] : [fullName]))];
  if (own.some((name) => name.includes("«"))) return unknown("names in « » cannot be followed");
  const isOwn = (word: string) => own.some((name) => word === name || word.startsWith(`${name}.`));
  const header = text.slice(0, readHeader(tokens).end);
  const seen = new Set<string>([first]);
  let wanted = [first];
  const ofLean = !mayRunCode(text);
  // `x.1` is a part of a variable; of a constant it may be another constant, since a macro may name what it declares so.
  const numbered = new Set<string>();
  const constants = new Set<string>();
  for (let round = 0; round < ROUNDS; round++) {
    const printed = await ask(worker, text, wanted, "#print ", limits);
    if (printed === null) return unknown("Lean does not show the terms that the proof rests on");
    const words = new Set<string>();
    for (const [name, term] of printed) {
      // Lean proves these from the match or the function, which is looked at in their place; nobody else can have declared them here.
      const from = (OF_A_MATCH.exec(name) ?? OF_A_FUNCTION.exec(name))?.[1];
      if (term === null && from !== undefined && ofLean && !own.includes(name)) {
        words.add(from);
        continue;
      }
      // Neither a constant of the file nor of the library: a variable, of which none has a dot in its name.
      if (term === null && !isOwn(name) && !name.includes(".")) continue;
      if (term === null || term === "unanswered") return unknown(`Lean does not show ${name}`);
      const read = readPrinted(term);
      if (read === null) return unknown(`Lean does not show ${name} so that its strings can be told`);
      const head = /^(?:@\[[^\]]*\]\s*)*((?:[a-z]+ )*)/.exec(term)![1]!.split(" ");
      if (head.includes("axiom")) return { kind: "conditional", on: name };
      // Its value is what it rests on, and `#print` leaves that out; `partial` makes such ones as well.
      if (head.includes("opaque")) return unknown(`Lean does not show what the opaque ${name} rests on`);
      // It may rest on itself.
      if (head.includes("unsafe")) return unknown(`Lean does not check that the unsafe ${name} ends`);
      const { bare } = read;
      if (term.includes("⋯") || OF_A_MACRO.test(bare) || STRANGE.test(bare.replace(QUOTES, "")))
        return unknown(`Lean does not show all of ${name}, or under a name that cannot be followed`);
      constants.add(name);
      for (const [, of] of bare.matchAll(NUMBERED)) numbered.add(of!.replace(/^_root_\./, ""));
      for (const word of read.words) {
        if (UNPROVED.has(word.slice(word.lastIndexOf(".") + 1))) return { kind: "conditional", on: name };
        if (!KEYWORDS.has(word)) words.add(word);
      }
    }
    const parts = ofLean ? undefined : [...numbered].find((name) => constants.has(name));
    if (parts !== undefined)
      return unknown(`Lean does not show whether a part of ${parts} or what a macro named so is meant`);
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
    wanted = fresh.filter(
      (word) => isOwn(word) || library.get(word) == null || library.get(word) === "unanswered",
    );
    if (wanted.length === 0) return { kind: "proved" };
  }
  return unknown("the proof rests on too much to follow");
}

function unknown(reason: string): Rests {
  return { kind: "unknown", reason };
}

/** A name with a number behind it. */
const NUMBERED = new RegExp(`(${WORD.source}?)\\.\\d+(?![${NAME_REST}])`, "gu");

/** A constant that a macro named: nobody can ask for it. A variable of such a name has no dot in it. */
const OF_A_MACRO = new RegExp(`\\.[${NAME_REST}]+✝`, "u");

const QUOTES = new RegExp(QUOTED, "gu");

/** What names no constant that could be asked for: a quoted name with spaces or signs, or a sign that is neither Lean's own nor a part of a name. */
const STRANGE = new RegExp(`[^${NAME_REST}\\p{N}\\x00-\\x7f→∀∃λ×∧∨¬↔≤≥≠∣⟨⟩⦃⦄✝↦]`, "u");

/** A command that says nothing of what was asked. */
const APART = "#check True";

/**
 * What Lean answers to a command for each name, asked at the end of a text; null where it knows no
 * such name, `unanswered` where something else kept it from answering. Null as a whole: no verdict.
 */
async function ask(
  worker: LeanWorker,
  text: string,
  names: readonly string[],
  command: "#print " | "#check @",
  limits: Limits,
): Promise<Map<string, string | "unanswered" | null> | null> {
  if (names.length === 0) return new Map();
  const before = `${text.trimEnd()}\n\n`;
  const first = before.split("\n").length - 1;
  const options =
    "set_option pp.all true in set_option pp.maxSteps 100000000 in set_option pp.deepTerms true in ";
  // A word that is none of Lean's names may leave its command open: what is said of that stands where the next one begins.
  const questions = names
    .map((name) => `${command === "#print " ? options : ""}${command}_root_.${name}\n${APART}\n`)
    .join("");
  const checked = await worker.check(`${before}${questions}`, null, limits);
  if (checked.kind !== "checked" || checked.fatal) return null;
  const answers = new Map<string, string | null>();
  for (const [at, name] of names.entries()) {
    const here = checked.messages.filter(({ start }) => start.line === first + 2 * at);
    answers.set(name, answered(here));
  }
  return answers;
}

function answered(messages: readonly LeanMessage[]): string | "unanswered" | null {
  const [first] = messages;
  if (messages.length === 1 && first!.severity === "information") return first!.text;
  // A word that Lean reads as something else than a name is none of its constants.
  const known = messages.every(({ severity, text }) => severity !== "error" || !UNKNOWN.test(text));
  return known ? "unanswered" : null;
}

const UNKNOWN = /^(?:unknown (?:constant|identifier)|(?:<input>:\S+ )?(?:unexpected|expected))/i;
