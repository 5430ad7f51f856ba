import { simplifyTerm } from "../../program/simplify.ts";
import { plusConstant, type Term, variable } from "../../program/term.ts";
import type { Bound, Shape } from "./shapes.ts";

/** The bounds as they are, and with one or two of them moved. */
export function* movedBounds(
  shape: Shape,
  terms: readonly Term[],
  breadth: "few" | "all",
): Generator<readonly Bound[]> {
  const { bounds } = shape;
  yield bounds;
  // `0 <= i < j < n` bounds each on one side: the pairs seen so far are those whose first is before the loop's own variable, or, from
  // behind, whose second is after it.
  for (const name of shape.variables) {
    const bounded = variable(name);
    const own = bounds.filter((one) => one.bounded.kind === "variable" && one.bounded.name === name);
    if (!own.some(isUpper)) for (const limit of terms) yield [...bounds, { bounded, relation: "<", limit }];
    if (own.every(isUpper)) for (const limit of terms) yield [...bounds, { bounded, relation: ">", limit }];
  }
  for (const [place, bound] of bounds.entries()) {
    for (const limit of terms) {
      const one = bounds.with(place, { ...bound, limit });
      yield one;
      // `k < n - 1` of neighbours, `k <= n - m`: as far behind the loop's variable, or up to it.
      const behind = offsetOf(bound.limit);
      if (behind !== 0n)
        yield bounds.with(place, { ...bound, limit: simplifyTerm(plusConstant(limit, behind)) });
      else if (bound.relation === "<=") yield bounds.with(place, { ...bound, relation: "<", limit });
      if (breadth === "few") continue;
      for (const [second, other] of bounds.entries()) {
        if (second <= place) continue;
        for (const again of terms) if (again !== limit) yield one.with(second, { ...other, limit: again });
      }
    }
  }
}

/** What is added to a limit at its end: -1 in `n - 1`. */
function offsetOf(limit: Term): bigint {
  if ((limit.kind !== "add" && limit.kind !== "subtract") || limit.right.kind !== "integer") return 0n;
  return limit.kind === "add" ? limit.right.value : -limit.right.value;
}

export function isUpper({ relation }: Bound): boolean {
  return relation === "<" || relation === "<=";
}
