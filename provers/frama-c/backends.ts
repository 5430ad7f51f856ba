import { findCvc5 } from "../cvc5/find.ts";
import type { Found } from "../process/found.ts";
import { findZ3 } from "../z3/find.ts";

/** A solver as Why3, which stands between WP and solvers, is told of it. */
export interface Backend {
  /** The name for `-wp-prover`. */
  readonly shortcut: string;
  /** As in evidence: `cvc5 1.0.3`. */
  readonly name: string;
  readonly path: string;
  readonly version: string;
  /** `%t` stands for the seconds, `%f` for the file. */
  readonly arguments: string;
  /** One of Why3's own descriptions of how a solver is spoken to. */
  readonly driver: string;
}

/**
 * The solvers for WP's goals, the one that decides most of them first. Why3's own list is not used: Debian's does not know cvc5,
 * and stops Z3 by a clock whose answer it cannot read.
 */
export async function findBackends(): Promise<Backend[]> {
  const [cvc5, z3] = await Promise.all([findCvc5(), findZ3()]);
  const timed = "--tlimit=%t000";
  return [
    // The driver speaks to an older CVC4, whose name for the logic of everything cvc5 does not know.
    ...backend("cvc5", cvc5, `--lang=smt2 --force-logic=ALL ${timed} -q %f`, "cvc4_16"),
    ...backend("z3", z3, "-smt2 -t:%t000 %f", "z3_471_nobv"),
  ];
}

function backend(shortcut: string, found: Found, args: string, driver: string): Backend[] {
  if (found.kind !== "found" || !speakable(found.path)) return [];
  const { path, version } = found;
  return [{ shortcut, name: `${shortcut} ${version}`, path, version, arguments: args, driver }];
}

/** Why3 splits its command lines at spaces. */
function speakable(path: string): boolean {
  return /^[\w./+-]+$/.test(path);
}

/** Why3's configuration file for these solvers and no others. */
export function why3Configuration(backends: readonly Backend[]): string {
  const provers = backends.map(({ shortcut, version, path, arguments: args, driver }) =>
    [
      "[prover]",
      `name = "${shortcut}"`,
      `version = "${version}"`,
      `command = "${path} ${args}"`,
      `driver = "${driver}"`,
      "in_place = false",
      "interactive = false",
      'editor = ""',
      `shortcut = "${shortcut}"`,
    ].join("\n"),
  );
  return ["[main]\nmagic = 14\nmemlimit = 2000", ...provers, ""].join("\n\n");
}
