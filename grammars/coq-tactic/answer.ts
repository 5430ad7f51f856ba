import { jsonReader, readAnswer } from "../emit/json-reader.ts";
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
  const { entry = "tactic", heads = [] } = options;
  const read = readAnswer(json, LONGEST, jsonReader(coqTacticDefinition(entry, [], heads)));
  if (read.kind === "error") return { kind: "error", message: read.message, line: 1, column: 1 };
  return parseCoqTactic(printCoqTactic(read.tree), options);
}
