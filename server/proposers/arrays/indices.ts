import { keyOf } from "../../program/key.ts";
import type { Loop, Program } from "../../program/program.ts";
import { simplifyTerm } from "../../program/simplify.ts";
import { compare, type Formula, plusConstant, type Term, variable } from "../../program/term.ts";
import { variablesOfTerm, visitBlocks, visitFormula, visitProgram } from "../../program/traverse.ts";
import { isFree, shapesIn, zero } from "./shapes.ts";

const MOST_TERMS = 14;

/** What may bound an index: the loop's variables, what the text compares them with, and their neighbours. */
export function indexTerms(program: Program, loop: Loop, everywhere: readonly Formula[]): Term[] {
  const scope = new Set(loop.scope);
  const scalar = (name: string) =>
    program.variables.some((one) => one.name === name && one.array === undefined && one.role !== "pre");
  const indices = indexNames(program);
  const moves = (one: Loop) =>
    one.modified.filter((name) => scope.has(name) && scalar(name) && indices.has(name)).map(variable);
  const moving = moves(loop);
  const limits: Term[] = [];
  for (const formula of everywhere) {
    for (const { bounds } of shapesIn(formula)) limits.push(...bounds.map(({ limit }) => limit));
    visitFormula(formula, (node) => {
      if (node.kind !== "compare" || node.relation === "==" || node.relation === "!=") return;
      for (const [side, other] of [
        [node.left, node.right],
        [node.right, node.left],
      ] as const)
        if (nearTo(side, moving)) limits.push(other);
    });
  }
  const changing = assignedIn(program, loop);
  const fixed = (name: string) => scalar(name) || !changing.has(name);
  const usable = (term: Term) =>
    isFree(term) && [...variablesOfTerm(term)].every((name) => scope.has(name) && fixed(name));
  const outer = program.loops
    .filter((other) => other.id !== loop.id && other.blocks.includes(loop.head))
    .flatMap(moves);
  // Where a loop before this one came to is the border of what it did.
  const earlier = program.loops
    .filter((other) => other.id < loop.id && !other.blocks.includes(loop.head))
    .flatMap(moves)
    .filter((term) => ![...variablesOfTerm(term)].some((name) => loop.modified.includes(name)));
  const all = [
    ...moving,
    ...outer,
    ...computedIndices(program, loop, moving).filter(usable),
    ...limits.map(simplifyTerm).filter(usable).flatMap(withEnd),
    ...earlier,
    ...[...moving, ...outer].flatMap((term) => [1, -1].map((by) => simplifyTerm(plusConstant(term, by)))),
  ];
  const distinctTerms = new Map(all.map((term) => [keyOf(compare("==", term, zero)), term]));
  return [...distinctTerms.values()]
    .filter((term) => term.kind !== "integer" || term.value !== 0n)
    .slice(0, MOST_TERMS);
}

/** One of the variables, or one place from it. */
function nearTo(term: Term, variables: readonly Term[]): boolean {
  const base = isNeighbour(term) && term.left.kind === "variable" ? term.left : term;
  return variables.some(
    (one) => one.kind === "variable" && base.kind === "variable" && one.name === base.name,
  );
}

/** A last index has the end behind it: `n` where a loop goes up to `n - 1`. */
function withEnd(term: Term): Term[] {
  if (term.kind !== "subtract" || !isNeighbour(term)) return [term];
  return [term, simplifyTerm(plusConstant(term, 1))];
}

/** Where the loop reads or writes at a place computed from what moves (`a[n - 1 - i]`, `b[i - m]`): that place, and the one behind it. */
function computedIndices(program: Program, loop: Loop, moving: readonly Term[]): Term[] {
  const names = new Set(moving.flatMap((one) => [...variablesOfTerm(one)]));
  const found: Term[] = [];
  const note = (node: Term | Formula): void => {
    if (node.kind !== "select" && node.kind !== "store") return;
    for (const index of node.indices) {
      const place = simplifyTerm(index);
      if (place.kind === "variable" || place.kind === "integer" || isNeighbour(place)) continue;
      if ([...variablesOfTerm(place)].some((name) => names.has(name)))
        found.push(place, simplifyTerm(plusConstant(place, 1)));
    }
  };
  visitBlocks(
    loop.blocks.map((id) => program.blocks[id]!),
    note,
  );
  return found;
}

/** A variable's neighbour: `i + 1`, `i - 1`. */
export function isNeighbour(term: Term): term is Term & { kind: "add" | "subtract" } {
  return (
    (term.kind === "add" || term.kind === "subtract") &&
    term.left.kind === "variable" &&
    term.right.kind === "integer"
  );
}

/** Variables that index something, or from which an index is computed, or that are compared with such a one. */
export function indexNames(program: Program): Set<string> {
  const names = new Set<string>();
  const related: (readonly [Term, Term])[] = [];
  const note = (node: Term | Formula): void => {
    if (node.kind === "select" || node.kind === "store")
      for (const index of node.indices) for (const name of variablesOfTerm(index)) names.add(name);
    if (node.kind === "compare") related.push([node.left, node.right]);
  };
  visitProgram(program, note);
  for (const { commands } of program.blocks)
    for (const command of commands)
      if (command.kind === "assign") related.push([variable(command.target), command.value]);
  for (let before = -1; before !== names.size; ) {
    before = names.size;
    for (const [left, right] of related) {
      if (!isFree(left) || !isFree(right)) continue;
      const both = [...variablesOfTerm(left), ...variablesOfTerm(right)];
      if (both.some((name) => names.has(name))) for (const name of both) names.add(name);
    }
  }
  return names;
}

/** What a loop's own text changes, also where its invariant has to say of the rest that it stays. */
export function assignedIn(program: Program, loop: Loop): Set<string> {
  const commands = loop.blocks.flatMap((id) => program.blocks[id]!.commands);
  return new Set(
    commands.flatMap((one) => (one.kind === "assign" || one.kind === "havoc" ? [one.target] : [])),
  );
}
