import { type Definition, type Part, type Rule, tokensOf } from "./definition.ts";
import { fixed } from "./signature.ts";

/** A piece of canonical text: a token with the one text that it is always printed with; null where a tree's field has it. */
export interface Piece {
  readonly token: string;
  readonly text: string | null;
}

/** The pieces that canonical text may consist of, and which may stand next to which: numbers of pieces. */
export interface Printed {
  readonly pieces: readonly Piece[];
  readonly next: readonly ReadonlySet<number>[];
}

type Body =
  | { readonly kind: "piece"; readonly piece: Piece }
  | { readonly kind: "rule"; readonly rule: string }
  | { readonly kind: "sequence" | "choice"; readonly items: readonly Body[] }
  | { readonly kind: "repeat" | "optional"; readonly item: Body };

/** The name of the piece that the printer writes at gaps: one space. */
export const GAP = "a gap";

/**
 * What the printer (emit/printer.ts) may write, seen piece by piece: for every two pieces of which the second may follow
 * the first in the text of some tree, that pair. Brackets may stand wherever a rule allows them, so there are more pairs here than
 * trees have, and none less.
 */
export function printed(definition: Definition): Printed {
  const pieces: Piece[] = [];
  const next: Set<number>[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (piece: Piece): number => {
    const key = JSON.stringify(piece);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    next.push(new Set());
    numbers.set(key, pieces.length);
    return pieces.push(piece) - 1;
  };
  interface Ends {
    readonly empty: boolean;
    readonly first: ReadonlySet<number>;
    readonly last: ReadonlySet<number>;
  }
  const nothing: Ends = { empty: true, first: new Set(), last: new Set() };
  const never: Ends = { ...nothing, empty: false };
  const known = new Map<string, Ends>();
  const meet = (left: Ends, right: Ends): void => {
    for (const before of left.last) for (const behind of right.first) next[before]!.add(behind);
  };
  const endsOf = (body: Body): Ends => {
    switch (body.kind) {
      case "piece": {
        const only = new Set([numberOf(body.piece)]);
        return { empty: false, first: only, last: only };
      }
      case "rule":
        return known.get(body.rule) ?? never;
      case "choice":
        return body.items.map(endsOf).reduce((left, right) => ({
          empty: left.empty || right.empty,
          first: union(left.first, right.first),
          last: union(left.last, right.last),
        }));
      case "sequence":
        return body.items.map(endsOf).reduce((left, right) => {
          meet(left, right);
          return {
            empty: left.empty && right.empty,
            first: left.empty ? union(left.first, right.first) : left.first,
            last: right.empty ? union(right.last, left.last) : right.last,
          };
        }, nothing);
      case "optional":
        return { ...endsOf(body.item), empty: true };
      case "repeat": {
        const item = endsOf(body.item);
        meet(item, item);
        return { ...item, empty: true };
      }
    }
  };
  // Least fixed point: rules are read until nothing is new.
  for (let before = -1, now = 0; now > before; ) {
    before = now;
    for (const rule of definition.rules) known.set(rule.name, endsOf(bodyOf(definition, rule)));
    const sizes = [...known.values()].map(({ first, last }) => first.size + last.size);
    now = [...sizes, ...next.map(({ size }) => size)].reduce((sum, size) => sum + size, 0);
  }
  return { pieces, next };
}

/** A rule as the printer prints it; compare its cases with those of emit/printer.ts. */
function bodyOf(definition: Definition, rule: Rule): Body {
  const token = (name: string): Body => ({
    kind: "piece",
    piece: { token: name, text: fixed(definition, name) },
  });
  const operand = (name: string): Body => ({ kind: "rule", rule: name });
  const sequence = (...items: readonly Body[]): Body => ({ kind: "sequence", items });
  const chain = (name: string, operators: readonly string[]): Body =>
    sequence(operand(name), {
      kind: "repeat",
      item: sequence(gap, { kind: "choice", items: operators.map(token) }, gap, operand(name)),
    });
  const ofPart = (part: Part): Body => {
    switch (part.kind) {
      case "token":
        return token(part.token);
      case "gap":
        return gap;
      case "text":
        return {
          kind: "choice",
          items: tokensOf(part).map((name) => ({ kind: "piece", piece: { token: name, text: null } })),
        };
      case "field":
        return operand(part.rule);
      case "list": {
        const space = part.tight === true ? [] : [gap];
        const between = part.separator === null ? space : [token(part.separator), gap];
        const more: Body = { kind: "repeat", item: sequence(...between, operand(part.rule)) };
        return sequence(operand(part.rule), more);
      }
      case "optional":
        return { kind: "optional", item: sequence(...part.parts.map(ofPart)) };
    }
  };
  switch (rule.kind) {
    case "choice":
      return { kind: "choice", items: rule.of.map(operand) };
    case "group":
      return sequence(token(rule.open), operand(rule.rule), token(rule.close));
    case "prefix": {
      const operators = rule.operators.map(({ token: name, word }) =>
        sequence(token(name), ...(word === true ? [gap] : []), operand(rule.operand)),
      );
      return { kind: "choice", items: [operand(rule.operand), ...operators] };
    }
    case "infix":
      return chain(
        rule.operand,
        rule.operators.map(({ token: name }) => name),
      );
    case "relation":
      return chain(
        rule.operand,
        rule.families.flatMap(({ tokens }) => tokens),
      );
    case "record":
      return sequence(...rule.parts.map(ofPart));
  }
}

const gap: Body = { kind: "piece", piece: { token: GAP, text: " " } };

function union(left: ReadonlySet<number>, right: ReadonlySet<number>): ReadonlySet<number> {
  return new Set([...left, ...right]);
}
