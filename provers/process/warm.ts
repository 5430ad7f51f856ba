import type { SmtSession, SmtSolver } from "../../server/engine/solver.ts";

/** A solver with a process ready ahead. */
export interface WarmSolver extends SmtSolver {
  /** Ends the spare process; sessions that were handed out go on. */
  close(): Promise<void>;
}

interface Spare {
  readonly session: Promise<SmtSession>;
  readonly ending: AbortController;
  /** Conversations that the process may still have, this one included. */
  readonly uses: number;
}

/**
 * Keeps one process started, so that `open` costs nothing. Each process is handed out `uses` times, by default once; in between
 * it forgets what it was told. The next is started when a session that was handed out is closed, so that it does not compete with
 * the work it was opened for. The spare ends with `signal`.
 */
export function warm(solver: SmtSolver, signal: AbortSignal, uses = 1): WarmSolver {
  let spare: Spare | null = signal.aborted ? null : prepare(solver, uses);
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
      const taken = spare ?? prepare(solver, uses);
      spare = null;
      const onAbort = () => taken.ending.abort(signal.reason);
      signal.addEventListener("abort", onAbort);
      try {
        const session = await taken.session;
        return handedOut(session, async () => {
          signal.removeEventListener("abort", onAbort);
          const again = !closed && taken.uses > 1 && (await renewed(session));
          if (again && !closed && spare === null) {
            spare = { session: Promise.resolve(session), ending: taken.ending, uses: taken.uses - 1 };
            return;
          }
          await session.close();
          if (!closed) spare ??= prepare(solver, uses);
        });
      } catch (error) {
        signal.removeEventListener("abort", onAbort);
        throw error;
      }
    },
    close,
  };
}

/** A process that fails at this is not reused; the reason does not matter. */
async function renewed(session: SmtSession): Promise<boolean> {
  return (await session.renew?.().catch(() => false)) ?? false;
}

function prepare(solver: SmtSolver, uses: number): Spare {
  const ending = new AbortController();
  const session = solver.open(ending.signal);
  // A spare that does not start is reported to whoever takes it.
  session.catch(() => {});
  return { session, ending, uses };
}

function handedOut(session: SmtSession, returned: () => Promise<void>): SmtSession {
  let open = true;
  return {
    tell: (commands) => session.tell(commands),
    check: (options) => session.check(options),
    values: (terms) => session.values(terms),
    unsatAssumptions: () => session.unsatAssumptions(),
    async close() {
      if (!open) return;
      open = false;
      await returned();
    },
  };
}
