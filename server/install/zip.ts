import { createReadStream, createWriteStream } from "node:fs";
import { type FileHandle, mkdir, open, writeFile } from "node:fs/promises";
import { dirname, resolve, sep } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createInflateRaw, inflateRawSync } from "node:zlib";

/** A file in a ZIP archive (a Python wheel is one): PKWARE APPNOTE.TXT 6.3, without encryption, ZIP64 and multiple disks. */
interface Entry {
  readonly name: string;
  readonly method: number;
  readonly packedBytes: number;
  readonly bytes: number;
  readonly headerOffset: number;
}

/** The archive is not one that can be read; the message says why. */
export class ZipError extends Error {
  override name = "ZipError";
}

/** Unpacks one file of an archive to `target`. Throws `ZipError`, file system errors, and the reason of `signal`. */
export async function unpackMember(
  archive: string,
  member: string,
  target: string,
  signal?: AbortSignal,
): Promise<void> {
  const file = await open(archive, "r");
  let entry: Entry | undefined;
  let start: number;
  try {
    entry = (await entries(file)).find(({ name }) => name === member);
    if (entry === undefined) throw new ZipError(`${archive} has no file ${member}`);
    const header = await bytesAt(file, entry.headerOffset, 30);
    if (header.readUInt32LE(0) !== 0x04034b50) throw new ZipError(`${archive} is damaged at ${member}`);
    start = entry.headerOffset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  } finally {
    await file.close();
  }
  if (entry.packedBytes === 0) throw new ZipError(`${member} in ${archive} is empty`);
  const packed = createReadStream(archive, { start, end: start + entry.packedBytes - 1 });
  const sized = exactly(entry.bytes, member);
  const written = createWriteStream(target, { flags: "wx" });
  const options = signal === undefined ? {} : { signal };
  if (entry.method === 0) await pipeline(packed, sized, written, options);
  else if (entry.method === 8) await pipeline(packed, createInflateRaw(), sized, written, options);
  else throw new ZipError(`${member} in ${archive} is packed by an unknown method (${entry.method})`);
}

/**
 * Unpacks every file of an archive into a directory, with the folders in the archive. Throws as `unpackMember` does, and
 * `ZipError` for a name that leads elsewhere.
 */
export async function unpackArchive(archive: string, directory: string, signal?: AbortSignal): Promise<void> {
  const file = await open(archive, "r");
  try {
    for (const { name, method, packedBytes, bytes, headerOffset } of await entries(file)) {
      signal?.throwIfAborted();
      const target = resolve(directory, name);
      if (!target.startsWith(`${resolve(directory)}${sep}`))
        throw new ZipError(`${archive} holds a file ${name}`);
      if (name.endsWith("/")) continue;
      const header = await bytesAt(file, headerOffset, 30);
      const start = headerOffset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
      const packed = packedBytes === 0 ? Buffer.alloc(0) : await bytesAt(file, start, packedBytes);
      const content = method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: bytes + 1 });
      if (content.length !== bytes) throw new ZipError(`${name} is not as long as the archive says`);
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, content);
    }
  } finally {
    await file.close();
  }
}

/** Passes on what it is given, and fails as soon as that is more, or at the end less, than was announced. */
function exactly(bytes: number, member: string): Transform {
  let seen = 0;
  return new Transform({
    transform(piece: Buffer, _, done) {
      seen += piece.length;
      done(seen > bytes ? new ZipError(`${member} is longer than the archive says`) : null, piece);
    },
    flush(done) {
      done(seen === bytes ? null : new ZipError(`${member} is shorter than the archive says`));
    },
  });
}

async function entries(file: FileHandle): Promise<Entry[]> {
  const { size } = await file.stat();
  const tailStart = Math.max(0, size - 22 - 0xffff);
  const tail = await bytesAt(file, tailStart, size - tailStart);
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 22 > tail.length) throw new ZipError("not a ZIP archive");
  const count = tail.readUInt16LE(end + 10);
  const bytes = tail.readUInt32LE(end + 12);
  const offset = tail.readUInt32LE(end + 16);
  if (count === 0xffff || offset === 0xffffffff) throw new ZipError("ZIP64 archives are not read");
  if (offset + bytes > size) throw new ZipError("the archive is cut off");
  const directory = await bytesAt(file, offset, bytes);
  const found: Entry[] = [];
  for (let at = 0; found.length < count; ) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== 0x02014b50)
      throw new ZipError("the archive's directory is damaged");
    const nameBytes = directory.readUInt16LE(at + 28);
    found.push({
      name: directory.toString("utf8", at + 46, at + 46 + nameBytes),
      method: directory.readUInt16LE(at + 10),
      packedBytes: directory.readUInt32LE(at + 20),
      bytes: directory.readUInt32LE(at + 24),
      headerOffset: directory.readUInt32LE(at + 42),
    });
    at += 46 + nameBytes + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return found;
}

async function bytesAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, position);
  if (bytesRead !== length) throw new ZipError("the archive is cut off");
  return buffer;
}
