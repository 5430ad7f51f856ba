import type { Axiom, Theory } from "../program/program.ts";
import type { Term } from "../program/term.ts";
import { patternsOf } from "./patterns.ts";
import { functionName, smtFormula, smtSort, smtTerm } from "./smtlib.ts";

/** Declarations of a theory's functions, as SMT-LIB commands. */
export function declaredFunctions({ functions }: Theory): string {
  return functions
    .map(({ name, parameters }) => {
      const sorts = parameters.map(({ dimensions }) => smtSort(dimensions)).join(" ");
      return `(declare-fun ${functionName(name)} (${sorts}) Int)`;
    })
    .join("\n");
}

/** An axiom as a closed formula of SMT-LIB, with patterns where it has some. */
export function axiomText({ variables, body }: Axiom): string {
  const text = smtFormula(body);
  if (variables.length === 0) return text;
  const binders = variables.map(({ name, dimensions }) => `(${name} ${smtSort(dimensions)})`).join(" ");
  const patterns = patternsOf({ variables, body }, "matched").map(
    (terms: readonly Term[]) => ` :pattern (${terms.map(smtTerm).join(" ")})`,
  );
  return `(forall (${binders}) ${patterns.length === 0 ? text : `(! ${text}${patterns.join("")})`})`;
}

/** A whole theory, asserted. */
export function theoryText(theory: Theory | undefined): string {
  if (theory === undefined) return "";
  const axioms = theory.axioms.map((axiom) => `(assert ${axiomText(axiom)})`);
  return `${[declaredFunctions(theory), ...axioms].join("\n")}\n`;
}
