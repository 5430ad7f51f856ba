import { readDirective } from "../grammars/c/directive.ts";
import { lexC } from "../grammars/c/lexer.ts";
import { readC } from "../grammars/c/read.ts";
import { Directive } from "../grammars/c/tokens.ts";
import type { PreprocessorChoice } from "../provers/preprocessor/choice.ts";
import { findPreprocessor } from "../provers/preprocessor/find.ts";
import { preprocessed } from "../provers/preprocessor/preprocess.ts";
import type { Found } from "../provers/process/found.ts";
import { SolverMissing } from "../provers/z3/choose.ts";
import type { Document } from "./engine/task.ts";
import { notationOf } from "./tasks/exchange/notation.ts";

/** A document with what a preprocessor makes of it. */
export interface Preparer {
  /** As the choice has it. */
  prepare(document: Document, signal: AbortSignal): Promise<Document>;
  /** Where it was preprocessed before. */
  again(document: Document, signal: AbortSignal): Promise<Document>;
}

/** Throws `SolverMissing` when a preprocessor was asked for and there is none. */
export async function preparer(choice: PreprocessorChoice): Promise<Preparer> {
  let known: Found | null = null;
  const find = async () => {
    if (known?.kind !== "found") known = await findPreprocessor();
    return known;
  };
  if (choice.when === "always") {
    const program = await find();
    if (program.kind !== "found")
      throw new SolverMissing(`a C preprocessor was asked for: ${program.message}`);
  }
  const again = async (document: Document, signal: AbortSignal): Promise<Document> => {
    const program = await find();
    if (program.kind !== "found") return document;
    return { ...document, expansion: await preprocessed(program.path, document, choice, signal) };
  };
  return {
    again,
    async prepare(document, signal) {
      if (choice.when === "never" || notationOf(document) !== null) return document;
      if (choice.when === "always") return again(document, signal);
      if (!needsPreprocessor(document)) return document;
      const prepared = await again(document, signal);
      // Nobody asked: where it fails, what is read without it is still something.
      return prepared.expansion?.kind === "expanded" ? prepared : document;
    },
  };
}

/** A macro with arguments or a condition, and something that cannot be read. */
function needsPreprocessor({ file, text }: Document): boolean {
  if (!/^[ \t]*#[ \t]*(?:define[ \t]+(?:\w+\(|NDEBUG\b)|(?:el)?if(?:n?def)?[ \t])/m.test(text)) return false;
  const needs = lexC(text, 0, text.length).some((token) => {
    if (token.tokenType !== Directive) return false;
    const reading = readDirective(token.image);
    if (reading.kind === "define") return reading.functionLike || reading.name === "NDEBUG";
    return (reading.kind === "if" || reading.kind === "elif") && reading.condition?.kind !== "constant";
  });
  if (!needs) return false;
  const { broken, diagnostics } = readC(file, text);
  return broken.length > 0 || diagnostics.some(({ severity }) => severity === "error");
}
