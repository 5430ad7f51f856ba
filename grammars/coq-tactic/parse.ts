import { type Tree, tokenOfText } from "../definition/definition.ts";
import { firstMention } from "../emit/mentions.ts";
import { chevrotainParser, type GeneratedParser } from "../emit/parser.ts";
import { inner, position } from "../emit/text.ts";
import { coqTacticDefinition, type Entry } from "./definition.ts";
import { coqWords } from "./tokens.ts";

/** Lines and columns are 1-based and count in the text as it was given. */
export type ParsedTactic =
  | { readonly kind: "ok"; readonly tree: Tree }
  | { readonly kind: "error"; readonly message: string; readonly line: number; readonly column: number };

export interface ParseOptions {
  /** Default `tactic`. */
  readonly entry?: Entry;
  /** Tactics besides the allowlist: those that the user's own file defines (`Ltac f := ...`), never a model's idea. */
  readonly heads?: readonly string[];
  /** Names that may not occur, above all that of the theorem itself; however it is qualified. */
  readonly refused?: Iterable<string>;
}

/**
 * Reads a whole text as one tactic (its full stop may stand or not) or, for `proof`, as sentences. White space around it is
 * dropped. What is not the language is an error, with its place: commands, comments, strings, `admit` and its kin.
 */
export function parseCoqTactic(
  text: string,
  { entry = "tactic", heads = [], refused = [] }: ParseOptions = {},
): ParsedTactic {
  const parser = parserOf(entry, heads);
  const fail = (message: string, offset: number): ParsedTactic => ({
    kind: "error",
    message,
    ...position(text, offset),
  });
  const [start, end] = inner(text);
  const body = text.slice(start, end);
  // A sentence ends with a dot and white space, which the end of the text stands for.
  const whole = entry === "proof" ? `${body}\n` : body.replace(/(?<=[^.\s])\.$/, "");
  const parsed = parser.parse(whole);
  if (parsed.kind === "error") return fail(parsed.message, start + Math.min(parsed.offset, body.length));
  const mention = firstMention(parsed.tree, refused);
  if (mention !== null) return fail(`${mention} may not be used here`, Math.max(0, text.indexOf(mention)));
  return { kind: "ok", tree: parsed.tree };
}

const made = new Map<string, GeneratedParser>();

/** Made when first needed: a parser takes some milliseconds. */
function parserOf(entry: Entry, heads: readonly string[]): GeneratedParser {
  const usable = heads.filter((head) => isName(head));
  const key = [entry, ...usable].join(" ");
  let found = made.get(key);
  if (found === undefined) {
    found = chevrotainParser(coqTacticDefinition(entry, [], usable));
    made.set(key, found);
  }
  return found;
}

const plainNames = new Set<string>(coqWords([]).of.other);

/** Whether a word is a name that is not one of the language's own: those keep their meaning. */
function isName(word: string): boolean {
  return plainNames.has(tokenOfText(coqTacticDefinition("tactic", []), word)?.name ?? "");
}
