import type { AcslContract, AcslTerm } from "../../../grammars/acsl/tree.ts";
import type { Formula, Term } from "../term.ts";
import { visitFormula } from "../traverse.ts";
import { required } from "./aliasing.ts";
import type { Context } from "./context.ts";
import { targetsOf } from "./entry.ts";
import { isLogicPointer } from "./logic-memory.ts";
import { namesIn, preName, reader } from "./reader.ts";
import type { Region } from "./region.ts";

/**
 * Lists what the model of memory takes for granted (soundness.md 4): the regions of different pointer parameters, and of
 * parameters and globals, do not overlap. Nothing is listed for a pair of which neither is written, since then it does not
 * matter, nor where the contract itself requires \separated of exactly what it requires to be valid.
 */
export function noteSeparation(ctx: Context): void {
  const written = writtenRegions(ctx);
  const outside = ctx.regions.filter((region) => region.bounds !== null || region.origin === "global");
  const pairs: string[] = [];
  for (const [index, first] of outside.entries()) {
    for (const second of outside.slice(index + 1)) {
      if (first.bounds === null && second.bounds === null) continue;
      if (!written.has(first) && !written.has(second)) continue;
      if (!requiresSeparation(ctx, first, second)) pairs.push(`${first.name}, ${second.name}`);
      else if (speaksBeyond(ctx, first) || speaksBeyond(ctx, second))
        pairs.push(`what lies around ${first.name}, ${second.name}`);
    }
  }
  for (const pair of pairs) ctx.assume(`separation of pointer parameters: ${pair} do not overlap`);
  const pointers = outside.filter((region) => region.bounds !== null);
  const globals = ctx.variables.filter(({ role, array }) => role === "global" && array === undefined);
  const touched = globals.filter(
    (one) => pointers.some((region) => written.has(region)) || targetsOf(ctx.graph.blocks).has(one.name),
  );
  for (const region of pointers) {
    const near = touched.filter((one) => compatible(region, one.type.name));
    if (near.length > 0)
      ctx.assume(
        `separation of pointer parameters: ${region.name} does not point to ${near.map((one) => one.text).join(", ")}`,
      );
  }
}

/** Objects of different sizes may still overlap through a character pointer; nothing else may (C11 6.5p7). */
function compatible(region: Region, type: string): boolean {
  const bare = (name: string) => name.replace(/^(?:un)?signed /, "");
  return [...region.leaves.values()].some(
    ({ variable }) => /char/.test(variable.type.name) || bare(variable.type.name) === bare(type),
  );
}

/**
 * True when an annotation may name an element that is not among those required to be valid, and so separate: by an index that
 * no access of the function has, or by a variable that its quantifier does not compare twice.
 */
function speaksBeyond(ctx: Context, region: Region): boolean {
  const commands = ctx.graph.blocks.flatMap((block) => block.commands);
  const checks = commands.flatMap((one) => (one.kind === "assert" ? [one] : []));
  const accessed = new Set<string>();
  for (const { what, condition } of checks)
    if (what === "memory")
      visitFormula(condition, (node) => {
        if (node.kind !== "compare" || node.left.kind !== "variable") return;
        if (node.left.name === region.bounds?.low.name) accessed.add(keyOf(node.right));
      });
  const annotations = [
    ...ctx.ensures.map(({ formula }) => formula),
    ...ctx.loops.flatMap(({ invariants }) => invariants.map(({ formula }) => formula)),
    ...checks.flatMap(({ what, condition }) => (what === "assertion" ? [condition] : [])),
  ];
  return annotations.some((formula) =>
    elementsOf(formula, region).some((index) => {
      const bound = [...namesIn(index)].filter((name) => name.startsWith("?"));
      return bound.length === 0
        ? !accessed.has(keyOf(index))
        : bound.some((name) => compared(formula, name) < 2);
    }),
  );
}

/** The indices of a region's elements in a formula. */
function elementsOf(formula: Formula, region: Region): Term[] {
  const arrays = new Set(
    [...region.leaves.values()].flatMap(({ variable }) => [variable.name, preName(variable.name)]),
  );
  const found: Term[] = [];
  visitFormula(formula, (node) => {
    if (node.kind === "select" && node.array.kind === "variable" && arrays.has(node.array.name))
      found.push(node.indices[0]!);
  });
  return found;
}

/** How often a formula compares a bound variable itself with something. */
function compared(formula: Formula, name: string): number {
  let count = 0;
  visitFormula(formula, (node) => {
    if (node.kind !== "compare") return;
    for (const side of [node.left, node.right]) if (side.kind === "variable" && side.name === name) count++;
  });
  return count;
}

/** One text for a term here and at entry. */
function keyOf(term: Term): string {
  const text = JSON.stringify(term, (_, value) => (typeof value === "bigint" ? String(value) : value));
  return text.replace(/\\\\at\((.*?), Pre\)/g, "$1");
}

function writtenRegions(ctx: Context): Set<Region> {
  const targets = targetsOf(ctx.graph.blocks);
  return new Set(
    ctx.regions.filter((region) =>
      [...region.leaves.values()].some(({ variable }) => targets.has(variable.name)),
    ),
  );
}

/** `requires \separated(a + (0..n-1), b + (0..n-1))` with the very ranges that are required to be valid. */
function requiresSeparation(ctx: Context, first: Region, second: Region): boolean {
  const { contract } = ctx.fn;
  if (contract === null) return false;
  const valid = (region: Region) => validSets(ctx, contract, region);
  const [mine, yours] = [valid(first), valid(second)];
  if (mine.length !== 1 || yours.length !== 1) return false;
  return required(contract, ["\\separated"]).some((sets) => {
    const texts = sets.map((set) => ctx.text(set.span).replace(/\s+/g, ""));
    return texts.includes(mine[0]!) && texts.includes(yours[0]!);
  });
}

function validSets(ctx: Context, contract: AcslContract, region: Region): string[] {
  const sets = required(contract, ["\\valid", "\\valid_read"]).flat();
  const own = sets.filter((set) => rootOf(ctx, set) === region);
  return [...new Set(own.map((set) => ctx.text(set.span).replace(/\s+/g, "")))];
}

function rootOf(ctx: Context, term: AcslTerm): Region | null {
  switch (term.kind) {
    case "name": {
      const entity = ctx.resolve(term.name);
      if (entity?.kind === "pointer") return entity.pointer.region;
      return entity?.kind === "object" ? entity.region : null;
    }
    case "binary":
      return rootOf(ctx, isLogicPointer(reader(ctx, "requires"), term.right) ? term.right : term.left);
    case "address":
      return rootOf(ctx, term.argument);
    case "index":
      return rootOf(ctx, term.array);
    default:
      return null;
  }
}

/** That blocks of different pointers are apart is what memory is taken to be: what is said of it rests on that alone. */
export function noteApart(ctx: Context, first: Region, second: Region): void {
  const place = (region: Region) => ctx.regions.indexOf(region) >>> 0;
  const both = [first, second].toSorted((a, b) => place(a) - place(b));
  if (both.some(({ origin }) => origin === "local") || both.every(({ bounds }) => bounds === null)) return;
  ctx.assume(`separation of pointer parameters: ${both.map(({ name }) => name).join(", ")} do not overlap`);
}
