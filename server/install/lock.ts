import { readFile, rm, writeFile } from "node:fs/promises";

/**
 * Claims `path` for this process by a file that holds its process id. False when another living process has it; a claim whose
 * process is gone is taken over.
 */
export async function claim(path: string): Promise<boolean> {
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      await writeFile(path, `${process.pid}\n`, { flag: "wx" });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const owner = Number.parseInt(await readFile(path, "utf8").catch(() => ""), 10);
    if (Number.isInteger(owner) && lives(owner)) return false;
    await rm(path, { force: true });
  }
  return false;
}

/** Gives up a claim. */
export async function release(path: string): Promise<void> {
  await rm(path, { force: true });
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
