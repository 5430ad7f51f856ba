import { showDuration } from "../cli/duration.ts";
import { showConjuncts, whyNot } from "../cli/words.ts";
import type { NearMiss } from "../engine/outcome.ts";
import type { GroupResult } from "./host/messages.ts";
import type { Explanation } from "./protocol.ts";
import type { Kept } from "./results.ts";
import { cell, code, counterexampleMarkdown } from "./table.ts";

/** Why a function is proved or not, for a hover or a page. `lines`: 1-based lines of its loops now. */
export function explanation(kept: Kept, lines: readonly number[]): Explanation {
  const { result } = kept;
  return {
    title: headline(kept),
    markdown: [`**${cell(headline(kept))}**`, ...body(kept, lines), footer(result)].join("\n\n"),
  };
}

/** The same below a diagnostic, which said the first sentence already. */
export function explanationBelow(kept: Kept, lines: readonly number[]): string {
  return [...body(kept, lines), footer(kept.result)].join("\n\n");
}

/** One sentence: the function, and how it stands with it. */
export function headline({ result, applied }: Kept): string {
  const { group, outcome } = result;
  const name = group === "" ? "this file" : group;
  switch (outcome.kind) {
    case "proved": {
      if (outcome.edit.length > 0 && !applied) return `${name}: a checked suggestion was not applied`;
      const terminates = outcome.terminates ? ", and it terminates" : "";
      return outcome.conditions.length > 0
        ? `${name}: proved on conditions${terminates}`
        : `${name}: proved${terminates}`;
    }
    case "refuted":
      return `${name}: ${outcome.counterexample.violated} does not hold`;
    case "unknown":
      return `${name}: not proved`;
    case "error":
      return `${name}: cannot be read`;
  }
}

function body({ result }: Kept, lines: readonly number[]): string[] {
  const { outcome } = result;
  switch (outcome.kind) {
    case "proved":
      return [
        `found ${outcome.proposer === "source" ? "as written" : `by ${cell(outcome.proposer)}`}; checked by ${cell(outcome.checkedBy.join(", "))}`,
        outcome.assumptions.length === 0
          ? "assuming nothing"
          : `assuming:\n\n${outcome.assumptions.map((one) => `- ${cell(one)}`).join("\n")}`,
      ];
    case "refuted":
      return [
        "This run was replayed from the entry of the function and breaks it:",
        counterexampleMarkdown(outcome.counterexample),
      ];
    case "unknown":
      return [
        cell(capital(outcome.reason)),
        ...(outcome.open && outcome.open.length > 0
          ? [`Left open by the best try:\n\n${outcome.open.map((goal) => `- ${code(goal)}`).join("\n")}`]
          : []),
        ...(outcome.nearest ? nearMiss(outcome.nearest, lines) : []),
      ];
    case "error":
      return outcome.diagnostics.map(
        ({ message, span }) => `line ${span.line}, column ${span.column}: ${cell(message)}`,
      );
  }
}

/** The best failure: is it wrong, not inductive, or too weak, which obligation fails, and in which states? */
function nearMiss(miss: NearMiss, lines: readonly number[]): string[] {
  const { verdict } = miss;
  const said = `The nearest try, from ${cell(miss.proposer)}: ${code(showConjuncts(miss, lines))} ${cell(whyNot(verdict))}.`;
  if (verdict.kind !== "refuted") return [said];
  const states = {
    wrong: "The run, replayed from the entry:",
    notInductive: "The step (whether its first state can be reached is not known):",
    tooWeak: "A state that it leaves possible, which may not be reachable:",
  }[verdict.why];
  return [
    said,
    `What fails: ${cell(verdict.obligation.text)}`,
    states,
    counterexampleMarkdown(verdict.counterexample),
  ];
}

function footer({ counts }: GroupResult): string {
  const { proposed, checks, tokens, ms } = counts;
  const numbers = [
    `${proposed} candidates`,
    `${checks} checks`,
    ...(tokens > 0 ? [`${tokens} tokens`] : []),
    showDuration(ms),
  ];
  return `*${numbers.join(", ")}*`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
