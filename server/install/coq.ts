import { copyFile, mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { extract } from "tar";
import type { EmbeddedCoq } from "../../provers/coq/embedded/jscoq.ts";
import { cacheDirectory } from "./cache.ts";
import { type PullProverOptions, type PullProverResult, pullProver } from "./prover.ts";
import { unpackArchive } from "./zip.ts";

/** npm's `jscoq`: Coq compiled to JavaScript. AGPL-3.0-or-later: fetched at first use and run as a program of its own. */
const PACKAGE = {
  name: "jscoq",
  version: "0.17.1",
  sha256: "34e417ce5130f8bbaa937b29c07c623a0a283a52e0ec96d9bc4a722990ff16f7",
  bytes: 48_799_489,
};

/** The Coq in it. */
export const EMBEDDED_COQ_VERSION = "8.17.1";

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
export function pullCoq(options: PullProverOptions): Promise<PullProverResult> {
  const prover = {
    name: "coq",
    title: "Coq",
    version: EMBEDDED_COQ_VERSION,
    package: PACKAGE,
    folder: pulledCoqFolder(),
    isThere: async () => (await pulledCoq()) !== null,
    build,
  } as const;
  return pullProver(prover, options);
}

async function build(archive: string, target: string, unpacked: string, signal: AbortSignal): Promise<void> {
  const library = join(target, "library");
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
