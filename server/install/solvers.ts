import { access, chmod, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { cacheDirectory } from "./cache.ts";
import { sha256File } from "./digest.ts";
import { type FetchFailure, fetchFailure, fileFailure, type Progress } from "./fetched.ts";
import { fetchWheelMember } from "./wheel.ts";

/** The native Z3 that `touchstone prover pull z3` fetches: `bin/z3` out of the Python wheel `z3-solver`. */
export const PULLED_Z3_VERSION = "5.4.1";

/** The wheel for a platform: its hash and size, and the hash of the program in it, in hexadecimal SHA-256. */
interface PinnedZ3 {
  readonly wheelSha256: string;
  readonly wheelBytes: number;
  readonly sha256: string;
}

/** By `process.platform` and `process.arch`. */
const wheels: Readonly<Record<string, PinnedZ3>> = {
  "linux-x64": {
    wheelSha256: "e680ce083683abca5d07c3e55c2f620ff9a29cb91c548eeeea27ae29e8060522",
    wheelBytes: 38626444,
    sha256: "ae76a37c8eb5dc0cf62ce8990f2335a9c3d1b43e43106ef4bd722dfbcc26190a",
  },
  "linux-arm64": {
    wheelSha256: "f056cb9714bb7c56ad7d25d86786b5a42c8a3c80e68b11f39af5f469b5366395",
    wheelBytes: 32553427,
    sha256: "86b8aeedcf56ce715e16eb7d4b0338eca016c93f5127aa74dd4ad46a1799a030",
  },
  "darwin-x64": {
    wheelSha256: "c9f20b69171ea0cf0d693b91bf6a13ec595a3aed107dd9d8c55e8e08b7125ebc",
    wheelBytes: 49228856,
    sha256: "380e9673b8b31aa2757017a16bf420775f096f39873263cc89bcef9ec62f4906",
  },
  "darwin-arm64": {
    wheelSha256: "9518a4cb03f49a38d4b1895b80910a12e0b0d144300472b95562426657396e01",
    wheelBytes: 45530917,
    sha256: "1485ac407f26fcd71712c6f050da178b3b00f7dbabafb95a7059d2a2add10e22",
  },
  "win32-x64": {
    wheelSha256: "4e32027ebc2077d1bb518113e370a1798746c1e7e2719144712ddd39c4e87ea6",
    wheelBytes: 17113449,
    sha256: "3d51a3aacb54506245e205759ee553ac358f1e4b64eccbd056125b685b26b780",
  },
  "win32-arm64": {
    wheelSha256: "e7598a770d67f416c8d69de4c2e2f2898e849a2252c99fc8117598eb7370efff",
    wheelBytes: 17689320,
    sha256: "d3bca28cca003a62b7ba54ff8f111d0c7ae74bc2d59121f354775d106b12d007",
  },
};

export type PullZ3Result =
  | {
      readonly kind: "ready";
      readonly path: string;
      readonly version: string;
      readonly from: "cache" | "pip";
    }
  | FetchFailure;

export interface PullZ3Options {
  /** Fetch nothing: succeed only with what is there. */
  readonly offline?: boolean;
  readonly onProgress?: (progress: Progress) => void;
  readonly signal: AbortSignal;
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** Where the pulled Z3 is, or would be. */
export function pulledZ3Path(): string {
  return join(
    cacheDirectory(),
    "provers",
    `z3-${PULLED_Z3_VERSION}`,
    process.platform === "win32" ? "z3.exe" : "z3",
  );
}

/** The path of the pulled Z3; null when there is none, or when it is not the pinned file. */
export async function pulledZ3(): Promise<string | null> {
  const pinned = pinnedZ3();
  const path = pulledZ3Path();
  if (pinned === null) return null;
  try {
    await access(path);
    return (await sha256File(path)) === pinned.sha256 ? path : null;
  } catch {
    return null;
  }
}

/** Brings a native Z3 into the cache with pip. One that is there is verified and kept. Throws only the reason of `signal`, and bugs. */
export async function pullZ3(options: PullZ3Options): Promise<PullZ3Result> {
  const { signal, onProgress, environment, offline = false } = options;
  const version = PULLED_Z3_VERSION;
  signal.throwIfAborted();
  const pinned = pinnedZ3();
  if (pinned === null) {
    return fetchFailure(
      "unknown-name",
      `there is no pinned Z3 for ${process.platform} on ${process.arch}: install Z3 yourself, and set TOUCHSTONE_Z3 to its path`,
    );
  }
  const present = await pulledZ3();
  if (present !== null) return { kind: "ready", path: present, version, from: "cache" };
  if (offline) {
    return fetchFailure(
      "offline",
      "Z3 is not in the cache, and --offline forbids to fetch it: run 'touchstone prover pull z3' without it",
    );
  }
  const target = pulledZ3Path();
  try {
    await mkdir(dirname(target), { recursive: true });
    const member = `z3_solver-${version}.0.data/data/bin/${process.platform === "win32" ? "z3.exe" : "z3"}`;
    const fetched = await fetchWheelMember(
      { package: "z3-solver", version, member, ...pinned },
      {
        target,
        signal,
        ...(onProgress ? { onProgress } : {}),
        ...(environment ? { environment } : {}),
      },
    );
    if (fetched.kind === "failed") return fetched;
    await chmod(target, 0o755);
    return { kind: "ready", path: target, version, from: "pip" };
  } catch (error) {
    signal.throwIfAborted();
    const failure = fileFailure(error, target);
    if (failure === null) throw error;
    return failure;
  }
}

function pinnedZ3(): PinnedZ3 | null {
  return wheels[`${process.platform}-${process.arch}`] ?? null;
}
