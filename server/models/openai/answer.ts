import type { Completion } from "../../engine/model.ts";
import { estimateTokens } from "../budget.ts";

/** An answer of the chat completions protocol, as far as it made sense. */
export interface Answer {
  readonly completions: readonly Completion[];
  /** Prompt and answers together, as the server counts or else as estimated. */
  readonly tokensUsed: number;
  /** Answers that the server withheld: a content filter, a refusal. */
  readonly withheld: number;
}

/**
 * Reads an answer defensively: `body` is whatever JSON or text the server sent. Null when it is not an answer at all.
 * `asked` are the fields that the reading depends on.
 */
export function readAnswer(
  body: unknown,
  asked: { readonly schema: boolean; readonly promptText: string },
): Answer | null {
  if (!isRecord(body) || !Array.isArray(body.choices)) return null;
  const usage = isRecord(body.usage) ? body.usage : {};
  const promptTokens = count(usage.prompt_tokens) ?? estimateTokens(asked.promptText);
  const read: Completion[] = [];
  let withheld = 0;
  for (const choice of body.choices) {
    if (!isRecord(choice) || !isRecord(choice.message)) return null;
    const { content } = choice.message;
    if (typeof content !== "string" || choice.finish_reason === "content_filter") {
      withheld += 1;
      continue;
    }
    read.push({
      text: content,
      // A server that ignores schemas answers in words: those are read in the grammar's own syntax.
      format: asked.schema && isJsonObject(content) ? "json" : "text",
      // Only a clean stop is a whole answer: anything else counts as cut off, and is rejected.
      finish: choice.finish_reason === "stop" ? "stop" : "length",
      promptTokens,
      tokens: tokenCount(choice) ?? estimateTokens(content),
      logProbability: meanLogProbability(choice),
    });
  }
  const counted = count(usage.completion_tokens);
  const completions = read.length === 1 && counted !== null ? [{ ...read[0]!, tokens: counted }] : read;
  const answerTokens = counted ?? completions.reduce((sum, { tokens }) => sum + tokens, 0);
  return {
    completions,
    tokensUsed: count(usage.total_tokens) ?? promptTokens + answerTokens,
    withheld,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isJsonObject(text: string): boolean {
  try {
    return isRecord(JSON.parse(text));
  } catch {
    return false;
  }
}

function count(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : null;
}

function tokenLogProbabilities(choice: Record<string, unknown>): unknown[] | null {
  return isRecord(choice.logprobs) && Array.isArray(choice.logprobs.content) ? choice.logprobs.content : null;
}

function tokenCount(choice: Record<string, unknown>): number | null {
  return tokenLogProbabilities(choice)?.length ?? null;
}

function meanLogProbability(choice: Record<string, unknown>): number | null {
  const tokens = tokenLogProbabilities(choice);
  if (tokens === null || tokens.length === 0) return null;
  let sum = 0;
  for (const token of tokens) {
    if (!isRecord(token) || typeof token.logprob !== "number") return null;
    sum += token.logprob;
  }
  return sum / tokens.length;
}
