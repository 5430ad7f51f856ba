import { keyOf } from "../program/key.ts";
import type { Axiom, Theory } from "../program/program.ts";
import type { Formula, Term } from "../program/term.ts";
import { substituteFormula, visitFormula } from "../program/traverse.ts";
import { isClosed, matchPattern, patternsOf } from "./patterns.ts";

type Application = Term & { kind: "apply" };

/** How many times what an instance mentions leads to further instances. */
const DEPTH = 3;
/** Most instances of a theory, and as many again for one formula that is to be refuted: what is assumed must not use them all up. */
const MOST = 240;
const MOST_MORE = 120;

/**
 * Instances of a theory's axioms at the applications that formulas mention: recursive definitions are unfolded there some levels
 * deep, and axioms hold there. They follow from the theory, so what is unsatisfiable with them is so with it.
 */
export class Instances {
  readonly #axioms: readonly {
    readonly axiom: Axiom;
    readonly bound: ReadonlySet<string>;
    readonly patterns: readonly (readonly Application[])[];
  }[];
  readonly #terms = new Map<string, { readonly term: Application; readonly depth: number }>();
  readonly #made = new Set<string>();
  #limit = MOST;

  constructor({ axioms }: Theory) {
    this.#axioms = axioms.map((axiom) => ({
      axiom,
      bound: new Set(axiom.variables.map(({ name }) => name)),
      patterns: patternsOf(axiom, "solved"),
    }));
  }

  /** New instances that these formulas call for; each is told once, until `restore`. `asked`: it is them that are to be decided. */
  of(formulas: readonly Formula[], asked = false): Formula[] {
    this.#limit = asked ? Math.max(MOST, this.#made.size + MOST_MORE) : MOST;
    const found: Formula[] = [];
    let fresh = formulas.flatMap((formula) => this.#note(formula, 0));
    while (fresh.length > 0) {
      const next: Application[] = [];
      for (const term of fresh) {
        const { depth } = this.#terms.get(keyOf(term))!;
        if (depth >= DEPTH) continue;
        for (const instance of this.#instancesAt(term)) {
          found.push(instance);
          next.push(...this.#note(instance, depth + 1));
        }
      }
      fresh = next;
    }
    return found;
  }

  /** What is known of now; `restore` goes back to it. */
  state(): { readonly terms: Map<string, { term: Application; depth: number }>; readonly made: Set<string> } {
    return { terms: new Map(this.#terms), made: new Set(this.#made) };
  }

  restore({ terms, made }: ReturnType<Instances["state"]>): void {
    this.#terms.clear();
    for (const [key, value] of terms) this.#terms.set(key, value);
    this.#made.clear();
    for (const key of made) this.#made.add(key);
  }

  #note(formula: Formula, depth: number): Application[] {
    const fresh: Application[] = [];
    visitFormula(formula, (node) => {
      if (node.kind !== "apply" || !isClosed(node)) return;
      const key = keyOf(node);
      if (this.#terms.has(key)) return;
      this.#terms.set(key, { term: node, depth });
      fresh.push(node);
    });
    return fresh;
  }

  /** Instances in whose patterns the term takes part, beside any of the others. */
  *#instancesAt(term: Application): Iterable<Formula> {
    for (const { axiom, bound, patterns } of this.#axioms) {
      for (const pattern of patterns) {
        for (const [place, one] of pattern.entries()) {
          const start = matchPattern(one, term, new Map(), bound);
          if (start === null) continue;
          const rest = pattern.filter((_, index) => index !== place);
          for (const values of this.#completed(rest, start, bound)) {
            if (this.#made.size >= this.#limit) return;
            const instance = substituteFormula(axiom.body, (name) => values.get(name) ?? null);
            const key = keyOf(instance);
            if (this.#made.has(key)) continue;
            this.#made.add(key);
            yield instance;
          }
        }
      }
    }
  }

  *#completed(
    patterns: readonly Application[],
    values: ReadonlyMap<string, Term>,
    bound: ReadonlySet<string>,
  ): Iterable<ReadonlyMap<string, Term>> {
    const [first, ...rest] = patterns;
    if (first === undefined) {
      yield values;
      return;
    }
    for (const { term } of [...this.#terms.values()]) {
      const more = matchPattern(first, term, values, bound);
      if (more !== null) yield* this.#completed(rest, more, bound);
    }
  }
}
