import { keyOf } from "../program/key.ts";
import { simplifyTerm } from "../program/simplify.ts";
import { and, compare, type Formula, or, type Term, variable } from "../program/term.ts";
import { isQuantified, substituteFormula, visitFormula } from "../program/traverse.ts";
import { indexTerms, isIndex } from "./indices.ts";
import { Instances } from "./instances.ts";
import type { Passive } from "./passive.ts";
import { smtFormula } from "./smtlib.ts";

/** Most index terms, and most instances of one quantifier. */
const MOST_TERMS = 24;
const MOST_INSTANCES = 260;
/** Skolem constants that all refuted formulas share: of a disjunction only one has to be true. */
const SHARED = 3;
/** Most indices that candidates add. */
const MOST_MENTIONED = 8;
/** Witnesses that are tried of an existential quantifier with a universal one in it: each makes constants of its own. */
const MOST_WITNESSES = 49;
/** Constants that one formula may bring beside the shared ones if what was assumed before is to be assumed of them, too. */
const MOST_LATE = 200;

/**
 * Conditions without quantifiers (after Bradley, Manna and Sipma, "What's decidable about arrays?", VMCAI 2006): what is assumed
 * of all indices is assumed of the indices that the conditions mention, and what is to be refuted gets Skolem constants. What is
 * unsatisfiable so is unsatisfiable with the quantifiers, since instances follow from them; a model may be a model of the
 * instances alone, so `sat` only ever drops a candidate.
 */
export class Grounding {
  #terms: Term[];
  #keys = new Set<string>();
  readonly #fresh: string[] = [];
  readonly #axioms: Instances | null;
  /** Instances of axioms that no query has been told of yet. */
  #pending: string[] = [];
  /** What was assumed of all indices so far: a constant that is made later is one of them. */
  #general: Formula[] = [];
  #count = 0;
  /** Witnesses of what was assumed of each index: with them in turn as indices, two such statements would never end. */
  readonly #derived = new Set<string>();
  #instantiating = 0;

