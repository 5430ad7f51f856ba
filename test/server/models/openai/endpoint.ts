import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { OutputGrammar, SampleRequest } from "../../../../server/engine/model.ts";
import { OpenAiModel, type OpenAiOptions } from "../../../../server/models/openai/model.ts";

/** What a request to the endpoint said. */
export interface Asked {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: Record<string, unknown>;
}

/** Answers one request; `count` is 1 for the first. */
export type Behaviour = (asked: Asked, response: ServerResponse, count: number) => void;

export const key = "sk-test-0123456789abcdef";

/** A server on a free port of this machine that speaks the chat completions protocol as well as `behave` does. */
export async function endpoint(
  behave: Behaviour,
): Promise<{ url: string; asked: Asked[]; close(): Promise<void> }> {
  const asked: Asked[] = [];
  const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const one: Asked = {
      path: request.url ?? "",
      authorization: request.headers.authorization,
      body: JSON.parse(Buffer.concat(pieces).toString()) as Record<string, unknown>,
    };
    asked.push(one);
    behave(one, response, asked.length);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

/** A chat completion with these answers. */
export function completion(
  texts: readonly string[],
  extra: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    object: "chat.completion",
    choices: texts.map((content, index) => ({
      index,
      message: { role: "assistant", content },
      finish_reason: "stop",
    })),
    usage: { prompt_tokens: 10, completion_tokens: 3 * texts.length, total_tokens: 10 + 3 * texts.length },
    ...extra,
  };
}

export const grammar: OutputGrammar = {
  name: "invariant",
  gbnf: 'root ::= "x >= 0"',
  schema: {
    type: "object",
    properties: { op: { const: ">=" } },
    required: ["op"],
    additionalProperties: false,
  },
};

/** A model with quick retries at an address. */
export function modelAt(baseUrl: string, options: Partial<OpenAiOptions> = {}): OpenAiModel {
  return new OpenAiModel({
    endpoint: { baseUrl, key, keyVariable: "TOUCHSTONE_API_KEY" },
    model: "small",
    retry: { attempts: 3, firstDelayMs: 1, longestDelayMs: 1000 },
    ...options,
  });
}

export function request(changes: Partial<SampleRequest> = {}): SampleRequest {
  return {
    messages: [{ role: "user", content: "an invariant, please" }],
    n: 1,
    grammar: null,
    maxTokens: 20,
    temperature: 0.5,
    seed: 7,
    signal: new AbortController().signal,
    ...changes,
  };
}
