import type { Candidate } from "../engine/candidate.ts";
import { not } from "../program/term.ts";
import { sizeOf } from "../program/traverse.ts";
import { type Asker, declare, membersOf } from "./houdini.ts";
import { at } from "./obligations.ts";

/** Milliseconds for one conjunct: what arithmetic alone does not show at once stays. */
const TRY_MS = 100;
/** Milliseconds in all. After that comparisons alone are kept: thousands of case distinctions explain nothing to anybody. */
const MOST_MS = 400;

/**
 * The conjuncts that no others imply at the same loop head; of two that imply each other the shorter stays. They say the same as
 * all of them and are few enough to be read. Nothing is claimed of them: the caller checks what is left like any candidate.
 */
export async function condense(asker: Asker, candidate: Candidate): Promise<Candidate> {
  const members = membersOf(asker.passive, candidate.invariants);
  declare(asker, members);
  const kept = new Set(members);
  const end = performance.now() + MOST_MS;
  for (const member of [...members].sort((left, right) => sizeOf(right.formula) - sizeOf(left.formula))) {
    if (performance.now() > end) {
      if (member.formula.kind !== "compare") kept.delete(member);
      continue;
    }
    const others = [...kept].filter((one) => one !== member && one.loop === member.loop);
    const { assumed, state } = asker.passive.heads[member.loop]!;
    const result = await asker.scoped(() =>
      asker.ask(
        `(and ${assumed} ${asker.refuted(not(at(member.formula, state)))})`,
        others.map((one) => one.literal),
        TRY_MS,
      ),
    );
    if (result.kind === "unsat") kept.delete(member);
  }
  const invariants = candidate.invariants.map((formulas, loop) =>
    formulas.filter((_, index) => [...kept].some((one) => one.loop === loop && one.index === index)),
  );
  return { ...candidate, invariants };
}
