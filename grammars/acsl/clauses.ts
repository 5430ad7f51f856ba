import type { IToken } from "chevrotain";
import type { PlacedToken } from "../c/annotations.ts";
import type { Source } from "../c/source.ts";
import { endOf } from "../c/source.ts";
import type { Span } from "../c/span.ts";
import type { Annotation } from "./annotation.ts";
import { Binder, Let } from "./tokens.ts";

/** One clause of an annotation: the words it begins with, and the tokens up to its semicolon. */
export interface Clause {
  /** `requires`, `loop invariant`, `check ensures`, `for`, …: one space between words. */
  readonly head: string;
  readonly body: readonly IToken[];
  readonly span: Span;
}

/** Heads after which the rest of the annotation belongs to one construct that is not supported yet. */
const SWALLOWS = new Set(["module", "model", "import"]);

/** Heads whose clauses stand in braces behind them. */
const BLOCKS = new Set(["axiomatic", "inductive"]);

/** The clauses of an annotation, in order. A clause without its semicolon is reported to the source. */
export function splitClauses(annotation: Annotation, source: Source): Clause[] {
  const { tokens } = annotation;
  const clauses: Clause[] = [];
  let index = 0;
  while (index < tokens.length) {
    if (tokens[index]!.image === ";") {
      index++;
      continue;
    }
    const first = index;
    const head = headOf(tokens, first);
    const start = first + head.split(" ").length;
    // `behavior name:` begins a part of the contract; the clauses behind it are read as any others.
    const colon = head === "behavior" ? tokens.findIndex((one, at) => at > first && one.image === ":") : -1;
    const end =
      colon >= 0
        ? colon
        : SWALLOWS.has(head)
          ? tokens.length
          : BLOCKS.has(head)
            ? blockEnd(tokens, start)
            : clauseEnd(tokens, start);
    const last = tokens[Math.min(end, tokens.length - 1)]!;
    const span = source.between(tokens[first]!, last);
    if (end === tokens.length && !SWALLOWS.has(head)) {
      source.error(
        `expected '${BLOCKS.has(head) ? "}" : ";"}' at the end of the '${head}' clause`,
        source.lines.span(endOf(last), endOf(last)),
      );
    }
    clauses.push({ head, body: tokens.slice(start, end), span });
    index = end + 1;
  }
  return clauses;
}

/** The words that the clause at `first` begins with. */
export function headOf(tokens: readonly IToken[], first: number): string {
  const words = [tokens[first]!.image];
  const more = (qualifiers: string[]) => {
    const next = tokens[first + words.length]?.image;
    if (next !== undefined && (qualifiers.length === 0 || qualifiers.includes(next))) words.push(next);
  };
  if (words[0] === "check" || words[0] === "admit")
    more(["loop", "requires", "ensures", "invariant", "assert", "lemma"]);
  if (words.at(-1) === "loop") {
    more(["check", "admit"]);
    if (/^[A-Za-z_]/.test(tokens[first + words.length]?.image ?? "")) more([]);
  }
  if (words[0] === "type" || words[0] === "global") more(["invariant"]);
  return words.join(" ");
}

/** The index of the brace that closes the block of clauses; braces before it are lists of labels. */
function blockEnd(tokens: readonly IToken[], start: number): number {
  const open = blockStart(tokens, start);
  let depth = 0;
  for (let index = open; index < tokens.length; index++) {
    if (tokens[index]!.image === "{") depth++;
    else if (tokens[index]!.image === "}" && --depth === 0) return index;
  }
  return tokens.length;
}

/** The index of the brace that opens a block of clauses: the first one behind which a clause begins. */
export function blockStart(tokens: readonly IToken[], start: number): number {
  const open = tokens.findIndex(
    (token, index) =>
      index >= start && token.image === "{" && CLAUSES_INSIDE.test(tokens[index + 1]?.image ?? ""),
  );
  return open < 0 ? tokens.length : open;
}

const CLAUSES_INSIDE =
  /^(?:logic|predicate|axiom|lemma|case|type|inductive|axiomatic|check|admit|global|model|\})$/;

/** The index of the semicolon that ends the clause: those of binders (`\forall int x; …`) do not. */
function clauseEnd(tokens: readonly IToken[], start: number): number {
  let pending = 0;
  for (let index = start; index < tokens.length; index++) {
    const token = tokens[index]!;
    if (token.tokenType === Binder || token.tokenType === Let) pending++;
    else if (token.image === ";" && pending-- === 0) return index;
  }
  return tokens.length;
}

/** The text that tokens came from, on one line: line ends and comment delimiters between them become one space. */
export function textOf(tokens: readonly IToken[], source: Source): string {
  if ((tokens[0] as PlacedToken | undefined)?.header) return tokens.map(({ image }) => image).join(" ");
  let text = "";
  let end: number | null = null;
  for (const token of tokens) {
    // Several tokens stand in one place where a macro was expanded.
    if (end !== null && token.startOffset < end) continue;
    const gap = end === null ? "" : source.text.slice(end, token.startOffset);
    end = endOf(token);
    text += (/^[ \t]*$/.test(gap) ? gap : " ") + source.text.slice(token.startOffset, end);
  }
  return text;
}
