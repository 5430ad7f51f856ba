import type { Tree } from "../definition/definition.ts";
import { firstMention } from "../emit/mentions.ts";
import { chevrotainParser, type GeneratedParser, type Parsed } from "../emit/parser.ts";
import { position } from "../emit/text.ts";
import { type Entry, leanTacticDefinition } from "./definition.ts";
import { layOut } from "./layout.ts";
import { printLeanAscii, printLeanTactic } from "./print.ts";
import { encodeName, toAscii } from "./unicode.ts";

/** Lines and columns are 1-based and count in the text as it was given. */
export type ParsedTactic =
  | { readonly kind: "ok"; readonly tree: Tree }
  | { readonly kind: "error"; readonly message: string; readonly line: number; readonly column: number };

export interface ParseOptions {
  /** Default `proof`. */
  readonly entry?: Entry;
  /** Names that may not occur, above all that of the theorem itself; however it is qualified. */
  readonly refused?: Iterable<string>;
}

/**
 * Reads a whole text as tactics, or for `tactic` as one: Lean as people write it, in Unicode and laid out in lines, or the
 * language's own ASCII on one line. What is not the language is an error, with its place.
 */
export function parseLeanTactic(
  text: string,
  { entry = "proof", refused = [] }: ParseOptions = {},
): ParsedTactic {
  const { maxLength } = leanTacticDefinition(entry, []).caps;
  const fail = (message: string, offset: number): ParsedTactic => ({
    kind: "error",
    message,
    ...position(text, offset),
  });
  // Before anything else looks at it.
  if (text.length > maxLength) return fail(`longer than ${maxLength} characters; write something shorter`, 0);
  const parsed = read(text, entry);
  if (parsed.kind === "error") return fail(parsed.message, parsed.offset);
  const mention = firstMention(parsed.tree, [...refused].map(encodeName));
  if (mention !== null) return fail(`${mention} may not be used here`, Math.max(0, text.indexOf(mention)));
  // What is checked and offered is the layout, so the tree must be what the layout says.
  const again = read(printLeanTactic(parsed.tree), entry);
  if (again.kind === "error" || printLeanAscii(again.tree) !== printLeanAscii(parsed.tree)) {
    return fail("laid out in lines this would say something else; put brackets around its parts", 0);
  }
  return { kind: "ok", tree: parsed.tree };
}

function read(text: string, entry: Entry): Parsed {
  const ascii = toAscii(text);
  const laid = layOut(ascii.text);
  const parsed = parserOf(entry).parse(laid.text);
  if (parsed.kind === "ok") return parsed;
  const offset = laid.offsets[Math.min(parsed.offset, laid.text.length)]!;
  return { ...parsed, offset: ascii.offsets[offset]! };
}

const made = new Map<Entry, GeneratedParser>();

/** Made when first needed: a parser takes some milliseconds. */
function parserOf(entry: Entry): GeneratedParser {
  let found = made.get(entry);
  if (found === undefined) {
    found = chevrotainParser(leanTacticDefinition(entry, []));
    made.set(entry, found);
  }
  return found;
}
