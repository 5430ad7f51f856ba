import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type DownloadOptions, downloadFile } from "../../../server/install/download.ts";
import { noise, sha256 } from "./archive.ts";
import { type FileServer, fileServer, send } from "./file-server.ts";

const bytes = noise(300_000);
const hash = sha256(bytes);
let folder: string;
let server: FileServer | null = null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "touchstone-test-"));
});
afterEach(async () => {
  await server?.close();
  server = null;
  rmSync(folder, { recursive: true });
});

const target = () => join(folder, "model.gguf");
const part = () => `${target()}.part`;

async function serve(answer: Parameters<typeof fileServer>[0]): Promise<FileServer> {
  server = await fileServer(answer);
  return server;
}

function fetchIt(options: Partial<DownloadOptions> = {}) {
  return downloadFile({
    url: `${server!.url}/model.gguf`,
    target: target(),
    sha256: hash,
    signal: new AbortController().signal,
    stallMs: 5000,
    ...options,
  });
}

test("the file appears whole, and progress ends at its size", async () => {
  await serve((request, response) => send(request, response, bytes));
  const progress: string[] = [];
  const result = await fetchIt({ onProgress: ({ done, total }) => progress.push(`${done} of ${total}`) });
  expect(result).toEqual({ kind: "fetched", path: target(), bytes: bytes.length, sha256: hash });
  expect(readFileSync(target()).equals(bytes)).toBe(true);
  expect(readdirSync(folder)).toEqual(["model.gguf"]);
  expect(progress.at(-1)).toBe("300000 of 300000");
});

test("a connection that breaks leaves a part, and the next download continues it", async () => {
  await serve((request, response, count) => {
    if (count > 1) return send(request, response, bytes);
    response.writeHead(200, { "content-length": bytes.length });
    response.write(bytes.subarray(0, 100_000), () => setImmediate(() => response.destroy()));
  });
  const broken = await fetchIt();
  expect(broken).toMatchObject({ kind: "failed", reason: "no-network" });
  expect(broken.kind === "failed" && broken.message).toContain("run the command again");
  expect(existsSync(target())).toBe(false);
  const have = statSync(part()).size;
  expect(have).toBeGreaterThan(0);
  expect((await fetchIt()).kind).toBe("fetched");
  expect(server!.log[1]).toBe(`GET /model.gguf bytes=${have}-`);
  expect(readFileSync(target()).equals(bytes)).toBe(true);
});

test("an abort leaves a part that is continued, too", async () => {
  const controller = new AbortController();
  const reason = new Error("enough");
  await serve((request, response, count) => {
    if (count > 1) return send(request, response, bytes);
    response.writeHead(200, { "content-length": bytes.length });
    response.write(bytes.subarray(0, 100_000));
  });
  const onProgress = ({ done }: { done: number }) => done > 0 && controller.abort(reason);
  await expect(fetchIt({ signal: controller.signal, onProgress })).rejects.toBe(reason);
  expect(readdirSync(folder)).toEqual(["model.gguf.part"]);
  expect((await fetchIt()).kind).toBe("fetched");
});

test("a server that cannot continue sends all of it again", async () => {
  writeFileSync(part(), "something else");
  await serve((_, response) => response.writeHead(200, { "content-length": bytes.length }).end(bytes));
  expect((await fetchIt()).kind).toBe("fetched");
});

test("a part that is longer than the file is thrown away", async () => {
  writeFileSync(part(), Buffer.concat([bytes, bytes]));
  await serve((request, response) => send(request, response, bytes));
  expect((await fetchIt()).kind).toBe("fetched");
  expect(server!.log).toHaveLength(2);
});

test("another file than the pinned one is deleted", async () => {
  await serve((request, response) => send(request, response, noise(1000)));
  const result = await fetchIt();
  expect(result).toMatchObject({ kind: "failed", reason: "hash-mismatch" });
  expect(result.kind === "failed" && result.message).toContain(hash);
  expect(readdirSync(folder)).toEqual([]);
});

test("a damaged part is not continued for ever", async () => {
  writeFileSync(part(), noise(2000).subarray(1000));
  await serve((request, response) => send(request, response, bytes));
  expect(await fetchIt()).toMatchObject({ reason: "hash-mismatch" });
  expect((await fetchIt()).kind).toBe("fetched");
});

test("without a pinned hash the one that the hub announces on its redirect counts", async () => {
  await serve((request, response) => {
    if (request.url === "/stored") return send(request, response, bytes);
    response.writeHead(302, { location: "/stored", "x-linked-etag": `"${hash}"` }).end();
  });
  expect(await fetchIt({ sha256: null })).toMatchObject({ kind: "fetched", sha256: hash });
  expect(server!.log).toEqual(["HEAD /model.gguf", "GET /model.gguf", "GET /stored"]);
});

test("a file whose hash nobody announces is not fetched", async () => {
  await serve((request, response) => send(request, response, bytes));
  const result = await fetchIt({ sha256: null });
  expect(result.kind === "failed" && result.message).toContain("announces no SHA-256");
  expect(server!.log).toEqual(["HEAD /model.gguf"]);
});

test.each([
  [404, "not-found"],
  [401, "not-found"],
  [503, "no-network"],
])("status %d is %s", async (status, reason) => {
  await serve((_, response) => response.writeHead(status).end("<html>"));
  expect(await fetchIt()).toMatchObject({ kind: "failed", reason });
  expect(readdirSync(folder)).toEqual([]);
});

test("nobody listens", async () => {
  await serve(() => {});
  const { url } = server!;
  await server!.close();
  const result = await fetchIt({ url: `${url}/model.gguf` });
  expect(result).toMatchObject({ kind: "failed", reason: "no-network" });
  expect(result.kind === "failed" && result.message).toContain("ECONNREFUSED");
  expect(readdirSync(folder)).toEqual([]);
});

test("a server that falls silent", async () => {
  await serve((_, response) => {
    response.writeHead(200, { "content-length": bytes.length });
    response.write(bytes.subarray(0, 1000));
  });
  expect(await fetchIt({ stallMs: 300 })).toMatchObject({ kind: "failed", reason: "no-network" });
});

test("two processes do not write one part; a claim whose process is gone does not count", async () => {
  await serve((request, response) => send(request, response, bytes));
  writeFileSync(`${part()}.lock`, `${process.ppid}\n`);
  expect(await fetchIt()).toMatchObject({ kind: "failed", reason: "busy" });
  const gone = await execa("node", ["-e", ""]);
  expect(gone.exitCode).toBe(0);
  writeFileSync(`${part()}.lock`, "999999999\n");
  expect((await fetchIt()).kind).toBe("fetched");
  expect(readdirSync(folder)).toEqual(["model.gguf"]);
});

const root = process.platform === "linux" && process.getuid?.() === 0;
const small = root ? mkdtempSync(join(tmpdir(), "touchstone-small-")) : null;
const mounted =
  small !== null &&
  !(await execa("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", small], { reject: false })).failed;

test.runIf(mounted)("a full disk", async () => {
  try {
    await serve((request, response) => send(request, response, bytes));
    const result = await fetchIt({ target: join(small!, "model.gguf") });
    expect(result).toMatchObject({ kind: "failed", reason: "disk-full" });
    expect(result.kind === "failed" && result.message).toContain("TOUCHSTONE_CACHE");
  } finally {
    await server?.close();
    await execa("umount", [small!]);
    rmSync(small!, { recursive: true });
  }
});
