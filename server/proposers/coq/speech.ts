import { parseCoqTacticJson } from "../../../grammars/coq-tactic/answer.ts";
import { coqTacticLanguage } from "../../../grammars/coq-tactic/language.ts";
import { parseCoqTactic } from "../../../grammars/coq-tactic/parse.ts";
import { printCoqTactic } from "../../../grammars/coq-tactic/print.ts";
import type { TacticSpeech } from "../model/tactics.ts";
import { isLemma } from "./premises.ts";
import { readStatement } from "./shape.ts";
import { namesOf } from "./variables.ts";

/** How a model is asked for tactics of Coq, and how its answers are read. */
export const coqSpeech: TacticSpeech = {
  prompt: {
    system:
      "You are an expert in the Coq proof assistant. You answer with one Coq tactic for the goal and nothing else: no words, no full stop.",
    examples: [
      ["Goal:\nn, m : nat\nIHn : n + m = m + n\n============\nS n + m = m + S n", "simpl; rewrite IHn; auto"],
      ["Goal:\nA : Type\n============\nforall l : list A, l ++ nil = l", "induction l"],
    ],
    turnstile: "============\n",
    proved: (statement, proof) => `${statement}\nProof. ${proof.replace(/\s+/g, " ")} Qed.`,
    script: (tactics) => tactics.map((one) => `${one}.`).join(" "),
    prover: "Coq",
    own: (premises) => premises.flatMap(({ statement }) => /^Ltac (.+)$/.exec(statement)?.[1] ?? []),
  },
  names: (goal) => [
    ...namesOf(goal).map(([name]) => name),
    ...readStatement(goal.conclusion).binders.map(({ name }) => name),
  ],
  isLemma,
  grammar: coqTacticLanguage,
  read({ text, format }, refused) {
    const read = format === "json" ? parseCoqTacticJson : parseCoqTactic;
    const parsed = read(text, { refused });
    return parsed.kind === "ok" ? printCoqTactic(parsed.tree) : null;
  },
  deadlineMs: 1_000,
};
