import { lazyChecker } from "../../../server/conditions/lazy.ts";
import { Budget } from "../../../server/engine/budget.ts";
import { Findings } from "../../../server/engine/findings.ts";
import type { Proposer } from "../../../server/engine/interfaces.ts";
import { defaultOptions } from "../../../server/engine/options.ts";
import type { InvariantsTask } from "../../../server/engine/task.ts";
import { printConjunct } from "../../../server/tasks/invariants/show.ts";
import { partsWith } from "../engine/parts.ts";

/** Asks a proposer once, with a real checker: what it proposes as a person reads it, and what it told. */
export async function propose(
  proposer: Proposer,
  task: InvariantsTask,
  prepare: (findings: Findings) => void = () => {},
  round = 0,
) {
  const { signal } = new AbortController();
  const budget = new Budget(defaultOptions);
  const findings = new Findings(task.program.loops.length);
  prepare(findings);
  const parts = await partsWith([]);
  const checker = lazyChecker(async () => parts.openChecker(task, budget, signal, () => {}));
  const notes: string[] = [];
  const texts: string[] = [];
  const runs: unknown[] = [];
  try {
    for await (const one of proposer.propose({
      task,
      options: defaultOptions,
      findings,
      checker,
      budget,
      signal,
      round,
      note: (event) => {
        notes.push(String("message" in event ? event.message : "text" in event ? event.text : event.type));
      },
    })) {
      if (one.kind === "run") runs.push(one.inputs);
      else if (one.kind === "text") texts.push(one.text);
      else texts.push(...one.invariants.flat().map((formula) => printConjunct(task, formula)));
    }
  } finally {
    await checker.close();
  }
  return { texts, runs, notes, findings, budget };
}
