import type { AcslContract, AcslPredicate, AcslTerm } from "../../../grammars/acsl/tree.ts";
import type { CExpression } from "../../../grammars/c/tree.ts";
import type { Context } from "./context.ts";
import type { Callee } from "./contract-call.ts";
import { namesApplied } from "./logic-function.ts";
import type { LogicPointer } from "./logic-memory.ts";
import { elementsOf } from "./pointed.ts";
import type { Region } from "./region.ts";

type Call = CExpression & { kind: "call" };

/** A callee was proved with its pointer parameters separate: where the caller passes one array twice, its contract must say so. */
export function checkAliasing(
  ctx: Context,
  call: Call,
  callee: Callee,
  pointers: ReadonlyMap<string, LogicPointer>,
): void {
  const all = [...pointers].flatMap(([name, pointer]) =>
    elementsOf(pointer).map(({ region }) => ({ name, region })),
  );
  for (const [index, { name, region }] of all.entries()) {
    for (const { name: other, region: second } of all.slice(index + 1)) {
      if (name === other || !shareObject(region, second)) continue;
      if (separates(callee.contract!, name, other)) {
        ctx.assume(
          `separation of pointer parameters: ${callee.name} uses of ${name}, ${other} only what it requires to be valid`,
        );
        continue;
      }
      ctx.unsupported(
        `\`${name}\` and \`${other}\` of \`${callee.name}\` point into one object here; require in its contract that all is \\separated that it requires to be \\valid of them`,
        call.span,
      );
    }
    if (region.origin === "global") noteGlobal(ctx, call, callee, name, region);
  }
}

function shareObject(a: Region, b: Region): boolean {
  return [...a.leaves.values()].some((one) =>
    [...b.leaves.values()].some((other) => one.variable.name === other.variable.name),
  );
}

/** What a parameter points to here must not be what the callee knows by its name as well. */
function noteGlobal(ctx: Context, call: Call, callee: Callee, parameter: string, region: Region): void {
  const global = region.name.replace(/^&/, "");
  if (namesGlobal(ctx, callee, global))
    ctx.unsupported(
      `\`${parameter}\` of \`${callee.name}\` points to \`${global}\` here, which its contract speaks of by name as well; pass another object`,
      call.span,
    );
  ctx.assume(`separation of pointer parameters: ${callee.name} does not use ${global} by name as well`);
}

/** True when the callee's contract, or a definition that it leads to, mentions the global of this name. */
function namesGlobal({ file }: Context, { contract, parameters }: Callee, name: string): boolean {
  if (!parameters.some((one) => one.name === name) && mentionsName(contract, name)) return true;
  const seen = new Set<string>();
  const open = [...namesApplied(contract)];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const body = file.definitions.get(next)?.body ?? null;
    if (body === null || seen.has(next)) continue;
    if (mentionsName(body, name)) return true;
    seen.add(next);
    open.push(...namesApplied(body));
  }
  return false;
}

/** Whether the tree names this. */
export function mentionsName(tree: unknown, name: string): boolean {
  return keyOf(tree).includes(`"name":"${name}"`);
}

/** One text for trees that say the same, wherever they stand. */
function keyOf(tree: unknown): string {
  return JSON.stringify(tree, (key, value) =>
    key === "span" ? undefined : typeof value === "bigint" ? String(value) : value,
  );
}

/** Whether all that a contract requires to be valid of two parameters is required to be separate, and not only a part. */
function separates(contract: AcslContract, first: string, second: string): boolean {
  const valid = required(contract, ["\\valid", "\\valid_read"]).flat();
  const [mine, yours] = [first, second].map((name) => [
    ...new Set(valid.filter((set) => rootOf(set) === name).map(keyOf)),
  ]) as [string[], string[]];
  if (mine.length !== 1 || yours.length !== 1) return false;
  return required(contract, ["\\separated"]).some((sets) => {
    const keys = sets.map(keyOf);
    return keys.includes(mine[0]!) && keys.includes(yours[0]!);
  });
}

/** The name of the pointer that a set of locations starts from; null where it is none that is known. */
function rootOf(term: AcslTerm): string | null {
  switch (term.kind) {
    case "name":
      return term.name;
    case "binary":
      return rootOf(term.left);
    case "address":
      return rootOf(term.argument);
    case "index":
      return rootOf(term.array);
    default:
      return null;
  }
}

/** Arguments of such built-ins that a contract requires without condition. */
export function required(contract: AcslContract, names: readonly string[]): (readonly AcslTerm[])[] {
  const found: (readonly AcslTerm[])[] = [];
  const visit = (predicate: AcslPredicate): void => {
    if (predicate.kind === "and") {
      visit(predicate.left);
      visit(predicate.right);
    } else if (predicate.kind === "apply" && names.includes(predicate.name)) found.push(predicate.arguments);
  };
  for (const clause of contract.requires) visit(clause.predicate);
  return found;
}
