import type { Definition } from "../definition/definition.ts";
import { type Pattern, regexSource } from "../definition/pattern.ts";
import { type Field, type NodeSignature, nodesAt } from "../definition/signature.ts";

/** OpenAI's strict mode takes 10 levels of objects and arrays, and 5000 properties; others take as many or more. */
export const MAX_LEVELS = 10;

/** Where a whole answer stands in the JSON that the schema describes. */
export const ANSWER = "answer";

type Schema = { readonly [keyword: string]: unknown };

/**
 * The trees of a definition as a JSON schema in strict mode: every object closed and every property required, numbers as
 * strings of digits, no recursion: a definition is repeated for each number of levels left. The answer stands under
 * `answer`, since the outermost value must be an object. Throws when no tree fits.
 */
export function jsonSchema(definition: Definition, levels: number = MAX_LEVELS): Schema {
  const definitions = new Map<string, Schema | null>();
  // Different places may allow different nodes of one sort: numbered in order of appearance.
  const sets = new Map<string, number>();

  /** Null when no tree of that sort fits. */
  const treeAt = (rule: string, sort: string, left: number): Schema | null => {
    const nodes = nodesAt(definition, rule, sort);
    const set = `${sort} ${nodes
      .map(({ node }) => node)
      .toSorted()
      .join(" ")}`;
    if (!sets.has(set)) sets.set(set, sets.size);
    const name = `${sort}_${sets.get(set)}_${left}`;
    let schema = definitions.get(name);
    if (schema === undefined) {
      const fitting = nodes
        .filter((node) => !isLeaf(node))
        .map((node) => objectOf(node, left))
        .filter((object) => object !== null);
      const leaves =
        left < 1
          ? []
          : nodes
              .filter(isLeaf)
              .map(leafOf)
              .filter((leaf) => leaf !== null);
      schema = anyOf([...leaves, ...merged(fitting)]);
      definitions.set(name, schema);
    }
    return schema && { $ref: `#/$defs/${name}` };
  };

  /** Nodes without children are the same at every level. */
  const leafOf = (node: NodeSignature): Schema | null => {
    if (!definitions.has(node.node)) {
      const object = objectOf(node, 1);
      definitions.set(node.node, object && merged([object])[0]!);
    }
    return definitions.get(node.node) ? { $ref: `#/$defs/${node.node}` } : null;
  };

  const objectOf = (node: NodeSignature, left: number): NodeObject | null => {
    if (left < 1) return null;
    const fields: Record<string, Schema> = {};
    for (const field of node.fields) {
      const schema = fieldOf(field, left - 1);
      if (schema === null) return null;
      fields[field.name] = schema;
    }
    return { kinds: [node.node], fields };
  };

  const fieldOf = (field: Field, left: number): Schema | null => {
    switch (field.kind) {
      case "operator":
        return { type: "string", enum: field.values };
      case "text":
        return orNull(textOf(field.decoder), field.optional);
      case "tree":
        return orNull(treeAt(field.rule, field.sort, left), field.optional);
      case "list": {
        const items = left < 1 ? null : treeAt(field.rule, field.sort, left - 1);
        const { least: minItems, most: maxItems } = field;
        return orNull(items && { type: "array", items, minItems, maxItems }, field.optional);
      }
    }
  };

  const answer = treeAt(definition.start, definition.sort, levels - 1);
  if (answer === null) throw new Error(`${definition.name}: no tree fits in ${levels} levels`);
  const used = [...definitions].filter(([, schema]) => schema !== null);
  return { ...closed({ [ANSWER]: answer }), $defs: Object.fromEntries(used) };
}

interface NodeObject {
  readonly kinds: readonly string[];
  readonly fields: Readonly<Record<string, Schema>>;
}

/** Nodes with the same fields share an object, with an enumeration of their kinds. */
function merged(nodes: readonly NodeObject[]): readonly Schema[] {
  const byFields = Map.groupBy(nodes, ({ fields }) => JSON.stringify(fields));
  return [...byFields.values()].map((group) =>
    closed({ kind: { type: "string", enum: group.flatMap(({ kinds }) => kinds) }, ...group[0]!.fields }),
  );
}

function anyOf(schemas: readonly Schema[]): Schema | null {
  return schemas.length > 1 ? { anyOf: schemas } : (schemas[0] ?? null);
}

function isLeaf(node: NodeSignature): boolean {
  return node.fields.every((field) => field.kind === "text" || field.kind === "operator");
}

function closed(properties: Readonly<Record<string, Schema>>): Schema {
  return { type: "object", properties, required: Object.keys(properties), additionalProperties: false };
}

function orNull(schema: Schema | null, optional: boolean): Schema | null {
  if (!optional) return schema;
  return schema === null ? { type: "null" } : { anyOf: [schema, { type: "null" }] };
}

/** A list of fixed texts becomes an `enum`, which every server knows. Null when there is no text. */
function textOf(pattern: Pattern): Schema | null {
  if (pattern.kind === "alternatives") {
    if (pattern.items.length === 0) return null;
    const texts = pattern.items.flatMap((item) => (item.kind === "literal" ? [item.text] : []));
    if (texts.length === pattern.items.length) return { type: "string", enum: texts };
  }
  return { type: "string", pattern: `^${regexSource(pattern).replaceAll("(?:", "(")}$` };
}
