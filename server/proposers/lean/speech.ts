import { parseLeanTacticJson } from "../../../grammars/lean-tactic/answer.ts";
import { leanTacticLanguage } from "../../../grammars/lean-tactic/language.ts";
import { parseLeanTactic } from "../../../grammars/lean-tactic/parse.ts";
import { printLeanTactic } from "../../../grammars/lean-tactic/print.ts";
import type { TacticSpeech } from "../model/tactics.ts";
import { introduced, isDefinition } from "./shape.ts";

/** How a model is asked for tactics of Lean, and how its answers are read. */
export const leanSpeech: TacticSpeech = {
  prompt: {
    system:
      "You are an expert in the Lean 4 proof assistant. You answer with one Lean 4 tactic for the goal and nothing else: no words, no code block.",
    examples: [
      ["Goal:\nn m : Nat\nih : n + m = m + n\n⊢ n + 1 + m = m + (n + 1)", "omega"],
      ["Goal:\nα : Type\nxs : List α\n⊢ (xs ++ []).length = xs.length", "simp"],
      [
        "Goal:\nxs ys : List Nat\n⊢ count x (xs ++ ys) = count x xs + count x ys",
        "induction xs <;> simp_all [count]",
      ],
    ],
    turnstile: "⊢ ",
    proved: (statement, proof) => `${statement} := by ${proof}`,
    script: (tactics) => tactics.join("; "),
    prover: "Lean",
    own: () => [],
  },
  names: ({ hypotheses, conclusion }) => {
    const named = hypotheses.flatMap(({ names }) => names);
    return [...named, ...introduced(conclusion, new Set(named))];
  },
  isLemma: ({ statement }) => !isDefinition(statement),
  grammar: (names) => leanTacticLanguage(names),
  read({ text, format }, refused) {
    const read = format === "json" ? parseLeanTacticJson : parseLeanTactic;
    const parsed = read(text, { entry: "tactic", refused });
    return parsed.kind === "ok" ? printLeanTactic(parsed.tree) : null;
  },
  deadlineMs: 4_000,
};
