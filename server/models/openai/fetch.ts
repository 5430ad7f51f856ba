/** Bounds on one exchange with a server that may be slow, endless, or both. */
export interface ExchangeLimits {
  /** Milliseconds from the request to the last byte of the answer. */
  readonly deadlineMs: number;
  /** Bytes of a body. */
  readonly bodyBytes: number;
}

export const defaultExchangeLimits: ExchangeLimits = { deadlineMs: 120_000, bodyBytes: 4 << 20 };

/** How an exchange broke down below the level of HTTP statuses. */
export class ExchangeError extends Error {
  override name = "ExchangeError";
  readonly kind: "connection" | "deadline" | "too-long" | "cut-off";
  /** The system's word: `ECONNREFUSED`. */
  readonly code: string | null;
  constructor(kind: ExchangeError["kind"], code: string | null, message: string) {
    super(message);
    this.kind = kind;
    this.code = code;
  }
}

/**
 * A `fetch` that has read the whole body before it answers, within the limits, and follows no redirect (the network is used
 * only to the configured endpoint, safety.md 16). Throws an `ExchangeError`, or the reason of the caller's signal.
 */
export function boundedFetch(limits: ExchangeLimits): typeof fetch {
  return async (input, init) => {
    const caller = init?.signal ?? null;
    const deadline = AbortSignal.timeout(limits.deadlineMs);
    const signal = caller === null ? deadline : AbortSignal.any([caller, deadline]);
    let started = false;
    try {
      const response = await fetch(input, { ...init, signal, redirect: "manual" });
      started = true;
      const body = await readBody(response, limits.bodyBytes);
      const bare = [101, 204, 205, 304].includes(response.status);
      const headers = new Headers(response.headers);
      // The body is no longer as it was sent.
      for (const name of ["content-encoding", "content-length", "transfer-encoding"]) headers.delete(name);
      return new Response(bare ? null : body, { status: response.status, headers });
    } catch (error) {
      if (caller?.aborted) throw caller.reason;
      if (error instanceof ExchangeError) throw error;
      if (deadline.aborted)
        throw new ExchangeError("deadline", null, `no whole answer within ${limits.deadlineMs / 1000} s`);
      const code = systemCode(error);
      throw started
        ? new ExchangeError("cut-off", code, "the answer broke off")
        : new ExchangeError("connection", code, code ?? "the connection failed");
    }
  };
}

async function readBody(response: Response, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  if (response.body !== null) {
    // Leaving the loop by an exception cancels the stream, and with it the connection.
    for await (const piece of response.body) {
      size += piece.byteLength;
      if (size > limit)
        throw new ExchangeError("too-long", null, `the answer is longer than ${limit >> 20} MB`);
      pieces.push(piece);
    }
  }
  return Buffer.concat(pieces);
}

function systemCode(error: unknown): string | null {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (typeof code === "string") return code;
    if (cause instanceof AggregateError && cause.errors[0] !== undefined) return systemCode(cause.errors[0]);
  }
  return null;
}
