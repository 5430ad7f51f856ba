import { unwrapAnswer } from "../../../grammars/invariant/answer.ts";
import { parseInvariant, parseInvariantJson } from "../../../grammars/invariant/parse.ts";
import type { InvariantTree } from "../../../grammars/invariant/tree.ts";
import type { Candidate, RawCandidate } from "../../engine/candidate.ts";
import type { Parsed } from "../../engine/interfaces.ts";
import type { InvariantsTask } from "../../engine/task.ts";
import type { Program } from "../../program/program.ts";
import type { Formula } from "../../program/term.ts";
import { simplifyFormula } from "../../program/traverse.ts";
import { toFormula } from "./formula.ts";

/** Source names that an invariant of the loop may use, with the program variables that they mean. */
export function vocabularyOf(program: Program, loop: number): Map<string, string> {
  const names = new Map<string, string>();
  // An inner declaration hides an outer one; scope lists the outermost first.
  for (const name of program.loops[loop]!.scope) {
    const variable = program.variables.find((one) => one.name === name);
    const text = variable?.array === undefined ? variable?.text : null;
    if (text) names.set(text, name);
  }
  return names;
}

/**
 * The only way from a model's text to candidates. What the grammar does not accept as a whole ends here; each conjunct of
 * what it does accept becomes an atom of its own, so that one wrong conjunct does not spoil the others.
 */
export function parseAnswer(task: InvariantsTask, raw: RawCandidate): Parsed {
  const names = vocabularyOf(task.program, raw.loop);
  const scope = new Set(names.keys());
  const results =
    raw.format === "json"
      ? [parseInvariantJson(raw.text, scope)]
      : unwrapAnswer(raw.text).map((line) => parseInvariant(line, scope));
  const trees = results.flatMap((one) => (one.kind === "ok" ? [one.tree] : []));
  if (trees.length === 0) {
    const error = results.find((one) => one.kind === "error");
    const reason = error ? `${error.line}:${error.column}: ${error.message}` : "the answer is empty";
    return { kind: "rejected", reason };
  }
  const conjuncts = trees.flatMap((tree) => conjunctsOf(tree, names));
  return { kind: "parsed", candidates: conjuncts.map((formula) => atomOf(task.program, raw, formula)) };
}

function conjunctsOf(tree: InvariantTree, names: ReadonlyMap<string, string>): Formula[] {
  const formula = simplifyFormula(toFormula(tree, (name) => names.get(name) ?? null));
  const parts = formula.kind === "and" ? formula.arguments : [formula];
  return parts.filter((part) => part.kind !== "truth");
}

function atomOf(program: Program, raw: RawCandidate, formula: Formula): Candidate {
  return {
    kind: "tree",
    role: "atom",
    invariants: program.loops.map((loop) => (loop.id === raw.loop ? [formula] : [])),
    provenance: raw.provenance,
  };
}
