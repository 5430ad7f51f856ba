import { preName } from "../../program/lower/reader.ts";
import type { Block, Loop, Program } from "../../program/program.ts";
import { same, simplifyFormula } from "../../program/simplify.ts";
import { compare, type Formula, not, plusConstant, select, type Term, variable } from "../../program/term.ts";
import { substituteTerm, variablesOf, variablesOfTerm } from "../../program/traverse.ts";
import { type Row, rowOf } from "./rows.ts";
import { elementsIn, withIndex } from "./shapes.ts";

/** Statements about one index, from what the loop's body does at it. */
export interface Body {
  /** The variable of the loop that is the index there. */
  readonly index: string;
  readonly at: (k: Term) => Formula;
}

/**
 * What the body of a loop says of the elements it passes: the comparisons that its branches make of them, either way, and that
 * what it stored is there. Values that the loop itself changes are meant as they were at entry.
 */
export function bodiesOf(program: Program, loop: Loop): Body[] {
  const blocks = loop.blocks.map((id) => program.blocks[id]!);
  const scope = new Set(loop.scope);
  const indices = program.variables.filter(
    (one) => one.array === undefined && loop.modified.includes(one.name),
  );
  const formulas = [...branchesOf(blocks), ...storesOf(program, blocks)];
  const found: Body[] = [];
  for (const formula of formulas) {
    for (const { name } of indices) {
      if ([...variablesOf(formula)].some((one) => one !== name && !scope.has(one))) continue;
      const indices = elementsIn(formula).flatMap((one) => one.indices);
      for (const from of new Set(indices.map((index) => distanceFrom(index, name)))) {
        if (from === null) continue;
        for (const one of [formula, not(formula)])
          found.push({ index: name, at: (k) => simplifyFormula(withIndex(one, name, moved(k, -from))) });
      }
    }
  }
  return found;
}

/** 0 for `i`, -1 for `i - 1`; null for what is not so near to the variable. */
function distanceFrom(index: Term, name: string): bigint | null {
  if (index.kind === "variable") return index.name === name ? 0n : null;
  if (index.kind !== "add" && index.kind !== "subtract") return null;
  const { left, right } = index;
  if (left.kind !== "variable" || left.name !== name || right.kind !== "integer") return null;
  return index.kind === "add" ? right.value : -right.value;
}

function moved(term: Term, by: bigint): Term {
  return by === 0n ? term : plusConstant(term, by);
}

function branchesOf(blocks: readonly Block[]): Formula[] {
  return blocks.flatMap(({ jump }) => {
    if (jump.kind !== "branch") return [];
    const { condition } = jump;
    return condition.kind === "and" || condition.kind === "or"
      ? [condition, ...condition.arguments]
      : [condition];
  });
}

/** `a[i] == e` for each `a[i] = e`; elements on the right are as they were at entry where the function changes them. */
function storesOf(program: Program, blocks: readonly Block[]): Formula[] {
  const entry = entryValues(program);
  const held = valuesHeld(program, blocks);
  const atEntry = (term: Term) =>
    substituteTerm(term, (name) => {
      const before = entry.get(name);
      return before === undefined ? null : variable(before);
    });
  return blocks.flatMap(({ commands }) =>
    commands.flatMap((command): Formula[] => {
      if (command.kind !== "assign" || command.value.kind !== "store") return [];
      const { indices, value } = command.value;
      const element = select(variable(command.target), ...indices);
      const plain = compare("==", element, value);
      const before = compare("==", element, atEntry(value));
      const read = substituteTerm(value, (name) => held.get(name) ?? null);
      if (same(read, value)) return [plain, before];
      return [plain, before, compare("==", element, read), compare("==", element, atEntry(read))];
    }),
  );
}

/** What a loop's own variables hold that are assigned once in it, and that its invariants cannot name: `t = a[i]` of a swap. */
function valuesHeld(program: Program, blocks: readonly Block[]): Map<string, Term> {
  const found = new Map<string, Term | null>();
  for (const { commands } of blocks)
    for (const command of commands) {
      if (command.kind !== "assign" && command.kind !== "havoc") continue;
      const first = command.kind === "assign" && !found.has(command.target);
      found.set(command.target, first && !isStore(command.value) ? command.value : null);
    }
  const locals = new Set(
    program.variables.filter(({ role }) => role !== "parameter").map(({ name }) => name),
  );
  const held = new Map<string, Term>();
  for (const [name, value] of found)
    if (value !== null && locals.has(name) && !variablesOfTerm(value).has(name)) held.set(name, value);
  return held;
}

function isStore(term: Term): boolean {
  return term.kind === "store";
}

/**
 * By array, the one that holds what was in it at first: its value at the function's entry where annotations have a name for that, else
 * another that is made equal to it.
 */
function entryValues(program: Program): Map<string, string> {
  const arrays = program.variables.filter(({ array }) => array !== undefined);
  const known = new Set(arrays.map(({ name }) => name));
  const found = new Map<string, string>();
  const looping = new Set(program.loops.flatMap(({ blocks }) => blocks));
  for (const { id, commands } of program.blocks) {
    if (looping.has(id)) continue;
    for (const command of commands) {
      if (command.kind !== "assign" || command.value.kind !== "variable") continue;
      const { target, value } = command;
      if (!known.has(target) || !known.has(value.name) || target === value.name) continue;
      found.set(target, value.name);
      found.set(value.name, target);
    }
  }
  for (const { name } of arrays) if (known.has(preName(name))) found.set(name, preName(name));
  return found;
}

/** Arrays that a loop changes along one index, with their value at the function's entry where annotations have a name for it. */
export function changedArrays(
  program: Program,
  loop: Loop,
): { readonly row: Row; readonly before: Row | null }[] {
  const entry = entryValues(program);
  return program.variables.flatMap(({ name, array }) => {
    if (array === undefined || !loop.modified.includes(name) || !loop.scope.includes(name)) return [];
    const row = rowOf(program, name);
    const before = entry.get(name);
    return row ? [{ row, before: before === undefined ? null : { ...row, name: before } }] : [];
  });
}
