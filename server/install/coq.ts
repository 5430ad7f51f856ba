import { copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { extract } from "tar";
import type { EmbeddedCoq } from "../../provers/coq/embedded/jscoq.ts";
import { cacheDirectory } from "./cache.ts";
import { type FetchFailure, fetchFailure, fileFailure, type Progress } from "./fetched.ts";
import { claim, release } from "./lock.ts";
import { fetchNpmPackage } from "./npm.ts";
import { unpackArchive, ZipError } from "./zip.ts";

/** npm's `jscoq`: Coq compiled to JavaScript. AGPL-3.0-or-later: fetched at first use and run as a program of its own. */
const PACKAGE = {
  name: "jscoq",
  version: "0.17.1",
  sha256: "34e417ce5130f8bbaa937b29c07c623a0a283a52e0ec96d9bc4a722990ff16f7",
  bytes: 48_799_489,
};

/** The Coq in it. */
export const EMBEDDED_COQ_VERSION = "8.17.1";

export type PullCoqResult =
  | {
      readonly kind: "ready";
      readonly path: string;
      readonly version: string;
      readonly from: "cache" | "npm";
    }
  | FetchFailure;

export interface PullCoqOptions {
  /** Fetch nothing: succeed only with what is there. */
  readonly offline?: boolean;
  readonly onProgress?: (progress: Progress) => void;
  readonly signal: AbortSignal;
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** Where the pulled Coq is, or would be. */
export function pulledCoqFolder(): string {
  return join(cacheDirectory(), "provers", `coq-${EMBEDDED_COQ_VERSION}-jscoq-${PACKAGE.version}`);
}

/** The pulled Coq; null when there is none or a part of it is missing. */
export async function pulledCoq(): Promise<EmbeddedCoq | null> {
  const folder = pulledCoqFolder();
  try {
    const { files, worker } = JSON.parse(await readFile(join(folder, "complete.json"), "utf8"));
    if ((await stat(join(folder, "worker.js"))).size !== worker) return null;
    if ((await countFiles(join(folder, "library"))) !== files) return null;
  } catch {
    return null;
  }
  return {
    version: EMBEDDED_COQ_VERSION,
    worker: join(folder, "worker.js"),
    library: join(folder, "library"),
  };
}

/**
 * Brings the embedded Coq into the cache: fetched with npm by exact version and hash, its library unpacked. It appears whole or
 * not at all. Throws only the reason of `signal`, and bugs.
 */
export async function pullCoq(options: PullCoqOptions): Promise<PullCoqResult> {
  const { signal, offline = false } = options;
  const version = EMBEDDED_COQ_VERSION;
  signal.throwIfAborted();
  const folder = pulledCoqFolder();
  if ((await pulledCoq()) !== null) return { kind: "ready", path: folder, version, from: "cache" };
  if (offline) {
    return fetchFailure(
      "offline",
      "Coq is not in the cache, and --offline forbids to fetch it: run 'touchstone prover pull coq' without it",
    );
  }
  const lock = `${folder}.lock`;
  let staging: string | null = null;
  let claimed = false;
  try {
    await mkdir(dirname(folder), { recursive: true });
    claimed = await claim(lock);
    if (!claimed) return fetchFailure("busy", "another process is pulling Coq: wait until it has ended");
    staging = await mkdtemp(join(dirname(folder), ".pull-"));
    const fetched = await fetchNpmPackage(PACKAGE, { ...options, folder: staging });
    if (fetched.kind === "failed") return fetched;
    await build(fetched.path, staging, signal);
    await rm(folder, { recursive: true, force: true });
    await rename(join(staging, "coq"), folder);
    return { kind: "ready", path: folder, version, from: "npm" };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ZipError) return fetchFailure("broken", error.message);
    const failure = fileFailure(error, folder);
    if (failure === null) throw error;
    return failure;
  } finally {
    if (staging !== null) await rm(staging, { recursive: true, force: true });
    if (claimed) await release(lock);
  }
}

async function build(archive: string, staging: string, signal: AbortSignal): Promise<void> {
  const [unpacked, target] = [join(staging, "package"), join(staging, "coq")];
  const library = join(target, "library");
  await mkdir(unpacked);
  await mkdir(library, { recursive: true });
  const wanted = /^package\/(?:backend\/jsoo\/jscoq_worker\.bc\.js|coq-pkgs\/[^/]+\.coq-pkg)$/;
  await extract({ file: archive, cwd: unpacked, strip: 1, filter: (path) => wanted.test(path) });
  signal.throwIfAborted();
  const packages = join(unpacked, "coq-pkgs");
  for (const name of await readdir(packages)) await unpackArchive(join(packages, name), library, signal);
  const worker = join(target, "worker.js");
  await copyFile(join(unpacked, "backend", "jsoo", "jscoq_worker.bc.js"), worker);
  const sizes = { files: await countFiles(library), worker: (await stat(worker)).size };
  await writeFile(join(target, "complete.json"), JSON.stringify(sizes));
}

async function countFiles(directory: string): Promise<number> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).length;
}
