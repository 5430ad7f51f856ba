import type { AcslContract } from "../../../grammars/acsl/tree.ts";
import type { CDeclarator, CExpression, CType } from "../../../grammars/c/tree.ts";
import { typeText } from "../../../grammars/c/types.ts";
import { integerType } from "../integer.ts";
import type { Variable } from "../program.ts";
import { simplifyFormula } from "../simplify.ts";
import {
  and,
  compare,
  type Formula,
  implies,
  integer,
  not,
  or,
  quantified,
  select,
  type Term,
  variable,
} from "../term.ts";
import { substituteFormula, substituteTerm, variablesOfTerm } from "../traverse.ts";
import { write } from "./access.ts";
import { checkAliasing } from "./aliasing.ts";
import { formulaOf } from "./annotation.ts";
import { termOf } from "./annotation-term.ts";
import type { Location } from "./assigns.ts";
import type { Returned } from "./call.ts";
import { resultOf, settleResult } from "./call-result.ts";
import { mayInitialise, noteUnset, setByContract, speaksOfInitialised } from "./callee-initialised.ts";
import type { Context } from "./context.ts";
import { calleesOf } from "./effects.ts";
import { lowerValue } from "./expression.ts";
import { lowerLocations } from "./locations.ts";
import type { LogicPointer } from "./logic-memory.ts";
import { isPointer } from "./place.ts";
import { type Case, casesOf, choice, elementsOf, known, type Pointed } from "./pointed.ts";
import { pointerOf } from "./pointer.ts";
import { elementFor } from "./pointer-variable.ts";
import { type Reader, type Reading, reader } from "./reader.ts";
import { isSameType } from "./region.ts";
import { convert, rangeIn, variableValue } from "./value.ts";

type Call = CExpression & { kind: "call" };

/** A function of the file as a caller sees it. */
export interface Callee {
  readonly name: string;
  readonly returnType: CType;
  readonly parameters: readonly CDeclarator[];
  readonly contract: AcslContract | null;
}

function calleeOf(ctx: Context, name: string): Callee | null {
  const { functions, prototypes } = ctx.file;
  const declared = [...functions, ...prototypes].filter((one) => one.name === name);
  return declared.find((one) => one.contract !== null) ?? declared[0] ?? null;
}

/**
 * A call by contract: the preconditions are obligations, what the callee may assign becomes arbitrary, and the postconditions
 * are assumed, which the evidence lists. Nothing of the callee's body is read.
 */
export function lowerContractCall(ctx: Context, call: Call): Returned | null {
  const callee = calleeOf(ctx, call.callee);
  const contract = callee?.contract ?? null;
  if (callee === null || contract === null || contract.unsupported.length > 0) {
    const why =
      callee === null
        ? `\`${call.callee}\` is not declared in this file; declare it with a contract`
        : contract === null
          ? `\`${call.callee}\` has no contract; write what it requires, assigns and ensures in front of it`
          : `the contract of \`${call.callee}\` has ${contract.unsupported[0]!.construct}, which is not supported yet`;
    ctx.unsupported(`the call cannot be followed: ${why}`, call.span);
    return null;
  }
  if (call.arguments.length !== callee.parameters.length) {
    ctx.unsupported(
      `\`${callee.name}\` takes ${callee.parameters.length} arguments, here it has ${call.arguments.length}`,
      call.span,
    );
    return null;
  }
  const bound = bindArguments(ctx, call, callee);
  if (bound === null) return null;
  ctx.callees.add(callee.name);
  ctx.assume(`contract of ${callee.name}`);
  const before: Reader = {
    ...reader(ctx, "requires"),
    ...bound,
    elsewhere: { result: null, before: () => null },
  };
  const requires: Formula[] = [];
  for (const clause of [...contract.requires, ...contract.checks.requires]) {
    const condition = simplifyFormula(formulaOf(before, clause.predicate));
    requires.push(condition);
    const text = `${callee.name}: ${clause.text}`;
    if (clause.admitted) ctx.assume(`admit requires ${text} at line ${call.span.line}`);
    else ctx.assert(condition, "requires", text, call.span);
  }
  checkAliasing(ctx, call, callee, bound.pointers);
  noteUnset(ctx, callee, bound.pointers);
  checkMeasure(ctx, call, callee, before);
  const snapshots = assign(ctx, call, callee, contract, before);
  const initialises = contract.ensures.some(({ predicate }) => speaksOfInitialised(ctx.file, predicate));
  if (initialises) mayInitialise(ctx, call, bound.pointers, snapshots);
  const pointersThen = pointersBefore(bound.pointers, snapshots);
  const result = resultOf(ctx, call, callee, pointersThen);
  if (result === null) return null;
  const isVariable = result !== "none" && "name" in result;
  const after: Reader = {
    ...reader(ctx, "ensures"),
    bound: bound.bound,
    pointers: pointersThen,
    elsewhere: {
      result: isVariable ? result : null,
      ...(result !== "none" && "pointer" in result && { returned: result.pointer }),
      before: (name) => snapshots.get(name) ?? null,
    },
  };
  if (isVariable) settleResult(ctx, call, contract.ensures, after, result);
  const ensures = contract.ensures.map((clause) => simplifyFormula(formulaOf(after, clause.predicate)));
  for (const condition of ensures)
    ctx.graph.emit({ kind: "assume", condition, because: "contract", span: call.span });
  if (!initialises) setByContract(ctx, call, bound.pointers, snapshots, { requires, ensures });
  return isVariable ? variableValue(result.name, result.type, ctx.reading) : result;
}

