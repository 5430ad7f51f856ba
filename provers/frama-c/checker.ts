import type {
  SourceChecker,
  SourceGoal,
  SourceProperty,
  SourceQuestion,
  SourceVerdict,
} from "../../server/engine/source-checker.ts";
import type { Preprocessing } from "../preprocessor/choice.ts";
import { type Backend, findBackends } from "./backends.ts";
import { madeUp, scrutinise } from "./beyond.ts";
import { assignsInBehaviors, axiomsOf, printedFunction } from "./code.ts";
import { findFramaC } from "./find.ts";
import { provesAnOpposite, withOpposites } from "./opposite.ts";
import { kernelWarnings, readGoals, readProperties, readSummary } from "./read.ts";
import { runWp, type WpOutput } from "./wp.ts";

/** How many open properties are told one by one. */
const TOLD = 5;
/** Seconds that a solver has for a goal: what is proved takes a fraction of one on an idle machine. */
const GOAL_SECONDS = 10;

export type FramaC =
  | { readonly kind: "found"; readonly checker: SourceChecker }
  | { readonly kind: "missing"; readonly message: string };

/** Frama-C with the solvers that are on this machine. */
export async function framaC(
  goalSeconds: number = GOAL_SECONDS,
  preprocessing: Preprocessing = { include: [], define: [] },
): Promise<FramaC> {
  const strange = [...preprocessing.include, ...preprocessing.define].find(
    (one) => !/^[\w./+=-]+$/.test(one),
  );
  if (strange !== undefined) {
    const message = `Frama-C hands what its preprocessor is told to a shell, where '${strange}' may mean something else: use letters, digits and ./+=-_`;
    return { kind: "missing", message };
  }
  const [found, backends] = await Promise.all([findFramaC(), findBackends()]);
  if (found.kind !== "found") return { kind: "missing", message: found.message };
  if (backends.length === 0) {
    const message =
      "Frama-C needs a solver of its own to prove anything: install cvc5 or z3 (Debian: apt install cvc5 z3)";
    return { kind: "missing", message };
  }
  return {
    kind: "found",
    checker: checkerOf(found.path, found.version, backends, goalSeconds, preprocessing),
  };
}

/**
 * WP with its guards against run-time errors. A function is proved when every goal that WP made for it is, no smoke test found a
 * contradiction, the report has no property of the function that is open, and WP left nothing out.
 */
export function checkerOf(
  path: string,
  version: string,
  backends: readonly Backend[],
  goalSeconds: number,
  preprocessing: Preprocessing = { include: [], define: [] },
): SourceChecker {
  const name = `frama-c ${version} (wp with ${backends.map((one) => one.name).join(", ")})`;
  return {
    name,
    async check(question) {
      const run = await runWp(path, backends, question, question.goalSeconds ?? goalSeconds, preprocessing);
      if (run.kind === "failed") return run;
      const verdict = asCompiled(verdictOf(run, question, name), question.text);
      if (verdict.kind !== "proved" || !question.vacuity || axiomsOf(run.code).length === 0) return verdict;
      const text = withOpposites(question.text, question.function);
      if (text === null) return verdict;
      const opposite = await runWp(path, backends, { ...question, text }, goalSeconds, preprocessing);
      if (opposite.kind === "failed") return opposite;
      if (!provesAnOpposite(opposite.log)) return verdict;
      const { properties } = verdict;
      const reason = `vacuous: what is supposed contradicts itself: ${axiomsOf(run.code).join(", ")}`;
      return { kind: "open", properties, goals: [], reason, hopeless: true };
    },
  };
}

