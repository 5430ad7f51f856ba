import type { Program } from "../../program/program.ts";
import {
  compare,
  type Formula,
  integer,
  not,
  plusConstant,
  type Relation,
  type Term,
} from "../../program/term.ts";
import { variablesOf, visitFormula, visitTerm } from "../../program/traverse.ts";

/** Every comparison that the function's text makes: guards, branches, assumptions, assertions, contract. */
export function comparisonsOf(program: Program): Extract<Formula, { kind: "compare" }>[] {
  const found: Extract<Formula, { kind: "compare" }>[] = [];
  for (const formula of formulasOf(program)) {
    visitFormula(formula, (node) => {
      if (node.kind === "compare" && isClosed(node)) found.push(node);
    });
  }
  return found;
}

/** No variable in it belongs to a quantifier around it. */
function isClosed(formula: Formula): boolean {
  let closed = true;
  visitFormula(formula, (node) => {
    if (node.kind === "variable" && node.name.startsWith("?")) closed = false;
  });
  return closed;
}

/** Every formula of the function's text. */
export function formulasOf(program: Program): Formula[] {
  const own = program.loops.flatMap((loop) => loop.invariants.map((clause) => clause.formula));
  const blocks = program.blocks.flatMap((block) => [
    ...(block.jump.kind === "branch" ? [block.jump.condition] : []),
    ...block.commands.flatMap((command) => ("condition" in command ? [command.condition] : [])),
  ]);
  return [...blocks, ...own];
}

/** Integer constants of the function's text, its own small neighbours included, the smallest first. */
export function constantsOf(program: Program): bigint[] {
  const found = new Set<bigint>([0n, 1n]);
  const note = (term: Term): void =>
    visitTerm(term, (node) => {
      if (node.kind === "integer") found.add(node.value);
    });
  for (const formula of formulasOf(program)) {
    visitFormula(formula, (node) => {
      if (node.kind === "integer") found.add(node.value);
    });
  }
  for (const block of program.blocks) {
    for (const command of block.commands) if (command.kind === "assign") note(command.value);
  }
  const sorted = [...found].sort((a, b) => Number(magnitude(a) - magnitude(b)));
  return sorted.slice(0, 24);
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

const RELATIONS: readonly Relation[] = ["<=", ">=", "<", ">", "==", "!="];

/** A comparison with its relation and its bound moved by one: what a person tries first. */
export function neighboursOf(atom: Extract<Formula, { kind: "compare" }>): Formula[] {
  const minusOne: Term = { kind: "subtract", left: atom.right, right: integer(1) };
  return [
    ...RELATIONS.map((relation) => compare(relation, atom.left, atom.right)),
    compare("<=", atom.left, plusConstant(atom.right, 1)),
    compare(">=", atom.left, minusOne),
  ];
}

/** Formulas that an annotation of the loop may state: all variables in its scope, no machine arithmetic inside. */
export function inScope(formula: Formula, scope: ReadonlySet<string>): boolean {
  for (const name of variablesOf(formula)) if (!scope.has(name)) return false;
  let plain = true;
  visitFormula(formula, (node) => {
    if (node.kind === "symbol" || node.kind === "store" || node.kind === "filled") plain = false;
  });
  return plain;
}

/** The guard and its negation, where the loop has a pure guard. */
export function guardsOf(program: Program, loop: number): Formula[] {
  const { guard } = program.loops[loop]!;
  return guard ? [guard, not(guard)] : [];
}

/** Variables of the loop's scope that count or index something: of `int`'s rank or more. What a smaller type allows says enough. */
export function unboundedNames(program: Program, loop: number): string[] {
  const scope = new Set(program.loops[loop]!.scope);
  return program.variables
    .filter(({ name, array, text }) => scope.has(name) && array === undefined && text !== null)
    .filter(({ type }) => type.rank >= 3)
    .map((one) => one.name);
}
