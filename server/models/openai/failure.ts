import { APIConnectionError, APIError } from "openai";
import { ModelError } from "../../engine/model.ts";
import type { Redactor } from "../redaction.ts";
import type { Endpoint } from "./endpoint.ts";
import { ExchangeError } from "./fetch.ts";

/** What a failed exchange calls for. Decided by status and code, never by a message's words. */
export type Failure =
  /** Worth another try, not before `afterMs` where the server said so. `error` is thrown when tries run out. */
  | { readonly kind: "transient"; readonly afterMs: number | null; readonly error: ModelError }
  /** The server does not take a request like this one; it may take a simpler one. */
  | { readonly kind: "notTaken"; readonly parameter: string | null; readonly error: ModelError }
  | { readonly kind: "final"; readonly error: ModelError };

/** Classifies what the openai library threw; null for anything that is not a failed exchange, such as a bug. */
export function classifyFailure(
  error: unknown,
  endpoint: Endpoint,
  model: string,
  redact: Redactor,
): Failure | null {
  const at = endpoint.baseUrl;
  const final = (kind: ModelError["kind"], message: string): Failure => ({
    kind: "final",
    error: new ModelError(kind, redact(message)),
  });
  const transient = (kind: ModelError["kind"], message: string, afterMs: number | null = null): Failure => ({
    kind: "transient",
    afterMs,
    error: new ModelError(kind, redact(message)),
  });

  if (error instanceof APIConnectionError) {
    const cause = error.cause;
    if (!(cause instanceof ExchangeError)) return final("unreachable", `cannot reach the model at ${at}`);
    switch (cause.kind) {
      case "connection": {
        const advice = "is the server running, and is the address right?";
        const message = `cannot reach the model at ${at} (${cause.message}): ${advice}`;
        // A connection that is refused, or a name that does not exist, stays so for the next seconds.
        const settled = ["ECONNREFUSED", "ENOTFOUND", "ERR_INVALID_URL", "EACCES"].includes(cause.code ?? "");
        return settled ? final("unreachable", message) : transient("unreachable", message);
      }
      case "deadline":
        return final("unreachable", `the model at ${at} is too slow: ${cause.message}`);
      case "cut-off":
        return transient("garbage", `the model at ${at} broke off in the middle of its answer`);
      case "too-long":
        return final("garbage", `the model at ${at} does not stop: ${cause.message}`);
    }
  }
  if (error instanceof SyntaxError)
    return transient("garbage", `the model at ${at} answered with something that is not JSON`);
  if (!(error instanceof APIError) || error.status === undefined) return null;

  const status: number = error.status;
  const said = serverMessage(error, redact);
  const code = typeof error.code === "string" ? error.code : null;
  if (status === 401 || status === 403) {
    const advice =
      endpoint.key === null
        ? `it wants a key: set ${endpoint.keyVariable}`
        : `check the key in ${endpoint.keyVariable}`;
    return final("unauthorized", `the model at ${at} refuses access (${status}): ${advice}${said}`);
  }
  if (status === 429) {
    if (code === "insufficient_quota")
      return final("rate-limited", `the account at ${at} has no quota left (429)${said}`);
    const message = `the model at ${at} is limiting requests (429): try again later, or ask for fewer samples${said}`;
    return transient("rate-limited", message, retryAfter(error.headers));
  }
  if (status === 404)
    return final(
      "refused",
      `no model '${model}' at ${at} (404): check the name, and that the address ends where '/chat/completions' begins (often in /v1)${said}`,
    );
  if (status >= 300 && status < 400)
    return final(
      "refused",
      `${at} redirects elsewhere (${status}), which is not followed: set the base URL to the final address`,
    );
  if (status === 408 || status === 409 || status >= 500)
    return transient(
      "unreachable",
      `the model at ${at} failed (${status})${said}`,
      retryAfter(error.headers),
    );
  const refused = new ModelError(
    "refused",
    redact(`the model at ${at} does not take the request (${status})${said}`),
  );
  if ((status === 400 || status === 422) && code !== "context_length_exceeded")
    return {
      kind: "notTaken",
      parameter: typeof error.param === "string" ? error.param : null,
      error: refused,
    };
  return { kind: "final", error: refused };
}

/** A few words of the server's own, on one line; redacted before they are cut, for half a key is a secret too. */
function serverMessage(error: APIError, redact: Redactor): string {
  const body = error.error as { message?: unknown } | string | undefined;
  const text = typeof body === "string" ? body : typeof body?.message === "string" ? body.message : "";
  const line = redact(text)
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, " ")
    .trim();
  return line === "" ? "" : `; it says: ${line.length > 200 ? `${line.slice(0, 200)}…` : line}`;
}

/** Milliseconds from `retry-after-ms` or `Retry-After` (seconds or a date: RFC 9110, 10.2.3); null when absent or senseless. */
export function retryAfter(headers: Headers | undefined, now: number = Date.now()): number | null {
  const precise = Number.parseFloat(headers?.get("retry-after-ms") ?? "");
  if (Number.isFinite(precise)) return Math.max(0, precise);
  const value = headers?.get("retry-after")?.trim();
  if (!value) return null;
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
