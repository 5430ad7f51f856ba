import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { framaC } from "../../provers/frama-c/checker.ts";
import { findZ3 } from "../../provers/z3/find.ts";
import { wasmZ3Build } from "../../provers/z3/wasm.ts";
import type { LoopTask } from "../../server/engine/task.ts";
import { clausesOf, hasClauses } from "../../server/proposers/spacer/spacer.ts";
import type { Located, Touchstone } from "../../server/wiring.ts";
import { hornClauses } from "./horn.ts";
import type { Result } from "./invariants.ts";
import { runToEnd } from "./process.ts";

/** A problem as a peer is given it: Horn clauses after the line that sets the logic, or null with the reason there are none. */
export interface PeerProblem {
  readonly name: string;
  readonly file: string;
  readonly clauses: string | null;
}

/** Another tool on the same problems; an answer of null says that it was not asked. */
export interface Peer {
  readonly title: string;
  answer(problem: PeerProblem, timeoutMs: number): Promise<Pick<Result, "kind" | "detail"> | null>;
}

/** The field's other tools that are found on this machine. */
export async function findPeers(): Promise<Peer[]> {
  const found: Peer[] = [];
  const native = await findZ3();
  if (native.kind === "found")
    found.push(onClauses(`Spacer, ${native.name} ${native.version} native`, native.path, ["-in"], "HORN"));
  const { directory, version } = wasmZ3Build();
  const host = new URL("../../provers/z3/wasm-host.cjs", import.meta.url).pathname;
  found.push(
    onClauses(`Spacer, Z3 ${version} WebAssembly`, process.execPath, [host, directory, "2000"], "HORN"),
    onClauses("cvc5 (SyGuS inference)", "cvc5", ["--lang=smt2", "--sygus-inference"], "ALL"),
    { title: "cvc5 (SyGuS, the file as it is)", answer: cvc5OnSygus },
  );
  const frama = await framaC();
  if (frama.kind === "missing") return found;
  const { checker } = frama;
  found.push({
    title: `${checker.name}, no invariant`,
    async answer({ file, name }, timeoutMs) {
      if (!file.endsWith(".c")) return null;
      const signal = AbortSignal.timeout(timeoutMs);
      const question = {
        text: readFileSync(file, "utf8"),
        file,
        function: name.split(":")[1]!,
        vacuity: true,
      };
      const late = { kind: "unknown" as const, detail: "time-out" };
      const verdict = await checker.check({ ...question, deadlineMs: timeoutMs, signal }).catch(() => late);
      if (verdict.kind === "proved") return { kind: "proved", detail: verdict.checkedBy };
      return { kind: "unknown", detail: "reason" in verdict ? verdict.reason : verdict.detail };
    },
  });
  return found;
}

/** Spacer: a model of the clauses is an invariant, so `sat` is valid and `unsat` invalid. cvc5 answers alike. */
function onClauses(title: string, command: string, args: readonly string[], logic: string): Peer {
  return {
    title,
    async answer({ clauses }, timeoutMs) {
      if (clauses === null) return null;
      const script = `(set-logic ${logic})\n${clauses}\n(check-sat)\n`;
      const output = await runToEnd(command, args, script, timeoutMs);
      const answer = /^(sat|unsat)$/m.exec(output)?.[1];
      const kind = answer === "sat" ? "proved" : answer === "unsat" ? "refuted" : "unknown";
      return { kind, detail: answer ?? output.slice(0, 80) };
    },
  };
}

async function cvc5OnSygus({ file }: PeerProblem, timeoutMs: number) {
  if (!file.endsWith(".sl")) return null;
  const output = await runToEnd("cvc5", ["--lang=sygus2", file], "", timeoutMs);
  const kind = /define-fun/.test(output) ? "proved" : /^infeasible$/m.test(output) ? "refuted" : "unknown";
  return { kind, detail: output.slice(0, 80) } as const;
}

/** One problem for each thing that Touchstone finds to prove in the files. */
export function peerProblems(files: readonly string[], touchstone: Touchstone): PeerProblem[] {
  return files.flatMap((file) => {
    const text = readFileSync(file, "utf8");
    // A Code2Inv template is the field's own form of the problem.
    if (file.endsWith(".smt")) return [{ name: basename(file), file, clauses: hornClauses(text) }];
    return touchstone.locate({ file, text, version: 0 }).map((located) => ({
      name: nameOf(file, located),
      file,
      clauses: clausesIn(located),
    }));
  });
}

function nameOf(file: string, located: Located<LoopTask>): string {
  return located.kind === "task" && file.endsWith(".c")
    ? `${basename(file)}:${located.task.group}`
    : basename(file);
}

function clausesIn(located: Located<LoopTask>): string | null {
  if (located.kind === "error" || located.task.kind !== "invariants" || !hasClauses(located.task))
    return null;
  return clausesOf(located.task).text.replace(/\(set-logic [^)]*\)/, "");
}

/** One problem after another, one process each. */
export async function runPeer(
  peer: Peer,
  problems: readonly PeerProblem[],
  timeoutMs: number,
  each: (result: Result) => void,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const problem of problems) {
    const started = performance.now();
    const answer = await peer.answer(problem, timeoutMs);
    if (answer === null) continue;
    const result: Result = { name: problem.name, ms: performance.now() - started, ...answer };
    results.push(result);
    each(result);
  }
  return results;
}
