import type { AcslContract } from "../../../grammars/acsl/tree.ts";
import type { Diagnostic } from "../../../grammars/c/span.ts";
import type { CExpression, CFile, CFunction } from "../../../grammars/c/tree.ts";
import type { IntegerReading } from "../integer.ts";
import type { Command, Loop, Program, Theory, Variable } from "../program.ts";
import { and, type Formula, integer, not, or, type Term, TRUE, variable } from "../term.ts";
import { substituteFormula, substituteTerm, variablesOfTerm } from "../traverse.ts";
import { lowerPredicate } from "./annotation.ts";
import { type ContractFrame, checkAssigns, isMoving } from "./assigns.ts";
import { marksBenchmark } from "./builtin.ts";
import { admit, lowerClause } from "./clauses.ts";
import { Context, type Entity } from "./context.ts";
import { calleesOf } from "./effects.ts";
import { targetsOf, withEntryValues } from "./entry.ts";
import { dropDefinitelyAssigned } from "./initialised.ts";
import { clear, initialise } from "./initializer.ts";
import { lowerLocations, NOT_PROVED, wholeText } from "./locations.ts";
import { naturalLoops } from "./natural.ts";
import { choice } from "./pointed.ts";
import { setPointer } from "./pointer-variable.ts";
import { preName } from "./reader.ts";
import { noteSeparation } from "./separation.ts";
import type { Shape } from "./shape.ts";
import { lowerStatements } from "./statement.ts";
import { constantOf } from "./switch.ts";
import { lowerTheory } from "./theory.ts";
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
  const shapes = new Map<string, Shape>();
  // What a pointer is given further down may come round a loop: once it is known, the function is lowered again.
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const ctx = new Context(file, fn, reading, dialectOf(file, fn, reading), shapes);
    const lowered = lowerInto(ctx);
    if (!ctx.grown) return lowered;
  }
  throw new Error(`what the pointers of ${fn.name} may lead to was not found in ${MOST_ROUNDS} rounds`);
}

/** Each round finds one more thing that some pointer may be, and a file has so many only. */
const MOST_ROUNDS = 1000;

function lowerInto(ctx: Context): Lowering {
  const { fn, reading } = ctx;
  ctx.assume(READINGS[reading]);
  const exact = reading === "64" ? EXACT_WIDTH.exec(ctx.file.text) : null;
  if (exact !== null)
    ctx.unsupported(
      `\`${exact[0]}\` has 32 bits, which is no type where int has 64; use --int 32`,
      fn.nameSpan,
    );
  ctx.declareResult();
  for (const parameter of fn.parameters) ctx.declare(parameter, "parameter", false);
  lowerContract(ctx);
  lowerStatements(ctx, fn.body);
  lowerEnd(ctx);
  const initial = [...ctx.atEntry, ...initialGlobals(ctx)];
  noteSeparation(ctx);
  const theory = lowerTheory(ctx);
  if (ctx.diagnostics.length > 0) {
    return {
      kind: "unsupported",
      diagnostics: ctx.diagnostics.toSorted((a, b) => a.span.start - b.span.start),
    };
  }
  return { kind: "ok", program: assemble(ctx, initial, theory) };
}

/** Types of 32 bits whatever `int` has. */
const EXACT_WIDTH = /\bu?int(?:_least)?32_t\b/;

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
    const { formula, text, span } = lowerClause(ctx, clause, "requires");
    if (clause.admitted) admit(ctx, { formula, text: `requires ${text}`, span }, "requires");
    else ctx.graph.emit({ kind: "assume", condition: formula, because: "requires", span });
  }
  for (const claim of contract.claims) lowerClaim(ctx, claim);
  for (const { text, span } of contract.ensures.filter(({ admitted }) => admitted))
    ctx.assume(`admit ensures ${text} at line ${span.line}`);
  const promised = [...contract.ensures.filter(({ admitted }) => !admitted), ...contract.checks.ensures];
  ctx.ensures = promised.map((clause) => lowerClause(ctx, clause, "ensures"));
  if (contract.assigns !== null) {
    const { span, dependencies } = contract.assigns;
    if (dependencies) ctx.assume(NOT_PROVED);
    ctx.assigns = { locations: lowerLocations(ctx, contract.assigns, "assigns", "ensures"), span };
  }
  for (const { name, premise, assigns } of contract.behaviorAssigns) {
    if (assigns.dependencies) ctx.assume(NOT_PROVED);
    const locations = lowerLocations(ctx, assigns, "assigns", "ensures");
    const holds = premise === null ? TRUE : lowerPredicate(ctx, premise, "ensures");
    ctx.behaviorAssigns.push({ locations, span: assigns.span, premise: holds, name });
  }
  if (contract.unproved.length > 0)
    ctx.assume(`what ${contract.unproved.join(", ")} say of the function is not proved`);
}

