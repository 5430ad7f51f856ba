import { existsSync } from "node:fs";
import { copyFile, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cacheDirectory } from "./cache.ts";
import { type FetchFailure, fetchFailure } from "./fetched.ts";
import { npmInstall } from "./npm.ts";
import { intoCache } from "./staging.ts";

const NAME = "node-llama-cpp";
/** In packages that leave the library out: what to install, each part by version and hash. */
const pinned = fileURLToPath(new URL("./llama/", import.meta.url));

export type PullLlamaResult = { readonly kind: "ready" } | FetchFailure;

export interface PullLlamaOptions {
  readonly offline?: boolean;
  readonly signal: AbortSignal;
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/**
 * The file that runs local models when imported: from where Touchstone was installed, else from the cache; null when neither has
 * it. Synchronous and cheap.
 */
export function llamaLibrary(): string | null {
  for (const from of [fileURLToPath(import.meta.url), join(cached(), "package.json")]) {
    try {
      return createRequire(from).resolve(NAME);
    } catch {
      // Not there; the next place may have it.
    }
  }
  return null;
}

/** Named by what is pinned: another version of Touchstone may need another one. */
function cached(): string {
  try {
    const { version } = createRequire(join(pinned, "package.json"))("./package-lock.json").packages[
      `node_modules/${NAME}`
    ];
    return join(cacheDirectory(), "libraries", `${NAME}-${version}`);
  } catch {
    return join(cacheDirectory(), "libraries", NAME);
  }
}

/**
 * Brings the library that runs local models into the cache, where this installation of Touchstone came without it: `npm ci` of
 * pinned versions and hashes, without their scripts. It appears whole or not at all. Throws only the reason of `signal`, and bugs.
 */
export async function pullLlama(options: PullLlamaOptions): Promise<PullLlamaResult> {
  const { signal, offline = false } = options;
  signal.throwIfAborted();
  if (llamaLibrary() !== null) return { kind: "ready" };
  if (!existsSync(join(pinned, "package-lock.json")))
    return fetchFailure("broken", `${NAME} is not installed: run 'npm ci' in Touchstone's folder`);
  if (offline)
    return fetchFailure(
      "offline",
      "the library that runs local models is not in the cache, and --offline forbids to fetch it: run 'touchstone model pull' without it",
    );
  const what = "the library for local models";
  const failed = await intoCache(cached(), what, signal, async (target) => {
    for (const file of ["package.json", "package-lock.json"])
      await copyFile(join(pinned, file), join(target, file));
    const broken = await npmInstall(target, options);
    if (broken !== null) return broken;
    JSON.parse(await readFile(join(target, "node_modules", NAME, "package.json"), "utf8"));
    return null;
  });
  return failed ?? { kind: "ready" };
}
