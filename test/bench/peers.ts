import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { hornClauses } from "./horn.ts";
import type { Result } from "./invariants.ts";
import { runToEnd } from "./process.ts";

/** Another tool on the same problems: a command that is given Horn clauses on standard input, one process a problem. */
export interface Peer {
  readonly title: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly logic: string | null;
  /** What goes after the clauses. */
  readonly tail: string;
}

/** Spacer: a model of the clauses is an invariant, so `sat` is valid and `unsat` invalid. cvc5 answers alike. */
export async function runPeer(
  peer: Peer,
  files: readonly string[],
  timeoutMs: number,
  each: (result: Result) => void,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const file of files) {
    const clauses = hornClauses(readFileSync(file, "utf8"), peer.logic);
    const name = basename(file);
    if (!clauses) {
      results.push({ name, kind: "error", ms: 0, detail: "not a Code2Inv template" });
      continue;
    }
    const started = performance.now();
    const output = await runToEnd(peer.command, peer.args, `${clauses}\n${peer.tail}\n`, timeoutMs);
    const answer = /^(sat|unsat)$/m.exec(output)?.[1];
    const kind = answer === "sat" ? "proved" : answer === "unsat" ? "refuted" : "unknown";
    const result: Result = {
      name,
      kind,
      ms: performance.now() - started,
      detail: answer ?? output.slice(0, 80),
    };
    results.push(result);
    each(result);
  }
  return results;
}
