import { jsonSchema } from "../../emit/schema.ts";
import type { ProvedLanguage } from "../language.ts";
import { type Fault, fault, tried } from "./seed.ts";

// biome-ignore lint/suspicious/noExplicitAny: the schema is changed in ways that its type forbids.
const schema = (what: string, language: ProvedLanguage, change: (schema: any) => void): Fault =>
  fault("schema", what, language, ({ definition }) => ({
    schema: () => {
      const copy = structuredClone(jsonSchema(definition));
      change(copy);
      return copy;
    },
  }));

export function schemaFaults(): readonly Fault[] {
  const smt = tried.smt();
  return [
    schema("a kind of node that is none", smt, (one) => {
      one.$defs.integer.properties.kind.enum.push("shell");
    }),
    schema("an object that is open", smt, (one) => {
      one.$defs.integer.additionalProperties = true;
    }),
    schema("a field that is not required", smt, (one) => {
      one.$defs.integer.required.pop();
    }),
    schema("numbers with a sign", smt, (one) => {
      one.$defs.integer.properties.digits.pattern = "^-?[0-9]+$";
    }),
    schema("a reserved word as a name", smt, (one) => {
      one.$defs.name.properties.name.enum.push("assert");
    }),
    schema("an application to nothing", smt, (one) => {
      for (const definition of Object.values(one.$defs) as {
        readonly anyOf?: readonly { readonly properties?: { readonly arguments?: { minItems: number } } }[];
      }[]) {
        for (const option of definition.anyOf ?? [])
          if (option.properties?.arguments !== undefined) option.properties.arguments.minItems = 0;
      }
    }),
    schema("a kind of node is left out below the top", smt, (one) => {
      one.$defs[one.properties.answer.$ref.split("/").at(-1).replace(/_\d+$/, "_7")].anyOf.pop();
    }),
    schema("a shorter list than decoders write", smt, (one) => {
      for (const definition of Object.values(one.$defs) as {
        readonly anyOf?: readonly { readonly properties?: { readonly arguments?: { maxItems: number } } }[];
      }[]) {
        for (const option of definition.anyOf ?? [])
          if (option.properties?.arguments !== undefined) option.properties.arguments.maxItems = 1;
      }
    }),
    schema("a name that decoders write is left out", smt, (one) => {
      one.$defs.name.properties.name.enum.pop();
    }),
    schema("numbers of fewer digits than decoders write", smt, (one) => {
      one.$defs.integer.properties.digits.pattern = "^(0|[1-9][0-9]{0,2})$";
    }),
    schema("a kind of node is left out", smt, (one) => {
      const top = one.$defs[one.properties.answer.$ref.split("/").at(-1)];
      top.anyOf = top.anyOf.slice(1);
    }),
  ];
}
