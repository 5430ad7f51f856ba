import type { Proposer } from "../../engine/interfaces.ts";
import { compare, type Formula, integer, plusConstant, type Relation, variable } from "../../program/term.ts";
import { simplifyFormula } from "../../program/traverse.ts";
import { constantsOf, inScope, unboundedNames } from "../harvest/comparisons.ts";
import { atom } from "../harvest/harvest.ts";

const MOST_PARENTS = 24;

/** Near misses changed a little: conjuncts of failed candidates and of the model, with bounds moved and constants made variables. */
export function mutationProposer(): Proposer {
  return {
    name: "mutation",
    kind: "symbolic",
    async *propose({ task, findings }) {
      const { program } = task;
      const constants = constantsOf(program).slice(0, 8);
      for (const loop of program.loops) {
        const scope = new Set(loop.scope);
        const names = unboundedNames(program, loop.id);
        const parents = findings.wishes[loop.id]!.slice(-MOST_PARENTS);
        for (const parent of parents) {
          for (const child of mutants(parent, names, constants)) {
            const simple = simplifyFormula(child);
            if (simple.kind !== "truth" && inScope(simple, scope))
              yield atom(program, loop.id, simple, "mutation");
          }
        }
      }
    },
  };
}

const RELATIONS: readonly Relation[] = ["<=", ">=", "==", "<", ">"];

/** Bounds by one, other relations, parts of conjunctions and disjunctions, constant to variable. */
export function mutants(parent: Formula, names: readonly string[], constants: readonly bigint[]): Formula[] {
  if (parent.kind === "and" || parent.kind === "or") return [...parent.arguments];
  if (parent.kind === "not") return [parent.argument, ...mutants(parent.argument, names, constants)];
  if (parent.kind === "implies") return [parent.left, parent.right];
  if (parent.kind !== "compare") return [];
  const { left, right, relation } = parent;
  const bounds = right.kind === "integer" ? names.map(variable) : constants.map((value) => integer(value));
  return [
    ...RELATIONS.map((other) => compare(other, left, right)),
    compare(relation, left, plusConstant(right, 1)),
    compare(relation, left, plusConstant(right, -1)),
    ...bounds.map((bound) => compare(relation, left, bound)),
  ];
}
