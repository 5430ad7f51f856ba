import type { RefutingRun, RunJudgement } from "../../server/engine/interfaces.ts";
import type { InvariantsTask } from "../../server/engine/task.ts";
import { cellProgram } from "../../server/program/cells.ts";
import { toCounterexample } from "../../server/program/counterexample.ts";
import { replay } from "../../server/program/replay.ts";
import { inputsOf } from "../../server/program/run.ts";

/**
 * Replays a run exactly, from the entry. It refutes when every precondition and assumption on the way was met and an assertion,
 * or an invariant that stands in the source, was false (soundness.md 8). Inputs that an assertion's failure leaves unread stay out.
 */
export function confirmRun(task: InvariantsTask, run: RefutingRun): RunJudgement {
  if (task.program.callees !== undefined) {
    const names = task.program.callees.join(", ");
    return {
      kind: "rejected",
      reason: `a run would have to go through ${names}, of which only the contract is read`,
    };
  }
  const { program } = cellProgram(task.program);
  const invariants = program.loops.map((loop) => loop.invariants.map((clause) => clause.formula));
  const first = replay(program, run.inputs, { invariants });
  const replayed = replay(program, inputsOf(first), { invariants });
  const { outcome } = replayed;
  if (outcome.kind !== "violated" && outcome.kind !== "invariant") {
    return {
      kind: "rejected",
      reason: `the run does not break anything when replayed: it ended as ${outcome.kind}`,
    };
  }
  const counterexample = toCounterexample(program, replayed);
  const loop = outcome.kind === "invariant" ? outcome.loop : null;
  const initial = replayed.heads.at(-1)?.iteration === 0;
  const kind = loop === null ? "use" : initial ? "initiation" : "consecution";
  const { violated: text, span } = counterexample;
  return { kind: "confirmed", obligation: { kind, text, loop, span }, counterexample };
}
