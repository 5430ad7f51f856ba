import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type FetchFailure, fetchFailure, fileFailure } from "./fetched.ts";
import { claim, release } from "./lock.ts";

/**
 * Makes a folder of the cache, so that it appears whole or not at all: `make` fills `target` from nothing, with `scratch` beside it,
 * and both are in a folder that is thrown away. Null when it is done. `what`: as in "another process is pulling Coq". Throws only
 * the reason of the signal, what `make` throws beside failures of the file system, and bugs.
 */
export async function intoCache(
  folder: string,
  what: string,
  signal: AbortSignal,
  make: (target: string, scratch: string) => Promise<FetchFailure | null>,
): Promise<FetchFailure | null> {
  const lock = `${folder}.lock`;
  let staging: string | null = null;
  let claimed = false;
  try {
    await mkdir(dirname(folder), { recursive: true });
    claimed = await claim(lock);
    if (!claimed) return fetchFailure("busy", `another process is pulling ${what}: wait until it has ended`);
    staging = await mkdtemp(join(dirname(folder), ".pull-"));
    const [target, scratch] = [join(staging, "target"), join(staging, "scratch")];
    await mkdir(target);
    await mkdir(scratch);
    const failed = await make(target, scratch);
    if (failed !== null) return failed;
    await rm(folder, { recursive: true, force: true });
    await rename(target, folder);
    return null;
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
