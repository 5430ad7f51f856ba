import { and, compare, type Formula, integer, not, type Term, variable } from "../../program/term.ts";
import { substituteFormula, substituteTerm, variablesOf, variablesOfTerm } from "../../program/traverse.ts";

/** One way through a relation: values for what it defines, in order, and what must hold. */
export interface Path {
  /** Over what was given; what holds of later values is in `steps`. */
  readonly guard: Formula;
  readonly steps: readonly Step[];
}

export type Step =
  | { readonly kind: "havoc"; readonly name: string }
  | { readonly kind: "define"; readonly name: string; readonly value: Term }
  | { readonly kind: "assume"; readonly condition: Formula };

const MOST_PATHS = 48;

/**
 * A relation between given variables and others as guarded assignments, so that it can be executed: disjunctions become paths,
 * equalities become assignments, and only what no equality defines is arbitrary; of that `arrays` first. Null when there are too
 * many paths; the relation as one assumption after havocs is `asOnePath`.
 */
export function pathsOf(
  relation: Formula,
  given: readonly string[],
  others: readonly string[],
  arrays: ReadonlySet<string> = new Set(),
): Path[] | null {
  const done: Path[] = [];
  const open: State[] = [
    { rest: [relation], guard: [], known: new Set(given), values: new Map(), steps: [] },
  ];
  for (let state = open.pop(); state; state = open.pop()) {
    if (done.length + open.length > MOST_PATHS) return null;
    const next = advance(state, others, arrays);
    if (next.kind === "done") done.push(next.path);
    else open.push(...next.states.toReversed());
  }
  return done;
}

/** The relation undone: everything arbitrary, then assumed. */
export function asOnePath(relation: Formula, others: readonly string[]): Path {
  const steps: Step[] = others.map((name) => ({ kind: "havoc", name }));
  return {
    guard: { kind: "truth", value: true },
    steps: [...steps, { kind: "assume", condition: relation }],
  };
}

interface State {
  readonly rest: readonly Formula[];
  readonly guard: readonly Formula[];
  readonly known: ReadonlySet<string>;
  /** Values of defined variables over the given ones, where no havoc comes into it. */
  readonly values: ReadonlyMap<string, Term>;
  readonly steps: readonly Step[];
}

type Advanced =
  | { readonly kind: "done"; readonly path: Path }
  | { readonly kind: "open"; readonly states: readonly State[] };

function advance(state: State, others: readonly string[], arrays: ReadonlySet<string>): Advanced {
  const { known } = state;
  const rest = state.rest.flatMap(flattened);
  const isKnown = (formula: Formula) => [...variablesOf(formula)].every((name) => known.has(name));
  const settled = rest.find((part) => isKnown(part));
  if (settled) {
    const left = rest.filter((part) => part !== settled);
    return { kind: "open", states: assumed({ ...state, rest: left }, settled) };
  }
  for (const part of rest) {
    const definition = definitionIn(part, known);
    if (!definition) continue;
    const left = rest.filter((one) => one !== part);
    return { kind: "open", states: [defined({ ...state, rest: left }, definition.name, definition.value)] };
  }
  const choice = rest.find((part) => part.kind === "or");
  if (choice?.kind === "or") {
    const left = rest.filter((part) => part !== choice);
    return { kind: "open", states: choice.arguments.map((one) => ({ ...state, rest: [one, ...left] })) };
  }
  // An arbitrary array comes first: what is read of it is then known. What an equality defines waits for what that reads.
  const open = others.filter((name) => !known.has(name));
  const waiting = new Set(open.filter((name) => rest.some((part) => definedBy(part, name))));
  const free =
    open.find((name) => arrays.has(name) && !waiting.has(name)) ??
    unknownIn(rest, known).find((name) => !waiting.has(name)) ??
    open.find((name) => arrays.has(name)) ??
    unknownIn(rest, known)[0] ??
    open[0];
  if (free === undefined) return { kind: "done", path: { guard: and(...state.guard), steps: state.steps } };
  return {
    kind: "open",
    states: [
      {
        ...state,
        rest,
        known: new Set([...known, free]),
        steps: [...state.steps, { kind: "havoc", name: free }],
      },
    ],
  };
}

