import { type Hole, readOutline, type Theorem } from "../../grammars/coq/outline.ts";
import type { Edit } from "../engine/verified.ts";
import type { Place } from "./request.ts";

/** A hole, and how a proof of it changes the text. */
export interface HolePlace {
  readonly kind: "found";
  readonly offset: number;
  /** The edit that puts a script at the hole; the frame is what has to stand around it. */
  edit(script: readonly string[], frame: Frame): Edit;
}

export interface Frame {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

export type Found = HolePlace | { readonly kind: "none"; readonly message: string };

/**
 * Finds a hole of a Coq file: at an offset, the first on a line or after it, the first of a theorem, or the first of all. A
 * theorem that is proved has a place, too: where its proof begins, so that it can be proved anew.
 */
export function findCoqHole(text: string, at: Place | null): Found {
  const outline = readOutline(text);
  const { holes, theorems, sentences } = outline;
  const proofOf = (theorem: Theorem): HolePlace => {
    const start = sentences[theorem.first]!.start;
    return placeAt(start, start, sentences[theorem.end]!.start, "");
  };
  const placeOf = ({ kind, start, end }: Hole): HolePlace =>
    placeAt(start, start, end, kind === "Admitted" ? "Qed." : "");
  if (at?.kind === "theorem") {
    const hole = holes.find(({ theorem }) => theorem.name === at.name);
    if (hole !== undefined) return placeOf(hole);
    const theorem = theorems.find(({ name }) => name === at.name);
    if (theorem !== undefined) return proofOf(theorem);
    return { kind: "none", message: `no theorem ${at.name} with a proof in tactics is in this file` };
  }
  if (at?.kind === "offset") {
    const { offset } = at;
    const hole = holes.find(({ start, end }) => start <= offset && offset < end);
    if (hole !== undefined) return placeOf(hole);
    // Somewhere in a proof: what stands there and after it is left out.
    const theorem = theorems.find((one) => {
      return sentences[one.first - 1]!.end <= offset && offset <= sentences[one.end]!.start;
    });
    if (theorem !== undefined) return placeAt(offset, offset, sentences[theorem.end]!.start, "");
    return { kind: "none", message: `no proof in tactics is at offset ${offset}` };
  }
  const from = at === null ? 0 : offsetOfLine(text, at.line);
  const hole = holes.find(({ end }) => end > from);
  if (hole !== undefined) return placeOf(hole);
  const where = at === null ? "in this file" : `at line ${at.line} or after it`;
  return { kind: "none", message: `there is no hole (admit or Admitted) ${where}` };
}

/** `closing`: what follows the proof, `Qed.` where `Admitted.` stands now. */
function placeAt(offset: number, start: number, end: number, closing: string): HolePlace {
  return {
    kind: "found",
    offset,
    edit(script, { before, after }) {
      const lines = [...before, ...script, ...after, ...(closing === "" ? [] : [closing])];
      return {
        insertions: [{ offset: start, end, text: `${lines.join("\n")}${closing === "" ? "\n" : ""}` }],
      };
    },
  };
}

/** Where a line begins, counted from 1; the text's end behind the last one. */
export function offsetOfLine(text: string, line: number): number {
  let offset = 0;
  for (let at = 1; at < line; at++) {
    const next = text.indexOf("\n", offset);
    if (next < 0) return text.length;
    offset = next + 1;
  }
  return offset;
}
