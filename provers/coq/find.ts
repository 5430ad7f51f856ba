import { spawnSync } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { pulledCoq } from "../../server/install/coq.ts";
import { childEnvironment } from "../process/environment.ts";
import { type Found, findTool } from "../process/found.ts";

/** A native Coq or Rocq: the compiler, and the programs beside it. */
export interface NativeCoq {
  readonly version: string;
  readonly coqc: string;
  /** The toplevel that speaks the XML protocol; null where it is not installed. */
  readonly coqidetop: string | null;
  /** The checker; null where it is not installed. */
  readonly coqchk: string | null;
  /** Directories that its programs read, for the sandbox. */
  readonly read: readonly string[];
}

/** coqc by setting (`TOUCHSTONE_COQC`), then on PATH. Rocq installs it under that name as well. */
export function findCoqc(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Found> {
  return findTool(
    {
      name: "coqc",
      variable: "TOUCHSTONE_COQC",
      minimum: "8.16.0",
      version: /version (\d+\.\d+(?:\.\d+)?)/,
      advice:
        "run 'touchstone prover pull coq', install Coq or Rocq (Debian: apt install coq; opam install rocq-prover coqide-server), or set TOUCHSTONE_COQC to its coqc",
    },
    { ...environment, PATH: [environment.PATH ?? "", ...opamDirectories(environment)].join(delimiter) },
  );
}

/** Where opam installs programs: of the switch that is set, and of the default one. */
function opamDirectories(environment: Readonly<Record<string, string | undefined>>): string[] {
  const root = environment.OPAMROOT || join(homedir(), ".opam");
  const prefixes = [environment.OPAM_SWITCH_PREFIX, join(root, "default")];
  return prefixes.filter((one) => one !== undefined).map((one) => join(one, "bin"));
}

/** The Coq to use: a native one by setting, then on PATH, then the pulled one. */
export async function findCoq(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Found> {
  const found = { ...(await findCoqc(environment)), name: "coq" };
  if (found.kind === "found" || environment.TOUCHSTONE_COQC) return found;
  const pulled = await pulledCoq();
  if (pulled === null) return found;
  return { kind: "found", name: "coq", version: pulled.version, path: pulled.library, how: "pulled" };
}

/** The native Coq to use, or what to do about it. */
export async function findNativeCoq(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<
  { readonly kind: "found"; readonly coq: NativeCoq } | { readonly kind: "none"; readonly message: string }
> {
  const found = await findCoqc(environment);
  if (found.kind !== "found") return { kind: "none", message: found.message };
  // Links such as Debian's or opam's may lead to where the other programs are not.
  const directories = [dirname(found.path), dirname(realpathSync(found.path))];
  const beside = (names: readonly string[]) =>
    directories.flatMap((one) => names.map((name) => join(one, name))).find((path) => existsSync(path)) ??
    null;
  return {
    kind: "found",
    coq: {
      version: found.version,
      coqc: found.path,
      coqidetop: beside(["coqidetop.opt", "coqidetop", "rocqidetop", "coqidetop.byte"]),
      coqchk: beside(["coqchk", "rocqchk"]),
      read: [...directories.map(dirname), libraryOf(found.path)].filter(
        (path) => path !== null && path !== "/",
      ),
    },
  };
}

/** Where coqc says that its library is. */
function libraryOf(coqc: string): string {
  const { stdout } = spawnSync(coqc, ["-where"], {
    env: childEnvironment(),
    timeout: 10_000,
    encoding: "utf8",
  });
  return stdout?.trim() || dirname(coqc);
}
