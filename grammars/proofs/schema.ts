import { SYMBOLS } from "../automata/alphabet.ts";
import { type Dfa, dfaOf } from "../automata/dfa.ts";
import { type Definition, tokenOf } from "../definition/definition.ts";
import { regexSource } from "../definition/pattern.ts";
import { type Field, type NodeSignature, nodesAt } from "../definition/signature.ts";
import { ANSWER, MAX_LEVELS } from "../emit/schema.ts";

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
  readonly maxItems?: number;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

/**
 * Where a schema, read as a top-down tree automaton, admits what is no tree of the definition, or leaves out what a decoder
 * may write and there is room for: so many `levels` of objects and arrays. Each state of the schema is met at each place of
 * the definition, and with each number of levels left, once.
 */
export function compareSchema(
  definition: Definition,
  source: object,
  levels: number = MAX_LEVELS,
): readonly string[] {
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
  const tree = (one: Schema, rule: string, sort: string, path: string, left: number): void => {
    const key = `${JSON.stringify(one)} ${rule} ${sort} ${left}`;
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
          fieldAt(object.properties![field.name]!, field, `${path}.${field.name}`, left - 1);
      }
    }
    for (const [kind, node] of nodes)
      if (!seen.has(kind) && fits(node, left)) problems.add(`${path}: ${kind} is left out`);
  };
  const least = leastLevels(definition);
  const fits = (node: NodeSignature, left: number): boolean =>
    left >= 1 && node.fields.every((field) => isOptional(field) || hasRoom(field, left - 1));
  const hasRoom = (field: Field, left: number): boolean => {
    if (field.kind === "operator") return true;
    if (field.kind === "text") return !isNever(field);
    return least(field.rule, field.sort) <= (field.kind === "list" ? left - 1 : left);
  };
  const fieldAt = (one: Schema, field: Field, path: string, left: number): void => {
    const options = resolve(one);
    const some = options.filter(({ type }) => type !== "null");
    if (some.length < options.length && !(field.kind !== "operator" && field.optional))
      problems.add(`${path}: may not be null`);
    if (some.length === options.length && isOptional(field)) problems.add(`${path}: null is left out`);
    if (some.length === 0 && hasRoom(field, left)) problems.add(`${path}: only null is left`);
    if (some.length === 0) return;
    switch (field.kind) {
      case "operator":
        for (const value of some.flatMap((option) => option.enum ?? ["?"])) {
          if (!field.values.includes(value)) problems.add(`${path}: ${value} is no operator here`);
        }
        for (const value of field.values) {
          if (!some.some((option) => option.enum?.includes(value)))
            problems.add(`${path}: ${value} is left out`);
        }
        return;
      case "text":
        for (const option of some) text(option, field, path);
        return;
      case "list":
        for (const option of some) {
          if (option.type !== "array" || (option.minItems ?? 0) < field.least)
            problems.add(`${path}: too short a list is allowed`);
          else if (option.minItems! > field.least || (option.maxItems ?? Infinity) < field.most)
            problems.add(`${path}: lists are left out that a decoder may write`);
          else tree(option.items!, field.rule, field.sort, `${path}[]`, left - 1);
        }
        return;
      case "tree":
        tree({ anyOf: some }, field.rule, field.sort, path, left);
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
    const missing = outside(dfaOf(new RegExp(regexSource(field.decoder))), asked);
    if (missing !== null && !isNever(field)) problems.add(`${path}: ${JSON.stringify(missing)} is left out`);
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
  tree(top[ANSWER]!, definition.start, definition.sort, "$", levels - 1);
  return [...problems];
}

/** For a rule and sort the levels of objects and arrays that a smallest tree takes; infinite when there is none. */
function leastLevels(definition: Definition): (rule: string, sort: string) => number {
  const known = new Map<string, number>();
  const of = (rule: string, sort: string): number => known.get(`${rule} ${sort}`) ?? Infinity;
  const places = new Map<string, readonly [rule: string, sort: string]>();
  const visit = (rule: string, sort: string): void => {
    if (places.has(`${rule} ${sort}`)) return;
    places.set(`${rule} ${sort}`, [rule, sort]);
    for (const { fields } of nodesAt(definition, rule, sort)) {
      for (const field of fields)
        if (field.kind === "tree" || field.kind === "list") visit(field.rule, field.sort);
    }
  };
  visit(definition.start, definition.sort);
  const levelsOf = (field: Field): number => {
    if (isOptional(field) || field.kind === "operator") return 0;
    if (field.kind === "text") return isNever(field) ? Infinity : 0;
    return of(field.rule, field.sort) + (field.kind === "list" ? 1 : 0);
  };
  // Each round finds the trees that are one level higher.
  for (let round = 0; round <= places.size; round += 1) {
    for (const [key, [rule, sort]] of places) {
      const nodes = nodesAt(definition, rule, sort).map(
        ({ fields }) => 1 + Math.max(0, ...fields.map(levelsOf)),
      );
      known.set(key, Math.min(Infinity, ...nodes));
    }
  }
  return of;
}

/** A text of the first automaton that the second does not have; null when there is none. */
function outside(inner: Dfa, outer: Dfa): string | null {
  const queue: { readonly at: number; readonly to: number; readonly read: string }[] = [
    { at: 0, to: 0, read: "" },
  ];
  const known = new Set<string>();
  for (const { at, to, read } of queue) {
    if (inner.accepting[at] && !(to >= 0 && outer.accepting[to])) return read;
    for (let symbol = 0; symbol < SYMBOLS; symbol += 1) {
      const next = inner.next[at * SYMBOLS + symbol]!;
      if (next < 0) continue;
      const other = to < 0 ? -1 : outer.next[to * SYMBOLS + symbol]!;
      if (known.has(`${next} ${other}`)) continue;
      known.add(`${next} ${other}`);
      queue.push({ at: next, to: other, read: read + String.fromCharCode(symbol) });
    }
  }
  return null;
}

function isOptional(field: Field): boolean {
  return field.kind !== "operator" && field.optional;
}

function isNever(field: Extract<Field, { kind: "text" }>): boolean {
  return field.decoder.kind === "alternatives" && field.decoder.items.length === 0;
}

function sameNames(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((name) => right.includes(name));
}
