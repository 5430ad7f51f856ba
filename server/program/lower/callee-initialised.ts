import type { AcslContract, AcslPredicate } from "../../../grammars/acsl/tree.ts";
import type { CExpression, CFile } from "../../../grammars/c/tree.ts";
import { rangeOf } from "../integer.ts";
import {
  and,
  compare,
  type Formula,
  implies,
  integer,
  not,
  or,
  plusConstant,
  quantified,
  select,
  TRUE,
  variable,
} from "../term.ts";
import { isQuantified, mapParts, substituteFormula, variablesOf } from "../traverse.ts";
import type { Context } from "./context.ts";
import { namesApplied } from "./logic-function.ts";
import type { LogicPointer } from "./logic-memory.ts";
import { within } from "./obligation.ts";
import { elementsOf } from "./pointed.ts";

type Call = CExpression & { kind: "call" };

/** A callee was proved with values in all that its pointers lead to, unless its contract speaks of that. */
export function noteUnset(
  ctx: Context,
  callee: { readonly name: string; readonly contract: AcslContract | null },
  pointers: ReadonlyMap<string, LogicPointer>,
): void {
  const clauses = [...callee.contract!.requires, ...callee.contract!.ensures];
  if (clauses.some(({ predicate }) => speaksOfInitialised(ctx.file, predicate))) return;
  for (const { region } of [...pointers.values()].flatMap(elementsOf))
    if ([...region.leaves.values()].some(({ written }) => written !== null))
      ctx.assume(`${callee.name} reads of ${region.name.replace(/^&/, "")} only what has been given a value`);
}

/** What a callee is given may have a value afterwards where it had none; what had one keeps one. */
export function mayInitialise(
  ctx: Context,
  { span }: Call,
  pointers: ReadonlyMap<string, LogicPointer>,
  snapshots: Map<string, string>,
): void {
  const regions = [...pointers.values()].flatMap((one) => elementsOf(one).map(({ region }) => region));
  const flags = new Set(
    regions.flatMap(({ leaves }) => [...leaves.values()].flatMap(({ written }) => written ?? [])),
  );
  for (const { name, type, array } of flags) {
    const old = ctx.temporary("initialised_before", type, span, array);
    ctx.assign(old.name, variable(name), span);
    snapshots.set(name, old.name);
    if (array === undefined) {
      const fresh = ctx.temporary("initialised", type, span);
      ctx.havoc(fresh.name, span);
      const condition = compare("==", variable(name), integer(1));
      ctx.assign(name, { kind: "choose", condition, then: integer(1), else: variable(fresh.name) }, span);
      continue;
    }
    ctx.havoc(name, span);
    const names = array.sizes.map((_, index) => `?k${index === 0 ? "" : index + 1}`);
    const isSet = (flag: string) => compare("==", select(variable(flag), ...names.map(variable)), integer(1));
    const condition = quantified("forall", names, implies(isSet(old.name), isSet(name)));
    ctx.graph.emit({ kind: "assume", condition, because: "type", span: span });
  }
}

/**
 * Variables to which the callee must have given a value, by what it promises of that: where a postcondition would be false of
 * some value, the callee wrote another, or it would have left that one in place. It knows nothing of the value that was there (no
 * clause may speak of it but that it is kept), so that it does the same whichever it was.
 */
export function setByContract(
  ctx: Context,
  { span }: Call,
  pointers: ReadonlyMap<string, LogicPointer>,
  snapshots: ReadonlyMap<string, string>,
  { requires, ensures }: { readonly requires: readonly Formula[]; readonly ensures: readonly Formula[] },
): void {
  const leaves = [...pointers.values()].flatMap((one) =>
    elementsOf(one).flatMap(({ region }) => [...region.leaves.values()]),
  );
  for (const { variable: one, written } of new Set(leaves)) {
    const old = snapshots.get(one.name);
    if (old === undefined || written === null || written.array !== undefined) continue;
    const kept = ensures.map((formula) => whereKept(formula, one.name, old));
    const isRead =
      requires.some((formula) => variablesOf(formula).has(one.name)) ||
      kept.some((formula) => variablesOf(formula).has(old));
    const clauses = kept.filter((formula) => variablesOf(formula).has(one.name) && !isQuantified(formula));
    if (isRead || clauses.length === 0) continue;
    const range = rangeOf(one.type);
    const now = variable(one.name);
    const values = [plusConstant(now, 1), plusConstant(now, -1), integer(range.low), integer(range.high)];
    const fresh = ctx.temporary("initialised", written.type, span);
    ctx.havoc(fresh.name, span);
    const others = clauses.flatMap((clause) =>
      values.map((value) =>
        and(
          within(value, range, null),
          not(substituteFormula(clause, (name) => (name === one.name ? value : null))),
        ),
      ),
    );
    const condition = implies(or(...others), isOne(fresh.name));
    ctx.graph.emit({ kind: "assume", condition, because: "contract", span });
    const stays = compare("==", variable(written.name), integer(1));
    ctx.assign(
      written.name,
      { kind: "choose", condition: stays, then: integer(1), else: variable(fresh.name) },
      span,
    );
  }
}

/** The formula for a variable that keeps the value it had: that it does holds. */
function whereKept(formula: Formula, now: string, old: string): Formula {
  if (formula.kind !== "compare") return mapParts(formula, (part) => whereKept(part, now, old));
  const { relation, left, right } = formula;
  const names = [left, right].map((side) => (side.kind === "variable" ? side.name : null));
  const isBoth = relation === "==" && names.includes(now) && names.includes(old);
  return isBoth ? TRUE : formula;
}

function isOne(name: string): Formula {
  return compare("==", variable(name), integer(1));
}

/** True where a predicate, or a definition that it leads to, says \initialized. */
export function speaksOfInitialised(file: CFile, predicate: AcslPredicate): boolean {
  const seen = new Set<string>();
  const open = [...namesApplied(predicate)];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (name === "\\initialized") return true;
    if (!seen.has(name)) open.push(...namesApplied(file.definitions.get(name)?.body));
    seen.add(name);
  }
  return false;
}