/** That one behavior applies, or at most one: proved at entry. */
function lowerClaim(ctx: Context, claim: AcslContract["claims"][number]): void {
  const parts = claim.parts.map((part) => lowerPredicate(ctx, part, "requires"));
  const apart = parts.flatMap((one, index) =>
    parts.slice(index + 1).map((other): Formula => not(and(one, other))),
  );
  const condition = claim.kind === "complete" ? or(...parts) : and(...apart);
  if (condition.kind !== "truth" || !condition.value)
    ctx.assert(condition, "assertion", `${claim.kind} behaviors`, claim.span);
}

/** The closing brace: `main` returns 0 there (C11 5.1.2.2.3), any other result is arbitrary; then the postconditions. */
function lowerEnd(ctx: Context): void {
  const { result, fn, graph } = ctx;
  if (result !== null && fn.name === "main") ctx.assign(result.name, integer(0), fn.nameSpan);
  else if (result !== null) ctx.havoc(result.name, fn.nameSpan);
  else if (ctx.resultPointer !== null && graph.reaches(graph.current))
    setPointer(ctx, ctx.resultPointer, choice([], true), fn.nameSpan);
  graph.fall(ctx.exit);
  for (const { formula, text, span } of ctx.ensures) ctx.assert(formula, "ensures", text, span);
  graph.end({ kind: "return" });
}

/** Functions that change globals before `main` runs. */
const RUNS_BEFORE = /\b_*constructor_*\b|\.(?:init|preinit|ctors)/;

/** Before `main` runs, a global has its initialiser or zero (C11 6.7.9p10), unless another file defines it. */
function initialGlobals(ctx: Context): Command[] {
  const commands: Command[] = [];
  // C allows `main` to be called again, and then they have whatever value they have got.
  const startsHere =
    ctx.fn.name === "main" &&
    !ctx.file.functions.some((one) => calleesOf(one.body).has("main")) &&
    !RUNS_BEFORE.test(ctx.file.text);
  // What could not be read outside functions may be a variable's own definition.
  const unread = ctx.file.diagnostics.find(({ severity }) => severity === "error");
  if (startsHere && unread !== undefined && ctx.globals.length > 0)
    ctx.unsupported(
      `what globals hold when \`main\` starts is not known, since line ${unread.span.line} could not be read and may define one; mend that first`,
      ctx.fn.span,
    );
  for (const global of ctx.globals) {
    const known = startsHere || (global.constant === true && global.initializer !== null);
    if (!known) continue;
    const entity = ctx.resolveGlobal(global.name);
    if (entity?.kind === "object") {
      if (global.initializer === null && global.external) continue;
      commands.push(...ctx.graph.capture(() => initialiseGlobal(ctx, entity, global.initializer)));
      continue;
    }
    if (entity?.kind !== "variable") continue;
    const { variable } = entity;
    if (global.initializer === null && global.external) continue;
    const value = global.initializer === null ? null : constantOf(ctx, global.initializer);
    const term = value === null ? integer(0) : convert(value, variable.type, ctx.reading).term;
    commands.push({ kind: "assign", target: variable.name, value: term, span: global.span });
  }
  return commands;
}

function initialiseGlobal(
  ctx: Context,
  entity: Entity & { kind: "object" },
  initializer: CExpression | null,
): void {
  if (initializer === null) clear(ctx, entity.region, entity.region);
  else initialise(ctx, entity.region, entity.type, initializer);
}

