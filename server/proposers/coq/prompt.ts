import type { Message } from "../../engine/model.ts";
import type { ProofHoleTask } from "../../engine/task.ts";
import type { Premise } from "../../search/session.ts";
import type { Position } from "../../search/source.ts";

const SYSTEM =
  "You are an expert in the Coq proof assistant. You answer with one Coq tactic for the goal and nothing else: no words, no full stop.";

/** A shot or two shows a small model what an answer looks like. */
const EXAMPLES: readonly (readonly [string, string])[] = [
  ["Goal:\nn, m : nat\nIHn : n + m = m + n\n============\nS n + m = m + S n", "simpl; rewrite IHn; auto"],
  ["Goal:\nA : Type\n============\nforall l : list A, l ++ nil = l", "induction l"],
];
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
  task: ProofHoleTask,
  position: Position,
  lemmas: readonly Premise[],
  premises: readonly Premise[],
): Message[] {
  const near = premises
    .filter(({ proof }) => proof !== null && proof.length < LONGEST.proof)
    .slice(0, MOST_NEAR);
  const own = premises
    .flatMap(({ statement }) => /^Ltac (.+)$/.exec(statement)?.[1] ?? [])
    .filter((signature) => signature.length < LONGEST.signature)
    .slice(0, MOST_TACTICS);
  const tried = position.failures.filter(({ failure }) => failure !== "no progress").slice(-MOST_FAILURES);
  const parts = [
    ...near.map(({ statement, proof }) => `${cut(statement, LONGEST.goal)}\nProof. ${oneLine(proof!)} Qed.`),
    lemmas.length > 0
      ? `In scope:\n${lemmas.map(({ name, statement }) => cut(`${name}: ${oneLine(statement)}`, LONGEST.premise)).join("\n")}`
      : "",
    own.length > 0 ? `Tactics of this project: ${own.join(", ")}` : "",
    `Theorem: ${cut(task.statement, LONGEST.goal)}`,
    position.script.length > 0 ? `Proof so far: ${position.script.map((one) => `${one}.`).join(" ")}` : "",
    ...tried.map(
      ({ tactic, message }) => `Tried: ${tactic}\nCoq says: ${cut(oneLine(message), LONGEST.premise)}`,
    ),
    `Goal:\n${goalText(position).slice(-LONGEST.goal)}`,
  ];
  return [
    { role: "system", content: SYSTEM },
    ...EXAMPLES.flatMap(([question, answer]): Message[] => [
      { role: "user", content: question },
      { role: "assistant", content: answer },
    ]),
    { role: "user", content: parts.filter((part) => part !== "").join("\n\n") },
  ];
}

function goalText({ goal }: Position): string {
  const hypotheses = goal.hypotheses.map(({ names, type }) => `${names.join(", ")} : ${oneLine(type)}`);
  return [...hypotheses, "============", oneLine(goal.conclusion)].join("\n");
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** The beginning of a text that is too long. Of a goal the end is shown: its conclusion stands there. */
function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most)} …`;
}
