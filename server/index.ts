import { readFile } from "node:fs/promises";
import { findLeanHole } from "./gym/lean-place.ts";
import { findCoqHole } from "./gym/place.ts";
import type { Opened } from "./search/session.ts";
import { openCoq, openLean, type Prover, type ProverChoice } from "./wiring-assistants.ts";

export type {
  Goal,
  Hypothesis,
  Opened,
  Premise,
  ProofSession,
  StateId,
  TacticFailure,
  TacticResult,
  Tried,
  Try,
} from "./search/session.ts";
export type { ProverChoice };

/** Which hole to open. */
export interface SessionOptions {
  /** A Coq or a Lean file, by the end of its name; its project (`_CoqProject`, `lakefile`) is found from here. */
  readonly file: string;
  /** Its content; by default what is on disk. */
  readonly text?: string;
  /** The hole, by one of these; by default the first of the file. `line` counts from 1, `offset` UTF-16 units from 0. */
  readonly theorem?: string;
  readonly line?: number;
  readonly offset?: number;
  /** Which Coq or Lean. Default `auto`: the user's own where it is found, else the pulled one. */
  readonly prover?: ProverChoice;
  readonly signal?: AbortSignal;
}

/**
 * Opens a hole of a proof for a program: the library's counterpart of `touchstone session`. The processes end with
 * `session.close()`. Throws where the file cannot be read, and the signal's reason.
 */
export async function openSession(options: SessionOptions): Promise<Opened> {
  const { file, theorem, line, offset, signal = new AbortController().signal } = options;
  const text = options.text ?? (await readFile(file, "utf8"));
  const at =
    offset !== undefined
      ? ({ kind: "offset", offset } as const)
      : theorem !== undefined
        ? ({ kind: "theorem", name: theorem } as const)
        : line !== undefined
          ? ({ kind: "line", line } as const)
          : null;
  const isLean = file.endsWith(".lean");
  const hole = isLean ? findLeanHole(text, at) : findCoqHole(text, at);
  if (hole.kind === "none") return { kind: "failed", message: hole.message, span: null };
  const prover: Prover & { close?(): Promise<void> } = isLean
    ? await openLean(options.prover)
    : await openCoq(options.prover);
  if (prover.kind === "missing") return { kind: "failed", message: prover.message, span: null };
  const { assistant } = prover;
  const close = () => prover.close?.() ?? assistant.close();
  const opened = await assistant.open({ file, text, offset: hole.offset }, signal);
  // No other hole will be opened on this assistant: what it keeps warm ends with the session.
  if (opened.kind === "open") return { kind: "open", session: closing(opened.session, close) };
  await close();
  return opened;
}

function closing(
  session: Extract<Opened, { kind: "open" }>["session"],
  closed: () => Promise<void>,
): Extract<Opened, { kind: "open" }>["session"] {
  return {
    root: session.root,
    goals: session.goals,
    frame: session.frame,
    apply: (...request) => session.apply(...request),
    ...(session.applyEach && { applyEach: (...request) => session.applyEach!(...request) }),
    premises: (signal) => session.premises(signal),
    script: (state) => session.script(state),
    async close() {
      await session.close();
      await closed();
    },
  };
}
