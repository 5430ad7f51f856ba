import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Budget } from "../../../../server/engine/budget.ts";
import { defaultOptions } from "../../../../server/engine/options.ts";
import type { SmtSession } from "../../../../server/engine/solver.ts";
import type { Program } from "../../../../server/program/program.ts";

/**
 * The code under attack: what reads a function, generates its conditions, and executes it. It can be loaded a second time from
 * a copy in which a fault was seeded.
 */
export interface Subject {
  readonly readC: typeof import("../../../../grammars/c/read.ts").readC;
  readonly lowerFunction: typeof import("../../../../server/program/lower/index.ts").lowerFunction;
  readonly execute: typeof import("../../../../server/program/interpret.ts").execute;
  readonly replay: typeof import("../../../../server/program/replay.ts").replay;
  readonly passiveForm: typeof import("../../../../server/conditions/passive.ts").passiveForm;
  readonly InvariantChecker: typeof import("../../../../server/conditions/checker.ts").InvariantChecker;
}

/** Loads the subject from the tree at `root`, which has `grammars/` and `server/`. */
export async function loadSubject(root: string): Promise<Subject> {
  const load = (path: string) => import(/* @vite-ignore */ pathToFileURL(join(root, path)).href);
  const [read, lower, interpret, replay, passive, checker] = await Promise.all([
    load("grammars/c/read.ts"),
    load("server/program/lower/index.ts"),
    load("server/program/interpret.ts"),
    load("server/program/replay.ts"),
    load("server/conditions/passive.ts"),
    load("server/conditions/checker.ts"),
  ]);
  return {
    readC: read.readC,
    lowerFunction: lower.lowerFunction,
    execute: interpret.execute,
    replay: replay.replay,
    passiveForm: passive.passiveForm,
    InvariantChecker: checker.InvariantChecker,
  };
}

const QUERY_MS = 2_000;

/** The subject's checker for a program, on a session that is somebody else's. */
export function checkerOn(
  subject: Subject,
  program: Program,
  session: SmtSession,
): InstanceType<Subject["InvariantChecker"]> {
  return new subject.InvariantChecker({
    passive: subject.passiveForm(program),
    session,
    budget: new Budget({ ...defaultOptions, timeoutMs: 60_000 }),
    queryMs: QUERY_MS,
    print: () => "",
    solver: "fuzz",
  });
}
