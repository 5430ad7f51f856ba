import type { Script, ScriptStep } from "../../engine/candidate.ts";
import { wrapSentence } from "./wrap.ts";

/** A proof as a tree: a tactic, and what follows for each goal that it leaves. */
export interface Branch {
  readonly tactics: readonly string[];
  /** Two or more, where the last tactic left as many goals. */
  readonly cases: readonly Branch[];
  /** False where the script ends before the goal is closed. */
  readonly closed: boolean;
}

/**
 * The script as lines without their indentation: a bullet for each goal where a tactic leaves several, as deep as there are
 * bullets, then braces. A script whose numbers of goals make no tree, because a tactic closed goals that waited, stays flat.
 */
export function layOut(script: Script, bullets: readonly string[], admit: string | null): string[] {
  const { steps, goals, frame } = script;
  const tree = goals === 1 ? treeOf(steps) : null;
  const lines = tree ? linesOf(tree, bullets, admit) : flat(steps, admit);
  return [...frame.before, ...lines, ...frame.after];
}

function flat(steps: readonly ScriptStep[], admit: string | null): string[] {
  const open = steps.at(-1)?.goals ?? 1;
  const holes = admit === null ? [] : Array.from({ length: open }, () => `${admit}.`);
  return [...steps.flatMap(({ tactic }) => wrapSentence(`${tactic}.`)), ...holes];
}

/** Null when the numbers of goals do not nest. */
export function treeOf(steps: readonly ScriptStep[]): Branch | null {
  let at = 0;
  let wrong = false;
  const read = (before: number): Branch => {
    const tactics: string[] = [];
    for (;;) {
      const step = steps[at];
      if (!step) return { tactics, cases: [], closed: false };
      at++;
      tactics.push(step.tactic);
      const left = step.goals - (before - 1);
      if (left < 0) wrong = true;
      if (left <= 0) return { tactics, cases: [], closed: true };
      if (left === 1) continue;
      const cases: Branch[] = [];
      for (let goal = left; goal > 0; goal--) cases.push(read(before - 1 + goal));
      return { tactics, cases, closed: true };
    }
  };
  const tree = read(1);
  return wrong || at < steps.length ? null : tree;
}

function linesOf(
  { tactics, cases, closed }: Branch,
  bullets: readonly string[],
  admit: string | null,
): string[] {
  const own = tactics.flatMap((tactic) => wrapSentence(`${tactic}.`));
  if (!closed && admit !== null) own.push(`${admit}.`);
  const [bullet, ...deeper] = bullets;
  return [
    ...own,
    ...cases.flatMap((branch) => {
      const lines = linesOf(branch, deeper, admit);
      const open = bullet ?? "{";
      const indented = lines.map((line, i) =>
        i === 0 ? `${open} ${line}` : `${" ".repeat(open.length + 1)}${line}`,
      );
      if (bullet !== undefined) return indented;
      return [...indented.slice(0, -1), `${indented.at(-1)} }`];
    }),
  ];
}
