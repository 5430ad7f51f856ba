import type { Model, OutputGrammar, SampleRequest } from "../engine/model.ts";
import type { Timing } from "./llama/protocol.ts";

/** How fast a model is on this machine; null where it does not say. */
export interface BenchResult {
  readonly model: string;
  readonly answers: number;
  readonly tokens: number;
  readonly wallMs: number;
  /** Prompt tokens a second, of those that had to be evaluated. */
  readonly promptTokensPerSecond: number | null;
  /** Generated tokens a second, without the prompt. */
  readonly tokensPerSecond: number;
  /** Whole answers a second, prompt included. */
  readonly candidatesPerSecond: number;
}

/** A model that adds up the work it did. */
export interface TimedModel extends Model {
  readonly timing: Timing;
}

/** Atoms such as `x <= 10`: about as long as a candidate is. */
const atom: OutputGrammar = {
  name: "bench",
  gbnf: [
    'root ::= term " " ("<=" | "<" | ">=" | ">" | "==" | "!=") " " term',
    'term ::= factor (" " ("+" | "-") " " factor)?',
    'factor ::= variable | number | number " * " variable',
    'variable ::= "i" | "n" | "sum"',
    'number ::= "0" | [1-9] [0-9]?',
  ].join("\n"),
  schema: {
    type: "object",
    properties: {
      left: { type: "string" },
      relation: { enum: ["<=", "<", ">=", ">", "==", "!="] },
      right: { type: "string" },
    },
    required: ["left", "relation", "right"],
    additionalProperties: false,
  },
};

const messages: SampleRequest["messages"] = [
  {
    role: "system",
    content: "You write one loop invariant for a C loop: a comparison between its variables.",
  },
  { role: "user", content: "int i = 0;\nint sum = 0;\nwhile (i < n) {\n  i = i + 1;\n  sum = sum + 2;\n}" },
  { role: "assistant", content: "i <= n" },
  { role: "user", content: "int i = 0;\nint sum = 0;\nwhile (i < n) {\n  i = i + 1;\n  sum = sum + i;\n}" },
];

/** Measures a model with short answers under a grammar, as the pipeline asks for them. The first answer, which loads it, does not count. */
export async function bench(
  model: Model | TimedModel,
  { answers = 24, signal }: { readonly answers?: number; readonly signal: AbortSignal },
): Promise<BenchResult> {
  const request = { messages, grammar: atom, maxTokens: 24, temperature: 0.9, signal };
  for await (const _ of model.sample({ ...request, n: 1, seed: 0 }));
  const before = "timing" in model ? model.timing : null;
  const started = performance.now();
  let tokens = 0;
  let count = 0;
  // Another prompt than the first one's, so that its evaluation is measured too.
  const asked = [
    ...messages.slice(0, 3),
    { role: "user" as const, content: `${messages[3]!.content}\nreturn sum;` },
  ];
  for await (const completion of model.sample({ ...request, messages: asked, n: answers, seed: 1 })) {
    tokens += completion.tokens;
    count += 1;
  }
  const wallMs = performance.now() - started;
  const work = before === null ? null : difference((model as TimedModel).timing, before);
  return {
    model: model.name,
    answers: count,
    tokens,
    wallMs,
    promptTokensPerSecond:
      work === null || work.evaluationMs === 0 ? null : (work.evaluatedTokens / work.evaluationMs) * 1000,
    tokensPerSecond: (tokens / (work?.generationMs || wallMs)) * 1000,
    candidatesPerSecond: (count / wallMs) * 1000,
  };
}

function difference(after: Timing, before: Timing): Timing {
  return {
    evaluatedTokens: after.evaluatedTokens - before.evaluatedTokens,
    evaluationMs: after.evaluationMs - before.evaluationMs,
    tokens: after.tokens - before.tokens,
    generationMs: after.generationMs - before.generationMs,
  };
}
