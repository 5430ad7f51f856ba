import type { SatResult } from "../../server/engine/solver.ts";
import type { Exit } from "../process/child.ts";
import { readAnswer, type SExpression } from "./answer.ts";

/** What the text that answers a check means. */
export type Judged =
  | { readonly kind: "sat" | "unsat" | "unknown" }
  | { readonly kind: "memory" | "time-out" }
  | { readonly kind: "error"; readonly message: string }
  | { readonly kind: "unreadable"; readonly text: string };

const MEMORY =
  /out of memory|memout|bad_alloc|std::length_error|cannot allocate|memory limit|memory exhausted/i;
const TIME =
  /time-?out|canceled|cancelled|interrupted|resource ?out|resource limits? (?:reached|exceeded)|max\. resource/i;

/** Reads the answer to commands that end in a check. Nothing but one lone verdict is a verdict. */
export function readVerdict(text: string): Judged {
  const answer = readAnswer(text);
  if (answer.kind === "error") {
    if (MEMORY.test(answer.message)) return { kind: "memory" };
    // A limit may also strike while an assertion is simplified; then it is reported as an error.
    if (/^(?:line \d+ column \d+: )?(?:canceled|timeout)$/.test(answer.message)) return { kind: "time-out" };
    return answer;
  }
  if (answer.kind === "expressions" && answer.expressions.length === 1) {
    const [verdict] = answer.expressions;
    if (verdict === "sat" || verdict === "unsat" || verdict === "unknown") return { kind: verdict };
  }
  return { kind: "unreadable", text };
}

/** The reason in the answer to `(get-info :reason-unknown)`, in the engine's words where it has some. */
export function readReason(text: string): string {
  const answer = readAnswer(text);
  if (answer.kind !== "expressions") return "incomplete";
  const said: SExpression | undefined = answer.expressions[0]?.[1];
  if (typeof said !== "string" || said === "") return "incomplete";
  const reason = said.replace(/^"([\s\S]*)"$/, "$1").trim();
  if (MEMORY.test(reason)) return "memory";
  if (TIME.test(reason)) return "time-out";
  if (reason === "" || /incomplete/i.test(reason)) return "incomplete";
  return reason;
}

/** True when a process ended because it wanted more memory than it was given. */
export function endedForMemory(exit: Exit, lastWords: string): boolean {
  return exit.kind === "memory" || MEMORY.test(lastWords);
}

/** How a process ended, for a message. */
export function describeExit(exit: Exit): string {
  switch (exit.kind) {
    case "exited":
      return `it ended with status ${exit.status}`;
    case "killed":
      return `it was killed by ${exit.signal}`;
    case "memory":
      return "it held more memory than allowed";
    case "notStarted":
      return `it could not be started: ${exit.message}`;
  }
}

export const unknown = (reason: string): SatResult => ({ kind: "unknown", reason });
