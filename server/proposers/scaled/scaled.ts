import { Findings } from "../../engine/findings.ts";
import type { Proposer } from "../../engine/interfaces.ts";
import { needsCells } from "../../program/cells.ts";
import { sampleStates } from "../../program/sample.ts";
import { replaced, scaleOf, withNumbers } from "./scale.ts";

/**
 * A loop that counts to a million enters its second half after more steps than are sampled. Here the program's large numbers are
 * made small ones, others propose for the states of that program, and in what they propose the numbers are made large again.
 */
export function scaledProposer(others: readonly Proposer[]): Proposer {
  return {
    name: "scaled",
    kind: "symbolic",
    async *propose(context) {
      const { task, options, signal, round } = context;
      if (round > 0 || task.program.theory || needsCells(task.program)) return;
      const scale = scaleOf(task.program);
      if (!scale) return;
      const program = withNumbers(task.program, scale.down);
      const { tables, violation } = sampleStates(program, { seed: options.seed, signal });
      // What is small is then something else than what is large.
      if (violation) return;
      const findings = new Findings(program.loops.length, tables);
      for (const other of others) {
        const proposals = other.propose({ ...context, task: { ...task, program }, findings });
        for await (const proposal of proposals) {
          if (proposal.kind !== "tree" || proposal.role !== "atom") continue;
          const invariants = replaced(proposal.invariants, scale.up);
          yield { ...proposal, invariants, provenance: { proposer: "scaled" } };
        }
      }
    },
  };
}
