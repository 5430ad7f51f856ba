import { defaultOptions } from "../engine/options.ts";
import type { ProofHoleTask } from "../engine/task.ts";
import type { Edit } from "../engine/verified.ts";
import { applyEdit } from "../tasks/invariants/edit.ts";
import { applyVerified } from "../wiring.ts";
import {
  type LocatedHoles,
  type ProofSettings,
  type ProofTouchstone,
  proofLanguageOf,
} from "../wiring-proofs.ts";
import { unifiedDiff } from "./diff.ts";
import { openEventFile } from "./events.ts";
import type { FillRequest } from "./fill-arguments.ts";
import { fillLines } from "./fill-json.ts";
import { addFillEvent, type FillReport, startFillReport } from "./fill-report.ts";
import { showFillReport } from "./fill-terminal.ts";
import { type Input, readInput } from "./input.ts";
import { Messages } from "./messages.ts";
import { otherCommand } from "./other-command.ts";
import { painter } from "./paint.ts";
import { lineAt } from "./position.ts";
import { listenForStop } from "./stop.ts";
import { targetsByFile } from "./target.ts";
import { showDiagnostic } from "./words.ts";
import { writeBack } from "./write.ts";

/** `openProofs` of wiring-proofs.ts. */
export type OpenProofs = (
  settings: ProofSettings,
  language: ProofHoleTask["language"],
) => Promise<ProofTouchstone>;

/** Runs `fill` over its files; answers with the exit status. */
export async function fill(request: FillRequest, open: OpenProofs): Promise<number> {
  const messages = new Messages(process.stderr);
  const wrong = contradiction(request);
  if (wrong !== null) messages.fail(wrong);
  const recording =
    wrong === null && request.events !== null
      ? openEventFile(request.events, (text) => messages.say(text))
      : null;
  if (recording?.kind === "error") messages.fail(recording.message);
  if (messages.failed) return 2;
  const events = recording?.kind === "open" ? recording.file : null;
  let running: FillReport | null = null;
  const stop = listenForStop(() => {
    if (running) show(request, running, messages);
    messages.clear();
  });
  const reports: FillReport[] = [];
  const provers = new Map<ProofHoleTask["language"], ProofTouchstone>();
  try {
    for (const [file, lines] of targetsByFile(request.targets)) {
      if (stop.signal.aborted) break;
      const read = await readInput(file);
      if (read.kind === "error") {
        messages.fail(read.message);
        continue;
      }
      const other = otherCommand("fill", file);
      if (other !== null) {
        messages.fail(other);
        continue;
      }
      const language = proofLanguageOf(file);
      let proofs = provers.get(language);
      try {
        proofs ??= await open(settingsOf(request), language);
        provers.set(language, proofs);
      } catch (error) {
        if (!(error instanceof Error) || error.name !== "ProverMissing") throw error;
        messages.fail(`error: ${error.message}`);
        continue;
      }
      const own: FillReport[] = [];
      for (const task of wanted(read.input, proofs.locate(read.input.document), lines, messages)) {
        if (stop.signal.aborted) break;
        let report = startFillReport(task);
        try {
          for await (const event of proofs.run(task, stop.signal)) {
            report = addFillEvent(report, event);
            running = report;
            events?.write(event);
            messages.event(event);
          }
        } catch (error) {
          if (!stop.signal.aborted) throw error;
        }
        running = null;
        own.push(report);
        show(request, report, messages);
      }
      reports.push(...own);
      await change(request, read.input, own, messages, stop.signal.aborted);
    }
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  } finally {
    messages.clear();
    for (const proofs of provers.values()) await proofs.close();
    events?.close();
    stop.dispose();
  }
  const proved = reports.every(({ outcome }) => outcome?.kind === "proved");
  return stop.status() ?? (messages.failed ? 2 : proved ? 0 : 1);
}

