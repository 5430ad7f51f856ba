import { type FileHandle, open, rename, rm, stat } from "node:fs/promises";
import { sha256File } from "./digest.ts";
import { type FetchFailure, type FetchResult, fetchFailure, fileFailure, type Progress } from "./fetched.ts";
import { claim, release } from "./lock.ts";

export interface DownloadOptions {
  readonly url: string;
  /** The file appears here whole and verified, or not at all. Its folder exists. */
  readonly target: string;
  /** Hexadecimal. Null: what the server announces in `X-Linked-ETag`, as the Hugging Face hub does for large files. */
  readonly sha256: string | null;
  readonly onProgress?: (progress: Progress) => void;
  readonly signal: AbortSignal;
  /** Milliseconds to wait for an answer, and for each next piece of it. */
  readonly stallMs?: number;
}

/**
 * Downloads a file over HTTP through `target.part`. A part that an abort or a broken connection leaves behind is continued by
 * the next download; one whose hash is wrong is deleted. Throws only the reason of `signal`, and bugs.
 */
export async function downloadFile(options: DownloadOptions): Promise<FetchResult> {
  const { url, target, signal } = options;
  const part = `${target}.part`;
  signal.throwIfAborted();
  let claimed = false;
  try {
    claimed = await claim(`${part}.lock`);
    if (!claimed)
      return fetchFailure("busy", `another process is downloading ${target}: wait until it has ended`);
    const expected = options.sha256 ?? (await announcedHash(options));
    if (typeof expected !== "string") return expected;
    const broken = await receive(options, part);
    if (broken !== null) return broken;
    const actual = await sha256File(part);
    signal.throwIfAborted();
    if (actual !== expected) {
      await rm(part, { force: true });
      return fetchFailure(
        "hash-mismatch",
        `${url} is not the expected file (SHA-256 ${actual}, not ${expected}), and was deleted: try again, or from another network`,
      );
    }
    const { size } = await stat(part);
    await rename(part, target);
    return { kind: "fetched", path: target, bytes: size, sha256: actual };
  } catch (error) {
    signal.throwIfAborted();
    const failure = fileFailure(error, target);
    if (failure === null) throw error;
    return failure;
  } finally {
    if (claimed) {
      const left = await stat(part).catch(() => null);
      if (left?.size === 0) await rm(part, { force: true });
      await release(`${part}.lock`);
    }
  }
}

/** Appends what is missing to `part`; null when all has come. */
async function receive(options: DownloadOptions, part: string): Promise<FetchFailure | null> {
  const { url, signal, onProgress } = options;
  const file = await open(part, "a");
  try {
    let have = (await file.stat()).size;
    let exchange = await request(options, "GET", have > 0 ? { range: `bytes=${have}-` } : {});
    if (exchange.kind === "answer" && have > 0 && !continues(exchange.response, have)) {
      // The part is of no use to this server: begin again.
      await file.truncate(0);
      have = 0;
      if (exchange.response.status !== 200) {
        exchange.stop();
        exchange = await request(options, "GET", {});
      }
    }
    if (exchange.kind === "failed") return exchange;
    const { response, alive, stop } = exchange;
    try {
      if (!response.ok || response.body === null) return badStatus(url, response.status);
      const length = Number(response.headers.get("content-length"));
      const encoded = response.headers.has("content-encoding");
      const total = length > 0 && !encoded ? have + length : null;
      onProgress?.({ done: have, total });
      for await (const piece of response.body) {
        alive();
        await writeAll(file, piece);
        have += piece.byteLength;
        onProgress?.({ done: have, total });
      }
      // undici reports a short body as an error, except where the length was not announced.
      return null;
    } catch (error) {
      signal.throwIfAborted();
      if (fileFailure(error, part) !== null) throw error;
      return fetchFailure(
        "no-network",
        `the download of ${url} broke off after ${have} bytes: run the command again, it continues from there`,
      );
    } finally {
      stop();
    }
  } finally {
    await file.close();
  }
}

function continues(response: Response, have: number): boolean {
  const start = /^bytes (\d+)-/.exec(response.headers.get("content-range") ?? "")?.[1];
  return response.status === 206 && Number(start) === have;
}

async function writeAll(file: FileHandle, piece: Uint8Array): Promise<void> {
  for (let at = 0; at < piece.length; ) at += (await file.write(piece, at, piece.length - at)).bytesWritten;
}

/** The SHA-256 that the hub announces for a file, on one of the redirects that lead to it. */
async function announcedHash(options: DownloadOptions): Promise<string | FetchFailure> {
  let url = options.url;
  for (let hop = 0; hop < 5; hop += 1) {
    const exchange = await request({ ...options, url }, "HEAD", {}, "manual");
    if (exchange.kind === "failed") return exchange;
    exchange.stop();
    const { status, headers } = exchange.response;
    const hash = /^"?([0-9a-f]{64})"?$/i.exec(headers.get("x-linked-etag") ?? "")?.[1];
    if (hash !== undefined) return hash.toLowerCase();
    const location = headers.get("location");
    if (status >= 400) return badStatus(options.url, status);
    if (status < 300 || location === null) break;
    url = new URL(location, url).href;
  }
  return fetchFailure(
    "broken",
    `${options.url} announces no SHA-256, so it could not be verified and was not fetched: download it yourself and pass the path of the file`,
  );
}

type Exchange =
  | {
      readonly kind: "answer";
      readonly response: Response;
      /** Puts off the stall limit. */
      alive(): void;
      /** Ends the exchange if it is not over. */
      stop(): void;
    }
  | FetchFailure;

async function request(
  { url, signal, stallMs = 15_000 }: DownloadOptions,
  method: "GET" | "HEAD",
  headers: Record<string, string>,
  redirect: "follow" | "manual" = "follow",
): Promise<Exchange> {
  const stalled = new AbortController();
  const timer = setTimeout(() => stalled.abort(), stallMs);
  const stop = () => {
    clearTimeout(timer);
    stalled.abort();
  };
  try {
    const response = await fetch(url, {
      method,
      headers: { ...headers, "accept-encoding": "identity" },
      redirect,
      signal: AbortSignal.any([signal, stalled.signal]),
    });
    return { kind: "answer", response, alive: () => timer.refresh(), stop };
  } catch (error) {
    const silent = stalled.signal.aborted;
    stop();
    signal.throwIfAborted();
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const why = silent ? "no answer" : ((cause as NodeJS.ErrnoException).code ?? "no connection");
    return fetchFailure("no-network", `cannot reach ${new URL(url).host} (${why}): check the network`);
  }
}

function badStatus(url: string, status: number): FetchFailure {
  if (status === 404 || status === 401 || status === 403)
    return fetchFailure("not-found", `${url} cannot be had (${status}): check the name`);
  return fetchFailure("no-network", `${new URL(url).host} answered ${status}: try again later`);
}
