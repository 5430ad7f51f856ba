import type { Tree } from "../definition/definition.ts";
import { chevrotainParser, type GeneratedParser } from "../emit/parser.ts";
import { printer } from "../emit/printer.ts";
import { position } from "../emit/text.ts";
import { smtTermDefinition } from "./definition.ts";

/** A term as plain JSON. */
export type SmtTerm =
  | { readonly kind: "integer"; readonly digits: string }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "apply"; readonly function: string; readonly arguments: readonly SmtTerm[] };

/** Lines and columns are 1-based. */
export type ParsedTerm =
  | { readonly kind: "ok"; readonly term: SmtTerm }
  | { readonly kind: "error"; readonly message: string; readonly line: number; readonly column: number };

const definition = smtTermDefinition({ constants: [], functions: [] });
const print = printer(definition);
let parser: GeneratedParser | null = null;

/** Reads a whole text as one term; commands, comments, strings, binders and quoted symbols are errors. */
export function parseSmtTerm(text: string): ParsedTerm {
  parser ??= chevrotainParser(definition);
  const parsed = parser.parse(text);
  if (parsed.kind === "ok") return { kind: "ok", term: parsed.tree as unknown as SmtTerm };
  return { kind: "error", message: parsed.message, ...position(text, parsed.offset) };
}

/** The term as SMT-LIB text on one line. It parses back to the same term. */
export function printSmtTerm(term: SmtTerm): string {
  return print(term as unknown as Tree);
}
