import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { NoisyMessageReader } from "../../../provers/lean/frames.ts";

const frame = (body: string) => `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

/** Feeds a stream in pieces of a size, and collects what is read. */
async function read(bytes: string, size: number): Promise<unknown[]> {
  const stream = new PassThrough();
  const messages: unknown[] = [];
  new NoisyMessageReader(stream).listen((message) => messages.push(message));
  const all = Buffer.from(bytes);
  for (let at = 0; at < all.length; at += size) stream.write(all.subarray(at, at + size));
  await new Promise((resolve) => setImmediate(resolve));
  return messages;
}

describe("messages in a noisy stream", () => {
  const one = { jsonrpc: "2.0", id: 1, result: "∀ α" };
  const two = { jsonrpc: "2.0", method: "x", params: { text: "Content-Length: 7" } };
  const bytes = `[DEBUG:A] start\n${frame(JSON.stringify(one))}[DEBUG:Content] x\n${frame(JSON.stringify(two))}\n`;

  it.each([1, 3, 7, 1000])("are read in pieces of %i bytes", async (size) => {
    expect(await read(bytes, size)).toEqual([one, two]);
  });

  it("are passed over when they are no JSON or announce nonsense", async () => {
    const broken = `${frame("{oops")}Content-Length: x\r\n\r\nContent-Length: 999999999999\r\n\r\n`;
    expect(await read(broken + frame(JSON.stringify(one)), 50)).toEqual([one]);
  });
});
