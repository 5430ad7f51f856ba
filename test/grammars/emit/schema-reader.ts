/** The largest nesting of objects and arrays in a schema without recursion; throws when there is recursion. */
export function levels(schema: Json, root: Json = schema, open: readonly string[] = []): number {
  if (typeof schema.$ref === "string") {
    const name = schema.$ref.replace("#/$defs/", "");
    if (open.includes(name)) throw new Error(`${name} contains itself`);
    return levels((root.$defs as Record<string, Json>)[name]!, root, [...open, name]);
  }
  const inner = (schemas: readonly Json[]) => Math.max(0, ...schemas.map((part) => levels(part, root, open)));
  if (schema.anyOf !== undefined) return inner(schema.anyOf as Json[]);
  if (schema.type === "object") return 1 + inner(Object.values(schema.properties as Record<string, Json>));
  if (schema.type === "array") return 1 + inner([schema.items as Json]);
  return 0;
}

/** Every object schema in a schema, those under `$defs` included. */
export function objectsIn(schema: unknown): readonly Json[] {
  if (typeof schema !== "object" || schema === null) return [];
  const inner = Object.values(schema).flatMap(objectsIn);
  return "type" in schema && schema.type === "object" ? [schema as Json, ...inner] : inner;
}

/** Whether a value is an instance, for the keywords that emitted schemas use; throws on any other keyword. */
export function isInstance(value: unknown, schema: Json, root: Json = schema): boolean {
  const known = ["$ref", "$defs", "anyOf", "type", "properties", "required", "additionalProperties"];
  const strings = ["enum", "pattern", "items", "minItems", "maxItems"];
  const odd = Object.keys(schema).filter((keyword) => ![...known, ...strings].includes(keyword));
  if (odd.length > 0) throw new Error(`unknown keywords: ${odd.join(", ")}`);
  if (typeof schema.$ref === "string") {
    return isInstance(
      value,
      (root.$defs as Record<string, Json>)[schema.$ref.replace("#/$defs/", "")]!,
      root,
    );
  }
  if (schema.anyOf !== undefined)
    return (schema.anyOf as Json[]).some((part) => isInstance(value, part, root));
  switch (schema.type) {
    case "null":
      return value === null;
    case "string":
      if (typeof value !== "string") return false;
      if (schema.enum !== undefined) return (schema.enum as string[]).includes(value);
      return new RegExp(schema.pattern as string).test(value);
    case "array":
      return (
        Array.isArray(value) &&
        value.length >= (schema.minItems as number) &&
        value.length <= (schema.maxItems as number) &&
        value.every((item) => isInstance(item, schema.items as Json, root))
      );
    default: {
      if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
      const properties = schema.properties as Record<string, Json>;
      const names = Object.keys(value);
      return (
        names.every((name) => Object.hasOwn(properties, name)) &&
        (schema.required as string[]).every((name) => names.includes(name)) &&
        names.every((name) => isInstance((value as Json)[name], properties[name]!, root))
      );
    }
  }
}

/** A random instance; `pick(n)` gives a number below n. Patterns are answered with `"12"`. */
export function instance(schema: Json, pick: (below: number) => number, root: Json = schema): unknown {
  if (typeof schema.$ref === "string") {
    return instance((root.$defs as Record<string, Json>)[schema.$ref.replace("#/$defs/", "")]!, pick, root);
  }
  const choose = <T>(items: readonly T[]): T => items[pick(items.length)]!;
  if (schema.anyOf !== undefined) return instance(choose(schema.anyOf as Json[]), pick, root);
  switch (schema.type) {
    case "null":
      return null;
    case "string":
      return schema.enum === undefined ? "12" : choose(schema.enum as string[]);
    case "array": {
      const [least, most] = [schema.minItems as number, schema.maxItems as number];
      return Array.from({ length: least + pick(most - least + 1) }, () =>
        instance(schema.items as Json, pick, root),
      );
    }
    default: {
      const properties = Object.entries(schema.properties as Record<string, Json>);
      return Object.fromEntries(properties.map(([name, part]) => [name, instance(part, pick, root)]));
    }
  }
}

export type Json = { readonly [keyword: string]: unknown };
