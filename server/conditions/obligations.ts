import type { ObligationName } from "../engine/verdict.ts";
import type { AssertionKind, Loop, Program } from "../program/program.ts";
import { and, compare, type Formula, integer, not, or, type Term } from "../program/term.ts";
import { substituteFormula, substituteTerm } from "../program/traverse.ts";
import type { Edge, Passive, SymbolicState, Use } from "./passive.ts";

/** One conjunct of an invariant, with the text by which messages call it. */
export interface Conjunct {
  readonly formula: Formula;
  readonly text: string;
}

/** What is claimed of each loop. Existing invariants of the source are part of it: they are proved again, never trusted. */
export interface Claim {
  readonly invariants: readonly (readonly Conjunct[])[];
  readonly variants: readonly (Term | null)[];
}

/** One verification condition: `violated` must be unsatisfiable. */
export interface Obligation {
  readonly name: ObligationName;
  readonly violated: Formula;
  readonly source:
    | { readonly kind: "edge"; readonly edge: Edge }
    | { readonly kind: "use"; readonly use: Use };
}

/** A formula over program variables, read in a symbolic state. */
export function at(formula: Formula, state: SymbolicState): Formula {
  return substituteFormula(formula, (name) => state.get(name)!);
}

/** The conjuncts that the source has already, followed by those of a candidate. */
export function claimOf(
  program: Program,
  candidate: {
    readonly invariants: readonly (readonly Formula[])[];
    readonly variants?: readonly (Term | null)[];
  },
  print: (formula: Formula) => string,
): Claim {
  return {
    invariants: program.loops.map((loop) => [
      ...loop.invariants.map(({ formula, text }) => ({ formula, text })),
      ...(candidate.invariants[loop.id] ?? []).map((formula) => ({ formula, text: print(formula) })),
    ]),
    variants: program.loops.map((loop) => loop.variant?.term ?? candidate.variants?.[loop.id] ?? null),
  };
}

/** All obligations of a claim: initiation, consecution and use, every time (soundness.md 7), in that order. */
export function obligationsOf(passive: Passive, claim: Claim): Obligation[] {
  return [
    ...edgeObligations(passive, claim, "initiation"),
    ...edgeObligations(passive, claim, "consecution"),
    ...passive.uses.map(useObligation),
    ...variantObligations(passive, claim),
  ];
}

function edgeObligations(passive: Passive, claim: Claim, kind: Edge["kind"]): Obligation[] {
  return passive.edges
    .filter((edge) => edge.kind === kind)
    .flatMap((edge) =>
      (claim.invariants[edge.loop] ?? []).map((conjunct): Obligation => {
        const loop = passive.program.loops[edge.loop]!;
        const text = `${kind} of '${conjunct.text}' at the ${describeLoop(loop)}`;
        return {
          name: { kind, text, loop: loop.id, span: loop.span },
          violated: and(edge.reach, not(at(conjunct.formula, edge.state))),
          source: { kind: "edge", edge },
        };
      }),
    );
}

const USES: Readonly<Record<AssertionKind, (text: string) => string>> = {
  assertion: (text) => `assertion '${text}'`,
  ensures: (text) => `postcondition '${text}'`,
  assigns: (text) => `assigns clause: '${text}'`,
  division: (text) => `divisor is not zero in '${text}'`,
  overflow: (text) => `no signed overflow in '${text}'`,
  shift: (text) => `shift is defined in '${text}'`,
  range: (text) => `operand of '${text}' fits its type`,
  initialised: (text) => `'${text}' is initialised before it is read`,
  memory: (text) => `memory access: '${text}'`,
  requires: (text) => `precondition '${text}' of the call`,
  decreases: (text) => `measure of the recursive call: '${text}'`,
};

function useObligation(use: Use): Obligation {
  const { what, text, span } = use.command;
  return {
    name: { kind: "use", text: `${USES[what](text)} at line ${span.line}`, loop: null, span },
    violated: and(use.reach, not(use.condition)),
    source: { kind: "use", use },
  };
}

/** ACSL 2.4.2: when another iteration follows, the measure was not negative at its start and has become smaller. */
function variantObligations(passive: Passive, claim: Claim): Obligation[] {
  return passive.edges.flatMap((edge): Obligation[] => {
    const variant = claim.variants[edge.loop];
    const head = passive.heads[edge.loop];
    if (edge.kind !== "consecution" || !variant || !head) return [];
    const loop = passive.program.loops[edge.loop]!;
    const before = substituteTerm(variant, (name) => head.state.get(name)!);
    const after = substituteTerm(variant, (name) => edge.state.get(name)!);
    const fails = or(compare("<", before, integer(0)), compare(">=", after, before));
    return [
      {
        name: {
          kind: "variant",
          text: `variant of the ${describeLoop(loop)} decreases`,
          loop: loop.id,
          span: loop.span,
        },
        violated: and(edge.reach, fails),
        source: { kind: "edge", edge },
      },
    ];
  });
}

export function describeLoop(loop: Loop): string {
  return `loop at line ${loop.span.line}`;
}