/** What a run's messages and table come to. Pure, so that each way to fail can be shown to fail. */
export function verdictOf(
  { log, table, code }: WpOutput,
  question: Pick<SourceQuestion, "function" | "beyond" | "loopsOnly">,
  checkedBy: string,
): SourceVerdict {
  const { function: name, beyond } = question;
  const properties = readProperties(table, name);
  const goals = readGoals(log);
  const isOpen = (reason: string, hopeless = false): SourceVerdict => ({
    kind: "open",
    properties,
    goals,
    reason,
    hopeless,
  });
  const summary = readSummary(log);
  const warnings = kernelWarnings(log);
  const printed = printedFunction(code, name);
  const partly = printed === null ? null : assignsInBehaviors(code, printed);
  if (partly !== null)
    return isOpen(
      `Frama-C takes the assigns of a behavior of '${partly}' for all its calls: write one before its behaviors, or 'complete behaviors;'`,
      true,
    );
  const guessed = madeUp(warnings, printed?.text ?? code.own);
  if (guessed !== null)
    return isOpen(
      `Frama-C makes up what '${guessed}' does: declare it with a contract that says what it assigns`,
      true,
    );
  const scrutiny = beyond ? scrutinise(code, name, warnings) : null;
  if (scrutiny?.kind === "refused") return isOpen(scrutiny.reason, scrutiny.hopeless);
  if (summary === null || summary.total === 0) return isOpen(`Frama-C found nothing to prove of ${name}`);
  if (question.loopsOnly) return isOpen("only the clauses of loops were looked at");
  if (summary.contradictions.length > 0) {
    const where = [...new Set(summary.contradictions.map(placeOf))].join(" and ");
    return isOpen(`vacuous: Frama-C finds a contradiction ${where}`);
  }
  if (!new RegExp(`^\\[rte:annot\\] annotating function ${name}$`, "m").test(log))
    return isOpen(`Frama-C made no guards against run-time errors of ${name}`);
  if (summary.doubts.length > 0) return isOpen(`Frama-C warns: ${summary.doubts[0]}`);
  // WP starts `main` with the values that globals are initialised with, which a call of it need not find (seen).
  if (name === "main" && (code.own.replace(/\/\*[\s\S]*?\*\//g, " ").match(/\bmain\b/g) ?? []).length > 1)
    return isOpen("'main' is called, and Frama-C proves it only of the start of the program");
  // A smoke test is an assertion of `\false` to Frama-C's report; a user's own is among the goals that are counted.
  const smoke = ({ text, line }: SourceProperty) => text === "\\false" && summary.deadLines.includes(line);
  // Its own preconditions are its callers' to prove.
  const open = properties.filter(
    (one) => !["proved", "assumed"].includes(one.status) && one.kind !== "precondition" && !smoke(one),
  );
  const left = summary.total - summary.proved - summary.dead.length;
  if (left > 0 || summary.total !== summary.scheduled || open.length > 0)
    return isOpen(whatIsOpen(summary, open, goals));
  const assumptions = [
    ...(scrutiny?.assumptions ?? []),
    ...summary.hypotheses,
    ...(beyond ? properties.filter(({ status }) => status === "assumed").map(granted) : []),
    ...summary.deadLines.map((line) => `a part of line ${line} is never reached`),
  ];
  return { kind: "proved", properties, assumptions, checkedBy, terminates: scrutiny?.terminates ?? false };
}

/** Frama-C defines macros that a compiler does not, so that a text can show it other code than is compiled (seen). */
function asCompiled(verdict: SourceVerdict, text: string): SourceVerdict {
  const [macro] = /\b__(?:FRAMAC__|FC_\w+)/.exec(text) ?? [];
  if (macro === undefined || verdict.kind !== "proved") return verdict;
  const assumption = `the code that Frama-C is shown, where '${macro}' is defined, is the code that is compiled`;
  return { ...verdict, assumptions: [...verdict.assumptions, assumption] };
}

function granted({ kind, text, line }: SourceProperty): string {
  return `${kind} '${text}' at line ${line}, which is not proved`;
}

/** Where a smoke test found that nothing can be, in words. */
function placeOf(test: string): string {
  if (/_requires$/.test(test)) return "in the preconditions";
  if (/_dead_loop/.test(test)) return "in a loop's invariants";
  return "behind a call";
}

function whatIsOpen(
  { proved, total }: { readonly proved: number; readonly total: number },
  open: readonly SourceProperty[],
  goals: readonly SourceGoal[],
): string {
  // What would hold if another one did is not what is missing.
  const first = open.filter(({ status }) => status === "open");
  const told = listed(
    (first.length > 0 ? first : open).map(({ kind, text, line }) => `${kind} '${text}' at line ${line}`),
  );
  const failed = listed(
    goals.filter((one) => !one.proved).map(({ name, said }) => `${name} (${said.join(", ")})`),
  );
  return [
    `Frama-C proves ${proved} of ${total} goals${told === "" ? "" : `: ${told}`}`,
    ...(failed === "" ? [] : [`its provers on what is left: ${failed}`]),
  ].join("; ");
}

function listed(all: readonly string[]): string {
  const told = all.slice(0, TOLD);
  return [...told, ...(all.length > TOLD ? [`and ${all.length - TOLD} more`] : [])].join("; ");
}
