import type {
  ChatHistoryItem,
  ChatWrapper,
  LlamaContext,
  LlamaContextSequence,
  LlamaGrammar,
  LlamaModel,
  Token,
} from "node-llama-cpp";
import type { Message } from "../../engine/model.ts";
import { type Library, loadModel } from "./library.ts";
import type { HostCompletion, HostRequest, HostSettings } from "./protocol.ts";

type SampleRequest = Extract<HostRequest, { op: "sample" }>;

/** A request that cannot be served, whoever asks again. */
export class RefusedRequest extends Error {
  override name = "RefusedRequest";
}

/** Prompt tokens evaluated between two looks at whether the request was cancelled. */
const promptChunk = 64;
const keptGrammars = 32;

/** A loaded model that writes; it runs in the model host. */
export class Sampler {
  readonly gpu: string | false;
  readonly contextSize: number;
  readonly #library: Library;
  readonly #model: LlamaModel;
  readonly #chat: ChatWrapper;
  /** Each keeps the state of its last prompt, so the next sample evaluates only what differs (a cache is per sequence). */
  readonly #sequences: readonly LlamaContextSequence[];
  readonly #grammars = new Map<string, LlamaGrammar>();

  private constructor(library: Library, model: LlamaModel, context: LlamaContext) {
    this.#library = library;
    this.gpu = model.llama.gpu;
    this.contextSize = context.contextSize;
    this.#model = model;
    this.#chat = library.resolveChatWrapper(model);
    this.#sequences = Array.from({ length: context.totalSequences }, () => context.getSequence());
  }

  static async load(settings: HostSettings): Promise<Sampler> {
    const { library, model } = await loadModel(settings);
    const context = await model.createContext({
      contextSize: { max: Math.min(settings.contextSize, model.trainContextSize) },
      threads: settings.threads,
      sequences: settings.sequences ?? (model.llama.gpu === false ? 1 : 8),
    });
    return new Sampler(library, model, context);
  }

  get sequences(): number {
    return this.#sequences.length;
  }

  /** Makes `n` answers, giving each to `emit` as it is ready. Looks at `cancelled` after every token. */
  async sample(
    request: SampleRequest,
    cancelled: () => boolean,
    emit: (completion: HostCompletion) => void,
  ): Promise<void> {
    const prompt = this.#tokenize(request.messages);
    if (prompt.length + request.maxTokens > this.contextSize)
      throw new RefusedRequest(
        `the prompt (${prompt.length} tokens) and an answer of ${request.maxTokens} do not fit into the context of ${this.contextSize} tokens`,
      );
    const grammar = request.gbnf === null ? null : await this.#grammar(request.gbnf);
    let next = 0;
    await Promise.all(
      this.#sequences.map(async (sequence) => {
        while (next < request.n && !cancelled()) {
          const seed = request.seed + next;
          next += 1;
          const completion = await this.#one(sequence, prompt, grammar, { ...request, seed }, cancelled);
          if (completion !== null) emit(completion);
        }
      }),
    );
  }

  async #one(
    sequence: LlamaContextSequence,
    prompt: readonly Token[],
    grammar: LlamaGrammar | null,
    { maxTokens, temperature, seed }: SampleRequest,
    cancelled: () => boolean,
  ): Promise<HostCompletion | null> {
    const started = performance.now();
    // The last token is evaluated with the first sample.
    const last = prompt.length - 1;
    await sequence.adaptStateToTokens(prompt.slice(0, last), false);
    const reused = sequence.nextTokenIndex;
    while (sequence.nextTokenIndex < last) {
      const from = sequence.nextTokenIndex;
      await sequence.evaluateWithoutGeneratingNewTokens(
        prompt.slice(from, Math.min(from + promptChunk, last)),
      );
      if (cancelled()) return null;
    }
    const evaluated = performance.now();
    const tokens: Token[] = [];
    let logProbability = 0;
    let finish: "stop" | "length" = "stop";
    const options = {
      temperature,
      seed,
      ...(grammar === null
        ? {}
        : {
            grammarEvaluationState: new this.#library.LlamaGrammarEvaluationState({
              model: this.#model,
              grammar,
            }),
          }),
    };
    for await (const { token, confidence } of sequence.evaluateWithMetadata(
      prompt.slice(last),
      { confidence: true },
      options,
    )) {
      if (cancelled()) return null;
      tokens.push(token);
      logProbability += Math.log(Math.max(confidence, Number.MIN_VALUE));
      if (tokens.length >= maxTokens) {
        finish = "length";
        break;
      }
    }
    return {
      text: this.#model.detokenize(tokens),
      finish,
      promptTokens: prompt.length,
      tokens: tokens.length,
      logProbability: tokens.length === 0 ? null : logProbability / tokens.length,
      evaluatedTokens: last - reused,
      evaluationMs: evaluated - started,
      generationMs: performance.now() - evaluated,
    };
  }

  #tokenize(messages: readonly Message[]): Token[] {
    const chatHistory: ChatHistoryItem[] = messages.map(({ role, content }) =>
      role === "assistant" ? { type: "model", response: [content] } : { type: role, text: content },
    );
    chatHistory.push({ type: "model", response: [] });
    const tokens = this.#chat
      .generateContextState({ chatHistory })
      .contextText.tokenize(this.#model.tokenizer);
    // Where the template begins with the model's own start token, the wrapper would say it twice.
    const start = this.#model.tokens.bos;
    return start !== null && tokens[0] === start && tokens[1] === start ? tokens.slice(1) : tokens;
  }

  async #grammar(gbnf: string): Promise<LlamaGrammar> {
    let grammar = this.#grammars.get(gbnf);
    if (grammar === undefined) {
      try {
        grammar = await this.#model.llama.createGrammar({ grammar: gbnf });
      } catch (error) {
        throw new RefusedRequest(`llama.cpp does not take the grammar: ${String(error)}`);
      }
    }
    // The most recently used last, so that the first is the one to forget.
    this.#grammars.delete(gbnf);
    this.#grammars.set(gbnf, grammar);
    if (this.#grammars.size > keptGrammars) this.#grammars.delete(this.#grammars.keys().next().value!);
    return grammar;
  }
}
