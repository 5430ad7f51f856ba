import type { HornAnswer, HornSolver } from "../../server/engine/solver.ts";
import { readAnswer } from "../smtlib/answer.ts";
import { Connection } from "../smtlib/connection.ts";
import type { SmtProgram } from "../smtlib/program.ts";
import { readVerdict } from "../smtlib/verdict.ts";

/** Answers longer than this are no invariant that anybody would read. */
const LONGEST_MODEL = 200_000;
const GRACE_MS = 300;
const MODEL_MS = 5_000;

/**
 * Spacer, Z3's solver for constrained Horn clauses (Komuravelli, Gurfinkel and Chaki, 2016), each question in a process of its
 * own: it is asked rarely, for long, and what it says is checked like anybody's idea.
 */
export function spacer(program: SmtProgram): HornSolver {
  return {
    name: `spacer of ${program.name}`,
    async solve(clauses, { deadlineMs, signal }) {
      signal.throwIfAborted();
      const connection = new Connection(program.launch());
      try {
        const limit = program.limit(Math.max(1, Math.ceil(deadlineMs)));
        const reply = await connection.ask(
          `${limit}\n${clauses}\n(check-sat)`,
          deadlineMs + GRACE_MS,
          signal,
        );
        if (reply.kind !== "answer")
          return { kind: "unknown", reason: reply.kind === "late" ? "time-out" : "died" };
        const verdict = readVerdict(reply.text);
        if (verdict.kind === "error") return { kind: "unknown", reason: verdict.message };
        if (verdict.kind === "unsat") return { kind: "unsat" };
        if (verdict.kind !== "sat") return { kind: "unknown", reason: verdict.kind };
        return await model(connection, signal);
      } finally {
        await connection.close();
      }
    },
  };
}

async function model(connection: Connection, signal: AbortSignal): Promise<HornAnswer> {
  const reply = await connection.ask("(get-model)", MODEL_MS, signal);
  if (reply.kind !== "answer") return { kind: "unknown", reason: "it gave no solution" };
  const answer = readAnswer(reply.text);
  if (answer.kind === "error") return { kind: "unknown", reason: answer.message };
  if (answer.kind === "unreadable" || reply.text.length > LONGEST_MODEL)
    return { kind: "unknown", reason: "its solution cannot be read" };
  return { kind: "sat", model: reply.text };
}
