import type { Diagnostic } from "../../../grammars/c/span.ts";
import type { CFile, CFunction } from "../../../grammars/c/tree.ts";
import type { IntegerReading } from "../integer.ts";
import type { Command, Loop, Program, Variable } from "../program.ts";
import { integer } from "../term.ts";
import { lowerClause } from "./annotation.ts";
import { checkAssigns } from "./assigns.ts";
import { marksBenchmark } from "./builtin.ts";
import { Context } from "./context.ts";
import { calleesOf } from "./effects.ts";
import { targetsOf, withEntryValues } from "./entry.ts";
import { dropDefinitelyAssigned } from "./initialised.ts";
import { checkLocations } from "./loop.ts";
import { naturalLoops } from "./natural.ts";
import { isExternal } from "./specifiers.ts";
import { lowerStatements } from "./statement.ts";
import { constantOf } from "./switch.ts";
import { tidy } from "./tidy.ts";
import { convert } from "./value.ts";

/** A function as a program, or everything in it that cannot be one yet, in the order of the source. */
export type Lowering =
  | { readonly kind: "ok"; readonly program: Program }
  | { readonly kind: "unsupported"; readonly diagnostics: readonly Diagnostic[] };

/**
 * Lowers a C function to a control-flow graph. Side effects become commands in C's order, everything whose behaviour C leaves
 * undefined becomes an obligation, and what has no defined order or is not supported yet is reported, never skipped.
 */
export function lowerFunction(file: CFile, fn: CFunction, reading: IntegerReading): Lowering {
  const ctx = new Context(file, fn, reading, dialectOf(file, fn, reading));
  ctx.assume(READINGS[reading]);
  ctx.declareResult();
  for (const parameter of fn.parameters) ctx.declare(parameter, "parameter", false);
  lowerContract(ctx);
  lowerStatements(ctx, fn.body);
  lowerEnd(ctx);
  const initial = fn.name === "main" ? initialGlobals(ctx) : [];
  if (ctx.diagnostics.length > 0) {
    return {
      kind: "unsupported",
      diagnostics: ctx.diagnostics.toSorted((a, b) => a.span.start - b.span.start),
    };
  }
  return { kind: "ok", program: assemble(ctx, initial) };
}

const READINGS: Readonly<Record<IntegerReading, string>> = {
  math: "mathematical integers: signed overflow is taken as impossible",
  "32": "32-bit int, no signed overflow is proved",
  "64": "64-bit int, no signed overflow is proved",
};

function dialectOf(file: CFile, fn: CFunction, reading: IntegerReading): Program["dialect"] {
  if (fn.contract !== null || file.includes.includes("assert.h")) return "c";
  return [...calleesOf(fn.body)].some((callee) => marksBenchmark(callee, reading)) ? "benchmark" : "c";
}

/** `requires` is assumed at entry; `ensures` is read before the body, where no local hides a parameter or global. */
function lowerContract(ctx: Context): void {
  const { contract } = ctx.fn;
  if (contract === null) return;
  for (const { construct, span } of contract.unsupported) {
    ctx.unsupported(`${construct} is not supported in contracts yet; remove it`, span);
  }
  for (const clause of contract.requires) {
    const { formula, span } = lowerClause(ctx, clause, "requires");
    ctx.graph.emit({ kind: "assume", condition: formula, because: "requires", span });
  }
  ctx.ensures = contract.ensures.map((clause) => lowerClause(ctx, clause, "ensures"));
  if (contract.assigns !== null)
    checkLocations(ctx, contract.assigns.locations, "assigns", contract.assigns.span);
}

/** The closing brace: `main` returns 0 there (C11 5.1.2.2.3), any other result is arbitrary; then the postconditions. */
function lowerEnd(ctx: Context): void {
  const { result, fn, graph } = ctx;
  if (result !== null && fn.name === "main") ctx.assign(result.name, integer(0), fn.nameSpan);
  else if (result !== null) ctx.havoc(result.name, fn.nameSpan);
  graph.fall(ctx.exit);
  for (const { formula, text, span } of ctx.ensures) ctx.assert(formula, "ensures", text, span);
  graph.end({ kind: "return" });
}

/** Before `main` runs, a global has its initialiser or zero (C11 6.7.9p10), unless another file defines it. */
function initialGlobals(ctx: Context): Command[] {
  const commands: Command[] = [];
  for (const global of ctx.globals) {
    const variable = ctx.variables.find(({ name, role }) => role === "global" && name === global.name)!;
    if (global.initializer === null && isExternal(ctx.file, global.span)) continue;
    const value = global.initializer === null ? null : constantOf(ctx, global.initializer);
    const term = value === null ? integer(0) : convert(value, variable.type, ctx.reading).term;
    commands.push({ kind: "assign", target: variable.name, value: term, span: global.span });
  }
  return commands;
}

function assemble(ctx: Context, initial: readonly Command[]): Program {
  const { graph, loops: drafts } = ctx;
  const tidied = tidy(
    graph.blocks,
    0,
    drafts.map((draft) => draft.head),
  );
  const { entry, heads } = tidied;
  const tracked = new Set(ctx.variables.filter(({ role }) => role === "flag").map(({ name }) => name));
  const { blocks: checked, flags } = dropDefinitelyAssigned(tidied.blocks, entry, tracked);
  const body = withEntryValues({ blocks: checked, loops: drafts }, entry, ctx.variables, initial);
  const variables = ordered(body.variables.filter(({ role, name }) => role !== "flag" || flags.has(name)));
  const extents = naturalLoops(body.blocks, entry, heads);
  const loops = body.loops.map((draft, id): Loop => {
    const { hidden, scope, ...rest } = draft;
    const { blocks, parent } = extents[id]!;
    const changed = targetsOf(blocks.map((block) => body.blocks[block]!));
    return {
      ...rest,
      id,
      head: heads[id]!,
      blocks,
      parent,
      modified: variables.filter(({ name }) => changed.has(name)).map(({ name }) => name),
      scope: scopeOf(variables, scope, hidden),
    };
  });
  return {
    name: ctx.fn.name,
    reading: ctx.reading,
    dialect: ctx.dialect,
    variables,
    blocks: checkAssigns(body.blocks, variables, loops, ctx.fn.contract?.assigns ?? null),
    entry,
    loops,
    assumptions: ctx.assumptions,
  };
}

const ROLES: readonly Variable["role"][] = [
  "global",
  "parameter",
  "pre",
  "local",
  "result",
  "temporary",
  "flag",
];

function ordered(variables: readonly Variable[]): Variable[] {
  return variables.toSorted((a, b) => ROLES.indexOf(a.role) - ROLES.indexOf(b.role));
}

/** Globals, parameters, entry values, then locals: what hides another name in the source keeps it out. */
function scopeOf(
  variables: readonly Variable[],
  visible: readonly string[],
  hidden: ReadonlySet<string>,
): string[] {
  const shown = new Set(visible);
  return variables
    .filter(({ name, role, text }) => {
      if (role === "global") return !hidden.has(text!);
      if (role === "pre") return shown.has(name.slice(4, -6)) || !hidden.has(name.slice(4, -6));
      return shown.has(name);
    })
    .map(({ name }) => name);
}
