import { type Hole, readOutline } from "../../grammars/lean/outline.ts";
import type { Opened, Premise, ProofAssistant } from "../../server/search/session.ts";
import { libraryPremises } from "./library.ts";
import { premisesBefore } from "./premises.ts";
import { compose, type HoleText } from "./script.ts";
import { type Checked, offsetAt } from "./server.ts";
import { LeanSession, ownMessages } from "./session.ts";
import { type LeanLauncher, LeanWorker } from "./worker.ts";

/** Milliseconds for all that stands before a hole. */
const PREFIX_MS = 300_000;

/** Processes that are kept warm while nobody uses them: one a worker of a search, and a search has two at most. */
const MOST_IDLE = 2;

/**
 * Opens holes of Lean files. A process is kept warm and goes from hole to hole: what two holes share is elaborated once. A
 * second hole that is opened meanwhile, or the same for a second worker, gets a process of its own, which is kept as well.
 */
export function leanAssistant(launcher: LeanLauncher): ProofAssistant & {
  /** Starts the process ahead of the first hole, and waits until it answers; only the embedded one, which takes seconds. */
  prepare(signal: AbortSignal): Promise<void>;
} {
  const idle: { readonly key: string | null; readonly worker: LeanWorker }[] = [];
  let closed = false;
  // The library is the same for all holes.
  let library: Promise<readonly Premise[]> | null = null;
  const libraryOf = (worker: LeanWorker, signal: AbortSignal): Promise<readonly Premise[]> => {
    library ??= libraryPremises(worker, signal).catch((error) => {
      library = null;
      throw error;
    });
    return library;
  };

  const borrow = async (key: string | null): Promise<LeanWorker> => {
    const fitting = idle.findIndex((one) => launcher.embedded || one.key === key);
    if (fitting >= 0) return idle.splice(fitting, 1)[0]!.worker;
    // A process of the user's own Lean belongs to its file.
    await idle.shift()?.worker.close();
    return new LeanWorker(launcher, key);
  };
  const giveBack = async (key: string | null, worker: LeanWorker): Promise<void> => {
    if (closed || idle.length >= MOST_IDLE) return worker.close();
    idle.push({ key, worker });
  };

  return {
    name: launcher.name,
    language: "lean",
    async prepare(signal) {
      if (!launcher.embedded || idle.length > 0) return;
      const worker = new LeanWorker(launcher, null);
      idle.push({ key: null, worker });
      await worker.prepare(signal);
    },
    async open({ file, text, offset }, signal) {
      signal.throwIfAborted();
      const outline = readOutline(text);
      const hole = outline.holes.find(({ start, end }) => start <= offset && offset < end);
      if (hole === undefined)
        return failed("there is no `sorry` here", { start: offset, end: Math.min(offset + 1, text.length) });
      const key = file === "-" ? null : file;
      const worker = await borrow(key);
      let opened: Opened | null = null;
      try {
        const release = () => giveBack(key, worker);
        opened = await enter(worker, { text, outline, hole, bullet: false }, signal, release, libraryOf);
        return opened;
      } finally {
        if (opened?.kind !== "open") await giveBack(key, worker);
      }
    },
    async close() {
      closed = true;
      await Promise.all(idle.splice(0).map(({ worker }) => worker.close()));
    },
  };
}

function failed(message: string, span: { readonly start: number; readonly end: number } | null): Opened {
  return { kind: "failed", message, span };
}

async function enter(
  worker: LeanWorker,
  plain: HoleText,
  signal: AbortSignal,
  release: () => Promise<void>,
  library: (worker: LeanWorker, signal: AbortSignal) => Promise<readonly Premise[]>,
): Promise<Opened> {
  const first = await look(worker, plain, signal);
  if (first.checked.kind !== "checked") return first.failed!;
  if (first.failed !== null) return first.failed;
  // `sorry` closes the first goal alone, and so does a script under a bullet.
  const several = first.goals.length > 1 && plain.hole.kind === "tactic";
  const focused = several ? await look(worker, { ...plain, bullet: true }, signal) : first;
  if (focused.failed !== null) return focused.failed;
  const hole = { ...plain, bullet: several };
  const known = ownMessages(hole, focused.checked.kind === "checked" ? focused.checked.messages : [])
    .filter(({ severity }) => severity === "error")
    .map(({ text }) => text);
  const { text, outline } = hole;
  const session = new LeanSession({
    worker,
    hole,
    root: focused.goals,
    known: new Set(known),
    passMs: focused.ms,
    premises: async (asking) => [
      ...premisesBefore(text, outline, hole.hole.declaration.from),
      ...(await library(worker, asking)),
    ],
    release,
  });
  return { kind: "open", session };
}

interface Looked {
  readonly checked: Checked;
  readonly failed: Extract<Opened, { kind: "failed" }> | null;
  readonly goals: readonly string[];
  readonly ms: number;
}

/** The goals at the hole, and what is wrong before it. */
async function look(worker: LeanWorker, hole: HoleText, signal: AbortSignal): Promise<Looked> {
  const composed = compose(hole, [], true);
  const was = worker.warm;
  const started = performance.now();
  const checked = await worker.check(composed.text, composed.marker, { deadlineMs: PREFIX_MS, signal });
  // The start of a process says nothing of how long the next pass takes.
  const ms = was ? performance.now() - started : 500;
  const looked = { checked, goals: [], ms };
  const wrong = (message: string, span: { start: number; end: number } | null = null): Looked => ({
    ...looked,
    failed: { kind: "failed", message, span },
  });
  if (checked.kind === "late")
    return wrong(`what stands before the hole takes more than ${PREFIX_MS / 1000} s`);
  if (checked.kind === "died")
    return wrong(`Lean was ended while it read what stands before the hole: ${checked.message}`);
  const before = firstErrorBefore(hole.hole, composed.text, checked);
  if (before !== null) return wrong(before.message, before.span);
  if (checked.goals === null || checked.goals.length === 0)
    return wrong("nothing is left to prove here", spanOf(hole.hole));
  return { ...looked, failed: null, goals: checked.goals };
}

function firstErrorBefore(
  hole: Hole,
  text: string,
  checked: Extract<Checked, { kind: "checked" }>,
): { message: string; span: { start: number; end: number } } | null {
  const errors = checked.messages
    .filter(({ severity }) => severity === "error")
    .map((one) => ({
      message: one.text,
      span: { start: offsetAt(text, one.start), end: offsetAt(text, one.end) },
    }))
    .sort((a, b) => a.span.start - b.span.start);
  const first = errors.find(({ span }) => checked.fatal || span.start < hole.start);
  return first ?? null;
}

function spanOf({ start, end }: Hole): { start: number; end: number } {
  return { start, end };
}
