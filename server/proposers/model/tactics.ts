import type { ProposeContext } from "../../engine/interfaces.ts";
import { type Completion, type Model, ModelError, type OutputGrammar } from "../../engine/model.ts";
import type { Goal, Premise } from "../../search/session.ts";
import type { Position, Suggestion, TacticSource } from "../../search/source.ts";
import { type PromptStyle, tacticPrompt } from "./tactic-prompt.ts";

/** A proof assistant's tactics as a language that a model is asked in and answers in. */
export interface TacticSpeech {
  readonly prompt: PromptStyle;
  /** Names of a goal that a tactic may speak of, beside those of lemmas. */
  names(goal: Goal): readonly string[];
  /** Whether a premise is something to reason with, and no definition. */
  isLemma(premise: Premise): boolean;
  /** The grammar of tactics over these names. */
  grammar(names: readonly string[]): OutputGrammar;
  /** The tactic that an answer says, as the prover reads it; null where it is none, or speaks of what it may not. */
  read(answer: Completion, refused: readonly string[]): string | null;
  /** Milliseconds that the prover may take for one. */
  readonly deadlineMs: number;
}

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
  speech: TacticSpeech,
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
        const whole = yield* answers(speech, model, position, premises, context, maxTokens, signal);
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
  speech: TacticSpeech,
  model: Model,
  position: Position,
  premises: readonly Premise[],
  context: ProposeContext<"proofHole">,
  maxTokens: number,
  signal: AbortSignal,
): AsyncGenerator<Suggestion, boolean> {
  const { task, options, budget, note } = context;
  const lemmas = position.relevant.filter(speech.isLemma).slice(0, MOST_PREMISES);
  const names = [...speech.names(position.goal), ...lemmas.map(({ name }) => name)];
  const again = position.failures.filter(({ failure }) => failure !== "no progress").length;
  const request = {
    messages: tacticPrompt(speech.prompt, task, position, lemmas, premises),
    n: SAMPLES,
    temperature: again > 0 ? 0.9 : 0.5,
    maxTokens,
    grammar: speech.grammar(names),
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
      const tactic = speech.read(completion, task.group === null ? [] : [task.group]);
      if (tactic !== null) {
        budget.parsed++;
        // Tokens are a few in number, so the mean is not far from the whole tactic's cost divided by its length.
        const cost = Math.min(3, 0.6 - (completion.logProbability ?? -1));
        yield { tactics: [tactic], cost, deadlineMs: speech.deadlineMs, arm: "model" };
      }
    }
    if (budget.remainingTokens === 0) break;
  }
  const seconds = (performance.now() - started) / 1000;
  note({ type: "model", name: model.name, tokens, tokensPerSecond: seconds > 0 ? tokens / seconds : 0 });
  return all === 0 || cut < all;
}
