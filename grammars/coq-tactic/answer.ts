import { jsonReader } from "../emit/json-reader.ts";
import { ANSWER } from "../emit/schema.ts";
import { coqTacticDefinition } from "./definition.ts";
import { type ParsedTactic, type ParseOptions, parseCoqTactic } from "./parse.ts";
import { printCoqTactic } from "./print.ts";

/** A tree says in JSON what takes an order of magnitude less as text. */
const LONGEST = 64_000;

/**
 * Reads an answer to the JSON schema of `coqTacticLanguage`: a text holding `{"answer": tree}`. What it prints as is then read
 * like any other text, so that JSON can say nothing that text cannot.
 */
export function parseCoqTacticJson(json: string, options: ParseOptions = {}): ParsedTactic {
  const fail = (message: string): ParsedTactic => ({ kind: "error", message, line: 1, column: 1 });
  if (json.length > LONGEST) return fail(`longer than ${LONGEST} characters; write something shorter`);
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return fail("not JSON, or cut off before its end");
  }
  const keys = typeof value === "object" && value !== null ? Object.keys(value) : [];
  if (keys.length !== 1 || keys[0] !== ANSWER)
    return fail(`the answer must be an object with the one field "${ANSWER}"`);
  const { entry = "tactic", heads = [] } = options;
  const readJson = jsonReader(coqTacticDefinition(entry, [], heads));
  const read = readJson((value as Record<string, unknown>)[ANSWER]);
  if (read.kind === "error") return fail(`${read.path}: ${read.message}`);
  return parseCoqTactic(printCoqTactic(read.tree), options);
}
