import type { Definition, Part, RecordRule } from "../definition/definition.ts";
import { field, gap, list, optional, record, text as textOf, token } from "../definition/parts.ts";
import { oneOf } from "../definition/pattern.ts";
import { coqTokens, coqWords, DIGITS } from "./tokens.ts";
import { ATTEMPTS, CHOOSERS, CONNECTIVES, FINISHERS, HEADS } from "./words.ts";

/** `tactic`: one tactic without its full stop, as a proof search tries it. `proof`: sentences, bullets and braces. */
export type Entry = "tactic" | "proof";

const caps = { maxLength: 8192, maxDepth: 48, maxDigits: DIGITS };

/**
 * Tactics of Coq's proof mode (reference manual 8.16, "Ltac" and "Tactics") whose heads are an allowlist. Their arguments
 * and the terms in them are words, numbers and symbols with balanced brackets: Coq reads them in full, here they only must
 * not contain a tactic. So `;`, `|` and `||`, and `by`, which bring tactics, are structure and no words of an argument;
 * operators stand only within brackets. `names` are the words a decoder may write besides the language's own, `heads`
 * tactics that the user's own file defines and the caller vouches for.
 */
export function coqTacticDefinition(
  entry: Entry,
  names: readonly string[],
  heads: readonly string[] = [],
): Definition {
  const words = coqWords(heads);
  const tokens = coqTokens(words.tokens);
  const all = [...new Set([...names, ...CONNECTIVES])];
  const bracket = (name: string, open: string, close: string): RecordRule =>
    record(name, "atom", token(open), optional(list("entries", "phrase", "Comma", 2)), token(close));
  const text = (name: string, tokens: string | readonly string[], decoder?: readonly string[]): Part =>
    textOf(name, tokens, decoder && oneOf(...decoder));
  return {
    name: entry === "proof" ? "coq-proof" : "coq-tactic",
    tokens: entry === "proof" ? tokens : tokens.map(withoutSentences),
    rules: [
      ...(entry === "proof" ? sentences(text) : []),
      record("tactic", "tactic", list("steps", "unit", "Then", 2)),
      {
        kind: "choice",
        name: "unit",
        of: ["simple", "attempt", "times", "finish", "choose", "branches", "group"],
      },
      record(
        "simple",
        "unit",
        text("head", words.of.Head, HEADS),
        optional(gap, list("arguments", "argument", "Comma", 1)),
        optional(gap, token(words.of.By[0]!), gap, field("by", "unit")),
      ),
      record("attempt", "unit", text("how", words.of.Attempt, ATTEMPTS), gap, field("unit", "unit")),
      record(
        "times",
        "unit",
        token(words.of.Do[0]!),
        gap,
        text("count", "Number", ["2", "3"]),
        gap,
        field("unit", "unit"),
      ),
      record(
        "finish",
        "unit",
        text("how", words.of.Finisher, FINISHERS),
        optional(gap, field("unit", "unit")),
      ),
      record(
        "choose",
        "unit",
        text("how", words.of.Chooser, CHOOSERS),
        gap,
        field("branches", "branches", "unit"),
      ),
      record(
        "branches",
        "unit",
        token("Left"),
        optional(gap, field("first", "tactic")),
        optional(gap, list("others", "branch", null, 2)),
        gap,
        token("Right"),
      ),
      record("branch", "branch", token("Bar"), optional(gap, field("tactic", "tactic"))),
      // Spaces within: `in *)` without one would end a comment that the proof stands in.
      record("group", "unit", token("Open"), gap, field("tactic", "tactic"), gap, token("Close")),
      record("argument", "argument", list("atoms", "outer", null, 4, "atom")),
      { kind: "choice", name: "outer", of: ["mark", "star", "plain"] },
      { kind: "choice", name: "plain", of: ["word", "number", "parentheses", "brackets", "braces"] },
      record("word", "atom", text("text", [...words.of.other, ...words.of.Head], all)),
      record("number", "atom", text("digits", "Number", ["0", "1", "2"])),
      record("mark", "atom", text("text", ["ArgumentSymbol", "Equation", "Minus"], ["<-", "->", "|-"])),
      record("star", "atom", token("Star")),
      bracket("parentheses", "Open", "Close"),
      bracket("brackets", "Left", "Right"),
      bracket("braces", "OpenBrace", "CloseBrace"),
      record(
        "phrase",
        "phrase",
        field("first", "inner", "atom"),
        optional(gap, list("rest", "next", null, 4, "atom")),
      ),
      { kind: "choice", name: "inner", of: ["mark", "symbol", "plain"] },
      // A star neither begins nor ends what stands in brackets, so that none is next to a parenthesis.
      { kind: "choice", name: "next", of: ["inner", "starred"] },
      record("starred", "atom", token("Star"), gap, field("operand", "inner", "atom")),
      record(
        "symbol",
        "atom",
        text(
          "text",
          ["LongSymbol", "Symbol", "PlusPlus", "Plus", "Bar"],
          ["=", "<=", "<", "+", ":=", ":", "|", "&", "/\\", "\\/"],
        ),
      ),
    ],
    start: entry,
    sort: entry,
    caps,
  };
}

type Text = (name: string, tokens: string | readonly string[], decoder?: readonly string[]) => Part;

function sentences(text: Text): Definition["rules"] {
  const items: Part = {
    kind: "list",
    field: "items",
    rule: "item",
    sort: "item",
    separator: null,
    tight: true,
    decoderMax: 5,
  };
  return [
    record("proof", "proof", items),
    { kind: "choice", name: "item", of: ["sentence", "bullet", "block"] },
    record("sentence", "item", field("tactic", "tactic"), token("End")),
    record(
      "bullet",
      "item",
      text("mark", ["Minus", "Plus", "Star", "PlusPlus", "Marks"], ["-", "+", "*"]),
      gap,
    ),
    record("block", "item", token("OpenBrace"), gap, items, token("CloseBrace"), gap),
  ];
}

/** A single tactic has no sentence ends and no bullets: their tokens stay, so that the text is cut alike. */
function withoutSentences(definition: Definition["tokens"][number]): Definition["tokens"][number] {
  return definition.name === "End" || definition.name === "Marks"
    ? { ...definition, role: "reserved" }
    : definition;
}
