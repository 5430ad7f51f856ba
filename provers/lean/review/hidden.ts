import type { Token } from "../../../grammars/lean/tokens.ts";

/** Words of Lean's own that begin or end a declaration or a namespace and stand nowhere else. */
const COMMANDS = new Set(
  "theorem def abbrev example axiom opaque namespace section mutual end structure inductive".split(" "),
);
/** What may stand before them on their line. */
const BEFORE = new Set(
  "private protected public noncomputable unsafe partial nonrec local scoped meta class deriving in ] end".split(
    " ",
  ),
);

/**
 * The first command that stands behind another one on its line, or in brackets (a quotation). Which declaration a proof belongs
 * to and what it is called is read from the lines, so a theorem there would go by another's name. Null when there is none.
 */
export function hiddenCommand(tokens: readonly Token[]): Token | null {
  let depth = 0;
  for (const [index, token] of tokens.entries()) {
    const { text, kind, first } = token;
    if (kind === "symbol" && (text === "@[" || "([{⟨⦃".includes(text))) depth++;
    else if (kind === "symbol" && ")]}⟩⦄".includes(text)) depth = Math.max(0, depth - 1);
    if (kind !== "word" || !COMMANDS.has(text)) continue;
    const before = tokens[index - 1]?.text ?? "";
    // `.end` is a constructor's or a field's name, and `end section` ends one.
    if (before === "." || before === "`") continue;
    if (depth > 0 || !(first || (BEFORE.has(before) && isModified(tokens, index)))) return token;
  }
  return null;
}

/** Whether all that stands before a word on its line belongs to it. */
function isModified(tokens: readonly Token[], index: number): boolean {
  if (tokens[index - 1]!.text === "in") return true;
  for (let at = index; !tokens[at]!.first; ) {
    at--;
    const { text } = tokens[at]!;
    if (text === "]") while (at > 0 && tokens[at]!.text !== "@[") at--;
    else if (!BEFORE.has(text)) return false;
  }
  return true;
}
