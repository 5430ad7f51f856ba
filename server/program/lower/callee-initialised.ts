import type { AcslContract, AcslPredicate } from "../../../grammars/acsl/tree.ts";
import type { CExpression, CFile } from "../../../grammars/c/tree.ts";
import { compare, implies, integer, quantified, select, variable } from "../term.ts";
import type { Context } from "./context.ts";
import { namesApplied } from "./logic-function.ts";
import type { LogicPointer } from "./logic-memory.ts";
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
