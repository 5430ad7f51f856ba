import { coqTacticLanguage } from "../../../grammars/coq-tactic/language.ts";
import { parseCoqTactic } from "../../../grammars/coq-tactic/parse.ts";
import { printCoqTactic } from "../../../grammars/coq-tactic/print.ts";
import type { ProposeContext } from "../../engine/interfaces.ts";
import { type Model, ModelError } from "../../engine/model.ts";
import type { Premise } from "../../search/session.ts";
import type { Position, Suggestion, TacticSource } from "../../search/source.ts";
import { isLemma } from "./premises.ts";
import { tacticPrompt } from "./prompt.ts";
import { readStatement } from "./shape.ts";
import { namesOf } from "./variables.ts";

/** Short tactics, several at a time: a small model is right about one step more often than about a proof. */
const SAMPLES = 4;
const MAX_TOKENS = 40;
const MOST_PREMISES = 12;

/**
 * A language model as a source of tactics. It sees the goal, what is in scope, near proofs, and what failed here before; the
 * tactic grammar over the names of this goal constrains it, and the parser has the last word on what it wrote.
 */
export function modelTactics(
  open: () => Promise<Model | null>,
  premises: readonly Premise[],
  context: ProposeContext<"proofHole">,
): TacticSource {
  let failed = false;
  return {
    name: "model",
    kind: "model",
    async *sample(position, signal): AsyncGenerator<Suggestion> {
      const { budget, note } = context;
      if (failed || budget.remainingTokens === 0) return;
      try {
        const model = await open();
        if (model) yield* answers(model, position, premises, context, signal);
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof ModelError)) throw error;
        failed = true;
        note({ type: "note", message: error.message });
      }
    },
  };
}

async function* answers(
  model: Model,
  position: Position,
  premises: readonly Premise[],
  context: ProposeContext<"proofHole">,
  signal: AbortSignal,
): AsyncGenerator<Suggestion> {
  const { task, options, budget, note } = context;
  const lemmas = position.relevant.filter(isLemma).slice(0, MOST_PREMISES);
  const names = [
    ...namesOf(position.goal).map(([name]) => name),
    ...readStatement(position.goal.conclusion).binders.map(({ name }) => name),
    ...lemmas.map(({ name }) => name),
  ];
  const again = position.failures.filter(({ failure }) => failure !== "no progress").length;
  const request = {
    messages: tacticPrompt(task, position, lemmas, premises),
    n: SAMPLES,
    temperature: again > 0 ? 0.9 : 0.5,
    maxTokens: MAX_TOKENS,
    grammar: coqTacticLanguage(names),
    seed: options.seed + position.depth * 100 + again,
    signal,
  };
  const started = performance.now();
  let tokens = 0;
  for await (const completion of model.sample(request)) {
    budget.tokens += completion.promptTokens + completion.tokens;
    tokens += completion.tokens;
    budget.proposed++;
    if (completion.finish === "stop" && completion.format === "text") {
      const parsed = parseCoqTactic(completion.text, { refused: [task.group] });
      if (parsed.kind === "ok") {
        budget.parsed++;
        // Tokens are a few in number, so the mean is not far from the whole tactic's cost divided by its length.
        const cost = Math.min(3, 0.6 - (completion.logProbability ?? -1));
        yield { tactics: [printCoqTactic(parsed.tree)], cost, deadlineMs: 1_000, arm: "model" };
      }
    }
    if (budget.remainingTokens === 0) break;
  }
  const seconds = (performance.now() - started) / 1000;
  note({ type: "model", name: model.name, tokens, tokensPerSecond: seconds > 0 ? tokens / seconds : 0 });
}
