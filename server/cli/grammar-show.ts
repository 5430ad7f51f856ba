import { gbnf } from "../../grammars/emit/gbnf.ts";
import { lark } from "../../grammars/emit/lark.ts";
import { jsonSchema } from "../../grammars/emit/schema.ts";
import { LANGUAGES } from "../../grammars/proofs/languages.ts";
import { diagramSvg } from "./grammar-diagram.ts";

export interface GrammarShowRequest {
  readonly name: string;
  readonly as: "gbnf" | "schema" | "lark" | "diagram";
  /** Levels of brackets of the decoder's grammar. */
  readonly depth: number;
}

/** Prints a language's grammar in one of its forms. Status 2 when there is no such language. */
export function grammarShow({ name, as, depth }: GrammarShowRequest): number {
  const make = LANGUAGES[name];
  if (make === undefined) {
    process.stderr.write(`no language is named ${name}; there are ${Object.keys(LANGUAGES).join(", ")}\n`);
    return 2;
  }
  const { definition } = make();
  try {
    process.stdout.write(formOf());
    return 0;
  } catch (error) {
    // Nothing can be derived at that depth: the emitters say so.
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}; try a larger --depth\n`);
    return 2;
  }

  function formOf(): string {
    switch (as) {
      case "gbnf":
        return gbnf(definition, { maxDepth: depth });
      case "lark":
        return lark(definition, { maxDepth: depth });
      case "schema":
        return `${JSON.stringify(jsonSchema(definition), null, 2)}\n`;
      case "diagram":
        return diagramSvg(definition);
    }
  }
}
