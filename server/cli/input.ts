import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { Document } from "../engine/task.ts";

/** A file as read: its text, and what is needed to write it back byte for byte. */
export interface Input {
  readonly document: Document;
  readonly bytes: Buffer;
  /** Files that are not UTF-8 are read a byte a character, which gives every byte back. */
  readonly encoding: "utf8" | "latin1";
}

export type InputResult =
  | { readonly kind: "read"; readonly input: Input }
  /** `message` begins with `file:line:column` and ends without a newline. */
  | { readonly kind: "error"; readonly message: string };

/** Larger files are refused: no person writes them, and reading one would take longer than proving it. */
export const LARGEST_INPUT = 4_000_000;

/** Reads a file, or standard input for `-`. */
export async function readInput(
  file: string,
  stdin: AsyncIterable<Buffer | string> = process.stdin,
): Promise<InputResult> {
  const error = (message: string): InputResult => ({ kind: "error", message: `${file}:1:1: ${message}` });
  try {
    if (file !== "-" && (await stat(file)).isDirectory()) {
      return error(`this is a directory; name its files, for example ${file.replace(/\/+$/, "")}/*.c`);
    }
    const bytes = await readAll(file === "-" ? stdin : createReadStream(file));
    if (bytes === null) {
      return error(
        `the input is larger than the ${LARGEST_INPUT / 1e6} MB that are read; put the function into a file of its own`,
      );
    }
    const zero = bytes.indexOf(0);
    if (zero >= 0)
      return error(`this is a binary file (byte ${zero + 1} is zero); a C source file is needed`);
    const encoding = isUtf8(bytes) ? "utf8" : "latin1";
    return {
      kind: "read",
      input: { document: { file, text: bytes.toString(encoding), version: 0 }, bytes, encoding },
    };
  } catch (cause) {
    return error(explainFileError(cause, "read"));
  }
}

/** A file system error in a user's words. Rethrows what is none. */
export function explainFileError(cause: unknown, doing: "read" | "write"): string {
  const code = (cause as NodeJS.ErrnoException | null)?.code;
  if (typeof code !== "string" || !/^E[A-Z0-9]+$/.test(code)) throw cause;
  const explained: Readonly<Record<string, string>> = {
    ENOENT:
      doing === "read"
        ? "there is no such file; check the name and the current directory"
        : "the file or its folder is not there; check the name, or make the folder first",
    ENOTDIR: "a part of the path is not a directory; check the name",
    EISDIR: "this is a directory; name a file",
    EACCES: `no permission to ${doing} it; change its permissions or its folder's, or use --diff`,
    EPERM: `the system does not allow to ${doing} it; change its permissions or attributes, or use --diff`,
    EROFS: "the file system is read-only; use --diff and apply the patch elsewhere",
    ENOSPC: "the disk is full; free some space and run the command again",
    EDQUOT: "the disk quota is used up; free some space and run the command again",
    EFBIG: "the file would become larger than the system allows",
    ENAMETOOLONG: "the name is too long",
    ELOOP: "its symbolic links lead in a circle",
  };
  const words = explained[code] ?? `the system answered ${code}`;
  return doing === "write" ? `not written, nothing was changed: ${words}` : words;
}

/** All bytes, or null when there are too many; an endless source is left there. */
async function readAll(source: AsyncIterable<Buffer | string>): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of source) {
    const bytes = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
    size += bytes.length;
    if (size > LARGEST_INPUT) return null;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
