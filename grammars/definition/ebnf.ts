import {
  type InfixRule,
  type Part,
  type PrefixRule,
  type RelationRule,
  type Rule,
  tokensOf,
} from "./definition.ts";
import type { Pattern } from "./pattern.ts";

/**
 * The right-hand side of a rule. `sort` on a reference is set only in sorted bodies. `max` bounds decoders; the parser
 * repeats freely and leaves the limit to the caps. A `gap` is nothing to the parser, whose lexer skips spaces.
 */
export type Ebnf =
  | { readonly kind: "token"; readonly token: string; readonly field?: string; readonly decoder?: Pattern }
  | {
      readonly kind: "rule";
      readonly rule: string;
      readonly sort?: string;
      readonly field?: string;
      readonly list?: boolean;
    }
  | { readonly kind: "gap"; readonly required: boolean }
  | { readonly kind: "sequence"; readonly items: readonly Ebnf[] }
  | { readonly kind: "choice"; readonly items: readonly Ebnf[] }
  | { readonly kind: "optional"; readonly item: Ebnf }
  | { readonly kind: "repeat"; readonly item: Ebnf; readonly min: 0 | 1; readonly max: number };

/**
 * A rule's EBNF. Without `sort` it is what the parser reads; with it, only those texts whose tree has that sort, and an
 * empty `choice` when there are none.
 */
export function bodyOf(rule: Rule, sort?: string): Ebnf {
  switch (rule.kind) {
    case "choice":
      return choice(rule.of.map((name) => reference(name, sort)));
    case "group":
      return sequence(token(rule.open), reference(rule.rule, sort), token(rule.close));
    case "prefix":
      return sort === undefined ? prefixBody(rule) : sortedPrefixBody(rule, sort);
    case "infix":
      return infixBody(rule, sort);
    case "relation":
      return relationBody(rule, sort);
    case "record":
      if (sort !== undefined && sort !== rule.gives) return choice([]);
      return sequence(...rule.parts.map((part) => partBody(part, sort !== undefined)));
  }
}

/** References in a body, in order. */
export function referencesIn(body: Ebnf): readonly Extract<Ebnf, { kind: "rule" }>[] {
  switch (body.kind) {
    case "rule":
      return [body];
    case "token":
    case "gap":
      return [];
    case "sequence":
    case "choice":
      return body.items.flatMap(referencesIn);
    case "optional":
    case "repeat":
      return referencesIn(body.item);
  }
}

function prefixBody(rule: PrefixRule): Ebnf {
  const operators = choice(rule.operators.map((operator) => token(operator.token)));
  return sequence({ kind: "repeat", item: operators, min: 0, max: 1 }, reference(rule.operand));
}

function sortedPrefixBody(rule: PrefixRule, sort: string): Ebnf {
  const giving = rule.operators.filter((operator) => operator.gives === sort);
  return choice([
    reference(rule.operand, sort),
    ...giving.map((operator) =>
      sequence(
        token(operator.token),
        ...(operator.word === true ? [gap(true)] : []),
        reference(rule.operand, operator.of),
      ),
    ),
  ]);
}

function infixBody(rule: InfixRule, sort: string | undefined): Ebnf {
  if (sort !== undefined && sort !== rule.gives) return reference(rule.operand, sort);
  const operand = reference(rule.operand, sort === undefined ? undefined : rule.of);
  const words = rule.operators.some(({ word }) => word);
  const operators = choice(
    rule.operators.map(({ token: name, spaced, word }) =>
      sequence(...(words ? [gap(word ?? false)] : []), token(name), gap(spaced ?? word ?? false)),
    ),
  );
  const step = sequence(...(words ? [] : [gap(false)]), operators, operand);
  if (sort === undefined || rule.of === rule.gives) {
    return sequence(operand, { kind: "repeat", item: step, min: 0, max: rule.decoderMax });
  }
  const chain = sequence(operand, { kind: "repeat", item: step, min: 1, max: rule.decoderMax });
  return choice([reference(rule.operand, sort), chain]);
}

function relationBody(rule: RelationRule, sort: string | undefined): Ebnf {
  if (sort !== undefined && sort !== rule.gives)
    return rule.required ? choice([]) : reference(rule.operand, sort);
  const operand = reference(rule.operand, sort === undefined ? undefined : rule.of);
  const families = choice(
    rule.families.map(({ tokens, chains }): Ebnf => {
      const step = sequence(gap(false), choice(tokens.map(token)), gap(false), operand);
      return chains ? { kind: "repeat", item: step, min: 1, max: rule.decoderMax } : step;
    }),
  );
  if (rule.required) return sequence(operand, families);
  if (sort === undefined) return sequence(operand, { kind: "optional", item: families });
  const related = sequence(operand, families);
  return choice(rule.of === rule.gives ? [operand, related] : [reference(rule.operand, sort), related]);
}

function partBody(part: Part, sorted: boolean): Ebnf {
  switch (part.kind) {
    case "token":
      return token(part.token);
    case "gap":
      return gap(part.required);
    case "text": {
      const tokens = tokensOf(part).map((name): Ebnf => ({ kind: "token", token: name, field: part.field }));
      if (part.decoder === undefined) return choice(tokens);
      // A decoder's pattern stands for all of the tokens at once, so one place is enough for it.
      return sorted || tokens.length === 1
        ? { kind: "token", token: tokensOf(part)[0]!, field: part.field, decoder: part.decoder }
        : choice(tokens);
    }
    case "field":
      return { ...reference(part.rule, sorted ? part.sort : undefined), field: part.field };
    case "list": {
      const item: Ebnf = {
        ...reference(part.rule, sorted ? part.sort : undefined),
        field: part.field,
        list: true,
      };
      const space = part.tight === true ? [] : [gap(true)];
      const between = part.separator === null ? space : [token(part.separator), gap(false)];
      return sequence(item, {
        kind: "repeat",
        item: sequence(...between, item),
        min: 0,
        max: part.decoderMax,
      });
    }
    case "optional":
      return { kind: "optional", item: sequence(...part.parts.map((inner) => partBody(inner, sorted))) };
  }
}

function token(name: string): Ebnf {
  return { kind: "token", token: name };
}

function reference(rule: string, sort?: string): Extract<Ebnf, { kind: "rule" }> {
  return sort === undefined ? { kind: "rule", rule } : { kind: "rule", rule, sort };
}

function gap(required: boolean): Ebnf {
  return { kind: "gap", required };
}

function sequence(...items: readonly Ebnf[]): Ebnf {
  return items.length === 1 ? items[0]! : { kind: "sequence", items };
}

function choice(items: readonly Ebnf[]): Ebnf {
  return items.length === 1 ? items[0]! : { kind: "choice", items };
}
