import { findCoq } from "../../provers/coq/find.ts";
import { findCvc5 } from "../../provers/cvc5/find.ts";
import { findFramaC } from "../../provers/frama-c/find.ts";
import { findLean } from "../../provers/lean/find.ts";
import { findPreprocessor } from "../../provers/preprocessor/find.ts";
import { findProgram } from "../../provers/process/find.ts";
import type { Found } from "../../provers/process/found.ts";
import { askVersion } from "../../provers/process/version.ts";
import { bundledZ3, findZ3 } from "../../provers/z3/find.ts";
import { nativeZ3 } from "../../provers/z3/native.ts";
import { wasmZ3 } from "../../provers/z3/wasm.ts";
import type { SmtSolver } from "../engine/solver.ts";

/** One thing that Touchstone looks for on a machine. */
export interface Finding {
  readonly name: string;
  /** What it is for, in a few words. */
  readonly purpose: string;
  /** `broken`: it is there and does not work. */
  readonly status: "found" | "missing" | "outdated" | "broken";
  readonly version: string | null;
  /** A path, or a model's name. */
  readonly where: string | null;
  /** What to do; null where nothing is to be done. */
  readonly advice: string | null;
  /** Whether proving needs it. */
  readonly needed: boolean;
}

const PROBE_MS = 10_000;

/** Looks for everything, the solvers by asking each a question. */
export async function findAll(): Promise<Finding[]> {
  return [
    node(),
    await bundled(),
    await native(),
    await cvc5(),
    await framaC(),
    await preprocessor(),
    await coq(),
    await lean(),
    await model(),
    await bubblewrap(),
    await setpriv(),
  ];
}

function node(): Finding {
  const version = process.versions.node;
  // From the source tree it runs TypeScript as it is, which is what Node 24 is for.
  const oldest = import.meta.url.endsWith(".ts") ? 24 : 22;
  const recent = Number.parseInt(version, 10) >= oldest;
  return {
    name: "Node",
    purpose: "runs everything",
    status: recent ? "found" : "outdated",
    version,
    where: process.execPath,
    advice: recent ? null : `install Node ${oldest} or newer`,
    needed: true,
  };
}

async function bundled(): Promise<Finding> {
  const common = { name: "Z3 (WebAssembly)", purpose: "checks; comes with Touchstone", needed: true };
  try {
    return { ...common, ...(await working(bundledZ3(), () => wasmZ3())) };
  } catch (error) {
    // Its package cannot be resolved.
    if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") throw error;
    return {
      ...common,
      status: "missing",
      version: null,
      where: null,
      advice: "install Touchstone's dependencies again: npm ci",
    };
  }
}

async function native(): Promise<Finding> {
  const found = await findZ3();
  const result = found.kind === "found" ? await working(found, () => nativeZ3(found)) : absent(found);
  return { name: "Z3 (native)", purpose: "checks several times faster", needed: false, ...result };
}

async function cvc5(): Promise<Finding> {
  return {
    name: "cvc5",
    purpose: "a second opinion on every proof",
    needed: false,
    ...fromFound(await findCvc5()),
  };
}

async function framaC(): Promise<Finding> {
  const found = await findFramaC();
  return {
    name: "Frama-C",
    purpose: "a checker of its own: --checker both",
    needed: false,
    ...fromFound(found),
  };
}

async function preprocessor(): Promise<Finding> {
  return {
    name: "C preprocessor",
    purpose: "macros with arguments, #if, headers: --cpp, -I, -D",
    needed: false,
    ...fromFound(await findPreprocessor()),
  };
}

async function coq(): Promise<Finding> {
  const found = await findCoq();
  const embedded = found.kind === "found" && found.how === "pulled";
  return {
    name: embedded ? "Coq (embedded)" : "Coq",
    purpose: "fills proof holes of Coq files",
    needed: false,
    ...fromFound(found),
  };
}

async function lean(): Promise<Finding> {
  const found = await findLean();
  const embedded = found.kind === "found" && found.how === "pulled";
  return {
    name: embedded ? "Lean (embedded)" : "Lean",
    purpose: "fills proof holes of Lean files",
    needed: false,
    ...fromFound(found),
  };
}

async function model(): Promise<Finding> {
  const { chooseModel } = await import("../models/choose.ts");
  const common = {
    name: "model",
    purpose: "ideas where symbolic search has none",
    version: null,
    needed: false,
  };
  const choice = await chooseModel(undefined);
  if (choice.kind !== "model") return { ...common, status: "missing", where: null, advice: choice.message };
  const where = choice.model.name;
  await choice.model.close();
  return { ...common, status: "found", where, advice: null };
}

async function bubblewrap(): Promise<Finding> {
  const advice =
    "install it (Debian: apt install bubblewrap) to run native provers without network and files";
  return program("bubblewrap", "bwrap", "keeps native provers in a sandbox", advice);
}

async function setpriv(): Promise<Finding> {
  const advice =
    "install it (Debian: apt install util-linux); without it a prover may outlive a killed Touchstone";
  return program("setpriv", "setpriv", "ends provers together with Touchstone", advice);
}

async function program(name: string, file: string, purpose: string, advice: string): Promise<Finding> {
  const where = findProgram(file);
  const common = { name, purpose, where, needed: false };
  if (where === null) return { ...common, status: "missing", version: null, advice };
  const version = /\d+(?:\.\d+)+/.exec((await askVersion(where)) ?? "")?.[0] ?? null;
  return { ...common, status: "found", version, advice: null };
}

type Findable = Pick<Finding, "status" | "version" | "where" | "advice">;

function fromFound(found: Found): Findable {
  return found.kind === "found"
    ? { status: "found", version: found.version, where: found.path, advice: null }
    : absent(found);
}

function absent(found: Exclude<Found, { kind: "found" }>): Findable {
  if (found.kind === "notFound")
    return { status: "missing", version: null, where: null, advice: found.message };
  return { status: "outdated", version: found.version, where: found.path, advice: found.message };
}

/** Found, and it answers a question rightly. */
async function working(found: Found, open: () => SmtSolver): Promise<Findable> {
  const result = fromFound(found);
  if (result.status !== "found") return result;
  const signal = AbortSignal.timeout(PROBE_MS);
  try {
    const session = await open().open(signal);
    try {
      session.tell("(declare-const x Int)\n(assert (and (< 0 x) (< x 1)))");
      const answer = await session.check({ deadlineMs: PROBE_MS, signal });
      if (answer.kind === "unsat") return result;
      const said = answer.kind === "unknown" ? `unknown (${answer.reason})` : answer.kind;
      return {
        ...result,
        status: "broken",
        advice: `it answered ${said} to a question that has no solution: install it again`,
      };
    } finally {
      await session.close();
    }
  } catch (error) {
    return {
      ...result,
      status: "broken",
      advice: `it does not work (${error instanceof Error ? error.message : error}): install it again`,
    };
  }
}