interface Bound {
  readonly bound: ReadonlyMap<string, Reading>;
  readonly pointers: ReadonlyMap<string, LogicPointer>;
}

/** Evaluates the arguments from left to right and keeps their values for the contract. */
function bindArguments(ctx: Context, call: Call, callee: Callee): Bound | null {
  const bound = new Map<string, Reading>();
  const pointers = new Map<string, LogicPointer>();
  for (const [index, argument] of call.arguments.entries()) {
    const { name, type } = callee.parameters[index]!;
    const pointee = type.kind === "pointer" ? type.to : type.kind === "array" ? type.of : null;
    if (pointee !== null) {
      const pointer = pointerOf(ctx, argument);
      const held = pointer && heldPointer(ctx, pointer, pointee, argument);
      if (held === null) return null;
      pointers.set(name, held);
      continue;
    }
    const integer_ = type.kind === "integer" ? integerType(type.name, ctx.reading) : null;
    if (integer_ === null || isPointer(ctx, argument)) {
      ctx.unsupported(
        `an argument of type \`${typeText(type)}\` is not supported yet; pass integers and pointers`,
        argument.span,
      );
      return null;
    }
    const value = convert(lowerValue(ctx, argument), integer_, ctx.reading);
    const range = value.range ?? rangeIn(integer_, ctx.reading);
    if (value.term.kind === "integer") bound.set(name, { term: value.term, range });
    else {
      const kept = ctx.temporary(`${callee.name}_${name}`, integer_, argument.span);
      ctx.assign(kept.name, value.term, argument.span);
      bound.set(name, { term: variable(kept.name), range, type: integer_ });
    }
  }
  return { bound, pointers };
}

/** A pointer argument as the contract sees it. That it is known where it points is an obligation. */
function heldPointer(ctx: Context, pointer: Pointed, to: CType, argument: CExpression): LogicPointer | null {
  const text = ctx.text(argument.span);
  ctx.assertMemory(known(pointer), `${text} points into memory that is known here`, argument.span);
  const cases = casesOf(pointer).map(({ guard, target }) => ({ guard, target: elementFor(ctx, target) }));
  const other = cases.find(({ target }) => target.kind === "element" && !isSameType(target.to, to, ctx.file));
  if (other?.target.kind === "element") {
    ctx.unsupported(
      `\`${text}\` points to ${typeText(other.target.to)}, and a pointer to ${typeText(to)} is wanted`,
      argument.span,
    );
    return null;
  }
  return choice(cases, false);
}

/** Recursion ends when a measure that is not negative decreases; the evidence says so only for loops, so it never claims more. */
function checkMeasure(ctx: Context, call: Call, callee: Callee, before: Reader): void {
  if (callee.name !== ctx.fn.name) {
    const body = ctx.file.functions.find((one) => one.name === callee.name)?.body ?? [];
    if (calleesOf(body).has(ctx.fn.name))
      ctx.assume(`${ctx.fn.name} and ${callee.name} call each other: partial correctness`);
    return;
  }
  const measure = callee.contract?.decreases ?? null;
  if (measure === null) {
    ctx.assume("the recursion is not shown to end: partial correctness");
    return;
  }
  const here = termOf(before, measure.term).term;
  const entry = termOf(reader(ctx, "ensures", "pre"), measure.term).term;
  ctx.assert(
    and(compare(">=", entry, integer(0)), compare("<", here, entry)),
    "decreases",
    measure.text,
    call.span,
  );
}

/** Makes arbitrary what the callee may assign; the names of the variables that hold what was there before. */
function assign(
  ctx: Context,
  call: Call,
  callee: Callee,
  contract: AcslContract,
  before: Reader,
): Map<string, string> {
  const snapshots = new Map<string, string>();
  const locations =
    contract.assigns === null
      ? everything(ctx, before)
      : lowerLocations(ctx, contract.assigns, `assigns of ${callee.name}`, "requires", before);
  const byVariable = Map.groupBy(locations, (location) => location.variable);
  const targets = [...byVariable.keys()].map((name) => {
    const target = ctx.variables.find((one) => one.name === name)!;
    const old = ctx.temporary(`before_${callee.name}`, target.type, call.span, target.array);
    ctx.assign(old.name, variable(name), call.span);
    snapshots.set(name, old.name);
    return { target, old };
  });
  // Which elements are meant is decided before any of them changes.
  for (const { target, old } of targets) {
    const mine = byVariable.get(target.name)!.map((location) => rangesBefore(location, snapshots));
    changeWithin(ctx, call, target, old, mine);
  }
  return snapshots;
}