function assemble(ctx: Context, initial: readonly Command[], theory: Theory | undefined): Program {
  const { graph, loops: drafts } = ctx;
  const tidied = tidy(
    graph.blocks,
    0,
    drafts.map((draft) => draft.head),
  );
  const { entry, heads } = tidied;
  const tracked = new Set(ctx.variables.filter(({ role }) => role === "flag").map(({ name }) => name));
  const { blocks: checked, flags } = dropDefinitelyAssigned(
    tidied.blocks,
    entry,
    tracked,
    drafts.flatMap(({ invariants }) => invariants.map(({ formula }) => formula)),
  );
  const body = withEntryValues({ blocks: checked, loops: drafts }, entry, ctx.variables, initial);
  const changedNames = targetsOf(body.blocks);
  const variables = ordered(body.variables.filter(({ role, name }) => role !== "flag" || flags.has(name)));
  const contracts = contractFrames(ctx, changedNames);
  const extentTexts = variables.flatMap(({ name, text, array }): [string, string][] =>
    array === undefined || text === null || text.startsWith("\\initialized")
      ? []
      : [[name, listedText(ctx, name, changedNames) ?? wholeText(text, array.sizes)]],
  );
  const natural = naturalLoops(body.blocks, entry, heads);
  const loops = body.loops.map((draft, id): Loop => {
    const { hidden, scope, ...rest } = draft;
    const { blocks, parent } = natural[id]!;
    const extents = new Map(extentTexts);
    const changed = targetsOf(blocks.map((block) => body.blocks[block]!));
    return {
      ...rest,
      id,
      extents,
      head: heads[id]!,
      blocks,
      parent,
      modified: variables.filter(({ name }) => changed.has(name)).map(({ name }) => name),
      scope: scopeOf(variables, scope, hidden),
    };
  });
  for (const loop of loops) {
    if (loop.assigns?.locations.some((location) => isMoving(location, loop)) !== true) continue;
    const line = loop.assigns.span.line;
    ctx.assume(`loop assigns at line ${line}: bounds that the loop changes are read as open, and not proved`);
  }
  return {
    name: ctx.fn.name,
    reading: ctx.reading,
    dialect: ctx.dialect,
    variables,
    blocks: checkAssigns(body.blocks, variables, loops, contracts, new Set(initial)),
    entry,
    loops,
    assumptions: ctx.assumptions,
    ...(theory && { theory }),
    ...(ctx.callees.size > 0 && { callees: [...ctx.callees] }),
  };
}

/** The contract's `assigns`, about values at entry: those of variables that the function never changes have no other name. */
function contractFrames(ctx: Context, changed: ReadonlySet<string>): ContractFrame[] {
  const names = new Map(ctx.variables.map(({ name }) => [preName(name), name]));
  const unchanged = (name: string) => {
    const now = names.get(name);
    return now === undefined || changed.has(now) ? null : variable(now);
  };
  const atEntry = (term: Term | null) => term && substituteTerm(term, unchanged);
  const own = ctx.assigns === null ? [] : [{ ...ctx.assigns, premise: TRUE, name: null }];
  return [...own, ...ctx.behaviorAssigns].map((frame) => ({
    ...frame,
    premise: substituteFormula(frame.premise, unchanged),
    locations: frame.locations.map((location) => ({
      ...location,
      ranges: location.ranges.map(({ low, high }) => ({ low: atEntry(low), high: atEntry(high) })),
    })),
  }));
}

/** The contract's own text for an array, which a loop can repeat when it means the same there. */
function listedText(ctx: Context, name: string, changed: ReadonlySet<string>): string | null {
  const { assigns } = ctx;
  const contract = ctx.fn.contract?.assigns;
  if (assigns === null || !contract) return null;
  const mine = assigns.locations.filter((location) => location.variable === name);
  const index = contract.terms.findIndex((_, at) => mine.length === 1 && assigns.locations[at] === mine[0]);
  if (index < 0 || contract.terms.length !== assigns.locations.length) return null;
  const used = mine[0]!.ranges.flatMap(({ low, high }) => [low, high]);
  const moves = used.some(
    (term) =>
      term !== null &&
      [...variablesOfTerm(term)].some((one) => changed.has(one) || changed.has(one.slice(4, -6))),
  );
  if (moves) return null;
  const text = contract.locations[index]!;
  if (!changed.has(`${name}#offset`)) return text;
  // The contract speaks of where the pointer led at entry, and in the loop it leads elsewhere.
  const walked = new RegExp(`^${name}\\s*(?=\\[)`);
  return walked.test(text) ? text.replace(walked, `\\at(${name}, Pre)`) : null;
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
