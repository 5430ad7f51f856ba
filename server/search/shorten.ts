import type { ScriptStep } from "../engine/candidate.ts";
import type { ProofSession } from "./session.ts";

export interface ShortenParts {
  readonly session: ProofSession;
  /** Plainer tactics to try in the place of one, the plainest first. */
  readonly simpler: (tactic: string) => readonly string[];
  /** One tactic for two in a row, where the language has a good way to say it; null where not. */
  readonly merged: (first: string, second: string, goals: number) => string | null;
  /**
   * A question to the prover by which an open-ended step that leaves goals behind says what it used (`simp?`), so that what comes after
   * it does not depend on what the step can do in other versions; null for other tactics.
   */
  readonly pinned?: (tactic: string) => string | null;
  /** True when no more time may be spent on it. */
  readonly spent: () => boolean;
}

/** Milliseconds for one step; what takes longer is no improvement, and nor is what takes longer by far than what there is. */
const STEP_MS = 3_000;
const SLOWER = 2;
const AT_LEAST_MS = 1_000;

/** An answer that is longer than this costs a reader more than it is worth. */
const LONGEST_PINNED = 100;

/**
 * A shorter script that the session accepts as well: steps dropped, the last first; tactics made plainer; neighbours merged.
 * Every variant is run from the hole, so what comes back is as good a proof as what went in.
 */
export async function shorten(
  script: readonly ScriptStep[],
  parts: ShortenParts,
  signal: AbortSignal,
): Promise<readonly ScriptStep[]> {
  let best = script;
  let limit = STEP_MS;
  const accept = async (tactics: readonly string[]): Promise<boolean> => {
    if (signal.aborted || parts.spent() || tactics.length === 0) return false;
    try {
      const steps = await run(parts.session, tactics, limit, signal);
      if (steps) best = steps;
      return steps !== null;
    } catch (error) {
      // What was found stays found: whoever aborted decides what becomes of it.
      if (!signal.aborted) throw error;
      return false;
    }
  };
  const tactics = () => best.map(({ tactic }) => tactic);
  const begun = performance.now();
  if (best.length > 1 || parts.simpler(best[0]?.tactic ?? "").length > 0) await accept(tactics());
  limit = Math.min(STEP_MS, AT_LEAST_MS + SLOWER * (performance.now() - begun));
  for (let at = best.length - 2; at >= 0; at--) await accept(tactics().toSpliced(at, 1));
  for (let at = best.length - 1; at >= 0; at--) {
    // What could not be spared before is seldom spared later: the next try goes on where the last one succeeded.
    for (let from = 0, again = true; again; from = 0) {
      again = false;
      for (let plainer = parts.simpler(best[at]!.tactic); from < plainer.length; ) {
        if (!(await accept(tactics().with(at, plainer[from]!)))) from++;
        else {
          again = true;
          plainer = parts.simpler(best[at]!.tactic);
        }
      }
    }
  }
  for (let at = 0; at < best.length - 1; at++) {
    if (best[at]!.goals < (best[at - 1]?.goals ?? 1)) continue;
    const query = parts.pinned?.(best[at]!.tactic) ?? null;
    if (query === null || signal.aborted || parts.spent()) continue;
    const answer = await ask(parts.session, tactics().slice(0, at), query, signal);
    if (answer !== null) await accept(tactics().with(at, answer));
  }
  for (let at = 0; at < best.length - 1; at++) {
    const step = best[at]!;
    const before = best[at - 1]?.goals ?? 1;
    const left = step.goals - before + 1;
    const following = best.slice(at + 1, at + 1 + left);
    const same =
      following.length === left && following.every(({ tactic }) => tactic === following[0]!.tactic);
    if (left < 1 || !same) continue;
    const merged = parts.merged(step.tactic, following[0]!.tactic, left);
    if (merged !== null) await accept(tactics().toSpliced(at, left + 1, merged));
  }
  return best;
}

/** What the prover answers after some tactics, where it is one tactic of a length that can be read. */
async function ask(
  session: ProofSession,
  tactics: readonly string[],
  query: string,
  signal: AbortSignal,
): Promise<string | null> {
  if (!session.ask) return null;
  try {
    let state = session.root;
    for (const tactic of tactics) {
      const result = await session.apply(state, tactic, STEP_MS, signal);
      if (result.kind !== "progress") return null;
      state = result.state;
    }
    const [answer] = await session.ask(state, query, STEP_MS, signal);
    return answer !== undefined && answer.length <= LONGEST_PINNED ? answer : null;
  } catch (error) {
    if (!signal.aborted) throw error;
    return null;
  }
}

/** The steps with their numbers of goals; null when the tactics do not prove the goals exactly. */
async function run(
  session: ProofSession,
  tactics: readonly string[],
  limitMs: number,
  signal: AbortSignal,
): Promise<ScriptStep[] | null> {
  const steps: ScriptStep[] = [];
  let state = session.root;
  for (const tactic of tactics) {
    const result = await session.apply(state, tactic, limitMs, signal);
    if (result.kind === "error") return null;
    if (result.kind === "done") {
      steps.push({ tactic, goals: 0 });
      return steps.length === tactics.length ? steps : null;
    }
    steps.push({ tactic, goals: result.goals.length });
    state = result.state;
  }
  return null;
}
