import { fillHole } from "../../../grammars/lean/fill.ts";
import { readOutline } from "../../../grammars/lean/outline.ts";
import type { Script } from "../../engine/candidate.ts";
import type { ProofHoleTask } from "../../engine/task.ts";
import { lineEnding } from "../invariants/style.ts";
import type { Draft } from "./draft.ts";
import { type Branch, treeOf } from "./layout.ts";

/** The edit that puts a script into each hole of a Lean proof, laid out as the file is. */
export function draftLeanProof(task: ProofHoleTask, scripts: readonly Script[]): Draft {
  return draft(task, scripts, false);
}

/** The same for a search that did not get to the end: what is open stays a `sorry`. */
export function draftPartialLeanProof(task: ProofHoleTask, scripts: readonly Script[]): Draft {
  return draft(task, scripts, true);
}

function draft({ document, holes }: ProofHoleTask, scripts: readonly Script[], partial: boolean): Draft {
  const { text } = document;
  const outline = readOutline(text);
  const insertions: { offset: number; end: number; text: string }[] = [];
  const texts: string[] = [];
  for (const [at, { start, end }] of holes.entries()) {
    const script = scripts[at];
    const hole = outline.holes.find((one) => one.start === start);
    if (!script || !hole || (partial && script.steps.length === 0)) {
      texts.push(text.slice(start, end));
      continue;
    }
    const lines = leanLines(script, partial);
    const filling = fillHole({ text, tokens: outline.tokens, hole }, lines);
    texts.push(lines.join("\n"));
    insertions.push({
      offset: filling.start,
      end: filling.end,
      text: filling.text.replaceAll("\n", lineEnding(text)),
    });
  }
  return { edit: { insertions }, texts };
}

/** The tactics of a script, each with the bullets below it where it leaves several goals. */
function leanLines({ steps, goals, frame }: Script, partial: boolean): string[] {
  const tree = goals === 1 ? treeOf(steps) : null;
  const open = partial ? Array.from({ length: steps.at(-1)?.goals ?? 1 }, () => "sorry") : [];
  const lines = tree ? linesOf(tree, partial) : [...steps.map(({ tactic }) => tactic), ...open];
  return frame.before.includes("·") ? [bulleted(lines)] : lines;
}

function linesOf({ tactics, cases, closed }: Branch, partial: boolean): string[] {
  return [
    ...tactics,
    ...(!closed && partial ? ["sorry"] : []),
    ...cases.map((branch) => bulleted(linesOf(branch, partial))),
  ];
}

function bulleted(lines: readonly string[]): string {
  return `· ${lines.map((line) => line.split("\n").join("\n  ")).join("\n  ")}`;
}
