import { readHorn } from "../../../grammars/smtlib/horn.ts";
import type { ExchangeProblem } from "../../../grammars/smtlib/problem.ts";
import { readSygus } from "../../../grammars/sygus/read.ts";
import type { Document, InvariantsTask } from "../../engine/task.ts";
import type { Program } from "../../program/program.ts";
import type { Located } from "../invariants/locate.ts";
import type { Notation } from "./notation.ts";
import { programOf } from "./program.ts";

/** Reads the document's problem anew; an error's message says where. */
export function readProblem(document: Pick<Document, "text">, notation: Notation) {
  return notation === "sygus" ? readSygus(document.text) : readHorn(document.text);
}

/** The one task of a SyGuS or Horn document. */
export function locateExchange(document: Document, notation: Notation): Located[] {
  const read = readProblem(document, notation);
  if (read.kind === "error") {
    const { message, span } = read;
    return [{ kind: "error", group: null, span, diagnostics: [{ severity: "error", message, span }] }];
  }
  return [{ kind: "task", task: taskOf(document, read.problem) }];
}

function taskOf(document: Document, problem: ExchangeProblem): InvariantsTask {
  const [first] = problem.predicates;
  const group = problem.predicates.map((one) => one.name).join(", ");
  const programmed = programOf(problem, group);
  const program = programmed.kind === "program" ? programmed.program : emptyProgram(group);
  const parameters = programmed.kind === "program" ? programmed.parameters : null;
  return {
    kind: "invariants",
    document,
    group,
    program,
    span: first!.span,
    exchange: { problem, parameters },
  };
}

/** Stands where the clauses are no program: it claims nothing, so nothing is proved or refuted by it. */
function emptyProgram(name: string): Program {
  return {
    name,
    reading: "math",
    dialect: "benchmark",
    variables: [],
    blocks: [{ id: 0, commands: [], jump: { kind: "return" } }],
    entry: 0,
    loops: [],
    assumptions: [],
  };
}
