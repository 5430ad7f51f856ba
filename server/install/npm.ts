import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { isSecretName, redactor, secretsOf } from "../models/redaction.ts";
import { sha256File } from "./digest.ts";
import { type FetchFailure, type FetchResult, fetchFailure, fileFailure, type Progress } from "./fetched.ts";

/** A package of the npm registry, pinned. */
export interface NpmPackage {
  readonly name: string;
  readonly version: string;
  /** Of the archive, hexadecimal. */
  readonly sha256: string;
  /** Of the archive, for progress. */
  readonly bytes: number;
}

export interface NpmOptions {
  /** An empty folder of ours; the archive stays in it, nothing else does. */
  readonly folder: string;
  readonly onProgress?: (progress: Progress) => void;
  readonly signal: AbortSignal;
  /** Where npm is looked for and configured; the process's own by default. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/**
 * Fetches a package's archive with `npm pack`, from whatever registry or mirror npm is set up for. Nothing of the package is
 * installed or run. Throws only the reason of `signal`, and bugs.
 */
export async function fetchNpmPackage(pinned: NpmPackage, options: NpmOptions): Promise<FetchResult> {
  const { folder, signal, onProgress } = options;
  signal.throwIfAborted();
  const cache = join(folder, "npm-cache");
  const archives = join(folder, "archives");
  try {
    await mkdir(archives, { recursive: true });
    const broken = await pack(pinned, archives, cache, options);
    if (broken !== null) return broken;
    const name = (await readdir(archives)).find((file) => file.endsWith(".tgz"));
    if (name === undefined) return fetchFailure("broken", "npm packed no archive: update npm, and try again");
    const path = join(archives, name);
    const sha256 = await sha256File(path, signal);
    if (sha256 !== pinned.sha256) {
      await rm(path, { force: true });
      return fetchFailure(
        "hash-mismatch",
        `${name} is not the expected file (SHA-256 ${sha256}, not ${pinned.sha256}), and was deleted: check which registry npm uses`,
      );
    }
    onProgress?.({ done: pinned.bytes, total: pinned.bytes });
    const { size } = await stat(path);
    return { kind: "fetched", path, bytes: size, sha256 };
  } catch (error) {
    signal.throwIfAborted();
    const failure = fileFailure(error, folder);
    if (failure === null) throw error;
    return failure;
  } finally {
    await rm(cache, { recursive: true, force: true });
  }
}

/**
 * Installs what the lockfile in a folder names, by version and hash, from whatever registry or mirror npm is set up for. No script
 * of a package is run. Null when it is done.
 */
export async function npmInstall(
  folder: string,
  { signal, environment = process.env }: Pick<NpmOptions, "signal" | "environment">,
): Promise<FetchFailure | null> {
  const cache = join(folder, "npm-cache");
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--cache", cache];
  try {
    return await npm(args, folder, "what Touchstone needs", signal, environment);
  } finally {
    await rm(cache, { recursive: true, force: true });
  }
}

/** One run of npm, which ends with the signal. */
async function npm(
  args: readonly string[],
  cwd: string,
  what: string,
  signal: AbortSignal,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<FetchFailure | null> {
  const run = await execa("npm", args, {
    cwd,
    env: withoutSecrets(environment),
    extendEnv: false,
    reject: false,
    cancelSignal: signal,
    forceKillAfterDelay: 500,
    stdin: "ignore",
    maxBuffer: 1 << 20,
  });
  signal.throwIfAborted();
  if (run.code === "ENOENT")
    return fetchFailure("no-npm", "no npm was found: install Node.js with npm, and put it on PATH");
  return run.failed ? npmFailure(what, `${run.stdout}\n${run.stderr}`) : null;
}

async function pack(
  pinned: NpmPackage,
  archives: string,
  cache: string,
  { signal, onProgress, environment = process.env }: NpmOptions,
): Promise<FetchFailure | null> {
  const requirement = `${pinned.name}@${pinned.version}`;
  // npm tells no progress to a pipe; what it has written says the same. It keeps the archive in its cache, and so twice.
  const watch = setInterval(async () => {
    const done = Math.min(await bytesUnder(archives, cache), pinned.bytes);
    onProgress?.({ done, total: pinned.bytes });
  }, 250);
  try {
    const args = ["pack", requirement, "--pack-destination", archives, "--cache", cache, "--ignore-scripts"];
    return await npm(args, archives, requirement, signal, environment);
  } finally {
    clearInterval(watch);
  }
}

/** npm's error codes in words. */
export function npmFailure(requirement: string, output: string): FetchFailure {
  const clean = redactor(secretsOf(process.env))(output);
  const code = /npm (?:error|ERR!) code (\w+)/.exec(clean)?.[1] ?? "";
  if (/^(?:ENOSPC|EDQUOT)$/.test(code))
    return fetchFailure(
      "disk-full",
      `no room left to download ${requirement}: free some, or set TOUCHSTONE_CACHE`,
    );
  if (/^(?:ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ERR_SOCKET_TIMEOUT|ENETUNREACH)$/.test(code))
    return fetchFailure(
      "no-network",
      `npm cannot reach its registry for ${requirement} (${code}): check the network, or npm's registry and proxy`,
    );
  if (/^(?:E404|ETARGET|ENOVERSIONS)$/.test(code))
    return fetchFailure("not-found", `npm's registry has no ${requirement}: check which registry npm uses`);
  const line = clean.split("\n").find((text) => /^npm (?:error|ERR!) (?!code)/.test(text)) ?? clean.trim();
  return fetchFailure("broken", `npm could not download ${requirement}: ${line.slice(0, 300)}`);
}

/** npm has its own settings, in files; of the environment it gets all but what sounds like a key (safety.md 9). */
function withoutSecrets(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && !isSecretName(entry[0]),
    ),
  );
}

async function bytesUnder(...folders: readonly string[]): Promise<number> {
  let sum = 0;
  for (const folder of folders) {
    for (const name of await readdir(folder, { recursive: true }).catch(() => [])) {
      const found = await stat(join(folder, name)).catch(() => null);
      if (found?.isFile()) sum += found.size;
    }
  }
  return sum;
}
