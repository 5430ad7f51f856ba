import type { AcslDefinition } from "../../../grammars/acsl/definitions.ts";
import type { AcslPredicate, AcslTerm } from "../../../grammars/acsl/tree.ts";
import type { Span } from "../../../grammars/c/span.ts";

import { integerType } from "../integer.ts";
import { foldTerm } from "../simplify.ts";
import { compare, FALSE, type Formula, integer, type Term } from "../term.ts";
import { formulaOf } from "./annotation.ts";
import { termOf } from "./annotation-term.ts";
import type { Context } from "./context.ts";
import { initialisation } from "./initialised-claims.ts";
import { appliedFunction, argumentStates, isRecursive } from "./logic-function.ts";
import { type LogicPointer, logicPointer } from "./logic-memory.ts";
import { separation, validity } from "./memory-claims.ts";
import { constant, preName, type Reader, type Reading, unbounded } from "./reader.ts";

/** A predicate, or a function that is read as one, applied to terms. */
export function applicationOf(reader: Reader, predicate: AcslPredicate & { kind: "apply" }): Formula {
  const { name, span } = predicate;
  const terms = predicate.arguments;
  const definition = reader.ctx.file.definitions.get(name);
  const body = definition?.body ?? null;
  if (definition !== undefined && (body === null || isRecursive(reader.ctx.file, name))) {
    return compare("!=", appliedFunction(reader, definition, predicate.labels, terms, span), integer(0));
  }
  if (definition !== undefined && body !== null) {
    const inner = inDefinition(reader, definition, predicate.labels, terms, span);
    if (inner === null) return FALSE;
    return body.kind === "predicate"
      ? formulaOf(inner, body.predicate)
      : compare("!=", termOf(inner, body.term).term, integer(0));
  }
  const label = predicate.labels[0];
  if (label !== undefined) {
    const state = reader.stateAt(label, span);
    if (state === null) return FALSE;
    // `\\valid{Pre}(p)` asks about where p points here.
    const given = terms.map((term) => (term.kind === "at" && term.label === label ? term.term : null));
    const there = given.every((term) => term !== null) ? given : null;
    if (there === null && state.state !== reader.state) {
      reader.ctx.unsupported(
        `\`${name}{${label}}\` of a pointer that may have moved is not supported yet; write \\at(${name}(…), ${label}) where the old pointer is meant`,
        span,
      );
      return FALSE;
    }
    return applicationOf({ ...reader, ...state }, { ...predicate, labels: [], arguments: there ?? terms });
  }
  switch (name) {
    case "\\valid":
    case "\\valid_read":
      return validity(reader, terms, name === "\\valid");
    case "\\separated":
      return separation(reader, terms);
    case "\\initialized":
      return initialisation(reader, terms);
    default:
      return compare("!=", appliedTerm(reader, name, predicate.labels, terms, span).term, integer(0));
  }
}

/** Most definitions inside definitions: more means that one uses itself. */
const DEEPEST = 24;

/**
 * A reader for the body of a definition: parameters stand for the arguments, its labels for the states of the application, and
 * beside them it sees globals only. Definitions are written out where they are used.
 */
function inDefinition(
  reader: Reader,
  definition: AcslDefinition,
  labels: readonly string[],
  terms: readonly AcslTerm[],
  span: Span,
): Reader | null {
  const { ctx } = reader;
  const depth = (reader.depth ?? 0) + 1;
  if (depth > DEEPEST) {
    ctx.unsupported(`\`${definition.name}\` is defined by itself, which is not supported yet`, span);
    return null;
  }
  const states = argumentStates(reader, definition, labels, terms, span);
  if (states === null) return null;
  const real = [
    definition.returns,
    ...definition.parameters.map(({ type, pointer }) => (pointer ? null : type)),
  ].find(
    (type) =>
      type !== null && type !== "integer" && type !== "boolean" && integerType(type, ctx.reading) === null,
  );
  if (real) {
    ctx.unsupported(
      `\`${definition.name}\` is about values of type \`${real}\`, which is not supported yet; use integers`,
      span,
    );
    return null;
  }
  const bound = new Map<string, Reading>();
  const pointers = new Map<string, LogicPointer>();
  for (const [index, { name, pointer }] of definition.parameters.entries()) {
    if (pointer) {
      const value = logicPointer(reader, terms[index]!);
      if (value === null) return null;
      pointers.set(name, value);
    } else bound.set(name, termOf(reader, terms[index]!));
  }
  const here = states[0]!;
  return {
    ...reader,
    state: here,
    bound,
    pointers,
    depth,
    // Globals are those of the function, unless this is a callee's text already.
    elsewhere: reader.elsewhere ?? { result: null, own: true, before: (name) => entryName(ctx, name) },
    stateAt(label, at) {
      const own = definition.labels.indexOf(label);
      if (own >= 0 || label === "Here") return { state: states[Math.max(own, 0)]! };
      return reader.stateAt(label, at);
    },
  };
}

/** What holds a global or an array at entry, for text that is not the function's own. */
function entryName(ctx: Context, name: string): string | null {
  const known = ctx.variables.find((one) => one.name === name);
  return known?.role === "global" || known?.role === "parameter" ? preName(name) : null;
}

const EXTREMES: Readonly<Record<string, "<" | ">">> = { "\\min": "<", "\\max": ">" };

/** A logic function applied to terms. */
export function appliedTerm(
  reader: Reader,
  name: string,
  labels: readonly string[],
  terms: readonly AcslTerm[],
  span: Span,
): Reading {
  const definition = reader.ctx.file.definitions.get(name);
  const body = definition?.body ?? null;
  if (definition !== undefined && (body === null || isRecursive(reader.ctx.file, name)))
    return unbounded(appliedFunction(reader, definition, labels, terms, span));
  if (definition !== undefined && body !== null) {
    const inner = inDefinition(reader, definition, labels, terms, span);
    if (inner === null) return constant(0n);
    if (body.kind === "term") return termOf(inner, body.term);
    const condition = formulaOf(inner, body.predicate);
    return unbounded(foldTerm({ kind: "choose", condition, then: integer(1), else: integer(0) }));
  }
  const values = terms.map((term) => termOf(reader, term).term);
  const relation = EXTREMES[name];
  if (relation !== undefined && values.length === 2) {
    const [then, otherwise] = values as [Term, Term];
    const condition = compare(relation, then, otherwise);
    return unbounded(foldTerm({ kind: "choose", condition, then, else: otherwise }));
  }
  if (name === "\\abs" && values.length === 1) {
    const argument = values[0]!;
    const condition = compare(">=", argument, integer(0));
    return unbounded(
      foldTerm({ kind: "choose", condition, then: argument, else: { kind: "negate", argument } }),
    );
  }
  reader.ctx.unsupported(`\`${name}\` is not defined here; define it or write out what it says`, span);
  return constant(0n);
}
