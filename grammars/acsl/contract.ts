import type { IToken } from "chevrotain";
import type { Source } from "../c/source.ts";
import { cover, type Span } from "../c/span.ts";
import type { Annotation } from "./annotation.ts";
import { toPredicate, toTerm } from "./classify.ts";
import { type Clause, splitClauses, textOf } from "./clauses.ts";
import type { AcslExpression } from "./expression.ts";
import { type Qualified, qualify } from "./qualified.ts";
import { parseExpression } from "./read.ts";
import type {
  AcslAssigns,
  AcslClause,
  AcslContract,
  AcslLoopAnnotation,
  AcslPredicate,
  AcslTerm,
} from "./tree.ts";

type Unsupported = { readonly construct: string; readonly span: Span };

/** The contract that adjacent annotations make together; problems go to the source. */
export function readContract(annotations: readonly Annotation[], source: Source): AcslContract {
  const requires: AcslClause[] = [];
  const ensures: AcslClause[] = [];
  const checks: { requires: AcslClause[]; ensures: AcslClause[] } = { requires: [], ensures: [] };
  const unsupported: Unsupported[] = [];
  const unproved = new Set<string>();
  let assigns: AcslAssigns | null = null;
  let complete: AcslAssigns | null = null;
  let decreases: AcslContract["decreases"] = null;
  const behaviors: Behavior[] = [];
  const claims: AcslContract["claims"][number][] = [];
  let begun = false;
  for (const whole of annotations.flatMap((annotation) => splitClauses(annotation, source))) {
    const { how, clause } = /^(?:check|admit) (?:requires|ensures)$/.test(whole.head)
      ? qualify(whole)
      : { how: null, clause: whole };
    if (clause.head === "behavior") begun = false;
    else if (clause.head !== "assumes") begun = true;
    switch (clause.head) {
      case "decreases":
        decreases = readVariant(clause, source, unsupported) ?? decreases;
        break;
      case "behavior":
        behaviors.push({ name: clause.body[0]?.image ?? "", assumes: [], assigns: null });
        break;
      case "assumes":
        // What stands before it would be read as if it were not the behavior's.
        if (begun)
          unsupported.push({
            construct: "'assumes' behind another clause of its behavior",
            span: clause.span,
          });
        behaviors.at(-1)?.assumes.push(...readExpression(clause, source));
        break;
      case "complete":
      case "disjoint":
        claims.push(...readClaim(clause, behaviors));
        if (clause.head === "complete") complete ??= union(named(clause, behaviors));
        break;
      case "requires":
        (how === "check" ? checks.requires : requires).push(
          ...marked(readClause(clause, source, behaviors.at(-1), null), how),
        );
        break;
      case "ensures":
        (how === "check" ? checks.ensures : ensures).push(
          ...marked(readClause(clause, source, behaviors.at(-1), "Pre"), how),
        );
        break;
      case "assigns": {
        const read = readAssigns(clause, source);
        const behavior = behaviors.at(-1);
        if (behavior) behavior.assigns = merge(behavior.assigns, read);
        else assigns = merge(assigns, read);
        break;
      }
      case "terminates":
      case "exits":
      case "allocates":
      case "frees":
        unproved.add(clause.head);
        break;
      default:
        unsupported.push({ construct: nameClause(clause), span: clause.span });
    }
  }
  return {
    requires,
    ensures,
    checks,
    behaviors: behaviors.map((one) => ({ name: one.name, premise: premiseOf(one) })),
    assigns: assigns ?? complete,
    behaviorAssigns: behaviors.flatMap(framesOf),
    decreases,
    claims,
    unsupported,
    unproved: [...unproved],
    span: spanOf(annotations),
  };
}

/** What a behavior allows to be assigned, under what it assumes. */
function framesOf(behavior: Behavior): AcslContract["behaviorAssigns"][number][] {
  const { name, assigns } = behavior;
  return assigns === null ? [] : [{ name, premise: premiseOf(behavior), assigns }];
}

/** What a behavior assumes of the function's entry. */
function premiseOf({ assumes }: Behavior): AcslPredicate | null {
  const all = conjunction(assumes);
  return (
    all && toPredicate({ kind: "at", label: "Pre", argument: all, span: all.span } satisfies AcslExpression)
  );
}

