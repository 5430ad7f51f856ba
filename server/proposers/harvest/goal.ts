import type { Head, Passive } from "../../conditions/passive.ts";
import { asImplication, readable } from "../../program/readable.ts";
import { and, FALSE, type Formula, not, type Term, TRUE, variable } from "../../program/term.ts";
import {
  simplifyFormula,
  sizeOf,
  substituteFormula,
  substituteTerm,
  variablesOf,
  visitFormula,
} from "../../program/traverse.ts";

const LARGEST = 200;

/**
 * What each assertion requires at a loop head from which it is reached without passing another: its weakest precondition over
 * the head's state, as clauses. Where a loop may end at any time this is what its invariant must imply.
 */
export function goalsAtHeads(passive: Passive): Formula[][] {
  return passive.heads.map((head) => (head ? goalsAt(passive, head) : []));
}

function goalsAt(passive: Passive, head: Head): Formula[] {
  const names = new Map<string, string>();
  // Of two that have the same value, one that an annotation can name: `a` behind `a = unknown()`.
  const scope = new Set(passive.program.loops[head.loop]!.scope);
  for (const [name, term] of head.state)
    if (term.kind === "variable" && (scope.has(name) || !names.has(term.name))) names.set(term.name, name);
  const definitions = new Map(passive.definitions.map((one) => [one.name, one]));
  const facts = new Set(passive.facts.map((fact) => fact.name));
  const expander = new Expander(definitions, head, names, facts);
  const found: Formula[] = [];
  for (const use of passive.uses) {
    const violated = expander.formula(and(use.reach, not(use.condition)));
    if (!violated || !expander.throughHead(use.reach)) continue;
    const local = substituteFormula(violated, (name) => {
      const own = names.get(name);
      return own === undefined ? null : variable(own);
    });
    if (![...variablesOf(local)].every((name) => head.state.has(name))) continue;
    const goal = readable(simplifyFormula(not(local)));
    if (goal.kind !== "truth" && sizeOf(goal) <= LARGEST) found.push(...clauses(goal));
  }
  return found;
}

/** Conjuncts of a goal, clauses as implications. */
function clauses(goal: Formula): Formula[] {
  return goal.kind === "and" ? goal.arguments.flatMap(clauses) : [asImplication(goal)];
}

/** Unfolds definitions down to the head's own constants; reaching the head counts as true. */
class Expander {
  readonly #definitions: ReadonlyMap<string, Passive["definitions"][number]>;
  readonly #head: Head;
  readonly #own: ReadonlyMap<string, string>;
  /** What was assumed on the way holds, so it is no part of what remains to be shown. */
  readonly #facts: ReadonlySet<string>;
  /** What the head's own arrival was defined from: places that a path to the head may have passed. */
  readonly #before = new Set<string>();
  #size = 0;

  constructor(
    definitions: ReadonlyMap<string, Passive["definitions"][number]>,
    head: Head,
    own: ReadonlyMap<string, string>,
    facts: ReadonlySet<string>,
  ) {
    this.#facts = facts;
    this.#own = own;
    this.#definitions = definitions;
    this.#head = head;
    this.#passed(head.reach);
  }

  #passed(reach: Formula): void {
    visitFormula(reach, (node) => {
      if (node.kind !== "symbol" || this.#before.has(node.name)) return;
      this.#before.add(node.name);
      const definition = this.#definitions.get(node.name);
      if (definition?.sort === "Bool") this.#passed(definition.value);
    });
  }

  formula(formula: Formula): Formula | null {
    this.#size = 0;
    const unfolded = this.#unfold(formula);
    return this.#size > LARGEST ? null : unfolded;
  }

  /** Whether arriving somewhere supposes that the head was passed. */
  throughHead(reach: Formula): boolean {
    const seen = new Set<string>();
    const visit = (formula: Formula): boolean => {
      if (formula.kind === "symbol") {
        if (formula.name === this.#head.assumed) return true;
        if (seen.has(formula.name)) return false;
        seen.add(formula.name);
        const definition = this.#definitions.get(formula.name);
        return definition?.sort === "Bool" && visit(definition.value);
      }
      if (formula.kind === "and" || formula.kind === "or") return formula.arguments.some(visit);
      return formula.kind === "not" && visit(formula.argument);
    };
    return visit(reach);
  }

  #unfold(formula: Formula): Formula {
    if (++this.#size > LARGEST) return TRUE;
    switch (formula.kind) {
      case "symbol": {
        if (formula.name === this.#head.assumed || this.#facts.has(formula.name)) return TRUE;
        if (this.#head.reach.kind === "symbol" && this.#head.reach.name === formula.name) return TRUE;
        const definition = this.#definitions.get(formula.name);
        if (definition?.sort !== "Bool") return formula;
        // That execution arrives where no path by way of the head leads: it did not.
        if (!this.#before.has(formula.name) && !this.throughHead(formula)) return FALSE;
        return this.#unfold(definition.value);
      }
      case "truth":
        return formula;
      case "compare":
        return { ...formula, left: this.#term(formula.left), right: this.#term(formula.right) };
      case "not":
        return not(this.#unfold(formula.argument));
      case "and":
      case "or":
        return { kind: formula.kind, arguments: formula.arguments.map((one) => this.#unfold(one)) };
      case "forall":
      case "exists":
        return { ...formula, body: this.#unfold(formula.body) };
      case "holds":
        return { ...formula, arguments: formula.arguments.map((one) => this.#term(one)) };
      default:
        return { ...formula, left: this.#unfold(formula.left), right: this.#unfold(formula.right) };
    }
  }

  #term(term: Term): Term {
    if (++this.#size > LARGEST) return term;
    if (term.kind === "choose") {
      return {
        ...term,
        condition: this.#unfold(term.condition),
        then: this.#term(term.then),
        else: this.#term(term.else),
      };
    }
    return substituteTerm(term, (name) => {
      if (this.#own.has(name)) return null;
      const definition = this.#definitions.get(name);
      return definition?.sort === "Int" ? this.#term(definition.value) : null;
    });
  }
}
