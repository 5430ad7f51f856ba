import { defaultOptions } from "../engine/options.ts";
import type { Settings, Touchstone } from "../wiring.ts";
import type { ProveRequest } from "./arguments.ts";
import { type EventFile, openEventFile } from "./events.ts";
import { readInput } from "./input.ts";
import { Messages } from "./messages.ts";
import { otherCommand } from "./other-command.ts";
import { Output } from "./output.ts";
import { expandDirectories } from "./project.ts";
import { proveFile } from "./prove-file.ts";
import type { Report } from "./report.ts";
import { writeSarif } from "./sarif-file.ts";
import { exitStatus } from "./session.ts";
import { listenForStop } from "./stop.ts";
import { targetsByFile } from "./target.ts";

/** Makes the program from its settings: `openTouchstone` of wiring.ts. */
export type Open = (settings: Settings) => Promise<Touchstone>;

/** What a command came to: its exit status, and the report of every function that was tried. */
export interface Proved {
  readonly status: number;
  readonly reports: readonly Report[];
}

/** Runs `suggest` or `verify` over its files. */
export async function prove(request: ProveRequest, open: Open, version: string): Promise<Proved> {
  const messages = new Messages(process.stderr);
  const wrong = contradiction(request) ?? (await missingModel(request));
  if (wrong) messages.fail(wrong);
  const events = wrong ? null : openEvents(request, messages);
  if (messages.failed) return { status: 2, reports: [] };
  const output = new Output(request, messages);
  const stop = listenForStop(() => output.lastWords());
  const reports: Report[] = [];
  let touchstone: Touchstone | null = null;
  try {
    const targets =
      request.kind === "verify" ? await expandDirectories(request.targets) : request.targets.map(asNamed);
    const found = new Set(targets.filter((one) => one.found).map((one) => one.file));
    for (const [file, lines] of targetsByFile(targets)) {
      if (stop.signal.aborted) break;
      const read = await readInput(file);
      if (read.kind === "error") {
        messages.fail(read.message);
        continue;
      }
      const other = otherCommand(request.kind, file);
      if (other !== null) {
        messages.fail(other);
        continue;
      }
      touchstone ??= await opened(request, open, messages);
      if (touchstone === null) break;
      const session = {
        touchstone,
        command: request.kind,
        found: found.has(file),
        signal: stop.signal,
        event: (event: Parameters<Output["event"]>[0], report: Report) => {
          events?.write(event);
          output.event(event, report);
        },
      };
      reports.push(...(await proveFile(session, read.input, lines, output)));
    }
    if (request.sarif !== null) writeSarif(request.sarif, reports, version, messages);
  } catch (error) {
    if (!stop.signal.aborted) solverFailed(error, messages);
  } finally {
    messages.clear();
    await touchstone?.close();
    events?.close();
    stop.dispose();
  }
  return { status: stop.status() ?? (messages.failed ? 2 : exitStatus(reports)), reports };
}

function asNamed(target: ProveRequest["targets"][number]) {
  return { ...target, found: false };
}

function contradiction(request: ProveRequest): string | null {
  const { json, diff, write, model, only, targets, format, checker, reading } = request;
  if (json && format === "github")
    return "error: --json and --format github both want standard output; choose one";
  if (json && diff) return "error: --json and --diff both want standard output; choose one";
  if (write && targets.some(({ file }) => file === "-"))
    return "error: --write cannot change standard input; use --diff";
  if (checker !== "smt" && reading !== "32")
    return `error: --checker ${checker} compares with Frama-C, whose int has 32 bits: leave out --int, or give --int 32`;
  if (model === "none" && only === "model")
    return "error: --only model needs a model, and --model none forbids it";
  return null;
}

/** What is wrong with the model that was named, or with `--only model` where there is none; null when all is well. */
async function missingModel({ model, only }: ProveRequest): Promise<string | null> {
  const matters = only === "model" || (model !== undefined && model !== "none" && only !== "symbolic");
  if (!matters) return null;
  const { chooseModel } = await import("../models/choose.ts");
  const choice = await chooseModel(model);
  if (choice.kind === "model") await choice.model.close();
  if (choice.kind === "failed") return `error: ${choice.message}`;
  return choice.kind === "none" && only === "model" ? `error: --only model: ${choice.message}` : null;
}

/** Null when a solver that was asked for by name is missing, which was said. */
async function opened(request: ProveRequest, open: Open, messages: Messages): Promise<Touchstone | null> {
  try {
    return await open(settingsOf(request));
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "SolverMissing") throw error;
    messages.fail(`error: ${error.message}`);
    return null;
  }
}

/** A solver that does not start is the machine's fault, and there is another one; rethrows everything else. */
function solverFailed(error: unknown, messages: Messages): void {
  if (!(error instanceof Error) || error.name !== "SolverStartError") throw error;
  messages.fail(
    `error: ${error.message}; install it again, or use --solver wasm ('touchstone doctor' says more)`,
  );
}

function openEvents({ events }: ProveRequest, messages: Messages): EventFile | null {
  if (events === null) return null;
  const opened = openEventFile(events, (message) => messages.say(message));
  if (opened.kind === "open") return opened.file;
  messages.fail(opened.message);
  return null;
}

/** The settings of the wiring for a request. */
export function settingsOf(request: ProveRequest): Settings {
  const { reading, model, offline, solver, timeoutMs, seed, only, without, cache, checker, preprocessor } =
    request;
  return {
    remember: cache,
    checker,
    preprocessor,
    reading,
    model,
    offline,
    solver,
    options: { ...defaultOptions, timeoutMs, seed, only, without },
  };
}
