import type { Budget } from "../engine/budget.ts";
import type { Script, ScriptCandidate } from "../engine/candidate.ts";
import type { ProofChecker } from "../engine/proof.ts";
import type { ProofHoleTask } from "../engine/task.ts";
import type { Verdict } from "../engine/verdict.ts";
import type { Opened, ProofAssistant, ProofSession } from "./session.ts";

/** Milliseconds for one step of a script that is replayed. */
const REPLAY_MS = 10_000;

/** Opens sessions for one task and charges what is done in them to its run. */
export function proofChecker(
  task: ProofHoleTask,
  assistant: () => Promise<ProofAssistant>,
  budget: Budget,
): ProofChecker {
  const open = new Set<ProofSession>();
  const openFree = async (hole: number, signal: AbortSignal): Promise<Opened> => {
    const { file, text } = task.document;
    return (await assistant()).open({ file, text, offset: task.holes[hole]!.start }, signal);
  };
  const openHole = async (hole: number, signal: AbortSignal): Promise<Opened> => {
    const opened = await openFree(hole, signal);
    if (opened.kind === "failed") return opened;
    const session = charged(opened.session, budget, () => open.delete(session));
    open.add(session);
    return { kind: "open", session };
  };
  return {
    open: openHole,
    async check({ scripts }: ScriptCandidate, signal): Promise<Verdict> {
      for (const [hole, script] of scripts.entries()) {
        // A proof that was found in time is replayed even when the search has used up all of it.
        const opened = await openFree(hole, signal);
        if (opened.kind === "failed") return { kind: "unknown", reason: opened.message };
        try {
          const failure = await replay(opened.session, script, signal);
          if (failure !== null) return { kind: "unknown", reason: failure };
        } finally {
          await opened.session.close();
        }
      }
      const { name } = await assistant();
      return {
        kind: "proved",
        evidence: { obligations: [], checkedBy: [name], assumptions: [], terminates: false },
      };
    },
    async close() {
      await Promise.all([...open].map((session) => session.close()));
    },
  };
}

/** A session whose every tactic costs a check, and has no more time than the run. */
function charged(session: ProofSession, budget: Budget, closed: () => void): ProofSession {
  const { root, goals, frame } = session;
  return {
    root,
    goals,
    frame,
    apply(state, tactic, deadlineMs, signal) {
      budget.checks++;
      return session.apply(state, tactic, Math.max(1, Math.min(deadlineMs, budget.remainingMs)), signal);
    },
    ...(session.applyEach && {
      applyEach(state, tries, signal) {
        budget.checks += tries.length;
        const limit = (deadlineMs: number) => Math.max(1, Math.min(deadlineMs, budget.remainingMs));
        const limited = tries.map(({ tactic, deadlineMs }) => ({ tactic, deadlineMs: limit(deadlineMs) }));
        return session.applyEach!(state, limited, signal);
      },
    }),
    ...(session.ask && {
      ask(state, query, deadlineMs, signal) {
        budget.checks++;
        return session.ask!(state, query, Math.max(1, Math.min(deadlineMs, budget.remainingMs)), signal);
      },
    }),
    ...(session.falsify && { falsify: (signal) => session.falsify!(signal) }),
    ...(session.near && { near: () => session.near!() }),
    premises: (signal) => session.premises(signal),
    script: (state) => session.script(state),
    async close() {
      closed();
      await session.close();
    },
  };
}

/** Null when the script leaves nothing open; otherwise why not. */
export async function replay(
  session: ProofSession,
  { steps }: Pick<Script, "steps">,
  signal: AbortSignal,
): Promise<string | null> {
  let state = session.root;
  for (const [at, { tactic }] of steps.entries()) {
    const result = await session.apply(state, tactic, REPLAY_MS, signal);
    if (result.kind === "error") return `'${tactic}' fails when it is replayed: ${result.message}`;
    if (result.kind === "done") return at === steps.length - 1 ? null : `'${tactic}' has nothing left to do`;
    state = result.state;
  }
  return "goals are left open";
}
