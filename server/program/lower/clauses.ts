import type { AcslClause } from "../../../grammars/acsl/tree.ts";
import type { Clause } from "../program.ts";
import { type Formula, implies, or, TRUE } from "../term.ts";
import { lowerPredicate } from "./annotation.ts";
import type { Context } from "./context.ts";
import type { Place } from "./reader.ts";

/** A clause as a formula; one that is stated for some behaviors binds where one of them applies. */
export function lowerClause(ctx: Context, clause: AcslClause, place: Place): Clause {
  const { predicate, behaviors, text, span } = clause;
  const formula = lowerPredicate(ctx, predicate, place);
  if (behaviors === undefined) return { formula, text, span };
  return {
    formula: implies(appliesIn(ctx, clause, behaviors), formula),
    text: `for ${behaviors.join(", ")}: ${text}`,
    span,
  };
}

function appliesIn(ctx: Context, { span }: AcslClause, behaviors: readonly string[]): Formula {
  const premises = behaviors.map((name): Formula => {
    const known = ctx.fn.contract?.behaviors.find((one) => one.name === name);
    if (known === undefined)
      ctx.unsupported(
        `the contract of \`${ctx.fn.name}\` has no behavior \`${name}\`; name one that it has`,
        span,
      );
    return known?.premise ? lowerPredicate(ctx, known.premise, "statement") : TRUE;
  });
  return or(...premises);
}

/** `assert`, `check` and `admit` between statements; what is taken for granted is listed (soundness.md 4). */
export function lowerAssertion(ctx: Context, clause: AcslClause, how: "check" | "admit" | null): void {
  const { formula, text, span } = lowerClause(ctx, clause, "statement");
  if (how === "admit") admit(ctx, { formula, text, span }, "assume");
  else if (how === "check") check(ctx, { formula, text, span });
  else ctx.assert(formula, "assertion", text, span);
}

/** Proves what nothing behind it relies on. */
export function check(ctx: Context, { formula, text, span }: Clause): void {
  ctx.graph.emit({ kind: "assert", condition: formula, what: "assertion", text, span, check: true });
}

/** Takes a clause for granted, and lists it. */
export function admit(ctx: Context, { formula, text, span }: Clause, because: "assume" | "requires"): void {
  ctx.graph.emit({ kind: "assume", condition: formula, because, span });
  ctx.assume(`admit ${text} at line ${span.line}`);
}
