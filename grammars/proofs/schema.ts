import { SYMBOLS } from "../automata/alphabet.ts";
import { dfaOf } from "../automata/dfa.ts";
import { type Definition, tokenOf } from "../definition/definition.ts";
import { regexSource } from "../definition/pattern.ts";
import { type Field, nodesAt } from "../definition/signature.ts";
import { ANSWER } from "../emit/schema.ts";

/** JSON schema, as far as strict mode has it. */
interface Schema {
  readonly $ref?: string;
  readonly anyOf?: readonly Schema[];
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

/**
 * Where a schema, read as a top-down tree automaton, admits what is no tree of the definition, or leaves out a kind of node
 * at a place where there is room for it. Each state of the schema is met at each place of the definition once.
 */
export function compareSchema(definition: Definition, source: object): readonly string[] {
  const schema = source as Schema;
  const problems = new Set<string>();
  const met = new Set<string>();
  const resolve = (one: Schema): readonly Schema[] => {
    if (one.$ref !== undefined) {
      const found = schema.$defs?.[one.$ref.replace("#/$defs/", "")];
      if (found === undefined) throw new Error(`${one.$ref} is not defined`);
      return resolve(found);
    }
    return one.anyOf === undefined ? [one] : one.anyOf.flatMap(resolve);
  };
  const tree = (one: Schema, rule: string, sort: string, path: string, level: number): void => {
    const key = `${JSON.stringify(one)} ${rule} ${sort}`;
    if (met.has(key)) return;
    met.add(key);
    const nodes = new Map(nodesAt(definition, rule, sort).map((node) => [node.node, node]));
    const seen = new Set<string>();
    for (const object of resolve(one)) {
      const names = Object.keys(object.properties ?? {});
      if (
        object.type !== "object" ||
        object.additionalProperties !== false ||
        !sameNames(names, object.required ?? [])
      ) {
        problems.add(`${path}: an object that is not closed, or whose fields are not all required`);
        continue;
      }
      for (const kind of object.properties!.kind?.enum ?? []) {
        seen.add(kind);
        const node = nodes.get(kind);
        if (node === undefined) {
          problems.add(`${path}: no ${kind} may stand here`);
          continue;
        }
        if (!sameNames(names, ["kind", ...node.fields.map(({ name }) => name)])) {
          problems.add(`${path}: a ${kind} has other fields`);
          continue;
        }
        for (const field of node.fields)
          fieldAt(object.properties![field.name]!, field, `${path}.${field.name}`, level + 1);
      }
    }
    // Near the deepest level the larger nodes have no room; at the top all have.
    if (level === 0) {
      for (const [kind, node] of nodes) {
        const writable = node.fields.every((field) => field.kind !== "text" || !isNever(field));
        if (!seen.has(kind) && writable) problems.add(`${path}: ${kind} is left out`);
      }
    }
  };
  const fieldAt = (one: Schema, field: Field, path: string, level: number): void => {
    const options = resolve(one);
    const some = options.filter(({ type }) => type !== "null");
    if (some.length < options.length && !(field.kind !== "operator" && field.optional))
      problems.add(`${path}: may not be null`);
    if (some.length === 0) return;
    switch (field.kind) {
      case "operator":
        for (const value of some.flatMap((option) => option.enum ?? ["?"])) {
          if (!field.values.includes(value)) problems.add(`${path}: ${value} is no operator here`);
        }
        return;
      case "text":
        for (const option of some) text(option, field, path);
        return;
      case "list":
        for (const option of some) {
          if (option.type !== "array" || (option.minItems ?? 0) < field.least)
            problems.add(`${path}: too short a list is allowed`);
          else tree(option.items!, field.rule, field.sort, `${path}[]`, level + 1);
        }
        return;
      case "tree":
        tree({ anyOf: some }, field.rule, field.sort, path, level + 1);
    }
  };
  /** Every text that the schema takes is a token of the field, and of no token before it in the lexer's order. */
  const text = (one: Schema, field: Extract<Field, { kind: "text" }>, path: string): void => {
    const source =
      one.enum === undefined
        ? /^\^(.*)\$$/.exec(one.pattern ?? "")?.[1]
        : one.enum.map((value) => value.replace(/[^A-Za-z0-9_ ]/g, "\\$&")).join("|");
    if (one.type !== "string" || source === undefined) {
      problems.add(`${path}: a string without a pattern`);
      return;
    }
    const order = definition.tokens.map((token) => ({
      mine: field.tokens.includes(token.name),
      dfa: dfaOf(new RegExp(regexSource(tokenOf(definition, token.name).pattern))),
    }));
    const asked = dfaOf(new RegExp(source));
    const queue: { readonly at: number; readonly states: readonly number[]; readonly read: string }[] = [
      { at: 0, states: order.map(() => 0), read: "" },
    ];
    const known = new Set<string>();
    for (const { at, states, read } of queue) {
      if (asked.accepting[at]) {
        const first = order.find(({ dfa }, index) => states[index]! >= 0 && dfa.accepting[states[index]!]);
        if (first?.mine !== true) {
          problems.add(`${path}: ${JSON.stringify(read)} is none of ${field.tokens.join(", ")}`);
          return;
        }
      }
      for (let symbol = 0; symbol < SYMBOLS; symbol += 1) {
        const next = asked.next[at * SYMBOLS + symbol]!;
        if (next < 0) continue;
        const after = order.map(({ dfa }, index) =>
          states[index]! < 0 ? -1 : dfa.next[states[index]! * SYMBOLS + symbol]!,
        );
        const key = `${next} ${after.join(",")}`;
        if (known.has(key)) continue;
        known.add(key);
        queue.push({ at: next, states: after, read: read + String.fromCharCode(symbol) });
      }
    }
  };
  const top = schema.properties ?? {};
  if (
    schema.type !== "object" ||
    !sameNames(Object.keys(top), [ANSWER]) ||
    schema.additionalProperties !== false
  ) {
    return [`the answer must be a closed object with the one field "${ANSWER}"`];
  }
  tree(top[ANSWER]!, definition.start, definition.sort, "$", 0);
  return [...problems];
}

function isNever(field: Extract<Field, { kind: "text" }>): boolean {
  return field.decoder.kind === "alternatives" && field.decoder.items.length === 0;
}

function sameNames(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((name) => right.includes(name));
}
