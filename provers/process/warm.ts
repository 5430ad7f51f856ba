import type { SmtSession, SmtSolver } from "../../server/engine/solver.ts";

/** A solver with a process ready ahead. */
export interface WarmSolver extends SmtSolver {
  /** Ends the spare process; sessions that were handed out go on. */
  close(): Promise<void>;
}

interface Spare {
  readonly session: Promise<SmtSession>;
  readonly ending: AbortController;
}

/**
 * Keeps one unused process started, so that `open` costs nothing. Each process is handed out once. The next is started when a
 * session that was handed out is closed, so that it does not compete with the work it was opened for. The spare ends with `signal`.
 */
export function warm(solver: SmtSolver, signal: AbortSignal): WarmSolver {
  let spare: Spare | null = signal.aborted ? null : prepare(solver);
  let closed = signal.aborted;
  const close = async () => {
    closed = true;
    const left = spare;
    spare = null;
    if (left === null) return;
    left.ending.abort(new DOMException("the spare solver is not needed any more", "AbortError"));
    const session = await left.session.catch(() => null);
    await session?.close();
  };
  signal.addEventListener("abort", () => void close(), { once: true });
  return {
    name: solver.name,
    family: solver.family,
    async open(signal) {
      signal.throwIfAborted();
      const taken = spare ?? prepare(solver);
      spare = null;
      const onAbort = () => taken.ending.abort(signal.reason);
      signal.addEventListener("abort", onAbort);
      try {
        const session = await taken.session;
        return handedOut(session, () => {
          signal.removeEventListener("abort", onAbort);
          if (!closed) spare ??= prepare(solver);
        });
      } catch (error) {
        signal.removeEventListener("abort", onAbort);
        throw error;
      }
    },
    close,
  };
}

function prepare(solver: SmtSolver): Spare {
  const ending = new AbortController();
  const session = solver.open(ending.signal);
  // A spare that does not start is reported to whoever takes it.
  session.catch(() => {});
  return { session, ending };
}

function handedOut(session: SmtSession, returned: () => void): SmtSession {
  return {
    tell: (commands) => session.tell(commands),
    check: (options) => session.check(options),
    values: (terms) => session.values(terms),
    unsatAssumptions: () => session.unsatAssumptions(),
    async close() {
      await session.close();
      returned();
    },
  };
}
