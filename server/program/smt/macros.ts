import { type Expression, headOf } from "../../../grammars/smtlib/expression.ts";
import { type Macro, type Scope, type Translator, Untranslatable, type Value } from "./translate.ts";

/** The functions that `define-fun` commands define, each seeing those before it. Anything else among them is untranslatable. */
export function macrosOf(definitions: readonly Expression[], translator: Translator): Map<string, Macro> {
  const macros = new Map<string, Macro>();
  for (const definition of definitions) {
    const [, name, parameters, , body] = definition.kind === "list" ? definition.items : [];
    if (headOf(definition) !== "define-fun" || name?.kind !== "atom" || parameters?.kind !== "list" || !body)
      throw new Untranslatable("a definition is expected here", definition.span);
    const known = new Map(macros);
    macros.set(name.text, (values, at) => {
      if (values.length !== parameters.items.length)
        throw new Untranslatable("wrong number of arguments", at);
      const scope: Scope = { values: bound(parameters.items, values), macros: known };
      return translator.value(body, scope);
    });
  }
  return macros;
}

function bound(parameters: readonly Expression[], values: readonly Value[]): Map<string, Value> {
  return new Map(
    parameters.map((parameter, i) => {
      const name = parameter.kind === "list" ? parameter.items[0] : undefined;
      if (name?.kind !== "atom") throw new Untranslatable("a parameter is (name sort)", parameter.span);
      return [name.text, values[i]!];
    }),
  );
}
