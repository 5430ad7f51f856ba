import type { OutputGrammar } from "../../engine/model.ts";

/**
 * Ways to bind an answer to a grammar, best supported first:
 * `schema` is OpenAI's `response_format: json_schema` in strict mode; `grammar` is llama-server's GBNF field;
 * `structured_outputs` and `guided_grammar` are vLLM's, new and old; `none` leaves it to the prompt.
 */
export type ConstraintWay = "schema" | "grammar" | "structured_outputs" | "guided_grammar" | "none";

export const constraintWays: readonly ConstraintWay[] = [
  "schema",
  "grammar",
  "structured_outputs",
  "guided_grammar",
  "none",
];

/** The fields that a request gets for one way of binding its answer. */
export function constraintFields(way: ConstraintWay, grammar: OutputGrammar): Record<string, unknown> {
  switch (way) {
    case "schema":
      return {
        response_format: {
          type: "json_schema",
          json_schema: {
            name: grammar.name.replace(/[^A-Za-z0-9_-]/g, "_").slice(0, 64),
            strict: true,
            schema: grammar.schema,
          },
        },
      };
    case "grammar":
      return { grammar: grammar.gbnf };
    case "structured_outputs":
      return { structured_outputs: { grammar: grammar.gbnf } };
    case "guided_grammar":
      return { guided_grammar: grammar.gbnf };
    case "none":
      return {};
  }
}

/** What a server was found to take. Learned from refusals, kept for the life of the model. */
export interface Dialect {
  way: ConstraintWay;
  /** Newer OpenAI models take `max_completion_tokens` only. */
  limitField: "max_tokens" | "max_completion_tokens";
  logprobs: boolean;
  seed: boolean;
  temperature: boolean;
  /** Whether `n` above 1 is honoured. */
  several: boolean;
}

/** What is tried first. */
export function firstDialect(way: ConstraintWay | undefined): Dialect {
  return {
    way: way ?? "schema",
    limitField: "max_tokens",
    logprobs: true,
    seed: true,
    temperature: true,
    several: true,
  };
}

/**
 * What to leave out after a server refused a request (status 400 or 422). `parameter` is the field that it names, if it names
 * one. Null when there is nothing left to leave out: then the request itself is at fault.
 */
export function simplerDialect(
  dialect: Dialect,
  parameter: string | null,
  request: { readonly constrained: boolean; readonly fixedWay: boolean; readonly n: number },
): Dialect | null {
  const named = parameter?.split(/[.[]/)[0];
  if (named === "max_tokens" && dialect.limitField === "max_tokens")
    return { ...dialect, limitField: "max_completion_tokens" };
  if (named === "n" && dialect.several && request.n > 1) return { ...dialect, several: false };
  if (named === "temperature" && dialect.temperature) return { ...dialect, temperature: false };
  if (named === "seed" && dialect.seed) return { ...dialect, seed: false };
  if ((named === "logprobs" || named === undefined) && dialect.logprobs)
    return { ...dialect, logprobs: false };
  const next = constraintWays[constraintWays.indexOf(dialect.way) + 1];
  if (request.constrained && !request.fixedWay && next !== undefined) return { ...dialect, way: next };
  if (named === undefined && dialect.several && request.n > 1) return { ...dialect, several: false };
  return null;
}
