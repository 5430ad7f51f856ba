import { jsonReader, readAnswer } from "../emit/json-reader.ts";
import { chevrotainParser, type GeneratedParser } from "../emit/parser.ts";
import { type Entry, invariantDefinition } from "./definition.ts";
import { type Scope, unknownName } from "./scope.ts";
import type { InvariantTree } from "./tree.ts";

/** Lines and columns are 1-based and count in the text as it was given; for JSON that does parse they are 1. */
export type ParsedInvariant =
  | { readonly kind: "ok"; readonly tree: InvariantTree }
  | { readonly kind: "error"; readonly message: string; readonly line: number; readonly column: number };

/**
 * Reads a whole text as one invariant, or as one atom. White space around it is dropped, and spaces within it; anything
 * else that is not the language is an error: semicolons, keywords of clauses, comments, line breaks, control characters.
 */
export function parseInvariant(text: string, scope: Scope, entry: Entry = "invariant"): ParsedInvariant {
  const { definition, parser } = generated(entry);
  const fail = (message: string, offset: number): ParsedInvariant => ({
    kind: "error",
    message,
    ...position(text, offset),
  });
  // Before anything else looks at it.
  const { maxLength } = definition.caps;
  if (text.length > maxLength) return fail(`longer than ${maxLength} characters; write something shorter`, 0);
  const [start, end] = inner(text);
  const parsed = parser.parse(text.slice(start, end));
  if (parsed.kind === "error") return fail(parsed.message, start + parsed.offset);
  const tree = parsed.tree as unknown as InvariantTree;
  const unknown = unknownName(tree, scope);
  if (unknown !== null) return fail(outOfScope(unknown), find(text, unknown));
  return { kind: "ok", tree };
}

/** Reads an answer to the JSON schema: a text holding `{"answer": tree}`. */
export function parseInvariantJson(json: string, scope: Scope, entry: Entry = "invariant"): ParsedInvariant {
  const { definition, readJson } = generated(entry);
  const fail = (message: string): ParsedInvariant => ({ kind: "error", message, line: 1, column: 1 });
  // A tree says in JSON what takes an order of magnitude less as text.
  const maxLength = 16 * definition.caps.maxLength;
  const read = readAnswer(json, maxLength, readJson);
  if (read.kind === "error") return fail(read.message);
  const tree = read.tree as unknown as InvariantTree;
  const unknown = unknownName(tree, scope);
  return unknown === null ? { kind: "ok", tree } : fail(outOfScope(unknown));
}

interface Generated {
  readonly definition: ReturnType<typeof invariantDefinition>;
  readonly parser: GeneratedParser;
  readonly readJson: ReturnType<typeof jsonReader>;
}

const made = new Map<Entry, Generated>();

/** Made when first needed: a parser takes some milliseconds. */
function generated(entry: Entry): Generated {
  let found = made.get(entry);
  if (found === undefined) {
    const definition = invariantDefinition(entry, { names: [], initial: [] });
    found = { definition, parser: chevrotainParser(definition), readJson: jsonReader(definition) };
    made.set(entry, found);
  }
  return found;
}

function outOfScope(name: string): string {
  const short = name.length > 40 ? `${name.slice(0, 40)}…` : name;
  return `${short} is not a name that may stand here`;
}

/** Where a text begins and ends without the white space around it. */
function inner(text: string): readonly [start: number, end: number] {
  let start = 0;
  let end = text.length;
  while (start < end && " \t\r\n".includes(text.charAt(start))) start += 1;
  while (end > start && " \t\r\n".includes(text.charAt(end - 1))) end -= 1;
  return [start, end];
}

/** The place of a whole name in a text that has it, however its spaces are set. */
function find(text: string, name: string): number {
  const words = name.match(/\w+|[^\w ]/g)!.map((word) => (/\w/.test(word) ? word : `\\${word}`));
  return Math.max(0, text.search(new RegExp(`(?<!\\w)${words.join(" *")}(?!\\w)`)));
}

function position(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset);
  return { line: before.split("\n").length, column: offset - before.lastIndexOf("\n") };
}