  constructor(passive: Passive) {
    const { theory } = passive.program;
    this.#axioms = theory === undefined ? null : new Instances(theory);
    this.#terms = [];
    for (let index = 0; index < SHARED; index++) {
      const name = `skolem_${index}`;
      this.#fresh.push(name);
      this.#add(variable(name));
    }
    for (const term of indexTerms(passive)) {
      if (this.#terms.length >= MOST_TERMS) break;
      this.#add(term);
    }
  }

  /** Declarations of the constants made since the last call, and the instances of axioms that were called for. */
  declarations(): string {
    return this.parts().join("\n");
  }

  /** The same apart. */
  parts(): readonly [string, string] {
    const constants = this.#fresh.splice(0).map((name) => `(declare-const ${name} Int)`);
    return [constants.join("\n"), this.#pending.splice(0).join("\n")];
  }

  /** Calls for the instances of axioms that the definitions of the conditions need, which have been told by now. */
  definitions({ definitions, facts }: Passive): void {
    this.#instantiate(
      definitions.map((one) => (one.sort === "Bool" ? one.value : compare("==", one.value, one.value))),
    );
    this.#instantiate(facts.map(({ implies }) => this.#ground(implies, true, null)));
  }

  #instantiate(formulas: readonly Formula[], asked = false): void {
    for (const instance of this.#axioms?.of(formulas, asked) ?? [])
      this.#pending.push(`(assert ${smtFormula(this.assumed(instance))})`);
  }

  /** Forgets the constants made while `work` runs, whose declarations its scope takes with it. */
  async within<Result>(work: () => Promise<Result>): Promise<Result> {
    const [terms, keys, general] = [[...this.#terms], new Set(this.#keys), [...this.#general]];
    const instances = this.#axioms?.state();
    try {
      return await work();
    } finally {
      this.#terms = terms;
      this.#keys = keys;
      this.#general = general;
      if (instances) this.#axioms!.restore(instances);
    }
  }

  /** Elements that conditions to come mention are indices, too: to be told before what is assumed of all indices. */
  mention(formulas: readonly Formula[]): void {
    const most = this.#terms.length + MOST_MENTIONED;
    for (const formula of formulas)
      visitFormula(formula, (node) => {
        if (node.kind !== "select") return;
        for (const index of node.indices) {
          const simple = simplifyTerm(index);
          if (this.#terms.length < most && isIndex(simple)) this.#add(simple);
        }
      });
  }

  /** A formula that follows from this one, which the caller asserts as it stands. */
  assumed(formula: Formula): Formula {
    if (!isQuantified(formula)) {
      this.#instantiate([formula]);
      return formula;
    }
    this.#general.push(formula);
    const ground = this.#ground(formula, true, null);
    this.#instantiate([ground]);
    return ground;
  }

  /** A formula that is satisfiable where this one is; the Skolem constants in it are shared with every other call. */
  refuted(formula: Formula): Formula {
    const before = this.#count;
    const ground = isQuantified(formula) ? this.#ground(formula, true, { next: 0 }) : formula;
    this.#instantiate([ground], true);
    if (this.#count > before && this.#count - before <= MOST_LATE) this.#late(before);
    return ground;
  }

  /** What was assumed of all indices, of the constants that were made since: a goal that something exists such that all … brings them. */
  #late(before: number): void {
    const made = Array.from({ length: this.#count - before }, (_, index) =>
      variable(`skolem!${before + index}`),
    );
    for (const formula of this.#general) {
      const instance = atEach(formula, made);
      if (instance === null) continue;
      this.#instantiate([instance]);
      this.#pending.push(`(assert ${smtFormula(instance)})`);
    }
  }

  /** `positive`: whether the formula or its negation is what holds. `shared`: Skolem constants to take, in order. */
  #ground(formula: Formula, positive: boolean, shared: { next: number } | null): Formula {
    const go = (inner: Formula, sign = positive) => this.#ground(inner, sign, shared);
    switch (formula.kind) {
      case "not":
        return { kind: "not", argument: go(formula.argument, !positive) };
      case "and":
      case "or": {
        // One disjunct is true, so all may use the same constants.
        const alternatives = (formula.kind === "or") === positive;
        const start = shared?.next ?? 0;
        let most = start;
        const parts = formula.arguments.map((part) => {
          if (shared !== null && alternatives) shared.next = start;
          const grounded = go(part);
          most = Math.max(most, shared?.next ?? 0);
          return grounded;
        });
        if (shared !== null) shared.next = most;
        return { kind: formula.kind, arguments: parts };
      }
      case "implies":
        return { kind: "implies", left: go(formula.left, !positive), right: go(formula.right) };
      case "iff": {
        if (!isQuantified(formula)) return formula;
        const { left, right } = formula;
        return go(and({ kind: "implies", left, right }, { kind: "implies", left: right, right: left }));
      }
      case "forall":
      case "exists":
        return (formula.kind === "forall") === positive
          ? this.#instances(formula, positive, shared)
          : this.#skolemised(formula, positive, shared);
      default:
        return formula;
    }
  }

  #instances(
    formula: Formula & { kind: "forall" | "exists" },
    positive: boolean,
    shared: { next: number } | null,
  ): Formula {
    const { variables, body } = formula;
    const witness = shared !== null && alternates(formula);
    const limit = witness ? MOST_WITNESSES : MOST_INSTANCES;
    const most = Math.max(2, Math.floor(limit ** (1 / variables.length)));
    const fits = witness ? isOfProgram : (term: Term) => !this.#isDerived(term);
    const terms = (isQuantified(body) ? this.#terms.filter(fits) : this.#terms).slice(0, most);
    let partial: Formula[] = [body];
    for (const name of variables) {
      partial = partial.flatMap((one) =>
        terms.map((term) => substituteFormula(one, (other) => (other === name ? term : null))),
      );
    }
    this.#instantiating++;
    const instances = partial.map((one) => this.#ground(one, positive, shared));
    this.#instantiating--;
    return formula.kind === "forall" ? and(...instances) : or(...instances);
  }

  #skolemised(
    formula: Formula & { kind: "forall" | "exists" },
    positive: boolean,
    shared: { next: number } | null,
  ): Formula {
    const constants = new Map(
      formula.variables.map((name) => [name, variable(this.#skolem(shared))] as const),
    );
    const body = substituteFormula(formula.body, (name) => constants.get(name) ?? null);
    return this.#ground(body, positive, shared);
  }

  #skolem(shared: { next: number } | null): string {
    if (shared !== null && shared.next < SHARED) return `skolem_${shared.next++}`;
    const name = `skolem!${this.#count++}`;
    this.#fresh.push(name);
    if (this.#instantiating > 0) this.#derived.add(name);
    this.#add(variable(name));
    return name;
  }

  #isDerived(term: Term): boolean {
    return term.kind === "variable" && this.#derived.has(term.name);
  }

  #add(term: Term): void {
    const key = keyOf(term);
    if (this.#keys.has(key)) return;
    this.#keys.add(key);
    // A witness comes before what the conditions mention anyway.
    if (term.kind === "variable" && term.name.startsWith("skolem!") && !this.#derived.has(term.name))
      this.#terms.splice(SHARED, 0, term);
    else this.#terms.push(term);
  }
}

/** True when instances of the quantifier make constants each: `\exists m; \forall k; …` as a goal. */
function alternates(formula: Formula & { kind: "forall" | "exists" }): boolean {
  let found = false;
  visitFormula(formula.body, (node) => {
    if ((node.kind === "forall" || node.kind === "exists") && node.kind !== formula.kind) found = true;
  });
  return found;
}

/** A term of the conditions, no Skolem constant. */
function isOfProgram(term: Term): boolean {
  return term.kind !== "variable" || !term.name.startsWith("skolem");
}

/** What a statement about all of one index, under premises, says at these terms; null for another formula. */
function atEach(formula: Formula, terms: readonly Term[]): Formula | null {
  if (formula.kind === "implies" && !isQuantified(formula.left)) {
    const right = atEach(formula.right, terms);
    return right === null ? null : { ...formula, right };
  }
  if (formula.kind !== "forall" || formula.variables.length !== 1 || isQuantified(formula.body)) return null;
  const [name] = formula.variables;
  return and(
    ...terms.map((term) => substituteFormula(formula.body, (other) => (other === name ? term : null))),
  );
}
