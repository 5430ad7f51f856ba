import { headOf } from "../../grammars/coq/head.ts";
import { readSentences } from "../../grammars/coq/sentences.ts";

/** Longest tactic, and largest number in one, that is tried. */
const LONGEST = 4_000;
const DEEPEST = 100;
const LARGEST_DIGITS = 9;

/** Words that give up, wherever they stand. */
const NOWHERE = new Set(["admit", "give_up", "shelve", "shelve_unifiable", "Unshelve", "Admitted", "Abort"]);

/** A tactic that may be tried, as one sentence with its full stop; or why it may not. */
export type Screened =
  | { readonly kind: "sentence"; readonly sentence: string }
  | { readonly kind: "refused"; readonly message: string };

/**
 * The safety policy for one tactic (safety.md 1, 2, 4): one sentence, no command of the vernacular, nothing that gives up, no
 * control characters, no comment. It looks at tokens, never at substrings. Every way to a session goes through it; the
 * output grammar's allowlist of tactics is narrower.
 */
export function screenTactic(tactic: string): Screened {
  const refuse = (message: string) => ({ kind: "refused" as const, message });
  if (tactic.length > LONGEST) return refuse(`a tactic has at most ${LONGEST} characters`);
  if (/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029]/.test(tactic))
    return refuse("control characters are not allowed");
  if (tactic.includes("(*") || tactic.includes("*)")) return refuse("comments are not allowed");
  const read = readSentences(tactic);
  if (read.rest?.message.endsWith("is never closed")) return refuse(read.rest.message);
  const { sentences, rest } = read.rest === null ? read : readSentences(`${tactic.trimEnd()}.`);
  if (rest !== null) return refuse(rest.message);
  const [sentence] = sentences;
  if (sentence === undefined || sentences.length !== 1)
    return refuse(
      sentences.length === 0 ? "this is no sentence" : "one sentence at a time: only the first would be run",
    );
  if (sentence.kind !== "command") return { kind: "sentence", sentence: sentence.text };
  const { word, prefixes, rest: tail } = headOf(sentence);
  const first = prefixes[0] ?? (sentence.tokens[0]?.text === "#[" ? "an attribute" : null);
  if (first !== null) return refuse(`${first} may not stand before a tactic`);
  // Every command of Coq's vernacular begins with a capital letter or an attribute, and no tactic does; a user's own tactic may.
  if (/^\p{Lu}/u.test(word)) return refuse(`${word} is a command, not a tactic`);
  if (word === "" && sentence.tokens.length === 0) return refuse("this is an empty sentence");
  for (const { kind, text } of sentence.tokens) {
    if (kind === "word" && NOWHERE.has(text)) return refuse(`${text} leaves a goal unproved`);
    if (kind === "number" && text.replaceAll("_", "").length > LARGEST_DIGITS)
      return refuse("a number is too large");
    if (kind === "symbol" && text === "#[") return refuse("attributes are not allowed");
  }
  // `par:` starts processes.
  if (word === "par" && tail[0]?.text === ":") return refuse("par: starts processes");
  if (depthOf(sentence.tokens) > DEEPEST) return refuse("this is nested too deeply");
  return { kind: "sentence", sentence: sentence.text };
}

function depthOf(tokens: readonly { readonly text: string }[]): number {
  let depth = 0;
  let deepest = 0;
  for (const { text } of tokens) {
    if ("([{".includes(text)) deepest = Math.max(deepest, ++depth);
    else if (")]}".includes(text)) depth--;
  }
  return deepest;
}
