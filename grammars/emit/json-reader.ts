import { type Definition, type Tree, tokenOfText } from "../definition/definition.ts";
import { type Field, type NodeSignature, nodesAt } from "../definition/signature.ts";
import { ANSWER } from "./schema.ts";

/** A tree of the definition, or where the value departs from one; `path` is like `$.left.argument`. */
export type ReadTree =
  | { readonly kind: "ok"; readonly tree: Tree }
  | { readonly kind: "error"; readonly message: string; readonly path: string };

/**
 * Reads an answer to a language's JSON schema: a text of at most so many characters that holds `{"answer": tree}`. The message of an
 * error says where.
 */
export function readAnswer(
  json: string,
  maxLength: number,
  readJson: (value: unknown) => ReadTree,
): { readonly kind: "ok"; readonly tree: Tree } | { readonly kind: "error"; readonly message: string } {
  const fail = (message: string) => ({ kind: "error", message }) as const;
  if (json.length > maxLength) return fail(`longer than ${maxLength} characters; write something shorter`);
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return fail("not JSON, or cut off before its end");
  }
  const keys = typeof value === "object" && value !== null ? Object.keys(value) : [];
  if (keys.length !== 1 || keys[0] !== ANSWER)
    return fail(`the answer must be an object with the one field "${ANSWER}"`);
  const read = readJson((value as Record<string, unknown>)[ANSWER]);
  return read.kind === "error" ? fail(`${read.path}: ${read.message}`) : read;
}

class Mismatch extends Error {
  readonly path: string;
  constructor(message: string, path: string) {
    super(message);
    this.path = path;
  }
}

/**
 * Reads a JSON value as a tree: exactly the fields that a node has, every text a token of the language, depth within the
 * caps. Values that a decoder's schema would not allow but that are trees all the same are taken.
 */
export function jsonReader(definition: Definition): (value: unknown) => ReadTree {
  const places = new Map<string, ReadonlyMap<string, NodeSignature>>();
  const nodes = (rule: string, sort: string): ReadonlyMap<string, NodeSignature> => {
    const key = `${rule} ${sort}`;
    let found = places.get(key);
    if (found === undefined) {
      found = new Map(nodesAt(definition, rule, sort).map((node) => [node.node, node]));
      places.set(key, found);
    }
    return found;
  };

  const treeAt = (value: unknown, rule: string, sort: string, path: string, depth: number): Tree => {
    const { maxDepth } = definition.caps;
    if (depth > maxDepth)
      throw new Mismatch(`nested more than ${maxDepth} deep; write something smaller`, path);
    if (!isObject(value)) throw new Mismatch(`a ${sort} is needed here, an object with "kind"`, path);
    const node = typeof value.kind === "string" ? nodes(rule, sort).get(value.kind) : undefined;
    if (node === undefined) {
      throw new Mismatch(`"kind" must be one of ${[...nodes(rule, sort).keys()].join(", ")}`, path);
    }
    const names = ["kind", ...node.fields.map((field) => field.name)];
    const same =
      Object.keys(value).length === names.length && names.every((name) => Object.hasOwn(value, name));
    if (!same) throw new Mismatch(`a ${node.node} has exactly the fields ${names.join(", ")}`, path);
    const fields = node.fields.map((field) => [
      field.name,
      fieldAt(value[field.name], field, `${path}.${field.name}`, depth + 1),
    ]);
    return { kind: node.node, ...Object.fromEntries(fields) };
  };

  const fieldAt = (value: unknown, field: Field, path: string, depth: number): Tree[string] => {
    if (value === null && field.kind !== "operator" && field.optional) return null;
    switch (field.kind) {
      case "tree":
        return treeAt(value, field.rule, field.sort, path, depth);
      case "list":
        if (!Array.isArray(value) || value.length < field.least) {
          throw new Mismatch(`a list of at least ${field.least} is needed here`, path);
        }
        return value.map((item, index) => treeAt(item, field.rule, field.sort, `${path}[${index}]`, depth));
      case "text":
        if (typeof value !== "string" || !field.tokens.includes(tokenOfText(definition, value)?.name ?? "")) {
          throw new Mismatch(`this is no ${field.name} of the language`, path);
        }
        return value;
      case "operator":
        if (typeof value !== "string" || !field.values.includes(value)) {
          throw new Mismatch(`one of ${field.values.join(" ")} is needed here`, path);
        }
        return value;
    }
  };

  return (value) => {
    try {
      return { kind: "ok", tree: treeAt(value, definition.start, definition.sort, "$", 1) };
    } catch (error) {
      if (error instanceof Mismatch) return { kind: "error", message: error.message, path: error.path };
      throw error;
    }
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
