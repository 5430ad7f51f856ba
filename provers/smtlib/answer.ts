import type { SmtValue } from "../../server/engine/solver.ts";

/** An S-expression as a solver prints it. Atoms keep their quotes. */
export type SExpression = string | readonly SExpression[];

/** What a solver printed up to our mark, sorted. */
export type Answer =
  | { readonly kind: "expressions"; readonly expressions: readonly SExpression[] }
  /** `(error "…")` and `unsupported`, in the solver's words, joined by newlines. */
  | { readonly kind: "error"; readonly message: string }
  | { readonly kind: "unreadable"; readonly text: string };

const TOKEN = /\s+|;[^\n]*|"(?:[^"]|"")*"|\|[^|]*\||[()]|[^\s()";|]+/y;

/** The S-expressions of a text, or null when it is not a sequence of complete ones. */
export function parseExpressions(text: string): SExpression[] | null {
  const top: SExpression[] = [];
  const open: SExpression[][] = [];
  let current = top;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const token = TOKEN.exec(text)?.[0];
    if (token === undefined) return null;
    if (token === "(") {
      const inner: SExpression[] = [];
      current.push(inner);
      open.push(current);
      current = inner;
    } else if (token === ")") {
      const outer = open.pop();
      if (outer === undefined) return null;
      current = outer;
    } else if (token.trim() !== "" && !token.startsWith(";")) current.push(token);
  }
  return open.length === 0 ? top : null;
}

/**
 * Reads an answer. Errors are looked for in the raw text first: Z3 puts quotation marks into its messages unescaped, and an
 * error must never be overlooked because the text around it does not parse.
 */
export function readAnswer(text: string): Answer {
  if (/^\s*(?:\(\s*error\s+"|unsupported\s*$)/m.test(text))
    return { kind: "error", message: errorText(text) };
  const expressions = parseExpressions(text);
  return expressions === null ? { kind: "unreadable", text } : { kind: "expressions", expressions };
}

function errorText(text: string): string {
  const messages = text.match(/^\s*(?:\(\s*error\s[\s\S]*?"\s*\)\s*$|unsupported\s*$(?:\n; .*)?)/gm) ?? [
    text,
  ];
  return messages
    .map((message) => message.trim().replace(/^\(\s*error\s+"([\s\S]*)"\s*\)$/, "$1"))
    .join("\n");
}

/** The value of an integer or Boolean constant; null for anything else (a function, an array, a fraction). */
export function readValue(expression: SExpression): SmtValue | null {
  if (expression === "true") return true;
  if (expression === "false") return false;
  if (typeof expression === "string") return /^\d+$/.test(expression) ? BigInt(expression) : null;
  const [head, argument] = expression;
  if (head !== "-" || expression.length !== 2 || argument === undefined) return null;
  const value = readValue(argument);
  return typeof value === "bigint" ? -value : null;
}

/** An S-expression in one line. */
export function printExpression(expression: SExpression): string {
  return typeof expression === "string" ? expression : `(${expression.map(printExpression).join(" ")})`;
}
