import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Budget } from "../../../../server/engine/budget.ts";
import { defaultOptions } from "../../../../server/engine/options.ts";
import type { SmtSession, SmtSolver } from "../../../../server/engine/solver.ts";
import { campaign } from "./campaign.ts";
import type { Fault } from "./faults.ts";
import { MEMORY } from "./memory.ts";
import { NAMED, type Named } from "./named.ts";
import { loadSubject, type Subject } from "./subject.ts";

/** The source tree that the tests belong to. */
export const ROOT = join(import.meta.dirname, "../../../..");

/** How the fault showed: the named tests that fail, and what the fuzz complains of first. Both empty where nothing noticed it. */
export interface Caught {
  readonly named: readonly string[];
  readonly fuzz: { readonly cases: number; readonly complaint: string } | null;
}

/** Puts the fault into a copy of the source and attacks that: `first` stops at what notices it first. */
export async function catchFault(
  fault: Fault,
  solver: SmtSolver,
  attack: { readonly cases: number; readonly first: boolean },
  signal: AbortSignal,
): Promise<Caught> {
  const folder = mkdtempSync(join(tmpdir(), "touchstone-fault-"));
  try {
    for (const part of ["server/program", "server/conditions", "server/engine", "server/tasks"])
      cpSync(join(ROOT, part), join(folder, part), { recursive: true });
    symlinkSync(join(ROOT, "grammars"), join(folder, "grammars"));
    writeFileSync(join(folder, "package.json"), `{"type": "module"}`);
    seed(folder, fault);
    const subject = await loadSubject(folder);
    const named = await failing(subject, solver, attack.first, signal);
    if (attack.first && named.length > 0) return { named, fuzz: null };
    const report = await campaign(subject, {
      first: 1,
      cases: attack.cases,
      solver,
      second: null,
      signal,
      most: 1,
    });
    const complaint = report.complaints[0];
    return { named, fuzz: complaint ? { cases: report.cases, complaint } : null };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function seed(folder: string, { file, replace, by }: Fault): void {
  const path = join(folder, file);
  const parts = readFileSync(path, "utf8").split(replace);
  if (parts.length !== 2) throw new Error(`the fault's place occurs ${parts.length - 1} times in ${file}`);
  writeFileSync(path, parts.join(by));
}

async function failing(
  subject: Subject,
  solver: SmtSolver,
  first: boolean,
  signal: AbortSignal,
): Promise<string[]> {
  const found: string[] = [];
  const session = await solver.open(signal);
  try {
    for (const named of [...NAMED, ...MEMORY]) {
      if ((await verdictOf(subject, named, session, signal)) === named.verdict) continue;
      found.push(named.name);
      if (first) break;
    }
  } finally {
    await session.close();
  }
  return found;
}

/** The verdict on a function as it stands: `proved`, `unknown`, or the kind of the obligation that fails. */
export async function verdictOf(
  subject: Subject,
  { text, reading }: Named,
  session: SmtSession,
  signal: AbortSignal,
): Promise<string> {
  session.tell("(push 1)");
  try {
    const file = subject.readC("named.c", text);
    const fn = file.functions.at(-1);
    const lowered = fn && subject.lowerFunction(file, fn, reading);
    if (lowered?.kind !== "ok") return "unread";
    const checker = new subject.InvariantChecker({
      passive: subject.passiveForm(lowered.program),
      session,
      budget: new Budget(defaultOptions),
      queryMs: 5000,
      print: () => "",
      solver: "",
    });
    const verdict = await checker.check(
      { kind: "tree", role: "whole", invariants: [], provenance: { proposer: "source" } },
      signal,
    );
    return verdict.kind === "refuted" ? verdict.obligation.kind : verdict.kind;
  } catch (error) {
    signal.throwIfAborted();
    return `stops with ${error}`;
  } finally {
    session.tell("(pop 1)");
  }
}
