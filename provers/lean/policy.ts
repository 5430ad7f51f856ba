import { readTokens } from "../../grammars/lean/tokens.ts";
import { FORBIDDEN } from "../../grammars/lean-tactic/words.ts";

/** Longest tactic, deepest nesting and largest number that are tried. */
const LONGEST = 4_000;
const DEEPEST = 100;
const LARGEST_DIGITS = 9;

/** Besides what the grammar forbids: `decide +native` trusts the compiler as `native_decide` does. */
const NOWHERE = new Set([...FORBIDDEN, "native"]);
// Interpreters are called so; the command is `#eval`, and what Mathlib's `eval%` runs is told by its mark.
NOWHERE.delete("eval");
const OPEN = "([{⟨⦃";
const CLOSE = ")]}⟩⦄";

/** A tactic that may be tried, or why it may not. */
export type Screened =
  | { readonly kind: "tactic"; readonly tactic: string }
  | { readonly kind: "refused"; readonly message: string };

/**
 * The safety policy for one tactic (safety.md 1, 3, 4): no word that admits a goal, trusts the compiler, runs a program, changes
 * an option or begins a command; no comment, no control character, no line left of its first, brackets balanced, and not the
 * theorem's own name. It looks at tokens, never at substrings. Every way to a session and to the judge goes through it; the
 * output grammar's allowlist is narrower.
 */
export function screenTactic(tactic: string, refused: readonly string[] = []): Screened {
  const refuse = (message: string) => ({ kind: "refused" as const, message });
  if (tactic.trim() === "") return refuse("this is no tactic");
  if (tactic.length > LONGEST) return refuse(`a tactic has at most ${LONGEST} characters`);
  if (
    /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(tactic)
  )
    return refuse("control characters are not allowed");
  if (/--|\/-|-\//.test(tactic)) return refuse("comments are not allowed");
  const { tokens, unclosed } = readTokens(tactic);
  if (unclosed !== null) return refuse(`a ${unclosed.what} is not closed`);
  const own = new Set(refused);
  let depth = 0;
  for (const [index, { kind, text, start, column, first }] of tokens.entries()) {
    if (kind === "string") return refuse("strings are not allowed");
    if (kind === "number" && text.length > LARGEST_DIGITS) return refuse("a number is too large");
    if (text.startsWith("#") || text === "@[") return refuse(`${text} does not belong in a tactic`);
    if (text === "«" || text === "`") return refuse(`${text} is not allowed`);
    if (kind === "word") {
      const word =
        text + (/^[?!]/.test(tactic.slice(start + text.length)) ? tactic[start + text.length] : "");
      for (const name of [word, text, ...text.split(".")]) {
        // `.end` and `x.prefix` are fields, not words of the command language; what admits or runs is refused even so.
        if (NOWHERE.has(name)) return refuse(`${name} is not allowed in a proof`);
      }
      if (text === "eval" && /^[%!]/.test(tactic.slice(start + text.length)))
        return refuse("eval is not allowed in a proof");
      if (text.includes("«")) return refuse("quoted names are not allowed");
      if (own.has(text)) return refuse("a theorem may not be proved by itself");
    }
    if (first && index > 0 && column < tokens[0]!.column)
      return refuse("a line leaves the block of the tactic");
    if (OPEN.includes(text)) depth++;
    else if (CLOSE.includes(text)) depth--;
    if (depth < 0) return refuse("a bracket closes what the tactic did not open");
    if (depth > DEEPEST) return refuse("this is nested too deeply");
  }
  if (depth !== 0) return refuse("a bracket is not closed");
  return { kind: "tactic", tactic: tactic.trimEnd() };
}
