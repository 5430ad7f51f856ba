import { NAME_REST, NAME_START } from "../../../grammars/lean/names.ts";

/** A term as Lean printed it with nothing left out (`pp.all`), read for the constants that it names. */
export interface Printed {
  /** The term without its strings and characters, and without the marks of what is private. */
  readonly bare: string;
  /** Its identifiers. Not every one is a constant. */
  readonly words: readonly string[];
}

/** A quoted word, as Lean itself names what it binds after a keyword (`«else»`): it can be asked for as any other name. */
export const QUOTED = `«[${NAME_REST}]+»`;
export const WORD = new RegExp(`(?:[${NAME_START}]|${QUOTED})(?:[${NAME_REST}.]|${QUOTED})*`, "gu");

/** A universe that a tactic named (`u._@.File._hyg.12`); of a constant's name only what stands before the first sign is printed. */
const OF_A_UNIVERSE = new RegExp(
  `(?<![${NAME_REST}.])([${NAME_START}][${NAME_REST}]*)\\._@[^\\s,(){}]*`,
  "gu",
);

/** What makes a name private to its file: it stands before the name, and nowhere in it. */
const PRIVATE = new RegExp(
  `(?<![${NAME_REST}.»])_private\\.(?:«[^»\\n]*»|[^\\s«»().]+)(?:\\.[^\\s«»().]+)*?\\.\\d+\\.`,
  "gu",
);
/** A name, a string or a character, whichever begins first: `'"'` begins no string, and `x'` no character. */
const LEXEME = new RegExp(
  `(${WORD.source}|«[^»\\n]*»)|"(?:[^"\\\\]|\\\\.)*"|'(?:\\\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)|[^\\\\])'|["']`,
  "gsu",
);

/** Null where it cannot be told which part of the term is a string: then nothing can be said of what it names. */
export function readPrinted(term: string): Printed | null {
  let unread = false;
  const code = term.replace(LEXEME, (found: string, name: string | undefined, at: number) => {
    const after = term.slice(at + found.length);
    // The tactics of a field's default are printed as they were written: `r"\"` ends elsewhere than it seems, and so may `s!"…"`.
    if (name !== undefined) unread ||= /^#*"/.test(after);
    else unread ||= found.length === 1;
    return name ?? '""';
  });
  if (unread) return null;
  const bare = code.replace(OF_A_UNIVERSE, "$1").replace(PRIVATE, "");
  return { bare, words: [...bare.matchAll(WORD)].map(([word]) => plain(word)) };
}

/** A name without what only says where to look for it, and without the part of it that is taken. */
function plain(word: string): string {
  return word
    .replace(/^_root_\./, "")
    .replace(/\.+$/, "")
    .replace(/(?:\.\d+)+$/, "");
}
