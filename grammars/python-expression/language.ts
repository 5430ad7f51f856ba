import { tokenOfText } from "../definition/definition.ts";
import { gbnf } from "../emit/gbnf.ts";
import { lark } from "../emit/lark.ts";
import { jsonSchema, MAX_LEVELS } from "../emit/schema.ts";
import { NAME_TOKENS, pythonExpressionDefinition } from "./definition.ts";

/** What a model's server may be given so that it answers in Python's syntax, over just these names. */
export interface PythonExpressionLanguage {
  readonly name: string;
  readonly gbnf: string;
  readonly lark: string;
  /** Strict mode. */
  readonly schema: object;
}

/** Names as for invariants, `x` or `\at(x, Pre)`, of which the latter is `old(x)`. Python's keywords are left out. */
export function pythonExpressionLanguage(
  names: Iterable<string>,
  { maxDepth = 2 }: { readonly maxDepth?: number } = {},
): PythonExpressionLanguage {
  const all = [...new Set(names)];
  const initial = all.flatMap((name) => /^\\at\((\w+), Pre\)$/.exec(name)?.[1] ?? []);
  const definition = pythonExpressionDefinition({
    names: all.filter(isName),
    initial: initial.filter(isName),
  });
  return {
    name: definition.name,
    gbnf: gbnf(definition, { maxDepth }),
    lark: lark(definition, { maxDepth }),
    schema: jsonSchema(definition, MAX_LEVELS),
  };
}

const plain = pythonExpressionDefinition({ names: [], initial: [] });

function isName(name: string): boolean {
  return NAME_TOKENS.includes(tokenOfText(plain, name)?.name ?? "");
}
