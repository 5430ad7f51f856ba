import { withoutUndone } from "../../grammars/coq/backtracking.ts";
import { isAdmit } from "../../grammars/coq/outline.ts";
import { readSentences, type Sentence } from "../../grammars/coq/sentences.ts";
import type { Opened, ProofAssistant, ProofSession } from "../../server/search/session.ts";
import { Line } from "./line.ts";
import { type LibraryCache, premisesAt, premisesBefore } from "./premises.ts";
import { type Project, projectArguments, readProject, unusableOption } from "./project.ts";
import { CoqSession, type HoleKind, nextFocus } from "./session.ts";
import type { OpenGoals, Toplevel } from "./toplevel.ts";

/** A way to start Coq for a project. Rejects only with the signal's reason. */
export interface CoqLauncher {
  /** `coq 8.16.1`, `coq 8.17.0 (embedded)`. */
  readonly name: string;
  launch(
    project: Project,
    signal: AbortSignal,
  ): Promise<
    | { readonly kind: "started"; readonly toplevel: Toplevel }
    | { readonly kind: "failed"; readonly message: string }
  >;
}

/** Milliseconds for all that stands before a hole. */
const PREFIX_MS = 300_000;
/** Processes that wait for the next hole. */
const IDLE = 2;

/** Opens holes of Coq files. Processes go from hole to hole, so that what two holes share is run once. */
export function coqAssistant(launcher: CoqLauncher): ProofAssistant {
  let idle: { readonly key: string; readonly line: Line }[] = [];
  let closed = false;
  const libraries: LibraryCache = new Map();

  const borrow = (project: Project, base: readonly string[]): Line => {
    const key = keyOf(project);
    const best = idle
      .filter((one) => one.key === key && one.line.warm)
      .sort((a, b) => b.line.shared({ base, steps: [] }) - a.line.shared({ base, steps: [] }))[0];
    if (best === undefined) return new Line((signal) => mustLaunch(launcher, project, signal));
    idle = idle.filter((one) => one !== best);
    return best.line;
  };
  const giveBack = async (project: Project, line: Line): Promise<void> => {
    if (closed || !line.warm) return line.close();
    idle.push({ key: keyOf(project), line });
    const surplus = idle.slice(0, Math.max(0, idle.length - IDLE));
    idle = idle.slice(surplus.length);
    await Promise.all(surplus.map((one) => one.line.close()));
  };

  return {
    name: launcher.name,
    language: "coq",
    async open(hole, signal) {
      signal.throwIfAborted();
      const cut = cutAt(hole.text, hole.offset);
      if (cut.kind === "failed") return cut;
      const project = readProject(hole.file);
      const unusable = unusableOption(project);
      if (unusable !== null) return { kind: "failed", message: unusable, span: null };
      const line = borrow(project, cut.base);
      const used = line.warm;
      let session: Opened | null = null;
      try {
        const release = () => giveBack(project, line);
        session = await enter(line, cut, hole, libraries, signal, release);
        // A process that was at work before may have died of that; a fresh one starts from nothing.
        if (session.kind === "failed" && used && !line.warm)
          session = await enter(line, cut, hole, libraries, signal, release);
        return session;
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof NotStarted) return { kind: "failed", message: error.message, span: null };
        throw error;
      } finally {
        if (session?.kind !== "open") await giveBack(project, line);
      }
    },
    async close() {
      closed = true;
      const left = idle;
      idle = [];
      await Promise.all(left.map(({ line }) => line.close()));
    },
  };
}

class NotStarted extends Error {}

async function mustLaunch(launcher: CoqLauncher, project: Project, signal: AbortSignal): Promise<Toplevel> {
  const started = await launcher.launch(project, signal);
  if (started.kind === "failed") throw new NotStarted(started.message);
  return started.toplevel;
}

function keyOf(project: Project): string {
  return JSON.stringify([project.module, projectArguments(project)]);
}

interface Cut {
  readonly kind: "cut";
  readonly sentences: readonly Sentence[];
  readonly base: readonly string[];
  readonly hole: HoleKind;
}

/** The sentences before a hole, and what kind of hole it is. */
function cutAt(text: string, offset: number): Cut | Extract<Opened, { kind: "failed" }> {
  const { sentences, rest } = readSentences(text);
  const here = sentences.find(({ end }) => end > offset);
  if (here === undefined && rest !== null && rest.start < offset)
    return { kind: "failed", message: rest.message, span: { start: rest.start, end: offset } };
  const before = sentences.filter(({ end }) => end <= offset);
  return {
    kind: "cut",
    sentences: before,
    base: withoutUndone(before),
    hole: here !== undefined && isAdmit(here) ? "admit" : "whole",
  };
}

async function enter(
  line: Line,
  cut: Cut,
  hole: { readonly text: string; readonly offset: number },
  libraries: LibraryCache,
  signal: AbortSignal,
  release: () => Promise<void>,
): Promise<Opened> {
  const failed = (message: string, sentence?: Sentence): Opened => ({
    kind: "failed",
    message,
    span: sentence === undefined ? null : { start: sentence.start, end: sentence.end },
  });
  const limits = { deadlineMs: PREFIX_MS, signal };
  const ran = await line.run({ base: cut.base, steps: [] }, limits);
  if (ran.kind === "late") return failed(`what stands before the hole takes more than ${PREFIX_MS / 1000} s`);
  if (ran.kind === "died")
    return failed(`Coq was ended while it read what stands before the hole: ${ran.message}`);
  if (ran.kind === "error") return failed(ran.message, cut.sentences[ran.index]);
  const last = cut.sentences.at(-1);
  if (ran.goals === null) return failed("no proof is open here", last);
  const focused = await focus(line, cut, ran.goals, limits);
  if (focused === null) return failed("nothing is left to prove here", last);
  const { frame, goals } = focused;
  const base = [...cut.base, ...frame.before];
  const session = new CoqSession({
    line,
    base,
    kind: cut.hole,
    root: goals,
    frame,
    near: () => premisesBefore({ text: hole.text, sentences: cut.sentences }),
    premises: (signal) =>
      premisesAt(line, base, { text: hole.text, sentences: cut.sentences }, goals, signal, libraries),
    release,
  });
  return { kind: "open", session };
}

/** Puts the hole's goal in focus: `admit` closes one goal of those that are there; a bullet may have to be begun. */
async function focus(
  line: Line,
  { base, hole }: Cut,
  goals: OpenGoals,
  limits: { readonly deadlineMs: number; readonly signal: AbortSignal },
): Promise<{ frame: ProofSession["frame"]; goals: OpenGoals } | null> {
  if (goals.focused.length === 1 || (goals.focused.length > 1 && hole === "whole"))
    return { frame: { before: [], after: [] }, goals };
  if (goals.focused.length > 1) {
    const ran = await line.run({ base: [...base, "{"], steps: [] }, limits);
    if (ran.kind !== "ok" || ran.goals === null) return null;
    return { frame: { before: ["{"], after: ["}"] }, goals: ran.goals };
  }
  const before: string[] = [];
  while (goals.unfocused.length > 0 && before.length < 20) {
    const asked = await line.run({ base: [...base, ...before, "idtac."], steps: [] }, limits);
    const next = asked.kind === "error" ? nextFocus(asked.message) : null;
    if (next === null) return null;
    before.push(next);
    const ran = await line.run({ base: [...base, ...before], steps: [] }, limits);
    if (ran.kind !== "ok" || ran.goals === null) return null;
    if (ran.goals.focused.length > 0) return { frame: { before, after: [] }, goals: ran.goals };
  }
  return null;
}