/** Clauses with what their heads say of them. */
function marked(
  clauses: readonly AcslClause[],
  how: Qualified["how"],
  behaviors: readonly string[] = [],
): AcslClause[] {
  return clauses.map((clause) => ({
    ...clause,
    ...(how === "admit" && { admitted: true as const }),
    ...(behaviors.length > 0 && { behaviors }),
  }));
}

/** One of these behaviors applies: what all of them together may assign; null where one of them may assign anything. */
function union(behaviors: readonly Behavior[]): AcslAssigns | null {
  let all: AcslAssigns | null = null;
  for (const { assigns } of behaviors) {
    if (assigns === null) return null;
    all = merge(all, assigns);
  }
  return all;
}

/** The behaviors that a claim names: all where it names none. */
function named(claim: Clause, behaviors: readonly Behavior[]): readonly Behavior[] {
  const names = claim.body.slice(1).flatMap((token) => (token.image === "," ? [] : [token.image]));
  return behaviors.filter(({ name }) => names.length === 0 || names.includes(name));
}

/** The loop annotation that adjacent annotations make together; problems go to the source. */
export function readLoopAnnotation(annotations: readonly Annotation[], source: Source): AcslLoopAnnotation {
  const invariants: AcslClause[] = [];
  const checks: AcslClause[] = [];
  const admits: AcslClause[] = [];
  const unsupported: Unsupported[] = [];
  let assigns: AcslAssigns | null = null;
  let variant: AcslLoopAnnotation["variant"] = null;
  for (const whole of annotations.flatMap((annotation) => splitClauses(annotation, source))) {
    const { behaviors, how, clause } = qualify(whole);
    const isInvariant = clause.head === "loop invariant";
    switch (isInvariant || (behaviors.length === 0 && how === null) ? clause.head : "") {
      case "loop invariant":
        (how === "check" ? checks : how === "admit" ? admits : invariants).push(
          ...marked(readClause(clause, source), how, behaviors),
        );
        break;
      case "loop assigns":
        assigns = merge(assigns, readAssigns(clause, source));
        break;
      case "loop variant":
        if (variant !== null) source.error("a loop has at most one variant: remove one", clause.span);
        variant = readVariant(clause, source, unsupported) ?? variant;
        break;
      default:
        unsupported.push({ construct: nameClause(whole), span: whole.span });
    }
  }
  const blocks = annotations.flatMap((annotation) => annotation.blocks);
  return { invariants, checks, admits, assigns, variant, unsupported, blocks, span: spanOf(annotations) };
}

/** What a code annotation says: an assertion, or something that is not supported yet. */
export type CodeClause =
  | { readonly kind: "assert"; readonly how: "check" | "admit" | null; readonly clause: AcslClause }
  | { readonly kind: "unsupported"; readonly construct: string; readonly span: Span };

/** The clauses of an annotation between statements; problems go to the source. */
export function readCodeAnnotation(annotation: Annotation, source: Source): CodeClause[] {
  return splitClauses(annotation, source).flatMap((whole): CodeClause[] => {
    const { behaviors, how, clause } = qualify(whole);
    if (clause.head !== "assert")
      return [{ kind: "unsupported", construct: nameClause(whole), span: whole.span }];
    const read = marked(readClause(clause, source), how, behaviors);
    return read.map((one) => ({ kind: "assert", how, clause: one }));
  });
}

/** The constructs that an annotation outside functions declares, with their names: `predicate 'sorted'`. */
export function nameClauses(clauses: readonly Clause[]): Unsupported[] {
  return clauses.map((clause) => ({ construct: nameClause(clause), span: clause.span }));
}

/** A named part of a contract, which speaks only where its `assumes` held at entry. */
interface Behavior {
  readonly name: string;
  readonly assumes: AcslExpression[];
  assigns: AcslAssigns | null;
}

/** `behavior`: the clause holds under what it assumes, read at `label` where one is given. */
function readClause(
  clause: Clause,
  source: Source,
  behavior?: Behavior,
  label: string | null = null,
): AcslClause[] {
  const expression = parseExpression(clause.body, source, endSpan(clause, source));
  if (expression === null) return [];
  const premise = behavior && conjunction(behavior.assumes);
  const { span } = clause;
  const text = textOf(clause.body, source);
  if (!premise) return [{ predicate: toPredicate(expression), text, span }];
  const left: AcslExpression =
    label === null ? premise : { kind: "at", label, argument: premise, span: premise.span };
  const whole: AcslExpression = { kind: "logical", operator: "implies", left, right: expression, span };
  return [{ predicate: toPredicate(whole), text: `${behavior.name}: ${text}`, span }];
}

