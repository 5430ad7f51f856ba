import { parseCoqTacticJson } from "../../../grammars/coq-tactic/answer.ts";
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
const FIRST_TOKENS = 40;
/** A server that answers in JSON needs several times as many: the limit grows while every answer is cut off by it. */
const MOST_TOKENS = 320;
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
  let maxTokens = FIRST_TOKENS;
  return {
    name: "model",
    kind: "model",
    async *sample(position, signal): AsyncGenerator<Suggestion> {
      const { budget, note } = context;
      if (failed || budget.remainingTokens === 0) return;
      try {
        const model = await open();
        if (!model) return;
        const whole = yield* answers(model, position, premises, context, maxTokens, signal);
        if (!whole) maxTokens = Math.min(MOST_TOKENS, 2 * maxTokens);
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof ModelError)) throw error;
        failed = true;
        note({ type: "note", message: error.message });
      }
    },
  };
}

/** The answers that are tactics; returns false when all were cut off. */
async function* answers(
  model: Model,
  position: Position,
  premises: readonly Premise[],
  context: ProposeContext<"proofHole">,
  maxTokens: number,
  signal: AbortSignal,
): AsyncGenerator<Suggestion, boolean> {
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
    maxTokens,
    grammar: coqTacticLanguage(names),
    seed: options.seed + position.depth * 100 + again,
    signal,
  };
  const started = performance.now();
  let tokens = 0;
  let cut = 0;
  let all = 0;
  for await (const completion of model.sample(request)) {
    budget.tokens += completion.promptTokens + completion.tokens;
    tokens += completion.tokens;
    budget.proposed++;
    all++;
    if (completion.finish === "length") cut++;
    if (completion.finish === "stop") {
      const read = completion.format === "json" ? parseCoqTacticJson : parseCoqTactic;
      const parsed = read(completion.text, { refused: [task.group] });
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
  return all === 0 || cut < all;
}
