import { chevrotainParser, type GeneratedParser } from "../emit/parser.ts";
import { position } from "../emit/text.ts";
import type { ParsedInvariant } from "../invariant/parse.ts";
import { type Scope, unknownName } from "../invariant/scope.ts";
import { pythonExpressionDefinition } from "./definition.ts";
import { translate } from "./translate.ts";

let parser: GeneratedParser | null = null;

/** Reads a whole text as one Python expression and translates it: what is checked and shown is the invariant. */
export function parsePythonInvariant(text: string, scope: Scope): ParsedInvariant {
  parser ??= chevrotainParser(pythonExpressionDefinition({ names: [], initial: [] }));
  const fail = (message: string, offset: number): ParsedInvariant => ({
    kind: "error",
    message,
    ...position(text, offset),
  });
  const parsed = parser.parse(text);
  if (parsed.kind === "error") return fail(parsed.message, parsed.offset);
  const translated = translate(parsed.tree);
  if (translated.kind === "error") return fail(translated.message, Math.max(0, text.search(/\/\/|%/)));
  const unknown = unknownName(translated.tree, scope);
  if (unknown !== null) {
    const name = /^\\at\((\w+)/.exec(unknown)?.[1] ?? unknown;
    return fail(
      `${name.slice(0, 40)} is not a name that may stand here`,
      Math.max(0, text.search(new RegExp(`\\b${name}\\b`))),
    );
  }
  return translated;
}
