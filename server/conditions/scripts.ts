import type { ObligationName } from "../engine/verdict.ts";
import type { Program } from "../program/program.ts";
import { assumed } from "./checker.ts";
import { claimOf, obligationsOf } from "./obligations.ts";
import { passiveForm } from "./passive.ts";
import { preamble } from "./preamble.ts";
import { smtFormula } from "./smtlib.ts";
import { theoryText } from "./theory.ts";

/** An obligation as an SMT-LIB 2.6 script of its own: it holds when a solver says `unsat`. */
export interface Script {
  readonly name: ObligationName;
  readonly text: string;
}

/** Every obligation of a program with the invariants that stand in its text. */
export function obligationScripts(program: Program): Script[] {
  const passive = passiveForm(program);
  const claim = claimOf(program, { invariants: [] }, () => "");
  const common = [theoryText(program.theory), preamble(passive), assumed(passive, claim)].join("");
  return obligationsOf(passive, claim).map(({ name, violated }) => ({
    name,
    text: script(name.text, `${common}\n(assert ${smtFormula(violated)})`),
  }));
}

/** A script with what it is about in its first line. */
export function script(what: string, commands: string): string {
  return `; ${what.replace(/\s+/g, " ")}\n(set-logic ALL)\n${commands.trim()}\n(check-sat)\n`;
}
