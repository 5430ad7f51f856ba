import { readdir, rm, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";

/**
 * The per-user cache for everything that is downloaded (provers, models); never inside the checkout. `TOUCHSTONE_CACHE` names it
 * outright; otherwise the platform's place for caches: XDG Base Directory 0.8 on Linux, `~/Library/Caches` on macOS,
 * `%LOCALAPPDATA%` on Windows. The directory need not exist yet.
 */
export function cacheDirectory(
  env: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  if (env.TOUCHSTONE_CACHE) return env.TOUCHSTONE_CACHE;
  if (platform === "win32") {
    return join(env.LOCALAPPDATA || join(homedir(), "AppData", "Local"), "touchstone", "cache");
  }
  if (platform === "darwin") return join(homedir(), "Library", "Caches", "touchstone");
  return join(env.XDG_CACHE_HOME || join(homedir(), ".cache"), "touchstone");
}

/** Bytes in all files of the cache; 0 when there is none. */
export async function cacheSize(directory: string = cacheDirectory()): Promise<number> {
  let bytes = 0;
  for (const entry of await entriesOf(directory)) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) bytes += await cacheSize(path);
    else if (entry.isFile()) bytes += (await stat(path)).size;
  }
  return bytes;
}

/** Deletes what the cache holds and says how many bytes that were. The directory itself stays: a user may have made it a link. */
export async function clearCache(directory: string = cacheDirectory()): Promise<number> {
  const bytes = await cacheSize(directory);
  for (const entry of await entriesOf(directory)) {
    await rm(join(directory, entry.name), { recursive: true, force: true });
  }
  return bytes;
}

async function entriesOf(directory: string) {
  try {
    return await readdir(directory, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
