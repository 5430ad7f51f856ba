import { fillHole } from "../../grammars/lean/fill.ts";
import { type Hole, readOutline } from "../../grammars/lean/outline.ts";
import { lineEnding } from "../tasks/invariants/style.ts";
import { type Found, offsetOfLine } from "./place.ts";
import type { Place } from "./request.ts";

/** Finds a hole (`sorry`) of a Lean file: at an offset, the first on a line or after it, the first of a theorem, or the first of all. */
export function findLeanHole(text: string, at: Place | null): Found {
  const { holes, tokens } = readOutline(text);
  const [hole, where] = choose(text, holes, at);
  if (hole === undefined) return { kind: "none", message: `there is no hole (sorry) ${where}` };
  return {
    kind: "found",
    offset: hole.start,
    edit(script, { before }) {
      // The first of several goals is proved under a bullet.
      const bulleted = `· ${script.map((tactic) => tactic.replaceAll("\n", "\n  ")).join("\n  ")}`;
      const filled = fillHole({ text, tokens, hole }, before.includes("·") ? [bulleted] : script);
      const lines = filled.text.replaceAll("\n", lineEnding(text));
      return { insertions: [{ offset: filled.start, end: filled.end, text: lines }] };
    },
  };
}

function choose(text: string, holes: readonly Hole[], at: Place | null): [Hole | undefined, where: string] {
  if (at === null) return [holes[0], "in this file"];
  if (at.kind === "offset") {
    const { offset } = at;
    return [holes.find(({ start, end }) => start <= offset && offset < end), `at offset ${offset}`];
  }
  if (at.kind === "theorem") {
    const { name } = at;
    const own = ({ declaration }: Hole) => declaration.fullName === name || declaration.name === name;
    return [holes.find(own), `in a declaration ${name}`];
  }
  const from = offsetOfLine(text, at.line);
  return [holes.find(({ end }) => end > from), `at line ${at.line} or after it`];
}
