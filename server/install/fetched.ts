/** How far a download is, in bytes; `total` is null where nobody said. */
export interface Progress {
  readonly done: number;
  readonly total: number | null;
}

/** Why nothing was fetched. The message says what, where, and what to do. */
export interface FetchFailure {
  readonly kind: "failed";
  readonly reason:
    | "unknown-name"
    | "offline"
    | "no-pip"
    | "no-npm"
    | "no-network"
    | "not-found"
    | "hash-mismatch"
    | "disk-full"
    | "no-permission"
    | "busy"
    | "broken";
  readonly message: string;
}

export type FetchResult =
  | { readonly kind: "fetched"; readonly path: string; readonly bytes: number; readonly sha256: string }
  | FetchFailure;

export function fetchFailure(reason: FetchFailure["reason"], message: string): FetchFailure {
  return { kind: "failed", reason, message };
}

/** A failure of the file system in words; null when the error is something else. */
export function fileFailure(error: unknown, path: string): FetchFailure | null {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  switch (code) {
    case "ENOSPC":
    case "EDQUOT":
      return fetchFailure(
        "disk-full",
        `no room left for ${path}: free some, or set TOUCHSTONE_CACHE to a folder on another disk`,
      );
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return fetchFailure(
        "no-permission",
        `cannot write ${path}: change its permissions, or set TOUCHSTONE_CACHE to a folder of your own`,
      );
    case "EISDIR":
    case "ENOTDIR":
    case "EEXIST":
      return fetchFailure("broken", `${path} is in the way (${code}): remove it`);
    default:
      return null;
  }
}