/** Conjunctions apart, implications and negations pushed so far that disjunctions show. */
function flattened(formula: Formula): Formula[] {
  switch (formula.kind) {
    case "truth":
      return formula.value ? [] : [formula];
    case "and":
      return formula.arguments.flatMap(flattened);
    case "implies":
      return [{ kind: "or", arguments: [not(formula.left), formula.right] }];
    case "not": {
      const inner = formula.argument;
      if (inner.kind === "or") return inner.arguments.flatMap((one) => flattened(not(one)));
      if (inner.kind === "and") return [{ kind: "or", arguments: inner.arguments.map((one) => not(one)) }];
      if (inner.kind === "implies") return [...flattened(inner.left), ...flattened(not(inner.right))];
      if (inner.kind === "not") return flattened(inner.argument);
      return [formula];
    }
    default:
      return [formula];
  }
}

/** A condition over known values: part of the guard when it speaks of given ones only. */
function assumed(state: State, condition: Formula): State[] {
  const local = substituteFormula(condition, (name) => state.values.get(name) ?? null);
  const havocked = new Set(state.steps.flatMap((step) => (step.kind === "havoc" ? [step.name] : [])));
  const hidden = [...variablesOf(local)].some((name) => havocked.has(name) || isDefined(state, name));
  if (!hidden) return [{ ...state, guard: [...state.guard, local] }];
  return [{ ...state, steps: [...state.steps, { kind: "assume", condition }] }];
}

function isDefined({ steps, values }: State, name: string): boolean {
  return steps.some((step) => step.kind === "define" && step.name === name) && !values.has(name);
}

function defined(state: State, name: string, value: Term): State {
  const local = substituteTerm(value, (one) => state.values.get(one) ?? null);
  const havocked = new Set(state.steps.flatMap((step) => (step.kind === "havoc" ? [step.name] : [])));
  const visible = ![...variablesOfTerm(local)].some((one) => havocked.has(one) || isDefined(state, one));
  return {
    ...state,
    known: new Set([...state.known, name]),
    values: visible ? new Map([...state.values, [name, local]]) : state.values,
    steps: [...state.steps, { kind: "define", name, value }],
  };
}

/** An equality, or a bare truth value, that defines an unknown variable by known ones. */
function definitionIn(part: Formula, known: ReadonlySet<string>): { name: string; value: Term } | null {
  if (part.kind === "iff") {
    for (const [side, other] of [
      [part.left, part.right],
      [part.right, part.left],
    ] as const) {
      const name = flagOf(side, known);
      if (name && [...variablesOf(other)].every((one) => known.has(one)))
        return { name, value: { kind: "choose", condition: other, then: integer(1), else: integer(0) } };
    }
    return null;
  }
  const positive = flagOf(part, known);
  if (positive) return { name: positive, value: integer(1) };
  const negative = part.kind === "not" ? flagOf(part.argument, known) : null;
  if (negative) return { name: negative, value: integer(0) };
  if (part.kind !== "compare" || part.relation !== "==") return null;
  for (const [side, other] of [
    [part.left, part.right],
    [part.right, part.left],
  ] as const) {
    if (side.kind !== "variable" || known.has(side.name)) continue;
    if ([...variablesOfTerm(other)].every((one) => known.has(one))) return { name: side.name, value: other };
  }
  return null;
}

/** The unknown truth value that a formula is: `b != 0` is how one is written here. */
function flagOf(formula: Formula, known: ReadonlySet<string>): string | null {
  if (formula.kind !== "compare" || formula.relation !== "!=" || formula.left.kind !== "variable")
    return null;
  const isZero = formula.right.kind === "integer" && formula.right.value === 0n;
  return isZero && !known.has(formula.left.name) && formula.left.name.startsWith(FLAG)
    ? formula.left.name
    : null;
}

/** Names of variables that hold truth values begin so. */
export const FLAG = "truth ";

/** A truth value as a formula over its variable. */
export function flag(name: string): Formula {
  return compare("!=", variable(name), integer(0));
}

function unknownIn(parts: readonly Formula[], known: ReadonlySet<string>): string[] {
  return parts.flatMap((part) => [...variablesOf(part)].filter((name) => !known.has(name)));
}

/** Whether a condition says what a variable is, once all else in it is known. */
function definedBy(part: Formula, name: string): boolean {
  if (part.kind !== "compare" || part.relation !== "==") return false;
  return [
    [part.left, part.right],
    [part.right, part.left],
  ].some(
    ([side, other]) => side!.kind === "variable" && side!.name === name && !variablesOfTerm(other!).has(name),
  );
}
