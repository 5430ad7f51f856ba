import type { AcslDefinition } from "../../../grammars/acsl/definitions.ts";
import type { AcslClause, AcslPredicate, AcslTerm } from "../../../grammars/acsl/tree.ts";
import type { Span } from "../../../grammars/c/span.ts";
import { type IntegerRange, type IntegerType, integerType, isMathematical, rangeOf } from "../integer.ts";
import type { Clause, Variable } from "../program.ts";
import { foldFormula, foldTerm, simplifyFormula } from "../simplify.ts";
import {
  and,
  compare,
  FALSE,
  type Formula,
  implies,
  integer,
  quantified,
  type Term,
  TRUE,
  variable,
} from "../term.ts";
import { visitTerm } from "../traverse.ts";
import { bitsRange, euclidean } from "./bitwise.ts";
import type { Context, Entity } from "./context.ts";
import { appliedFunction, argumentStates, isRecursive } from "./logic-function.ts";
import {
  comparedPointers,
  initialisation,
  isLogicPointer,
  type LogicPointer,
  logicElement,
  logicPointer,
  separation,
  validity,
} from "./logic-memory.ts";
import { within } from "./obligation.ts";
import { contains } from "./range.ts";
import { rangeIn } from "./value.ts";

/** Where an annotation stands: it decides which states its names denote (ACSL 1.17, 2.3.1 and 2.4.3). */
export type Place = "requires" | "ensures" | "statement";

/** What a name denotes while a term is read: the state here or the state at the function's entry. */
export interface Reader {
  readonly ctx: Context;
  readonly place: Place;
  /** `here`, `pre` (the function's entry), or for an axiom any of its labels. */
  readonly state: string;
  /** Variables that quantifiers, \\let and parameters bind, with what stands for them. */
  readonly bound: ReadonlyMap<string, Reading>;
  /** The same for parameters that are pointers. */
  readonly pointers: ReadonlyMap<string, LogicPointer>;
  /** Set when text of another place is read here: a callee's contract, a predicate's definition. It sees globals only. */
  readonly elsewhere: Elsewhere | null;
  /** How many definitions this text is inside of. */
  readonly depth?: number;
  /** The state that a label names; null after a message. */
  stateAt(label: string, span: Span): { readonly state: Reader["state"] } | null;
}

/** What differs for text of another place. */
export interface Elsewhere {
  /** The callee's result. */
  readonly result: Variable | null;
  /** The variable that holds the value of a program variable in a state other than `here`; null for one that did not change. */
  before(name: string, state: string): string | null;
  /** Set for axioms and recursive definitions, which speak of their own variables alone: their place. */
  readonly closed?: Span;
  /** Set for definitions that the function's own annotations use: `pre` is its entry. */
  readonly own?: true;
}

/** What a name of the source stands for where the reader reads. */
export function resolveIn({ ctx, elsewhere }: Reader, name: string): Entity | null {
  if (elsewhere === null) return ctx.resolve(name);
  const entity = ctx.resolveGlobal(name);
  if (elsewhere.closed === undefined || entity === null || entity.kind === "constant") return entity;
  ctx.unsupported(
    `an axiom or a recursive definition that reads the global \`${name}\` is not supported yet; make it a parameter`,
    elsewhere.closed,
  );
  return null;
}

/**
 * An ACSL term is an unbounded integer. Its range, where known, serves bitwise operators and casts; `type` is the C type of a
 * variable that stands alone, whose values a cast to a type with no fewer keeps.
 */
export interface Reading {
  readonly term: Term;
  readonly range: IntegerRange | null;
  readonly type?: IntegerType;
}

/** The variable that holds the value of a parameter or global at entry. */
export function preName(name: string): string {
  return `\\at(${name}, Pre)`;
}

export function lowerClause(ctx: Context, clause: AcslClause, place: Place): Clause {
  return { formula: lowerPredicate(ctx, clause.predicate, place), text: clause.text, span: clause.span };
}

