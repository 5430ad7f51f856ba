import type { Outline } from "../../grammars/lean/outline.ts";
import type { Premise } from "../../server/search/session.ts";

/** Declarations of the file that stand before an offset, the nearest first; those that rest on a hole of their own are left out. */
export function premisesBefore(text: string, { declarations, holes }: Outline, offset: number): Premise[] {
  const unproved = new Set(holes.map(({ declaration }) => declaration));
  return declarations
    .filter((one) => one.end <= offset && one.fullName !== null && !unproved.has(one))
    .map((one): Premise => {
      const proves = one.keyword === "theorem" || one.keyword === "lemma";
      return {
        name: one.fullName!,
        statement: text.slice(one.start, proves ? (one.body ?? one.end) : one.end).trim(),
        proof: proves && one.body !== null ? text.slice(one.body, one.end) : null,
      };
    })
    .reverse();
}
