import type { Definition, Part } from "../definition/definition.ts";
import { field, gap, list, optional, record, text as textOf, token } from "../definition/parts.ts";
import { oneOf } from "../definition/pattern.ts";
import { DIGITS, SPELLED, tokens, words } from "./tokens.ts";
import { CONNECTIVES, HEADS, PREFIXES } from "./words.ts";

/** `tactic`: one tactic, as a proof search tries it. `proof`: tactics in a row. */
export type Entry = "tactic" | "proof";

const caps = { maxLength: 16384, maxDepth: 48, maxDigits: DIGITS };

/**
 * Lean 4 tactics whose heads are an allowlist, on one line: what Lean reads off the indentation stands in `{ }`, with `;`
 * between tactics (layout.ts goes from the one to the other and back). Terms are words, numbers and symbols with balanced
 * brackets; Lean reads them in full, here they only must not contain a tactic. So `by` and what follows it is structure.
 * `names` are the words a decoder may write besides the language's own.
 */
export function leanTacticDefinition(entry: Entry, names: readonly string[]): Definition {
  const all = [...new Set([...names, ...CONNECTIVES])];
  const text = (name: string, tokens: string | readonly string[], decoder?: readonly string[]): Part =>
    textOf(name, tokens, decoder && oneOf(...decoder));
  const by = optional(gap, token(words.of.By[0]!), gap, field("by", "block"));
  return {
    name: entry === "proof" ? "lean-proof" : "lean-tactic",
    tokens,
    rules: [
      ...(entry === "proof" ? [record("proof", "proof", list("tactics", "tactic", "Then", 3))] : []),
      record("tactic", "tactic", list("steps", "unit", "All", 1)),
      {
        kind: "choice",
        name: "unit",
        of: ["simple", "first", "prefixed", "case", "bullet", "calc", "group"],
      },
      record(
        "simple",
        "unit",
        text("head", words.of.Head, HEADS),
        optional(gap, list("arguments", "phrase", "Comma", 1)),
        optional(gap, token(words.of.With[0]!), gap, field("with", "with")),
      ),
      { kind: "choice", name: "with", of: ["arms", "patterns"] },
      record("arms", "with", list("arms", "arm", null, 2)),
      record("patterns", "with", list("patterns", "phrase", "Comma", 1)),
      record(
        "arm",
        "arm",
        token("Bar"),
        gap,
        list("patterns", "pattern", "Comma", 1),
        gap,
        token("Arrow"),
        gap,
        field("then", "block"),
      ),
      record("pattern", "pattern", list("atoms", "plain", null, 2, "atom")),
      record(
        "block",
        "block",
        token("OpenBlock"),
        gap,
        list("tactics", "tactic", "Then", 2),
        gap,
        token("CloseBlock"),
      ),
      record("first", "unit", token(words.of.First[0]!), gap, list("alternatives", "alternative", null, 2)),
      record("alternative", "alternative", token("Bar"), gap, field("then", "block")),
      record("prefixed", "unit", text("how", words.of.Prefix, PREFIXES), gap, field("unit", "unit")),
      record(
        "case",
        "unit",
        text("how", words.of.Case, ["case", "next"]),
        optional(gap, list("names", "plain", null, 2, "atom")),
        gap,
        token("Arrow"),
        gap,
        field("then", "block"),
      ),
      record("bullet", "unit", token("Dot"), gap, field("then", "block")),
      record(
        "calc",
        "unit",
        token(words.of.Calc[0]!),
        gap,
        token("OpenBlock"),
        gap,
        list("steps", "phrase", "Then", 2),
        gap,
        token("CloseBlock"),
      ),
      record("group", "unit", token("Open"), gap, list("tactics", "tactic", "Then", 2), gap, token("Close")),
      { kind: "choice", name: "phrase", of: ["said", "shown"] },
      record(
        "said",
        "phrase",
        field("head", "beginning", "atom"),
        optional(gap, list("rest", "outer", null, 4, "atom")),
        by,
      ),
      record("shown", "phrase", token(words.of.By[0]!), gap, field("by", "block")),
      { kind: "choice", name: "opening", of: ["plain", "arrow"] },
      { kind: "choice", name: "beginning", of: ["opening", "turnstile"] },
      { kind: "choice", name: "outer", of: ["beginning", "bar"] },
      {
        kind: "choice",
        name: "plain",
        of: ["word", "number", "symbol", "parentheses", "brackets", "angles"],
      },
      record("word", "atom", text("text", [...words.of.other, ...words.of.Head], all)),
      record("number", "atom", text("digits", "Number", ["0", "1", "2"])),
      record(
        "symbol",
        "atom",
        text(
          "text",
          [...SPELLED, "LongSymbol", "ShortSymbol", "Symbol"],
          ["<-", "=", "<=", "<", "+", "-", "*", ":=", ":"],
        ),
      ),
      record("turnstile", "atom", text("text", "BarSymbol", ["|-"])),
      record("arrow", "atom", token("Arrow")),
      record("bar", "atom", token("Bar")),
      record("place", "atom", token("Dot")),
      record("matching", "atom", token(words.of.With[0]!)),
      record(
        "parentheses",
        "atom",
        token("Open"),
        optional(list("entries", "entry", "Comma", 2, "phrase")),
        text("close", ["Close", "Project"], [")"]),
      ),
      record(
        "brackets",
        "atom",
        token("Left"),
        optional(list("entries", "entry", "Comma", 3, "phrase")),
        token("Right"),
      ),
      record(
        "angles",
        "atom",
        token("OpenAngle"),
        // With a space behind the entries: `<|)` would begin with an operator. Unicode has none there (unicode.ts).
        optional(list("entries", "entry", "Comma", 3, "phrase"), gap),
        token("CloseAngle"),
      ),
      { kind: "choice", name: "entry", of: ["listed", "shown"] },
      // A bar neither begins nor ends an entry, and a symbol with one in front does not begin it, so that none is next to a
      // parenthesis: `(|` is a bracket of its own.
      record(
        "listed",
        "phrase",
        field("head", "inner", "atom"),
        optional(gap, list("rest", "next", null, 4, "atom")),
        by,
      ),
      { kind: "choice", name: "inner", of: ["opening", "place", "matching"] },
      { kind: "choice", name: "next", of: ["inner", "turnstile", "barred"] },
      record("barred", "atom", token("Bar"), gap, field("operand", "inner", "atom")),
    ],
    start: entry,
    sort: entry,
    caps,
  };
}
