import { NAME_REST, NAME_START } from "./names.ts";

/** A string as Lean's lexer, which knows no interpolation, and as its parser of interpolated strings would read it. */
export interface StringEnds {
  /** Offset behind the string; -1 when it is never closed. */
  readonly end: number;
  /** The two readings end at different places. */
  readonly twoWays: boolean;
}

/** What the core library reads an interpolated string behind. */
const INTERPOLATES = /(?:^|[^\p{L}\p{N}_'!?.»])(?:[sfm]!|println!|panic!|dbg_trace)\s*$/u;
/** Of the text before a string, what is looked at for such a word. */
const LOOK_BACK = 200;

/** Where a string ends that begins here with a quote or as `r"…"`, `r#"…"#`. In `s!"{"a"}"` the quotes within braces belong to a term. */
export function endOfString(text: string, start: number): StringEnds {
  RAW.lastIndex = start;
  const hashes = RAW.exec(text)?.[1];
  if (hashes !== undefined) {
    const end = text.indexOf(`"${hashes}`, start + hashes.length + 2);
    return { end: end < 0 ? -1 : end + hashes.length + 1, twoWays: false };
  }
  const plain = endOf(text, start, false);
  // As long as no brace stands in it, both are the same.
  if (!text.slice(start, plain < 0 ? text.length : plain).includes("{"))
    return { end: plain, twoWays: false };
  const interpolated = endOf(text, start, true);
  const is = INTERPOLATES.test(text.slice(Math.max(0, start - LOOK_BACK), start));
  return { end: is ? interpolated : plain, twoWays: plain !== interpolated };
}

/** Whether a string begins here. */
export function beginsString(text: string, at: number): boolean {
  RAW.lastIndex = at;
  return text[at] === '"' || RAW.test(text);
}

const RAW = /r(#*)"/y;

function endOf(text: string, start: number, interpolated: boolean): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === '"') return at + 1;
    else if (interpolated && text[at] === "{") {
      at = endOfTerm(text, at + 1);
      if (at < 0) return -1;
    }
  }
  return -1;
}

/** The brace that closes an interpolated term; -1 when there is none. */
function endOfTerm(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    if (text.startsWith("--", at)) at = endOfLine(text, at) - 1;
    else if (text.startsWith("/-", at)) at = endOfComment(text, at) - 1;
    else if (beginsString(text, at)) at = endOfString(text, at).end - 1;
    else if (text[at] === "'") at = Math.max(at, endOfCharacter(text, at) - 1);
    else if (text[at] === "«") at = text.indexOf("»", at);
    else if (beginsName(text, at)) at = endOfName(text, at) - 1;
    else if (text[at] === "{") depth++;
    else if (text[at] === "}" && depth-- === 0) return at;
    if (at < start) return -1;
  }
  return -1;
}

const NAME = new RegExp(`[${NAME_START}]`, "uy");
const NAME_GOES_ON = new RegExp(`[${NAME_REST}]*`, "uy");

function beginsName(text: string, at: number): boolean {
  NAME.lastIndex = at;
  return NAME.test(text);
}

/** Within a name neither `r"` nor `'` begins anything. */
function endOfName(text: string, at: number): number {
  NAME_GOES_ON.lastIndex = at;
  NAME_GOES_ON.test(text);
  return NAME_GOES_ON.lastIndex;
}

const CHARACTER = /'(?:\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)|[^\\'])'/uy;

/** Where a character ends that begins here, -1 when none does. A line break is a character, too. */
export function endOfCharacter(text: string, at: number): number {
  CHARACTER.lastIndex = at;
  return CHARACTER.test(text) ? CHARACTER.lastIndex : -1;
}

export function endOfLine(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

/** Comments nest; one of documentation begins with three signs, so that `/--/` does not end. -1 when it is never closed. */
export function endOfComment(text: string, start: number): number {
  let depth = 1;
  const inner = start + (text[start + 2] === "-" || text[start + 2] === "!" ? 3 : 2);
  for (const mark of text.slice(inner).matchAll(/\/-|-\//g)) {
    depth += mark[0] === "/-" ? 1 : -1;
    if (depth === 0) return inner + mark.index + 2;
  }
  return -1;
}

/** Behind these no sign of Lean's goes on. */
const APART = new RegExp(`[\\s()[\\]{}⟨⟩,;"${NAME_REST}]$`, "u");

/**
 * Whether another token may go on where a comment or a character seems to begin: `<--1` is `<-` and `-1`, and `{x //-1 < x}` has no
 * comment. Which tokens there are depends on what is imported.
 */
export function isGlued(text: string, at: number, afterComment: boolean): boolean {
  if (at === 0 || afterComment) return false;
  return !APART.test(text.slice(Math.max(0, at - 2), at));
}