function rangesBefore(location: Location, snapshots: ReadonlyMap<string, string>): Location {
  const ranges = location.ranges.map(({ low, high }) => {
    const first = low && termBefore(low, snapshots);
    return { low: first, high: low === high ? first : high && termBefore(high, snapshots) };
  });
  return { ...location, ranges };
}

/** A term with the values from before the call. */
function termBefore(term: Term, snapshots: ReadonlyMap<string, string>): Term {
  if (![...variablesOfTerm(term)].some((name) => snapshots.has(name))) return term;
  return substituteTerm(term, (name) => {
    const old = snapshots.get(name);
    return old === undefined ? null : variable(old);
  });
}

function formulaBefore(formula: Formula, snapshots: ReadonlyMap<string, string>): Formula {
  return substituteFormula(formula, (name) => {
    const old = snapshots.get(name);
    return old === undefined ? null : variable(old);
  });
}

/** Where the arguments pointed when the callee was called: what it changes moves none of them. */
function pointersBefore(
  pointers: ReadonlyMap<string, LogicPointer>,
  snapshots: ReadonlyMap<string, string>,
): ReadonlyMap<string, LogicPointer> {
  const before = ({ guard, target }: Case): Case => ({
    guard: formulaBefore(guard, snapshots),
    target: target.kind === "element" ? { ...target, offset: termBefore(target.offset, snapshots) } : target,
  });
  return new Map(
    [...pointers].map(([name, one]): [string, LogicPointer] => [
      name,
      choice(casesOf(one).map(before), false),
    ]),
  );
}

function changeWithin(
  ctx: Context,
  call: Call,
  target: Variable,
  old: Variable,
  locations: readonly Location[],
): void {
  const single = locations.length === 1 ? singleElement(locations[0]!) : null;
  if (target.array === undefined || single === null || single.length === 0) {
    if (target.array === undefined) {
      ctx.havoc(target.name, call.span);
      return;
    }
    ctx.graph.emit({ kind: "havoc", target: target.name, span: call.span, within: locations });
    const names = target.array.sizes.map((_, index) => `?k${index === 0 ? "" : index + 1}`);
    const indices = names.map(variable);
    const inside = or(...locations.map((location) => covers(location, indices)));
    const same = compare(
      "==",
      select(variable(target.name), ...indices),
      select(variable(old.name), ...indices),
    );
    const frame = quantified("forall", names, implies(not(inside), same));
    if (frame.kind !== "truth")
      ctx.graph.emit({ kind: "assume", condition: frame, because: "type", span: call.span });
    return;
  }
  const fresh = ctx.temporary("changed", target.type, call.span);
  ctx.havoc(fresh.name, call.span);
  write(ctx, target.name, single, variable(fresh.name), call.span);
}

/** The indices of the one element that a location is. */
function singleElement({ ranges }: Location): Term[] | null {
  const indices: Term[] = [];
  for (const { low, high } of ranges) {
    if (low === null || low !== high) return null;
    indices.push(low);
  }
  return indices;
}

function covers({ ranges }: Location, indices: readonly Term[]): Formula {
  return and(
    ...ranges.flatMap(({ low, high }, dimension) => [
      ...(low === null ? [] : [compare("<=", low, indices[dimension]!)]),
      ...(high === null ? [] : [compare("<=", indices[dimension]!, high)]),
    ]),
  );
}

/**
 * Without an `assigns` clause a callee may change every global and all memory that a pointer may lead to: it, or a function that
 * it calls, may have kept one.
 */
function everything(ctx: Context, before: Reader): Location[] {
  const found: Location[] = [];
  const add = (one: Variable) => {
    const ranges = (one.array?.sizes ?? []).map(() => ({ low: null, high: null }));
    if (!found.some((other) => other.variable === one.name)) found.push({ variable: one.name, ranges });
  };
  for (const global of ctx.file.globals) {
    if (global.constant === true) continue;
    const entity = ctx.resolveGlobal(global.name);
    if (entity?.kind === "variable") add(entity.variable);
    else if (entity?.kind === "object") for (const leaf of entity.region.leaves.values()) add(leaf.variable);
  }
  for (const { region } of [...before.pointers.values()].flatMap(elementsOf))
    for (const leaf of region.leaves.values()) add(leaf.variable);
  for (const region of ctx.regions) for (const leaf of region.leaves.values()) add(leaf.variable);
  for (const one of ctx.variables)
    if (one.array === undefined && one.text !== null && ctx.isAddressed(one.text)) add(one);
  return found;
}
