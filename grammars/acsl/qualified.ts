import { type Clause, headOf } from "./clauses.ts";

/** A clause with what its head says beside its kind (ACSL 1.17, 2.4.1 and 2.4.2). */
export interface Qualified {
  /** The named behaviors that `for` lists; none where it binds in all. */
  readonly behaviors: readonly string[];
  /** `check`: proved, and nothing rests on it; `admit`: taken for granted. */
  readonly how: "check" | "admit" | null;
  /** What is left: `requires`, `loop invariant`, `assert`. */
  readonly clause: Clause;
}

/** Reads `for a, b: check loop invariant …` apart. A `check` or `admit` that stands alone is about an assertion. */
export function qualify(whole: Clause): Qualified {
  const [behaviors, clause] = whole.head === "for" ? unfor(whole) : [[], whole];
  const words = clause.head.split(" ");
  const how = words.find((word) => word === "check" || word === "admit") as Qualified["how"] | undefined;
  if (how === undefined) return { behaviors, how: null, clause };
  const head = words.filter((word) => word !== how).join(" ") || "assert";
  return { behaviors, how, clause: { ...clause, head } };
}

function unfor(clause: Clause): [string[], Clause] {
  const colon = clause.body.findIndex(({ image }) => image === ":");
  const inner = clause.body.slice(colon + 1);
  if (colon < 0 || inner.length === 0) return [[], clause];
  const head = headOf(inner, 0);
  const names = clause.body.slice(0, colon).flatMap(({ image }) => (image === "," ? [] : [image]));
  return [names, { ...clause, head, body: inner.slice(head.split(" ").length) }];
}
