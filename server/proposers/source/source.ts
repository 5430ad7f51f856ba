import type { Proposer } from "../../engine/interfaces.ts";

/** The text as it stands: when the source's own invariants are enough, nothing needs to be suggested. */
export function sourceProposer(): Proposer {
  return {
    name: "source",
    kind: "always",
    async *propose({ task, round }) {
      if (round > 0) return;
      yield {
        kind: "tree",
        role: "whole",
        invariants: task.program.loops.map(() => []),
        provenance: { proposer: "source" },
      };
    },
  };
}