function contradiction({ json, diff, write, model, only, targets }: FillRequest): string | null {
  if (json && diff) return "error: --json and --diff both want standard output; choose one";
  if (write && targets.some(({ file }) => file === "-"))
    return "error: --write cannot change standard input; use --diff";
  if (model === "none" && only === "model")
    return "error: --only model needs a model, and --model none forbids it";
  return null;
}

/** The theorems whose holes were asked for: those on the lines, or nearest to them. */
function wanted(
  { document }: Input,
  located: readonly LocatedHoles[],
  lines: readonly number[] | "all",
  messages: Messages,
): ProofHoleTask[] {
  const { file, text } = document;
  const tasks: ProofHoleTask[] = [];
  for (const one of located) {
    if (one.kind === "task") tasks.push(one.task);
    else for (const diagnostic of one.diagnostics) messages.fail(showDiagnostic(file, diagnostic));
  }
  if (lines === "all") {
    if (tasks.length === 0 && !messages.failed) messages.say(`${file}: no hole, so there is nothing to fill`);
    return tasks;
  }
  const chosen = new Set<ProofHoleTask>();
  const last = lineAt(text, text.length);
  for (const line of lines) {
    if (line > last) messages.fail(`${file}:${line}:1: the file has only ${last} lines`);
    else if (tasks.length === 0) messages.fail(`${file}:${line}:1: no hole at or near this line`);
    else chosen.add(nearestTo(tasks, line));
  }
  return tasks.filter((task) => chosen.has(task));
}

function nearestTo(tasks: readonly ProofHoleTask[], line: number): ProofHoleTask {
  const distance = ({ span, holes }: ProofHoleTask) => {
    const end = holes.at(-1)!.line;
    return span.line <= line && line <= end ? 0 : Math.min(Math.abs(span.line - line), Math.abs(end - line));
  };
  return tasks.reduce((best, task) => (distance(task) < distance(best) ? task : best));
}

function show(request: FillRequest, report: FillReport, messages: Messages): void {
  messages.clear();
  if (request.json) {
    for (const line of fillLines(report)) process.stdout.write(`${JSON.stringify(line)}\n`);
  } else if (!request.diff)
    process.stdout.write(showFillReport(report, painter(process.stdout, request.colour)));
  else if (report.outcome?.kind !== "proved")
    messages.say(showFillReport(report, painter(process.stderr, request.colour)));
}

async function change(
  { diff, write, partial }: FillRequest,
  input: Input,
  reports: readonly FillReport[],
  messages: Messages,
  stopped: boolean,
): Promise<void> {
  if (!diff && !write) return;
  const { file, text } = input.document;
  const insertions: Edit["insertions"][number][] = [];
  for (const { outcome } of reports) {
    if (outcome?.kind === "proved") {
      if (applyVerified(text, outcome.verified).kind === "stale")
        return messages.fail(
          `${file}:1:1: the proofs are for another text of the file; run the command again`,
        );
      insertions.push(...outcome.verified.edit.insertions);
    } else if (partial && outcome?.kind === "unknown" && outcome.nearest)
      insertions.push(...outcome.nearest.edit.insertions);
  }
  if (insertions.length === 0) return;
  const edit = { insertions: insertions.sort((a, b) => a.offset - b.offset) };
  if (diff) process.stdout.write(Buffer.from(unifiedDiff(file, text, edit), input.encoding));
  if (!write) return;
  if (stopped) return messages.say(`${file}: not written, because the command was stopped`);
  const written = await writeBack(input, applyEdit(text, edit));
  if (written.kind === "error") messages.fail(written.message);
  else messages.say(`${file}: written`);
}

function settingsOf(request: FillRequest): ProofSettings {
  const { model, embeddingModel, offline, timeoutMs, seed, only, without, search } = request;
  return {
    model,
    embeddingModel,
    offline,
    strategy: search,
    prover: request.prover,
    thorough: request.thorough,
    options: { ...defaultOptions, timeoutMs, seed, only, without },
  };
}
