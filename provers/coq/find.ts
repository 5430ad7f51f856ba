import { spawnSync } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { homedir } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";
import { pulledCoq } from "../../server/install/coq.ts";
import { childEnvironment } from "../process/environment.ts";
import { findProgram } from "../process/find.ts";
import { type Found, findTool } from "../process/found.ts";
import { askVersion } from "../process/version.ts";

/** A native Coq or Rocq: the compiler, and the programs beside it. */
export interface NativeCoq {
  readonly version: string;
  /** The compiler: `coqc`, or `rocq` where that is all there is. */
  readonly coqc: string;
  /** What stands before coqc's own arguments: `c` for `rocq`. */
  readonly compile: readonly string[];
  /** The toplevel that speaks the XML protocol; null where it is not installed. */
  readonly coqidetop: string | null;
  /** The checker; null where it is not installed. */
  readonly coqchk: string | null;
  /** Directories that its programs read, for the sandbox. */
  readonly read: readonly string[];
}

const ADVICE =
  "run 'touchstone prover pull coq', install Coq or Rocq (Debian: apt install coq; opam install rocq-prover coqide-server), or set TOUCHSTONE_COQC to its coqc";

/** coqc by setting (`TOUCHSTONE_COQC`), then on PATH; then `rocq`, which from Rocq 9 on may be all that is installed. */
export async function findCoqc(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Found> {
  const path = [environment.PATH ?? "", ...opamDirectories(environment)].join(delimiter);
  const look = (name: string, minimum: string) =>
    findTool(
      {
        name,
        variable: "TOUCHSTONE_COQC",
        minimum,
        version: /version (\d+\.\d+(?:\.\d+)?)/,
        advice: ADVICE,
      },
      { ...environment, PATH: path },
    );
  const coqc = await look("coqc", "8.16.0");
  if (coqc.kind === "found" || environment.TOUCHSTONE_COQC) return coqc;
  const rocq = await look("rocq", "9.0.0");
  return rocq.kind === "found" ? { ...rocq, name: "coqc" } : coqc;
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
  const compile = /^rocq\b/.test(basename(found.path)) ? ["c"] : [];
  const coqidetop = beside(IDETOPS) ?? (await sameVersion(IDETOPS, found.version, environment.PATH ?? ""));
  const bins = [...directories, ...(coqidetop === null ? [] : [dirname(coqidetop)])];
  return {
    kind: "found",
    coq: {
      version: found.version,
      coqc: found.path,
      compile,
      coqidetop,
      coqchk: beside(["coqchk", "rocqchk"]),
      read: [...new Set(bins.map(dirname)), libraryOf(found.path, compile)].filter(
        (path) => path !== null && path !== "/",
      ),
    },
  };
}

/** Names of the toplevel for editors, in Coq and in Rocq. */
const IDETOPS = ["coqidetop.opt", "coqidetop", "rocqidetop.opt", "rocqidetop", "coqidetop.byte"];

/** A program that is installed apart from the compiler, where it is of the same version. */
async function sameVersion(names: readonly string[], version: string, path: string): Promise<string | null> {
  for (const name of names) {
    const program = findProgram(name, path);
    if (program !== null && (await askVersion(program))?.includes(version)) return program;
  }
  return null;
}

/** Where the compiler says that its library is. */
function libraryOf(coqc: string, compile: readonly string[]): string {
  const { stdout } = spawnSync(coqc, [...compile, "-where"], {
    env: childEnvironment(),
    timeout: 10_000,
    encoding: "utf8",
  });
  return stdout?.trim() || dirname(coqc);
}
