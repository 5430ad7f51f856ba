import { createHash } from "node:crypto";
import { isFoundation } from "../../../provers/lean/axioms.ts";
import { addFillEvent, fillOutcome, startFillReport } from "../../cli/fill-report.ts";
import { defaultOptions } from "../../engine/options.ts";
import type { Document, ProofHoleTask } from "../../engine/task.ts";
import { applyVerified } from "../../wiring.ts";
import { openProofs, type ProofTouchstone } from "../../wiring-proofs.ts";
import type { GroupOutcome, ReadGroup, RunRequest, RunSettings } from "./messages.ts";
import { type Listener, WrongRequest } from "./request.ts";

/** Fills the holes of a document's proofs: the counterpart of suggesting for files of proof assistants. */
export class Fill {
  #open: { readonly key: string; readonly proofs: Promise<ProofTouchstone> } | null = null;

  async run(request: RunRequest, listener: Listener, signal: AbortSignal): Promise<void> {
    const { file, text, version } = request.document;
    const document: Document = { file, text, version };
    const { language } = request.document;
    if (language === "c") throw new WrongRequest(`${file}: there are no proof holes in C`);
    const proofs = await this.#proofs(request.settings, language);
    const tasks = wanted(proofs, document, request.lines);
    for (const task of tasks) {
      signal.throwIfAborted();
      let report = startFillReport(task);
      for await (const event of proofs.run(task, signal)) {
        report = addFillEvent(report, event);
        listener.event(event);
      }
      signal.throwIfAborted();
      const outcome = outcomeOf(text, fillOutcome(report));
      listener.result({ ...readTask(task), task: "fill", version, outcome, counts: report.counts });
    }
  }

  async forget(): Promise<void> {
    const open = this.#open;
    this.#open = null;
    await (await open?.proofs.catch(() => null))?.close();
  }

  async #proofs(settings: RunSettings, language: ProofHoleTask["language"]): Promise<ProofTouchstone> {
    const key = JSON.stringify([language, settings]);
    if (this.#open?.key !== key) {
      await this.forget();
      const { model, embeddingModel, offline, timeoutMs, seed, only, without } = settings;
      const options = { ...defaultOptions, timeoutMs, seed, only, without };
      this.#open = {
        key,
        proofs: openProofs(
          {
            model: model ?? undefined,
            embeddingModel: embeddingModel ?? undefined,
            offline,
            options,
          },
          language,
        ),
      };
    }
    try {
      return await this.#open.proofs;
    } catch (error) {
      this.#open = null;
      if (error instanceof Error && error.name === "ProverMissing") throw new WrongRequest(error.message);
      throw error;
    }
  }
}

/** The theorems with holes that the lines mean; all of them without lines. */
function wanted(
  proofs: ProofTouchstone,
  document: Document,
  lines: readonly number[] | null,
): ProofHoleTask[] {
  const located = proofs.locate(document);
  const tasks = located.flatMap((one) => (one.kind === "task" ? [one.task] : []));
  if (tasks.length === 0) {
    const [problem] = located.flatMap((one) => (one.kind === "error" ? one.diagnostics : []));
    throw new WrongRequest(
      problem
        ? `${document.file}:${problem.span.line}:${problem.span.column}: ${problem.message}`
        : `${document.file}: there is no hole to fill`,
    );
  }
  if (lines === null) return tasks;
  const distance = ({ span, holes }: ProofHoleTask, line: number) => {
    const end = holes.at(-1)!.line;
    return span.line <= line && line <= end ? 0 : Math.min(Math.abs(span.line - line), Math.abs(end - line));
  };
  const chosen = lines.map((line) =>
    tasks.reduce((best, one) => (distance(one, line) < distance(best, line) ? one : best)),
  );
  return tasks.filter((task) => chosen.includes(task));
}

/** What a proof depends on is all that stands before it. */
function readTask({ group, span, holes, admitted, document }: ProofHoleTask): ReadGroup {
  const end = Math.max(admitted?.end ?? 0, holes.at(-1)!.end);
  const identity = createHash("sha256").update(document.text.slice(0, end), "utf8").digest("hex");
  return { group, start: span.start, end, line: span.line - 1, identity, loops: [] };
}

function outcomeOf(text: string, outcome: ReturnType<typeof fillOutcome>): GroupOutcome {
  switch (outcome.kind) {
    case "proved": {
      const { verified, proposer } = outcome;
      if (applyVerified(text, verified).kind !== "applied")
        throw new Error("A proof was made for another text than the one of the request.");
      const { edit, baseHash, textHash, evidence } = verified;
      return {
        kind: "proved",
        edit: edit.insertions.map(({ offset, end, text }) => ({ start: offset, end, text })),
        baseHash,
        textHash,
        answers: [],
        proposer,
        checkedBy: evidence.checkedBy,
        assumptions: evidence.assumptions,
        conditions: evidence.assumptions.filter((one) => !isFoundation(one)),
        terminates: false,
      };
    }
    case "unknown":
      return { kind: "unknown", reason: outcome.reason, nearest: null, open: outcome.nearest?.open ?? [] };
    default:
      return outcome;
  }
}
