import type { Span } from "../c/span.ts";

/**
 * An S-expression with its place. Quoted symbols are given without their bars, unless they would read as something else without
 * them (`|5|`, `|let|`); `text` of a string keeps its quotes.
 */
export type Expression =
  | { readonly kind: "atom"; readonly text: string; readonly span: Span }
  | { readonly kind: "list"; readonly items: readonly Expression[]; readonly span: Span };

export type ReadExpressions =
  | { readonly kind: "read"; readonly expressions: readonly Expression[] }
  | { readonly kind: "error"; readonly message: string; readonly span: Span };

const TOKEN = /\s+|;[^\n]*|"(?:[^"]|"")*"|\|[^|\\]*\||[()]|[^\s()";|]+/y;
/** Deeper nesting is no work of a person, and every reader after this one is recursive. */
const DEEPEST = 2_000;

/** Reads the S-expressions of SMT-LIB 2.6 and SyGuS-IF texts, all or nothing. */
export function readExpressions(text: string): ReadExpressions {
  const top: Expression[] = [];
  const open: { items: Expression[]; span: Span }[] = [];
  let items = top;
  let at = 0;
  let line = 1;
  let lineStart = 0;
  const here = (end: number): Span => ({ start: at, end, line, column: at - lineStart + 1 });
  while (at < text.length) {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text)?.[0];
    if (token === undefined) {
      const what = text[at] === '"' ? "a string" : "a quoted symbol";
      return { kind: "error", message: `${what} that begins here has no end`, span: here(at + 1) };
    }
    const span = here(at + token.length);
    if (token === "(") {
      open.push({ items, span });
      if (open.length > DEEPEST)
        return { kind: "error", message: `more than ${DEEPEST} parentheses are open here`, span };
      items = [];
    } else if (token === ")") {
      const outer = open.pop();
      if (!outer) return { kind: "error", message: "this parenthesis closes nothing", span };
      outer.items.push({ kind: "list", items, span: { ...outer.span, end: span.end } });
      items = outer.items;
    } else if (!/^[\s;]/.test(token)) {
      items.push({ kind: "atom", text: withoutBars(token), span });
    }
    for (let next = token.indexOf("\n"); next >= 0; next = token.indexOf("\n", next + 1)) {
      line++;
      lineStart = at + next + 1;
    }
    at += token.length;
  }
  const left = open.at(-1);
  if (left) return { kind: "error", message: "this parenthesis is never closed", span: left.span };
  return { kind: "read", expressions: top };
}

/** The word at the head of a list: `define-fun` of `(define-fun …)`. */
export function headOf(expression: Expression): string | null {
  if (expression.kind !== "list") return null;
  const first = expression.items[0];
  return first?.kind === "atom" ? first.text : null;
}

const SIMPLE = /^[A-Za-z~!@$%^&*_+=<>.?/-][0-9A-Za-z~!@$%^&*_+=<>.?/-]*$/;

/** Words that are no symbols without bars. `-5` is one, but is read as a number. */
const RESERVED = /^(?:!|_|as|exists|forall|lambda|let|match|par|-\d+)$/;

function withoutBars(token: string): string {
  const name = token.slice(1, -1);
  const same = SIMPLE.test(name) ? !RESERVED.test(name) : !/^[\d"#:]|^$/.test(name);
  return token.startsWith("|") && same ? name : token;
}

/** A symbol as SMT-LIB writes it: in bars where it is not a simple one (SMT-LIB 2.6, section 3.1). */
export function symbolText(name: string): string {
  return SIMPLE.test(name) || /^\|.*\|$/s.test(name) ? name : `|${name}|`;
}
