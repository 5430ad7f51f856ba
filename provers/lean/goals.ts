import type { Goal, Hypothesis } from "../../server/search/session.ts";

/**
 * Reads a goal as Lean prints it: `case` and its tag, hypotheses (`n m : Nat`, `x : Nat := 5`) a line each with further lines
 * indented, and the conclusion after `⊢`.
 */
export function readGoal(printed: string): Goal {
  const lines = printed.split("\n");
  const entries: string[] = [];
  for (const line of lines) {
    if (/^\s/.test(line) && entries.length > 0) entries[entries.length - 1] += `\n${line}`;
    else entries.push(line);
  }
  let name: string | null = null;
  const hypotheses: Hypothesis[] = [];
  let conclusion = "";
  for (const entry of entries) {
    const tag = /^case (.+)$/.exec(entry);
    const turnstile = /^[⊢|] /.exec(entry);
    if (tag && hypotheses.length === 0 && name === null) name = tag[1]!;
    else if (turnstile) conclusion = entry.slice(2);
    else {
      const hypothesis = readHypothesis(entry);
      if (hypothesis) hypotheses.push(hypothesis);
    }
  }
  return { name, hypotheses, conclusion };
}

function readHypothesis(entry: string): Hypothesis | null {
  const read = /^([^\s:]+(?:\s+[^\s:]+)*)\s+:\s+([\s\S]*)$/.exec(entry);
  if (!read) return null;
  const names = read[1]!.split(/\s+/);
  const rest = read[2]!;
  const value = rest.indexOf(" := ");
  return value < 0
    ? { names, type: rest, body: null }
    : { names, type: rest.slice(0, value), body: rest.slice(value + 4) };
}

/** What makes two states the same: their goals, tags left out, since they name cases and prove nothing. */
export function canonicalForm(goals: readonly string[]): string {
  return goals.map((goal) => goal.replace(/^case .+\n/, "")).join("\n\n");
}
