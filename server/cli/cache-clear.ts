import { cacheDirectory, clearCache } from "../install/cache.ts";
import { explainFileError } from "./input.ts";
import { showSize } from "./size.ts";

/** Deletes everything that was downloaded and says how much that was. */
export async function cacheClear(): Promise<number> {
  const directory = cacheDirectory();
  try {
    const bytes = await clearCache(directory);
    process.stdout.write(
      bytes === 0 ? `nothing to delete in ${directory}\n` : `deleted ${showSize(bytes)} in ${directory}\n`,
    );
    return 0;
  } catch (cause) {
    process.stderr.write(`${directory}: ${explainFileError(cause, "write")}\n`);
    return 2;
  }
}
