import type { AcslPredicate, AcslTerm } from "../../../grammars/acsl/tree.ts";
import { integerType } from "../integer.ts";
import { simplifyFormula } from "../simplify.ts";
import {
  and,
  FALSE,
  type Formula,
  implies,
  integer,
  not,
  quantified,
  type Term,
  TRUE,
  variable,
} from "../term.ts";
import { termOf, withLet } from "./annotation-term.ts";
import { applicationOf } from "./application.ts";
import { comparedByCases } from "./cases.ts";
import type { Context } from "./context.ts";
import { comparedPointers } from "./logic-comparison.ts";
import { isLogicPointer, logicPointer } from "./logic-memory.ts";
import { nullTest } from "./nullity.ts";
import { within } from "./obligation.ts";
import { namesAround, type Place, type Reader, reader, unsupportedText } from "./reader.ts";
import { rangeIn } from "./value.ts";

/** A predicate as a formula; what is not supported is reported and stands for false. */
export function lowerPredicate(ctx: Context, predicate: AcslPredicate, place: Place): Formula {
  return simplifyFormula(formulaOf(reader(ctx, place), predicate));
}

/** A term that stands alone: a loop variant. */
export function lowerTerm(ctx: Context, term: AcslTerm, place: Place): Term {
  return termOf(reader(ctx, place), term).term;
}

export function formulaOf(reader: Reader, predicate: AcslPredicate): Formula {
  const go = (inner: AcslPredicate) => formulaOf(reader, inner);
  switch (predicate.kind) {
    case "boolean":
      return predicate.value ? TRUE : FALSE;
    case "relation": {
      const { left, right } = predicate;
      if (isLogicPointer(reader, left) || isLogicPointer(reader, right)) {
        const compared = comparedPointers(reader, predicate.relation, left, right);
        if (compared !== null) return compared;
        reader.ctx.unsupported(
          "pointers into different objects cannot be compared in annotations yet; compare indices",
          predicate.span,
        );
        return FALSE;
      }
      return comparedByCases(
        predicate.relation,
        termOf(reader, predicate.left).term,
        termOf(reader, predicate.right).term,
      );
    }
    case "quantified":
      return quantifiedOf(reader, predicate);
    case "let":
      return formulaOf(withLet(reader, predicate.name, predicate.value), predicate.body);
    case "apply":
      return applicationOf(reader, predicate);
    case "not":
      return { kind: "not", argument: go(predicate.argument) };
    case "and":
    case "or":
      return { kind: predicate.kind, arguments: [go(predicate.left), go(predicate.right)] };
    case "implies":
    case "iff":
      return { kind: predicate.kind, left: go(predicate.left), right: go(predicate.right) };
    case "xor":
      return { kind: "not", argument: { kind: "iff", left: go(predicate.left), right: go(predicate.right) } };
    case "conditional": {
      const condition = go(predicate.condition);
      const otherwise: Formula = { kind: "not", argument: condition };
      return {
        kind: "and",
        arguments: [
          { kind: "implies", left: condition, right: go(predicate.then) },
          { kind: "implies", left: otherwise, right: go(predicate.else) },
        ],
      };
    }
    case "term": {
      const { term } = predicate;
      if (!isLogicPointer(reader, term)) return comparedByCases("!=", termOf(reader, term).term, integer(0));
      const pointer = logicPointer(reader, term);
      return pointer === null ? FALSE : not(nullTest(reader.ctx, pointer));
    }
    case "unsupported":
      reader.ctx.unsupported(unsupportedText(predicate.construct), predicate.span);
      return FALSE;
  }
}

/** Bound variables are renamed where the same name is bound around them. */
function quantifiedOf(reader: Reader, predicate: AcslPredicate & { kind: "quantified" }): Formula {
  const { ctx } = reader;
  const bound = new Map(reader.bound);
  const used = namesAround(reader);
  const names: string[] = [];
  const ranges: Formula[] = [];
  for (const { name, type, pointer } of predicate.binders) {
    if (pointer) {
      ctx.unsupported(
        "a quantifier over pointers can stand only at the front of an axiom or a lemma",
        predicate.span,
      );
    }
    let fresh = `?${name}`;
    for (let count = 2; used.has(fresh); count++) fresh = `?${name}~${count}`;
    used.add(fresh);
    names.push(fresh);
    const integerOf = type === "integer" ? null : integerType(type, ctx.reading);
    if (type !== "integer" && integerOf === null) {
      ctx.unsupported(
        `a quantifier over \`${type}\` is not supported yet; quantify over integers`,
        predicate.span,
      );
    }
    const range = integerOf && rangeIn(integerOf, ctx.reading);
    if (range !== null) ranges.push(within(variable(fresh), range, null));
    bound.set(name, { term: variable(fresh), range });
  }
  const body = formulaOf({ ...reader, bound }, predicate.body);
  const premise = and(...ranges);
  if (predicate.quantifier === "forall") return quantified("forall", names, implies(premise, body));
  return quantified("exists", names, and(premise, body));
}
