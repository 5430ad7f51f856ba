import { COMMAND_WORDS } from "../../../grammars/lean/command-words.ts";
import { NAME_REST } from "../../../grammars/lean/names.ts";
import type { Token } from "../../../grammars/lean/tokens.ts";

/** Words by which a file defines syntax of its own. */
export const SYNTAX: ReadonlySet<string> = new Set(
  "macro macro_rules syntax elab elab_rules notation notation3 infix infixl infixr prefix postfix declare_syntax_cat binder_predicate".split(
    " ",
  ),
);

/** Whether a command that defines syntax does so for commands: its category, a quotation of one, or a word that commands begin with. */
export function extendsCommands(tokens: readonly Token[], index: number): boolean {
  // A kind of syntax by its full name, such as `Lean.Parser.Command.print`, or by a shorter one where that namespace is open.
  if (tokens.some(({ text, kind }) => kind === "word" && /(?:^|[.«])Command(?:$|[.»])/.test(text)))
    return true;
  for (let at = index + 1; at < tokens.length; at++) {
    const { text, kind, first, column } = tokens[at]!;
    if (first && column === 0 && (SYNTAX.has(text) || text.startsWith("#"))) return false;
    const before = tokens[at - 1]!.text;
    const plain = text.replace(/[«»]/g, "");
    if (before === "kind" && text === ":=") return true;
    if (plain === "command" && (before === ":" || before === "(")) return true;
    if (before === "(" && tokens[at - 2]?.text === "`" && quotesCommand(tokens, at)) return true;
    if (kind === "string" && /^"\s*(?:#|theorem|lemma|def|axiom|example|end|set_option)\b|^"\s*#/.test(text))
      return true;
  }
  return false;
}

/** Of what the judge asks with whether a hole wants a proof: a file with other readings of it could answer for itself. */
const ASKED_WITH = new Set("by show focus trace all_goals first sorry exact ( _ :".split(" "));

/**
 * The first of a file's own commands that may read anew what Lean has a reading for already, the judge's questions about a hole among it;
 * null when there is none. In a theorem a hole may be anything: what is proved is its statement.
 */
export function rereadsTactics(tokens: readonly Token[]): Token | null {
  for (const [index, token] of tokens.entries()) {
    if (token.text === "macro_rules" || token.text === "elab_rules") return token;
    if (!SYNTAX.has(token.text)) continue;
    for (let at = index + 1; at < tokens.length && !ENDS.has(tokens[at]!.text); at++) {
      const { text, kind } = tokens[at]!;
      if (kind === "string" && ASKED_WITH.has(text.slice(1, -1).trim())) return token;
    }
  }
  return null;
}

/** Whether the quotation whose content begins here may be a command: one without a category is whatever it can be read as. */
function quotesCommand(tokens: readonly Token[], from: number): boolean {
  const { text: first, kind } = tokens[from]!;
  if (kind === "word" && tokens[from + 1]?.text === "|") return false;
  let depth = 0;
  for (let at = from; at < tokens.length; at++) {
    const { text } = tokens[at]!;
    if ("([{⟨⦃".includes(text) || text === "@[") depth++;
    else if (")]}⟩⦄".includes(text) && --depth < 0) return false;
    if (depth > 0) continue;
    if (text.startsWith("#")) return true;
    // `$first in $second` is a command; in a term the word stands behind another of its own.
    if (text === "in" ? first === "$" : COMMAND_WORDS.has(text)) return true;
  }
  return true;
}

/** Words that begin a command and that nobody can give to a syntax or to its parts: `lemma` would be one of their names. */
const ENDS = new Set(
  `theorem def abbrev example axiom opaque namespace section mutual end structure inductive class instance variable universe open export
  attribute set_option deriving noncomputable private protected import`.split(/\s+/),
);

/**
 * The first string of a syntax definition that may make a token in which others are not seen any more: with a quotation mark, a
 * comment's sign or one that may become it. Null when there is none.
 */
export function strangeAtom(tokens: readonly Token[]): Token | null {
  let defines = false;
  for (const token of tokens) {
    const { text, kind, first } = token;
    if (first && (ENDS.has(text) || text === "@[" || text.startsWith("#"))) defines = false;
    if (SYNTAX.has(text)) defines = true;
    if (defines && kind === "string" && text.startsWith('"') && isStrange(text.slice(1, -1))) return token;
    if (defines && kind === "string" && text.startsWith("r")) return token;
  }
  return null;
}

/** A sign behind a name or a bracket; behind other signs the reader of tokens doubts it where it stands. */
const HIDDEN = new RegExp(`[()[\\]{}⟨⟩,;]'|[${NAME_REST}()[\\]{}⟨⟩,;][-/]$`, "u");

function isStrange(atom: string): boolean {
  const plain = atom.replaceAll("\\\\", "").trim();
  // Of a token `_root_.a`, the judge could not ask for `a`.
  return /[\\"«»]|--|\/-|_root_/.test(plain) || HIDDEN.test(plain);
}

/** Functions that make names or syntax out of parts: then no word of the text tells what stands there in the end. */
const MAKES =
  /^(?:appendAfter|appendBefore|appendIndexAfter|toName|decodeNameLit|set(?:Kind|Args?)|modifyArgs?|TSyntax|mk(?:C?Ident\w*|Node|Atom\w*|\w+Lit|Str\d*|Simple|Num|App\w*|Hole\w*))$/;
/** The same where Lean's own namespace is spoken of; a file may have a type of its own by that name. */
const OF_LEAN = /^(?:Name|Syntax|quote)$/;
/** Constructors of either, when written with a dot alone. */
const CONSTRUCTOR = /^(?:ident|node|atom|str|num)$/;

/**
 * The first word by which a file that defines syntax computes what its macros stand for, rather than quote it; so it could set an option
 * that is written nowhere, and switch the kernel off. Null when there is none.
 */
export function computedSyntax(tokens: readonly Token[]): Token | null {
  const partsOf = ({ text, kind }: Token) => (kind === "word" ? text.replace(/[«»]/g, "").split(".") : []);
  const ofLean = tokens.some((token) => partsOf(token).includes("Lean"));
  let defines = false;
  for (const [index, token] of tokens.entries()) {
    const { text, first } = token;
    if (first && (COMMAND_WORDS.has(text) || text === "@[" || text.startsWith("#"))) defines = false;
    if (SYNTAX.has(text)) defines = true;
    if (text === "set_option" && tokens[index + 1]?.text === "$") return token;
    const parts = partsOf(token);
    if (parts.some((part) => MAKES.test(part) || (ofLean && OF_LEAN.test(part)))) return token;
    if ((defines || ofLean) && tokens[index - 1]?.text === "." && CONSTRUCTOR.test(text)) return token;
  }
  return null;
}
