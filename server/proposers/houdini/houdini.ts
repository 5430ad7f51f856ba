import type { Candidate } from "../../engine/candidate.ts";
import type { ProposeContext, Proposer } from "../../engine/interfaces.ts";
import { keyOf } from "../../program/key.ts";
import { findVariants } from "./variants.ts";

/** Milliseconds of search after which somebody may want to know how far it is. */
const LONG_MS = 1_000;

/**
 * Houdini over the pool: the largest inductive subset of everybody's atoms. When it gives the goal it is made small and
 * proposed as a whole candidate, with a termination measure for each loop that has an obvious one. When it does not, and the
 * search has been long or this is its `last` turn, it is proposed all the same: the near miss that says what is missing.
 */
export function houdiniProposer(turn: "early" | "last" = "early"): Proposer {
  return {
    name: "houdini",
    kind: "always",
    async *propose(context) {
      const candidate = await strongest(context, turn === "last" || context.budget.elapsedMs > LONG_MS);
      if (candidate) yield candidate;
    },
  };
}

async function strongest(context: ProposeContext, explaining: boolean): Promise<Candidate | null> {
  const { task, findings, checker, signal } = context;
  const pool = findings.pool.map((formulas) => [...formulas]);
  if (pool.every((formulas) => formulas.length === 0)) return null;
  const result = await checker.houdini(pool, signal);
  if (result.kind === "unknown") return null;
  const invariants = pool.map((formulas, loop) => (result.kept[loop] ?? []).map((index) => formulas[index]!));
  const kept = invariants.reduce((sum, formulas) => sum + formulas.length, 0);
  context.note({
    type: "finding",
    text: `${kept} conjuncts are inductive together; the goal is ${result.goal}`,
  });
  findings.lemmas = invariants;
  if (result.goal !== "proved" && context.round === 0) {
    for (const [loop, formulas] of pool.entries()) {
      const kept = new Set(result.kept[loop]);
      findings.wishes[loop]!.push(...formulas.filter((_, index) => !kept.has(index)).slice(0, 12));
    }
  }
  const candidate: Candidate = {
    kind: "tree",
    role: "whole",
    invariants,
    provenance: { proposer: "houdini" },
  };
  if (result.goal !== "proved") {
    const key = keyOf(invariants);
    if (!explaining || result.goal !== "open" || kept === 0 || key === findings.tried) return null;
    findings.tried = key;
    return checker.condense(candidate, signal);
  }
  const small = await checker.simplify(candidate, signal);
  const variants = await findVariants(task.program, small, checker, signal);
  return variants ? { ...small, variants } : small;
}
