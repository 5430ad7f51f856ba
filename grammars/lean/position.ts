import type { Token } from "./tokens.ts";

/** After these a tactic begins. */
const BEFORE_TACTIC = new Set([
  ...[
    "by",
    "·",
    ".",
    ";",
    "<;>",
    "try",
    "repeat",
    "repeat'",
    "all_goals",
    "any_goals",
    "focus",
    "do",
    "first",
    "case'",
  ],
  "decreasing_by",
]);
const ARMS = new Set([
  "fun",
  "λ",
  "match",
  "induction",
  "cases",
  "case",
  "next",
  "induction'",
  "cases'",
  "rcases",
  "conv",
]);
const OPEN = /^(?:[([{⟨⦃]|@\[)$/;
const CLOSE = /^[)\]}⟩⦄]$/;

/**
 * Whether the token at `index` stands where a tactic begins, as Lean's layout has it: first in a block after `by`, on a line of
 * its own in the block's column, after a separator, in an arm of a tactic. `from` is where its declaration begins.
 */
export function isTacticAt(tokens: readonly Token[], index: number, from: number): boolean {
  const token = tokens[index]!;
  const before = index > from ? tokens[index - 1]! : null;
  if (before === null) return false;
  if (before.text === "=>") return isTacticArm(tokens, index - 1, from);
  if (before.text === "." && before.end === token.start) return false;
  if (BEFORE_TACTIC.has(before.text)) return true;
  if (before.text === "(" || before.text === "{") return isTacticAt(tokens, index - 1, from);
  if (before.text === "then" || before.text === "else") return isTacticIf(tokens, index - 1, from);
  if (before.text === "|") return isFirst(tokens, index - 1, from);
  return token.first && inBlockColumn(tokens, index, from);
}

/** Whether a line that begins in this column continues a block of tactics. */
function inBlockColumn(tokens: readonly Token[], index: number, from: number): boolean {
  const { column } = tokens[index]!;
  let depth = 0;
  for (let at = index - 1; at > from; at--) {
    const token = tokens[at]!;
    if (CLOSE.test(token.text)) depth++;
    else if (OPEN.test(token.text)) {
      if (depth === 0) return false;
      depth--;
    }
    if (depth > 0) continue;
    // The nearest line before that is not further right belongs to the same block, or the block does not go on here.
    if (token.first && token.column < column && !beginsBlock(tokens, at, index, column)) return false;
    if (token.column === column && startsTactic(tokens, at, from)) return true;
  }
  return false;
}

/** A line further left may still hold the `by` whose block begins in the column. */
function beginsBlock(tokens: readonly Token[], line: number, index: number, column: number): boolean {
  for (let at = line; at < index && (at === line || !tokens[at]!.first); at++) {
    const next = tokens[at + 1];
    if (next !== undefined && next.column === column && !next.first) return true;
  }
  return false;
}

function startsTactic(tokens: readonly Token[], at: number, from: number): boolean {
  const before = tokens[at - 1];
  if (before === undefined || at <= from) return false;
  if (before.text === "=>") return isTacticArm(tokens, at - 1, from);
  if (BEFORE_TACTIC.has(before.text)) return true;
  if (before.text === "(" || before.text === "{") return isTacticAt(tokens, at - 1, from);
  return tokens[at]!.first && inBlockColumn(tokens, at, from);
}

/** Whether the arrow at `arrow` begins an arm of a tactic: `| zero =>` of `induction`, `case x =>`, `next =>`. */
function isTacticArm(tokens: readonly Token[], arrow: number, from: number): boolean {
  let depth = 0;
  for (let at = arrow - 1; at > from; at--) {
    const { text } = tokens[at]!;
    if (CLOSE.test(text)) depth++;
    else if (OPEN.test(text)) {
      if (depth === 0) return false;
      depth--;
    }
    if (depth > 0 || !ARMS.has(text)) continue;
    if (text === "fun" || text === "λ" || text === "conv") return false;
    // A `match` may be a term; the others are tactics.
    return text === "match" ? isTacticAt(tokens, at, from) : true;
  }
  return false;
}

function isTacticIf(tokens: readonly Token[], word: number, from: number): boolean {
  for (let at = word - 1; at > from; at--) {
    if (tokens[at]!.text === "if") return isTacticAt(tokens, at, from);
  }
  return false;
}

/** The bars of `first` begin tactics; those of patterns do not. */
function isFirst(tokens: readonly Token[], bar: number, from: number): boolean {
  for (let at = bar - 1; at > from; at--) {
    const { text } = tokens[at]!;
    if (text === "first") return true;
    if (text === "with" || text === "=>" || text === "by") return false;
  }
  return false;
}