/** A predicate as a formula; what is not supported is reported and stands for false. */
export function lowerPredicate(ctx: Context, predicate: AcslPredicate, place: Place): Formula {
  return simplifyFormula(formulaOf(reader(ctx, place), predicate));
}

export function reader(ctx: Context, place: Place, state: Reader["state"] = "here"): Reader {
  return {
    ctx,
    place,
    state,
    bound: new Map(),
    pointers: new Map(),
    elsewhere: null,
    stateAt(label, span) {
      const before = label === "Pre" || (label === "Old" && place === "ensures");
      if (before) return { state: "pre" };
      if (label === "Here" || (label === "Post" && place === "ensures")) return { state: "here" };
      ctx.unsupported(`the label ${label} in \\at is not supported yet; use Pre or Here`, span);
      return null;
    },
  };
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
      return compare(
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
    case "term":
      return compare("!=", termOf(reader, predicate.term).term, integer(0));
    case "unsupported":
      reader.ctx.unsupported(unsupportedText(predicate.construct), predicate.span);
      return FALSE;
  }
}

function unsupportedText(construct: string): string {
  return `${construct} is not supported in annotations yet; state it with integer terms`;
}

function constant(value: bigint): Reading {
  return { term: integer(value), range: { low: value, high: value } };
}

function withLet(reader: Reader, name: string, value: AcslTerm): Reader {
  return { ...reader, bound: new Map([...reader.bound, [name, termOf(reader, value)]]) };
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

/** Names of variables in what the names of the text stand for: no quantifier inside it may bind them again. */
export function namesAround({ bound, pointers }: Reader): Set<string> {
  const offsets = [...pointers.values()].flatMap((one) => (one.kind === "element" ? [one.offset] : []));
  const terms = [...[...bound.values()].map(({ term }) => term), ...offsets];
  return new Set(terms.flatMap((term) => [...namesIn(term)]));
}

/** Names of variables in a term, those included that a quantifier around it binds. */
export function namesIn(term: Term): Set<string> {
  const names = new Set<string>();
  visitTerm(term, (node) => {
    if (node.kind === "variable") names.add(node.name);
  });
  return names;
}

function applicationOf(reader: Reader, predicate: AcslPredicate & { kind: "apply" }): Formula {
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
    return state === null ? FALSE : applicationOf({ ...reader, ...state }, { ...predicate, labels: [] });
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
function appliedTerm(
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

export function termOf(reader: Reader, term: AcslTerm): Reading {
  switch (term.kind) {
    case "integer":
      return constant(term.value);
    case "name":
      return nameOf(reader, term.name, term.span);
    case "result":
      return resultOf(reader, term.span);
    case "at":
      return atOf(reader, term);
    case "unary": {
      const argument = termOf(reader, term.argument).term;
      if (term.operator === "+") return unbounded(argument);
      // Of an integer of any size, ~t is -1 - t (two's complement).
      return unbounded(
        term.operator === "-"
          ? foldTerm({ kind: "negate", argument })
          : foldTerm({ kind: "subtract", left: integer(-1), right: argument }),
      );
    }
    case "binary":
      return binaryOf(reader, term);
    case "conditional": {
      const condition = simplifyFormula(formulaOf(reader, term.condition));
      const then = termOf(reader, term.then).term;
      return unbounded(foldTerm({ kind: "choose", condition, then, else: termOf(reader, term.else).term }));
    }
    case "cast":
      return castOf(reader, term);
    case "let":
      return termOf(withLet(reader, term.name, term.value), term.body);
    case "index":
    case "dereference":
    case "member":
      return elementOf(reader, term);
    case "apply":
      return appliedTerm(reader, term.name, term.labels, term.arguments, term.span);
    case "address":
    case "range":
      reader.ctx.unsupported(
        `\`${reader.ctx.text(term.span)}\` is no integer; it can stand in \\valid and the like only`,
        term.span,
      );
      return constant(0n);
    case "unsupported":
      reader.ctx.unsupported(unsupportedText(term.construct), term.span);
      return constant(0n);
  }
}

function unbounded(term: Term): Reading {
  return term.kind === "integer" ? constant(term.value) : { term, range: null };
}

/** An element's range is that of its type. */
function elementOf(reader: Reader, term: AcslTerm): Reading {
  return { term: logicElement(reader, term) ?? integer(0), range: null };
}

function nameOf(reader: Reader, name: string, span: Span): Reading {
  const { ctx } = reader;
  const bound = reader.bound.get(name);
  if (bound !== undefined) return bound;
  const resolved = resolveIn(reader, name);
  if (resolved?.kind === "constant") return constant(resolved.value);
  const isLogic = resolved === null && ctx.file.definitions.get(name)?.parameters.length === 0;
  if (isLogic) return appliedTerm(reader, name, [], [], span);
  if (reader.elsewhere !== null) return globalOf(reader, resolved, name, span);
  const entity = ctx.variable(name, span);
  if (entity === null) return constant(0n);
  const { type } = entity.variable;
  const range = rangeIn(type, ctx.reading);
  // A formal parameter in `ensures` denotes its value at entry.
  const entry =
    reader.state === "pre" || (reader.place === "ensures" && entity.variable.role === "parameter");
  if (!entry || reader.place === "requires") return { term: variable(entity.variable.name), range, type };
  if (!existsAtEntry(entity.variable)) {
    ctx.unsupported(
      `\`${name}\` does not exist at the function's entry; use a parameter or a global in \\at(…, Pre)`,
      span,
    );
    return constant(0n);
  }
  return { term: variable(preName(entity.variable.name)), range, type };
}

/** A global in text of another place. */
function globalOf(reader: Reader, entity: Entity | null, name: string, span: Span): Reading {
  const { ctx, elsewhere } = reader;
  if (entity?.kind !== "variable") {
    ctx.unsupported(`\`${name}\` is no integer variable that this text can name`, span);
    return constant(0n);
  }
  const { type } = entity.variable;
  const now = entity.variable.name;
  const before = reader.state === "here" ? null : elsewhere?.before(now, reader.state);
  return { term: variable(before ?? now), range: rangeIn(type, ctx.reading), type };
}

function existsAtEntry(variable: Variable): boolean {
  return variable.role === "parameter" || variable.role === "global";
}

function resultOf(reader: Reader, span: Span): Reading {
  const { ctx } = reader;
  if (reader.place !== "ensures" || reader.state === "pre") {
    ctx.unsupported("\\result has no value here; use it in ensures", span);
    return constant(0n);
  }
  const result = reader.elsewhere === null ? ctx.result : reader.elsewhere.result;
  if (result === null) {
    ctx.unsupported(
      `\\result has no value because ${ctx.fn.name} does not return an integer; remove it`,
      span,
    );
    return constant(0n);
  }
  const { name, type } = result;
  return { term: variable(name), range: rangeIn(type, ctx.reading), type };
}

function atOf(reader: Reader, term: AcslTerm & { kind: "at" }): Reading {
  const state = reader.stateAt(term.label, term.span);
  return state === null ? constant(0n) : termOf({ ...reader, ...state }, term.term);
}

function binaryOf(reader: Reader, term: AcslTerm & { kind: "binary" }): Reading {
  if (isLogicPointer(reader, term.left) && isLogicPointer(reader, term.right) && term.operator === "-")
    return differenceOf(reader, term);
  const left = termOf(reader, term.left);
  const right = termOf(reader, term.right);
  switch (term.operator) {
    case "<<":
    case ">>":
      return shiftOf(reader, term, left, right);
    case "&":
    case "|":
    case "^":
      return bitsOf(reader, term, left, right);
    default: {
      const kind = ({ "+": "add", "-": "subtract", "*": "multiply", "/": "div", "%": "mod" } as const)[
        term.operator
      ];
      return unbounded(foldTerm({ kind, left: left.term, right: right.term }));
    }
  }
}

/** `p - q` within one region. */
function differenceOf(reader: Reader, term: AcslTerm & { kind: "binary" }): Reading {
  const [a, b] = [logicPointer(reader, term.left), logicPointer(reader, term.right)];
  if (a?.kind === "element" && b?.kind === "element" && a.region === b.region)
    return unbounded(foldTerm({ kind: "subtract", left: a.offset, right: b.offset }));
  reader.ctx.unsupported("the difference of pointers into different objects has no meaning", term.span);
  return constant(0n);
}

function shiftOf(
  reader: Reader,
  term: AcslTerm & { kind: "binary" },
  left: Reading,
  right: Reading,
): Reading {
  const amount = right.term.kind === "integer" ? right.term.value : null;
  if (amount === null || amount < 0n || amount > 63n) {
    reader.ctx.unsupported(
      `\`${term.operator}\` in an annotation needs a constant amount from 0 to 63; write the power of two out`,
      term.span,
    );
    return constant(0n);
  }
  return unbounded(
    term.operator === "<<"
      ? foldTerm({ kind: "multiply", left: left.term, right: integer(1n << amount) })
      : foldTerm({ kind: "shiftRight", left: left.term, right: integer(amount) }),
  );
}

const BIT_TYPES = ["int", "unsigned int", "long", "unsigned long"] as const;

/** Bitwise operators on integers of any size agree with those of a type that has both operands' values. */
function bitsOf(reader: Reader, term: AcslTerm & { kind: "binary" }, left: Reading, right: Reading): Reading {
  if (term.operator === "&") {
    const masked = lowBits(left, right) ?? lowBits(right, left);
    if (masked !== null) return masked;
  }
  for (const name of BIT_TYPES) {
    const type = integerType(name, reader.ctx.reading)!;
    if (!contains(rangeOf(type), left.range) || !contains(rangeOf(type), right.range)) continue;
    const operator = ({ "&": "and", "|": "or", "^": "xor" } as const)[term.operator as "&" | "|" | "^"];
    const bits = foldTerm({ kind: "bits", operator, type, left: left.term, right: right.term });
    return { term: bits, range: bitsRange(operator, left.range, right.range, type) };
  }
  reader.ctx.unsupported(
    `\`${term.operator}\` on integers of any size is not supported yet; cast both operands to an unsigned type`,
    term.span,
  );
  return constant(0n);
}

function lowBits(value: Reading, mask: Reading): Reading | null {
  if (mask.term.kind !== "integer" || mask.term.value < 0n) return null;
  const size = mask.term.value + 1n;
  if ((size & (size - 1n)) !== 0n) return null;
  return { term: euclidean(value.term, size, value.range), range: { low: 0n, high: size - 1n } };
}

function castOf(reader: Reader, term: AcslTerm & { kind: "cast" }): Reading {
  const argument = termOf(reader, term.argument);
  if (term.type === "integer") return argument;
  const type = integerType(term.type, reader.ctx.reading);
  if (type === null) {
    reader.ctx.unsupported(
      `a cast to \`${term.type}\` is not supported in annotations yet; use an integer type`,
      term.span,
    );
    return constant(0n);
  }
  const from = argument.type;
  const widens = from?.signed && from.bits <= type.bits;
  if (widens && isMathematical(type, reader.ctx.reading)) return argument;
  if (contains(rangeOf(type), argument.range)) return argument;
  if (type.name === "_Bool") {
    const condition = foldFormula(compare("!=", argument.term, integer(0)));
    return {
      term: foldTerm({ kind: "choose", condition, then: integer(1), else: integer(0) }),
      range: { low: 0n, high: 1n },
    };
  }
  return { term: foldTerm({ kind: "wrap", type, argument: argument.term }), range: rangeOf(type) };
}
