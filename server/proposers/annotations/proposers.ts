import type { AnnotationsCandidate } from "../../engine/candidate.ts";
import type { Proposer } from "../../engine/interfaces.ts";
import type { AnnotationsTask } from "../../engine/task.ts";
import { assignedBy } from "../../tasks/annotations/assigns.ts";
import { presentIn } from "../../tasks/annotations/edit.ts";
import { atom } from "../../tasks/annotations/parse.ts";
import { harvestAtoms } from "./harvest.ts";
import { measures } from "./measures.ts";

/** Invariants that are tried at once; each costs two goals. */
const MOST = 48;

/** The text as it stands, for `verify`: not even what its loops assign is added. */
export function asWrittenProposer(): Proposer<"annotations"> {
  return {
    name: "source",
    kind: "always",
    async *propose({ task, round }) {
      if (round === 0) yield whole(task, "source", () => [], false);
    },
  };
}

/** The text's own invariants with what the loops assign and a measure, where every loop has some invariant already. */
export function completedProposer(): Proposer<"annotations"> {
  return {
    name: "source",
    kind: "always",
    async *propose({ task, round }) {
      if (round > 0) return;
      const annotated = task.loops.every((loop) =>
        presentIn(task.document.text, loop).kinds.has("invariant"),
      );
      if (annotated) yield whole(task, "source", () => [], true);
    },
  };
}

/** Comparisons and postconditions of the text, as atoms. */
export function textHarvestProposer(): Proposer<"annotations"> {
  return {
    name: "harvest",
    kind: "symbolic",
    async *propose({ task, round }) {
      if (round > 0) return;
      for (const loop of task.loops)
        for (const text of harvestAtoms(task, loop)) yield atom(task, loop.id, text, { proposer: "harvest" });
    },
  };
}

/** The pool's clauses that hold together, and of them few that are enough. */
export function textHoudiniProposer(): Proposer<"annotations"> {
  let tried = "";
  return {
    name: "houdini",
    kind: "always",
    async *propose({ task, findings, checker, signal }) {
      const pool = whole(task, "houdini", (loop) => findings.pool[loop]!.slice(0, MOST), true);
      const key = JSON.stringify([task.document.text, task.group, pool.invariants]);
      if (key === tried) return;
      tried = key;
      const result = await checker.houdini(pool, signal);
      if (result.kind === "failed") {
        if (result.hopeless) findings.hopeless = result.reason;
        findings.miss({
          proposer: "houdini",
          invariants: [],
          verdict: { kind: "unknown", reason: result.reason, refused: result.refused },
        });
        return;
      }
      const { kept } = result;
      const verdict = await checker.check(kept, signal);
      yield verdict.kind === "proved" ? await checker.simplify(kept, signal) : kept;
    },
  };
}

function whole(
  task: AnnotationsTask,
  proposer: string,
  invariants: (loop: number) => readonly string[],
  completes: boolean,
): AnnotationsCandidate {
  const { text } = task.document;
  return {
    kind: "tree",
    role: "whole",
    invariants: task.loops.map(({ id }) => invariants(id)),
    assigns: task.loops.map((loop) => (completes ? (assignedBy(text, loop)?.near ?? null) : null)),
    variants: task.loops.map((loop) => (completes ? (measures(task, loop)[0] ?? null) : null)),
    provenance: { proposer },
  };
}
