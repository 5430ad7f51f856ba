import type { CFunction, CStatement } from "../../grammars/c/tree.ts";
import type { Document, LoopTask } from "../engine/task.ts";
import type { Located } from "../tasks/invariants/locate.ts";

/**
 * The functions that a command is about: `suggest` needs a loop, `verify` something to prove. A function that cannot be reasoned
 * about is left out only when it was read and has no loop that `suggest` could be asked for.
 */
export async function relevant(
  document: Document,
  located: readonly Located<LoopTask>[],
  command: "suggest" | "verify",
): Promise<Located<LoopTask>[]> {
  if (command === "verify") return located.filter((one) => one.kind === "error" || claims(one));
  const wanted = located.filter((one) => one.kind === "error" || hasLoops(one.task));
  if (wanted.every(({ kind }) => kind === "task")) return wanted;
  const { readC } = await import("../../grammars/c/read.ts");
  const { file, text, expansion } = document;
  const loopless = readC(file, text, expansion).functions.filter((one) => !hasLoop(one));
  return wanted.filter(
    (one) => one.kind === "task" || !loopless.some(({ span }) => span.start === one.span.start),
  );
}

/** Every problem of another tool's format is about loops, whether or not its clauses became a program. */
function hasLoops(task: LoopTask): boolean {
  if (task.kind === "annotations") return task.loops.length > 0;
  return task.exchange !== undefined || task.program.loops.length > 0;
}

function claims({ task }: Extract<Located<LoopTask>, { kind: "task" }>): boolean {
  // What a function that only Frama-C reads claims, and what it guards it against, is Frama-C's to say.
  if (task.kind === "annotations") return true;
  if (task.exchange) return false;
  const { loops, blocks } = task.program;
  return loops.length > 0 || blocks.some(({ commands }) => commands.some(({ kind }) => kind === "assert"));
}

function hasLoop({ body }: CFunction): boolean {
  return body.some(containsLoop);
}

function containsLoop(statement: CStatement): boolean {
  switch (statement.kind) {
    case "while":
    case "do":
    case "for":
      return true;
    case "block":
      return statement.body.some(containsLoop);
    case "if":
      return containsLoop(statement.then) || (statement.else !== null && containsLoop(statement.else));
    case "switch":
      return containsLoop(statement.body);
    default:
      return false;
  }
}
