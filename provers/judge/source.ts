import type { SourceChecker, SourceProperty } from "../../server/engine/source-checker.ts";
import type { Document } from "../../server/engine/task.ts";
import type { ObligationName } from "../../server/engine/verdict.ts";
import type { Program } from "../../server/program/program.ts";
import type { Proof } from "./prove.ts";

/** Milliseconds for the whole text; the run's own deadline is mostly nearer. */
const DEADLINE_MS = 300_000;

/** Has a program that reads annotated C itself prove the function in the document's text, which has the answer in it. */
export async function proveBySource(
  checker: SourceChecker,
  document: Document,
  name: string,
  program: Program,
  vacuity: boolean,
  signal: AbortSignal,
): Promise<Proof> {
  const { text, file } = document;
  const question = { text, file, function: name, vacuity, deadlineMs: DEADLINE_MS, signal };
  const verdict = await checker.check(question);
  if (verdict.kind !== "proved") return { kind: "rejected", reason: verdict.reason };
  // It proves the measures that stand in the text, among its goals.
  const terminates = program.callees === undefined && program.loops.every((loop) => loop.variant);
  return {
    kind: "proved",
    evidence: {
      obligations: verdict.properties.map((one) => obligation(one, text)),
      checkedBy: [verdict.checkedBy],
      assumptions: [
        ...(terminates ? [] : ["partial correctness"]),
        ...program.assumptions,
        ...verdict.assumptions,
      ],
      terminates,
    },
  };
}

/** A property of the checker's as an obligation of ours, with its line. */
export function obligation({ kind, text, line }: SourceProperty, source: string): ObligationName {
  const lines = source.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  const span = { start, end: start + (lines[line - 1]?.length ?? 0), line, column: 1 };
  return { kind: "use", text: `${kind} '${text}' at line ${line}`, loop: null, span };
}
