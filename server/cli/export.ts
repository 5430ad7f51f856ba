import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { applyVerified } from "../../provers/judge/apply.ts";
import { judgedText } from "../conditions/exchange.ts";
import { obligationScripts, type Script, script } from "../conditions/scripts.ts";
import type { Document, InvariantsTask, LoopTask } from "../engine/task.ts";

import type { Located } from "../tasks/invariants/locate.ts";
import { explainFileError } from "./input.ts";
import type { Messages } from "./messages.ts";
import type { Report } from "./report.ts";

/** Where obligations go, and whether proofs of them are wanted as well. */
export interface ExportRequest {
  readonly directory: string;
  readonly proofs: boolean;
}

/**
 * Writes each obligation of a function as `FILE.FUNCTION.NN.KIND.smt2`: of the text with the answer in it when one was proved, of
 * the text as it stands otherwise. With proofs, cvc5's Alethe proof goes beside each.
 */
export async function exportObligations(
  request: ExportRequest,
  report: Report,
  locate: Locate,
  messages: Messages,
  signal: AbortSignal,
): Promise<void> {
  const { task, document, name } = report.group;
  // What only Frama-C reads has no conditions of ours.
  if (!task || task.kind === "annotations") return;
  const scripts = task.exchange ? exchangeScripts(report, task) : await programScripts(report, task, locate);
  const stem = `${basename(document.file)}.${name.replace(/[^A-Za-z0-9_]+/g, "_")}`;
  try {
    mkdirSync(request.directory, { recursive: true });
    for (const [i, one] of scripts.entries()) {
      const path = join(request.directory, `${stem}.${String(i + 1).padStart(2, "0")}.${one.name.kind}`);
      writeFileSync(`${path}.smt2`, one.text);
      if (request.proofs) await writeProof(path, one, messages, signal);
    }
  } catch (error) {
    messages.fail(`${request.directory}: ${explainFileError(error, "write")}`);
  }
}

/** Reads a text anew. */
type Locate = (document: Document) => Promise<readonly Located<LoopTask>[]>;

async function programScripts({ outcome }: Report, task: InvariantsTask, locate: Locate): Promise<Script[]> {
  if (outcome?.kind !== "proved") return obligationScripts(task.program);
  const applied = applyVerified(task.document.text, outcome.verified);
  if (applied.kind === "stale") return [];
  const { file, version } = task.document;
  const again = await locate({ file, version, text: applied.text });
  const same = again.find((one) => one.kind === "task" && one.task.group === task.group);
  return same?.kind === "task" && same.task.kind === "invariants" ? obligationScripts(same.task.program) : [];
}

/** Without an answer nothing is defined, so there is nothing to ask. */
function exchangeScripts({ outcome }: Report, { exchange }: InvariantsTask): Script[] {
  if (outcome?.kind !== "proved") return [];
  const definitions = outcome.answers.flatMap(({ definition }) => definition ?? []);
  const { preamble, violations } = judgedText(exchange!.problem, definitions);
  return violations.map(({ condition, commands }) => ({
    name: { kind: condition.kind, text: condition.text, loop: null, span: condition.span },
    text: script(condition.text, `${preamble}\n${commands}`),
  }));
}

/** Milliseconds for one proof. */
const PROOF_MS = 20_000;

async function writeProof(
  path: string,
  { name, text }: Script,
  messages: Messages,
  signal: AbortSignal,
): Promise<void> {
  const [{ findCvc5 }, { aletheProof }] = await Promise.all([
    import("../../provers/cvc5/find.ts"),
    import("../../provers/cvc5/proof.ts"),
  ]);
  const found = await findCvc5();
  if (found.kind !== "found") return messages.fail(`--proofs needs cvc5: ${found.message}`);
  const proof = await aletheProof(found, text, { deadlineMs: PROOF_MS, signal });
  if (proof.kind === "none") return messages.say(`${name.text}: no proof (${proof.reason})`);
  writeFileSync(`${path}.alethe`, proof.text);
  if (proof.undefined > 0)
    messages.say(`${name.text}: ${proof.undefined} steps of the proof have no rule in this cvc5's Alethe`);
}
