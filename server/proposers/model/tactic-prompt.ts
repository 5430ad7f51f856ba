import type { Message } from "../../engine/model.ts";
import type { ProofHoleTask } from "../../engine/task.ts";
import type { Premise } from "../../search/session.ts";
import type { Position } from "../../search/source.ts";

/** How a proof assistant's people write what the question shows. */
export interface PromptStyle {
  /** The role, and what an answer looks like. */
  readonly system: string;
  /** A shot or two shows a small model what an answer looks like. */
  readonly examples: readonly (readonly [goal: string, tactic: string])[];
  /** What stands between the hypotheses and the conclusion, up to the conclusion. */
  readonly turnstile: string;
  /** A theorem with its proof. */
  proved(statement: string, proof: string): string;
  /** Tactics one after the other. */
  script(tactics: readonly string[]): string;
  /** Whose words an error is in. */
  readonly prover: string;
  /** Tactics of the project's own, by their signatures. */
  own(premises: readonly Premise[]): readonly string[];
}

const MOST_NEAR = 2;
const MOST_FAILURES = 3;
const MOST_TACTICS = 20;
/** Characters of a goal, a premise and a near proof that are shown. */
const LONGEST = { goal: 1_200, premise: 160, proof: 400, signature: 40 };

/**
 * The question for one state: near proofs of the same file, what is in scope, the tactics that the project defines, what was tried here and why it failed (the retry
 * of the command's name), and the goal. What a document says is material and no instruction; nothing here is believed.
 */
export function tacticPrompt(
  style: PromptStyle,
  task: ProofHoleTask,
  position: Position,
  lemmas: readonly Premise[],
  premises: readonly Premise[],
): Message[] {
  const near = premises
    .filter(({ proof }) => proof !== null && proof.length < LONGEST.proof)
    .slice(0, MOST_NEAR);
  const own = style
    .own(premises)
    .filter((signature) => signature.length < LONGEST.signature)
    .slice(0, MOST_TACTICS);
  const tried = position.failures.filter(({ failure }) => failure !== "no progress").slice(-MOST_FAILURES);
  const parts = [
    ...near.map(({ statement, proof }) => style.proved(cut(statement, LONGEST.goal), proof!.trim())),
    lemmas.length > 0
      ? `In scope:\n${lemmas.map(({ name, statement }) => cut(`${name}: ${oneLine(statement)}`, LONGEST.premise)).join("\n")}`
      : "",
    own.length > 0 ? `Tactics of this project: ${own.join(", ")}` : "",
    `Theorem: ${cut(task.statement, LONGEST.goal)}`,
    position.script.length > 0 ? `Proof so far: ${style.script(position.script)}` : "",
    ...tried.map(
      ({ tactic, message }) =>
        `Tried: ${tactic}\n${style.prover} says: ${cut(oneLine(message), LONGEST.premise)}`,
    ),
    `Goal:\n${goalText(style, position).slice(-LONGEST.goal)}`,
  ];
  return [
    { role: "system", content: style.system },
    ...style.examples.flatMap(([question, answer]): Message[] => [
      { role: "user", content: question },
      { role: "assistant", content: answer },
    ]),
    { role: "user", content: parts.filter((part) => part !== "").join("\n\n") },
  ];
}

function goalText({ turnstile }: PromptStyle, { goal }: Position): string {
  const hypotheses = goal.hypotheses.map(({ names, type }) => `${names.join(", ")} : ${oneLine(type)}`);
  return [...hypotheses, `${turnstile}${oneLine(goal.conclusion)}`].join("\n");
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** The beginning of a text that is too long. Of a goal the end is shown: its conclusion stands there. */
function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most)} …`;
}
