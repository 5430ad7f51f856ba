import { createHash } from "node:crypto";
import type { Program } from "../../program/program.ts";

/**
 * A digest of all that a verdict about a program depends on: its commands, contracts, invariants and assumptions, and no place in
 * the text. Two texts whose function has the same identity have the same verification conditions.
 */
export function identityOf(program: Program): string {
  const assumptions = program.assumptions.map((text) => text.replace(/\bline \d+\b/g, "line"));
  const text = JSON.stringify({ ...program, assumptions }, (key, value) =>
    key === "span" || key === "annotationBlocks"
      ? undefined
      : typeof value === "bigint"
        ? `${value}n`
        : value,
  );
  return digest(text);
}

export function digest(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}
