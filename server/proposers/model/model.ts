import { invariantLanguage } from "../../../grammars/invariant/language.ts";
import type { RawCandidate } from "../../engine/candidate.ts";
import type { ProposeContext, Proposer } from "../../engine/interfaces.ts";
import type { Kinds } from "../../engine/kinds.ts";
import { type Model, ModelError, type SampleRequest } from "../../engine/model.ts";
import { loopsOf } from "../../engine/task.ts";
import { vocabularyOf } from "../../tasks/invariants/parse.ts";
import { promptFor, repairPrompt, type Wanted } from "../../tasks/invariants/prompt.ts";

/** Tasks that are about loops of C. */
type LoopKind = "invariants" | "annotations";

/** One step of the ladder: what to ask for, how often, how hot. */
interface Rung {
  readonly wanted: Wanted;
  readonly n: number;
  readonly temperature: number;
  readonly maxTokens: number;
}

/** Single atoms, many and short, come first: a small model is right about one comparison more often than about all. */
const LADDER: readonly Rung[] = [
  { wanted: "atom", n: 6, temperature: 0.3, maxTokens: 24 },
  { wanted: "invariant", n: 2, temperature: 0.2, maxTokens: 64 },
  { wanted: "atom", n: 8, temperature: 0.9, maxTokens: 24 },
];
/** Of the time that is left when its turn begins: a slow model does not take it from everybody behind it. */
const SHARE = 0.4;
const REPAIR: Rung = { wanted: "invariant", n: 3, temperature: 0.6, maxTokens: 64 };

/**
 * A language model under the invariant grammar. Each answer's conjuncts join the pool, the most probable answers first; when
 * everything has failed there is one repair round with the counterexample in words. A model that fails is noted, not fatal.
 */
export function loopModelProposer<K extends LoopKind>(
  open: () => Promise<Model | null>,
  /** What an invariant of a loop may name. */
  names: (task: Kinds[K]["task"], loop: number) => Iterable<string>,
): Proposer<K> {
  return {
    name: "model",
    kind: "model",
    async *propose(context) {
      const { task, round, findings, note, options, budget } = context;
      if (round > 1) return;
      const miss = findings.misses.at(-1);
      if (round === 1 && !miss) return;
      const until =
        options.only === "model" ? null : AbortSignal.timeout(Math.ceil(SHARE * budget.remainingMs));
      try {
        const model = await open();
        if (!model) return;
        for (const loop of loopsOf(task)) {
          const scope = [...names(task, loop.id)];
          if (scope.length === 0) continue;
          const rungs = round === 0 ? LADDER : [REPAIR];
          for (const rung of rungs) {
            const messages =
              round === 0 ? promptFor(task, loop.id, rung.wanted) : repairPrompt(task, loop.id, miss!);
            yield* answers(context, model, loop.id, scope, rung, messages, until);
            if (until?.aborted) return;
          }
        }
      } catch (error) {
        context.signal.throwIfAborted();
        if (!(error instanceof ModelError)) throw error;
        note({ type: "note", message: error.message });
      }
    },
  };
}

/** The same for functions of which there is a program. */
export function modelProposer(open: () => Promise<Model | null>): Proposer {
  return loopModelProposer(open, ({ program }, loop) => vocabularyOf(program, loop).keys());
}

async function* answers<K extends LoopKind>(
  context: ProposeContext<K>,
  model: Model,
  loop: number,
  scope: readonly string[],
  rung: Rung,
  messages: SampleRequest["messages"],
  until: AbortSignal | null,
): AsyncGenerator<RawCandidate> {
  const { options, budget, round, note } = context;
  if (budget.remainingTokens === 0) return;
  const language = invariantLanguage(scope, { entry: rung.wanted });
  const { wanted, n, temperature, maxTokens } = rung;
  const request: SampleRequest = {
    messages,
    n,
    temperature,
    maxTokens,
    grammar: language,
    seed: options.seed + round * 1000,
    signal: until === null ? context.signal : AbortSignal.any([context.signal, until]),
  };
  const started = performance.now();
  let tokens = 0;
  const collected: RawCandidate[] = [];
  try {
    for await (const completion of model.sample(request)) {
      const used = completion.promptTokens + completion.tokens;
      budget.tokens += used;
      tokens += completion.tokens;
      collected.push({
        kind: "text",
        text: completion.text,
        format: completion.format,
        truncated: completion.finish === "length",
        loop,
        provenance: {
          proposer: "model",
          prompt: round === 0 ? `${wanted}@${temperature}` : "repair",
          seed: request.seed,
          tokens: used,
          logProbability: completion.logProbability,
        },
      });
      if (budget.remainingTokens === 0) break;
    }
  } catch (error) {
    // What came before its time was over is worth a try.
    if (!until?.aborted || context.signal.aborted) throw error;
  }
  const seconds = (performance.now() - started) / 1000;
  note({ type: "model", name: model.name, tokens, tokensPerSecond: seconds > 0 ? tokens / seconds : 0 });
  collected.sort((a, b) => (b.provenance.logProbability ?? 0) - (a.provenance.logProbability ?? 0));
  yield* collected;
}
