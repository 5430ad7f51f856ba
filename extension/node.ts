import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** The oldest Node that the server runs on. */
export const OLDEST_NODE = 22;

export type NodeChoice =
  | {
      readonly kind: "found";
      readonly path: string;
      readonly version: string;
      readonly environment: Readonly<Record<string, string>>;
    }
  /** `message` says what to do. */
  | { readonly kind: "missing"; readonly message: string };

/** The host that the extension runs in. */
export interface Host {
  readonly execPath: string;
  readonly versions: Readonly<Record<string, string | undefined>>;
}

/**
 * The Node for the server: the one of the setting; else the editor's own, which in a desktop VS Code is Electron and runs as Node
 * when its environment says so; else the one on PATH.
 */
export async function chooseNode(
  setting: string,
  host: Host = process,
  ask: (path: string) => Promise<string | null> = versionOf,
): Promise<NodeChoice> {
  if (setting !== "") {
    const version = await ask(setting);
    if (version === null)
      return {
        kind: "missing",
        message: `touchstone.nodePath names ${setting}, which is no Node: correct it, or empty it`,
      };
    if (major(version) >= OLDEST_NODE) return { kind: "found", path: setting, version, environment: {} };
    return {
      kind: "missing",
      message: `touchstone.nodePath names Node ${version}; Touchstone needs ${OLDEST_NODE} or newer: name a newer one, or empty the setting`,
    };
  }
  const own = host.versions.node ?? "0";
  if (major(own) >= OLDEST_NODE) {
    const environment: Record<string, string> = host.versions.electron ? { ELECTRON_RUN_AS_NODE: "1" } : {};
    return { kind: "found", path: host.execPath, version: own, environment };
  }
  const onPath = await ask("node");
  if (onPath !== null && major(onPath) >= OLDEST_NODE)
    return { kind: "found", path: "node", version: onPath, environment: {} };
  const found = onPath === null ? "there is none on PATH" : `the one on PATH is ${onPath}`;
  return {
    kind: "missing",
    message: `Touchstone needs Node ${OLDEST_NODE} or newer. This editor has ${own}, and ${found}: update the editor, or install Node and name it in touchstone.nodePath`,
  };
}

function major(version: string): number {
  return Number.parseInt(version, 10);
}

async function versionOf(path: string): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)(path, ["--version"], { timeout: 5_000, windowsHide: true });
    return /^v(\d+\.\d+\.\d+)\s*$/.exec(stdout)?.[1] ?? null;
  } catch {
    return null;
  }
}
