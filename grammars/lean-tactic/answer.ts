import { jsonReader, readAnswer } from "../emit/json-reader.ts";
import { leanTacticDefinition } from "./definition.ts";
import { type ParsedTactic, type ParseOptions, parseLeanTactic } from "./parse.ts";
import { printLeanAscii } from "./print.ts";

/** A tree says in JSON what takes an order of magnitude less as text. */
const LONGEST = 64_000;

/**
 * Reads an answer to the JSON schema of `leanTacticLanguage`: a text holding `{"answer": tree}`. What it prints as is then read
 * like any other text, so that JSON can say nothing that text cannot.
 */
export function parseLeanTacticJson(json: string, options: ParseOptions = {}): ParsedTactic {
  const { entry = "proof" } = options;
  const read = readAnswer(json, LONGEST, jsonReader(leanTacticDefinition(entry, [])));
  if (read.kind === "error") return { kind: "error", message: read.message, line: 1, column: 1 };
  return parseLeanTactic(printLeanAscii(read.tree), options);
}