function conjunction(parts: readonly AcslExpression[]): AcslExpression | null {
  if (parts.length === 0) return null;
  return parts.reduce((left, right) => ({
    kind: "logical",
    operator: "and",
    left,
    right,
    span: cover(left.span, right.span),
  }));
}

function readExpression(clause: Clause, source: Source): AcslExpression[] {
  const expression = parseExpression(clause.body, source, endSpan(clause, source));
  return expression === null ? [] : [expression];
}

/** `complete behaviors a, b;` and `disjoint behaviors;`, without names for all of them. */
function readClaim(clause: Clause, behaviors: readonly Behavior[]): AcslContract["claims"][number][] {
  const parts = named(clause, behaviors).map(({ assumes }): AcslPredicate => {
    const all = conjunction(assumes);
    return all === null ? { kind: "boolean", value: true, span: clause.span } : toPredicate(all);
  });
  const kind = clause.head === "complete" ? "complete" : "disjoint";
  return parts.length === 0 ? [] : [{ kind, parts, span: clause.span }];
}

function readVariant(
  clause: Clause,
  source: Source,
  unsupported: Unsupported[],
): AcslLoopAnnotation["variant"] {
  const measure = clause.body.findIndex((token) => token.image === "for");
  if (measure >= 0) {
    unsupported.push({ construct: "loop variant with a measure ('for')", span: clause.span });
    return null;
  }
  const expression = parseExpression(clause.body, source, endSpan(clause, source));
  if (expression === null) return null;
  return { term: toTerm(expression), text: textOf(clause.body, source), span: clause.span };
}

function readAssigns(clause: Clause, source: Source): AcslAssigns {
  let dependencies = false;
  const locations: string[] = [];
  const terms: AcslTerm[] = [];
  let depth = 0;
  let location: IToken[] = [];
  const finish = () => {
    const text = textOf(location, source);
    if (text === "")
      source.error("expected a location, or \\nothing, in the assigns clause", endSpan(clause, source));
    // Where a result comes from may be said here; that it is made is no assignment.
    else if (text !== "\\nothing" && text !== "\\result") {
      const expression = parseExpression(location, source, endSpan(clause, source));
      if (expression !== null) {
        locations.push(text);
        terms.push(toTerm(expression));
      }
    }
    location = [];
  };
  for (const token of clause.body) {
    if (/^[([{]$/.test(token.image)) depth++;
    else if (/^[)\]}]$/.test(token.image)) depth--;
    if (token.image === "\\from") {
      dependencies = true;
      break;
    }
    if (token.image === "," && depth === 0) finish();
    else location.push(token);
  }
  finish();
  return { locations, terms, ...(dependencies && { dependencies: true as const }), span: clause.span };
}

function merge(first: AcslAssigns | null, second: AcslAssigns): AcslAssigns {
  if (first === null) return second;
  return {
    locations: [...first.locations, ...second.locations],
    terms: [...first.terms, ...second.terms],
    ...((first.dependencies || second.dependencies) && { dependencies: true as const }),
    span: cover(first.span, second.span),
  };
}

const NAMED =
  /^(?:behavior|predicate|logic|axiomatic|lemma|check lemma|admit lemma|inductive|axiom|model|module|import)$/;

/** A clause as a message names it: its head, and the name it declares where it has one. */
function nameClause({ head, body }: Clause): string {
  if (!NAMED.test(head)) return head === "for" ? "clause for named behaviors ('for')" : head;
  // `logic` gives the type before the name: `logic integer f(…)`.
  const name = head === "logic" ? body[body.findIndex((token) => /^[({=;]$/.test(token.image)) - 1] : body[0];
  return name === undefined ? head : `${head} '${name.image}'`;
}

function endSpan(clause: Clause, source: Source): Span {
  return source.lines.span(clause.span.end - 1, clause.span.end);
}

function spanOf(annotations: readonly Annotation[]): Span {
  return cover(annotations[0]!.span, annotations.at(-1)!.span);
}
