import { fillHole } from "../../grammars/lean/fill.ts";
import type { Hole, Outline } from "../../grammars/lean/outline.ts";
import { type Position, positionAt } from "./server.ts";

/** Closes what a script leaves open, so that what stands around the hole is elaborated too; the goals are asked for where it stands. */
const MARKER = "all_goals sorry";

/** A hole, and what of its file is elaborated for it: everything before it, and the rest of its declaration. */
export interface HoleText {
  readonly text: string;
  readonly outline: Outline;
  readonly hole: Hole;
  /** The hole is the first of several goals: its script stands under a bullet. */
  readonly bullet: boolean;
}

export interface Composed {
  readonly text: string;
  /** Where the marker stands; null where there is none. */
  readonly marker: Position | null;
  /** Where the script ends. */
  readonly end: Position;
}

/** The text in which the hole is filled with a script. What comes after the declaration is left out. */
export function compose(
  { text, outline, hole, bullet }: HoleText,
  tactics: readonly string[],
  open: boolean,
): Composed {
  const all = open ? [...tactics, MARKER] : tactics;
  const lines = bullet ? [underBullet(all)] : all;
  const { start, end, text: filled } = fillHole({ text, tokens: outline.tokens, hole }, lines);
  const composed = `${text.slice(0, start)}${filled}${text.slice(end, hole.declaration.outerEnd)}\n`;
  return {
    text: composed,
    marker: open ? positionAt(composed, start + filled.lastIndexOf(MARKER)) : null,
    end: positionAt(composed, start + filled.length),
  };
}

/** Tactics as one: under a bullet, each on its line. */
export function underBullet(tactics: readonly string[]): string {
  return `· ${tactics.map((tactic) => tactic.split("\n").join("\n  ")).join("\n  ")}`;
}
