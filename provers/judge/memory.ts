import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Outcome } from "../../server/engine/outcome.ts";
import type { InvariantsTask } from "../../server/engine/task.ts";
import type { Evidence, ObligationName } from "../../server/engine/verdict.ts";
import { hashText } from "./apply.ts";
import { mint } from "./mint.ts";

type Proved = Extract<Outcome, { kind: "proved" }>;

/** Verdicts of texts that prove as they stand, remembered between runs by content. */
export interface Memory {
  recall(task: InvariantsTask): Proved | null;
  keep(task: InvariantsTask, outcome: Proved): void;
}

/**
 * A memory in files, one a verdict, named by the hash of everything the verdict rests on: `build` (the program that proves and
 * the solvers it asks), the document's text, and the function as it was understood, included files among it. Only proofs are
 * kept, and only of texts that need no edit. A file that is damaged is as good as none; a disk that is full costs the memory only.
 */
export function memoryIn(directory: string, build: string): Memory {
  const fileOf = (task: InvariantsTask) => join(directory, `${keyOf(task, build)}.json`);
  return {
    recall(task) {
      const evidence = readEvidence(fileOf(task));
      if (evidence === null) return null;
      const hash = hashText(task.document.text);
      const verified = mint({ edit: { insertions: [] }, baseHash: hash, textHash: hash, evidence });
      const answers = task.program.loops.map(({ id, span }) => ({
        loop: id,
        line: span.line,
        invariants: [],
        assigns: null,
        variant: null,
      }));
      return { kind: "proved", verified, answers, proposer: "source" };
    },
    keep(task, { verified }) {
      if (verified.edit.insertions.length > 0 || verified.baseHash !== hashText(task.document.text)) return;
      const path = fileOf(task);
      try {
        mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
        writeFileSync(`${path}.${process.pid}`, JSON.stringify(verified.evidence), { mode: 0o600 });
        renameSync(`${path}.${process.pid}`, path);
      } catch (error) {
        if (typeof (error as NodeJS.ErrnoException).code !== "string") throw error;
      }
    },
  };
}

function keyOf({ document, group, program }: InvariantsTask, build: string): string {
  const hash = createHash("sha256");
  for (const part of [build, document.text, group, canonical(program)]) hash.update(`${part.length}:${part}`);
  return hash.digest("hex");
}

/** All of a value as text, maps, sets and big integers included. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, one) => {
    if (typeof one === "bigint") return `${one}n`;
    if (one instanceof Map) return ["map", ...one];
    return one instanceof Set ? ["set", ...one] : one;
  });
}

function readEvidence(path: string): Evidence | null {
  try {
    const read: unknown = JSON.parse(readFileSync(path, "utf8"));
    return isEvidence(read) ? read : null;
  } catch (error) {
    if (error instanceof SyntaxError || typeof (error as NodeJS.ErrnoException).code === "string")
      return null;
    throw error;
  }
}

function isEvidence(value: unknown): value is Evidence {
  if (typeof value !== "object" || value === null) return false;
  const { obligations, checkedBy, assumptions, terminates } = value as Partial<
    Record<keyof Evidence, unknown>
  >;
  const strings = (list: unknown, least: number) =>
    Array.isArray(list) && list.length >= least && list.every((one) => typeof one === "string");
  return (
    Array.isArray(obligations) &&
    obligations.every((one: Partial<ObligationName> | null) => typeof one?.text === "string") &&
    strings(checkedBy, 1) &&
    strings(assumptions, 0) &&
    typeof terminates === "boolean"
  );
}
