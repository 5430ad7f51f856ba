import type { Definition, Part, Rule } from "../definition/definition.ts";
import { bodyOf, type Ebnf } from "../definition/ebnf.ts";

/**
 * How the tree that a rule makes is sorted (emit/build.ts), as data: what a proof and its checker need besides the parser's
 * grammar. Sorts are a finite attribute, handed up with each tree.
 */
export type SortRule =
  /** One operand hands on its sort; several must be `of`, and give `gives`. */
  | { readonly kind: "joins"; readonly of: string; readonly gives: string }
  /** Operators, by token, from the operand outwards. */
  | {
      readonly kind: "prefixes";
      readonly operators: Readonly<Record<string, { readonly of: string; readonly gives: string }>>;
    }
  /** `needs` by the number that Chevrotain's grammar has for the place of a reference. */
  | { readonly kind: "record"; readonly gives: string; readonly needs: Readonly<Record<number, string>> };

export function sortRules(definition: Definition): Readonly<Record<string, SortRule>> {
  return Object.fromEntries(definition.rules.map((rule) => [rule.name, sortRule(rule)]));
}

function sortRule(rule: Rule): SortRule {
  switch (rule.kind) {
    case "choice":
    case "group":
      return { kind: "joins", of: "", gives: "" };
    case "prefix":
      return {
        kind: "prefixes",
        operators: Object.fromEntries(rule.operators.map(({ token, of, gives }) => [token, { of, gives }])),
      };
    case "infix":
    case "relation":
      return { kind: "joins", of: rule.of, gives: rule.gives };
    case "record":
      return { kind: "record", gives: rule.gives, needs: needsOf(bodyOf(rule), sortsOf(rule.parts)) };
  }
}

function sortsOf(parts: readonly Part[]): ReadonlyMap<string, string> {
  return new Map(
    parts.flatMap((part): (readonly [string, string])[] =>
      part.kind === "optional"
        ? [...sortsOf(part.parts)]
        : part.kind === "field" || part.kind === "list"
          ? [[part.field, part.sort]]
          : [],
    ),
  );
}

/** Places are numbered as the parser's constructor does it: every piece of the body, from the outside in, in order. */
function needsOf(body: Ebnf, sorts: ReadonlyMap<string, string>): Readonly<Record<number, string>> {
  const needs: Record<number, string> = {};
  let index = 0;
  const visit = (piece: Ebnf): void => {
    const at = index++;
    if (piece.kind === "rule" && piece.field !== undefined) needs[at] = sorts.get(piece.field)!;
    else if (piece.kind === "sequence" || piece.kind === "choice")
      for (const item of piece.items) visit(item);
    else if (piece.kind === "optional" || piece.kind === "repeat") visit(piece.item);
  };
  visit(body);
  return needs;
}

/** What is known of the operands read so far; an opaque finite value. `null`: ill-sorted. */
export type Attribute = string;

export const NO_OPERANDS: Attribute = "";
const ILL_SORTED: Attribute = "!";

export function afterToken(rule: SortRule, attribute: Attribute, token: string): Attribute {
  if (rule.kind !== "prefixes" || !(token in rule.operators)) return attribute;
  const { of, gives } = rule.operators[token]!;
  if (attribute === NO_OPERANDS) return `${of}>${gives}`;
  const [inner, outer] = attribute.split(">");
  // What takes another sort than it is given is ill-sorted, whatever the operand.
  return attribute === ILL_SORTED || gives !== inner ? ILL_SORTED : `${of}>${outer}`;
}

export function afterOperand(
  rule: SortRule,
  attribute: Attribute,
  sort: string,
  place: number,
): Attribute | null {
  switch (rule.kind) {
    case "joins":
      if (attribute === NO_OPERANDS) return `=${sort}`;
      return sort === rule.of && (attribute === "*" || attribute === `=${rule.of}`) ? "*" : null;
    case "prefixes": {
      if (attribute === NO_OPERANDS) return `=${sort}`;
      const [inner, outer] = attribute.split(">");
      return inner === sort ? `=${outer}` : null;
    }
    case "record":
      return rule.needs[place] === undefined || rule.needs[place] === sort ? attribute : null;
  }
}

/** The sort of the finished tree. */
export function resultOf(rule: SortRule, attribute: Attribute): string {
  if (rule.kind === "record") return rule.gives;
  return attribute === "*" && rule.kind === "joins" ? rule.gives : attribute.slice(1);
}
