import type { Sentence } from "./sentences.ts";
import type { Token } from "./tokens.ts";

/** Words that may stand before the word that says what a command is. */
const PREFIXES = new Set([
  "Local",
  "Global",
  "Program",
  "Polymorphic",
  "Monomorphic",
  "Cumulative",
  "NonCumulative",
  "Private",
  "Time",
  "Instructions",
  "Fail",
  "Succeed",
  "Timeout",
  "Redirect",
]);

/** What a command is, its attributes and prefixes set aside. */
export interface Head {
  /** The first word that is no prefix: `Lemma`, `Proof`, `intros`; empty for bullets and braces. */
  readonly word: string;
  readonly prefixes: readonly string[];
  /** The tokens after that word. */
  readonly rest: readonly Token[];
}

/** Reads the head of a sentence. */
export function headOf(sentence: Sentence): Head {
  const prefixes: string[] = [];
  if (sentence.kind !== "command") return { word: "", prefixes, rest: [] };
  const { tokens } = sentence;
  let at = 0;
  for (; at < tokens.length; at++) {
    const { kind, text } = tokens[at]!;
    if (text === "#[") at = closing(tokens, at);
    else if (kind === "word" && PREFIXES.has(text)) prefixes.push(text);
    // `Timeout 5`, `Redirect "file"`.
    else if (!((kind === "number" || kind === "string") && prefixes.length > 0)) break;
  }
  const head = tokens[at];
  return { word: head?.kind === "word" ? head.text : "", prefixes, rest: tokens.slice(at + 1) };
}

/** True when a command gives a body by `:=`, outside parentheses, `let` and `with Definition`. */
export function hasBody(tokens: readonly Token[]): boolean {
  let depth = 0;
  let bound = 0;
  for (const { text } of tokens) {
    if ("([{".includes(text) || text === "{|") depth++;
    else if (")]}".includes(text) || text === "|}") depth--;
    else if (depth > 0) continue;
    else if (text === "let" || text === "Definition" || text === "Module") bound++;
    else if (text === ":=" && bound-- <= 0) return true;
  }
  return false;
}

/** The index of the bracket that closes the one at `open`. */
function closing(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    const { text } = tokens[at]!;
    if (text === "[" || text === "#[") depth++;
    if (text === "]" && --depth === 0) return at;
  }
  return tokens.length;
}
