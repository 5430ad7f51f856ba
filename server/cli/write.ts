import { constants } from "node:fs";
import { access, chown, open, readFile, realpath, rename, stat, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { explainFileError, type Input } from "./input.ts";

export type WriteResult =
  | { readonly kind: "written" }
  /** The file is as it was. `message` begins with `file:line:column`. */
  | { readonly kind: "error"; readonly message: string };

/**
 * Replaces the file's content at once: a temporary file beside it is written, flushed and renamed over it, so that no crash and
 * no full disk leaves half a file. Refuses when the file is no longer what was read (safety.md 14). Mode and, where the system
 * lets it, owner stay; a symbolic link stays a link.
 */
export async function writeBack(input: Input, text: string): Promise<WriteResult> {
  const { file } = input.document;
  const error = (message: string): WriteResult => ({ kind: "error", message: `${file}:1:1: ${message}` });
  let temporary: string | null = null;
  try {
    const target = await realpath(file);
    await access(target, constants.W_OK);
    const before = await stat(target);
    temporary = join(dirname(target), `.${basename(target)}.${process.pid}.touchstone`);
    const handle = await open(temporary, "wx", before.mode & 0o777);
    try {
      await handle.writeFile(Buffer.from(text, input.encoding));
      await handle.chmod(before.mode & 0o7777);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await keepOwner(temporary, before);
    if (!(await readFile(target)).equals(input.bytes)) {
      await unlink(temporary);
      return error(
        "not written, because the file was changed while the proof was searched; run the command again",
      );
    }
    await rename(temporary, target);
    return { kind: "written" };
  } catch (cause) {
    if (temporary !== null) await unlink(temporary).catch(() => {});
    return error(explainFileError(cause, "write"));
  }
}

/** Another owner can be given only by root; then the file must not become root's. */
async function keepOwner(path: string, owner: { uid: number; gid: number }): Promise<void> {
  const now = await stat(path);
  if (now.uid === owner.uid && now.gid === owner.gid) return;
  await chown(path, owner.uid, owner.gid).catch(() => {});
}
