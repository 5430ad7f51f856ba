import type { Premise } from "../../../../server/search/session.ts";
import type { Position } from "../../../../server/search/source.ts";

/** A state with one goal, as a source sees it; hypotheses as `H : P`. */
export function positionOf({
  goal,
  hypotheses = [],
  script = [],
  relevant = [],
}: {
  goal: string;
  hypotheses?: readonly string[];
  script?: readonly string[];
  relevant?: readonly Premise[];
}): Position {
  const read = hypotheses.map((text) => {
    const [names, ...type] = text.split(" : ");
    return { names: names!.split(", "), type: type.join(" : "), body: null };
  });
  const first = { name: null, hypotheses: read, conclusion: goal };
  return {
    goals: [first],
    goal: first,
    depth: script.length,
    script,
    last: script.at(-1) ?? null,
    failures: [],
    relevant,
  };
}
