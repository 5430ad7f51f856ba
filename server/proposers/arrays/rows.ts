import type { Program } from "../../program/program.ts";
import { same } from "../../program/simplify.ts";
import { select, type Term, variable } from "../../program/term.ts";
import { visitProgram } from "../../program/traverse.ts";

/** An array along its last index: all of a one-dimensional one, or the member `b->data` of the one structure at hand. */
export interface Row {
  readonly name: string;
  /** Constants before the last index. */
  readonly prefix: readonly Term[];
}

/** Null where the program uses elements of several rows, or of none. */
export function rowOf(program: Program, name: string): Row | null {
  const dimensions = program.variables.find((one) => one.name === name)?.array?.sizes.length;
  if (dimensions === 1) return { name, prefix: [] };
  const prefixes: (readonly Term[])[] = [];
  visitProgram(program, (node) => {
    if ((node.kind === "select" || node.kind === "store") && node.array.kind === "variable")
      if (node.array.name === name && node.indices.length === dimensions)
        prefixes.push(node.indices.slice(0, -1));
  });
  const [first, ...rest] = prefixes;
  if (first === undefined || first.some((term) => term.kind !== "integer")) return null;
  return rest.every((other) => other.every((term, i) => same(term, first[i]!)))
    ? { name, prefix: first }
    : null;
}

export function elementAt({ name, prefix }: Row, index: Term): Term & { kind: "select" } {
  return select(variable(name), ...prefix, index) as Term & { kind: "select" };
}
