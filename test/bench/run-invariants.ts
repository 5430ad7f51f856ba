import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { defaultOptions } from "../../server/engine/options.ts";
import { openTouchstone } from "../../server/wiring.ts";
import { type Configuration, problems, type Result, runTouchstone } from "./invariants.ts";
import { ownMegabytes, watchMemory } from "./memory.ts";
import { findPeers, peerProblems, runPeer } from "./peers.ts";
import { HEADINGS, markdown, PROPOSER_HEADINGS, proposerRows, row } from "./table.ts";

export interface BenchOptions {
  readonly timeoutMs: number;
  readonly model: string | undefined;
  /** Which rows: wasm, native (symbolic), model (only the model), both, peers. */
  readonly configurations: ReadonlySet<string>;
  readonly verbose: boolean;
  /** Only every so many-th file, for what takes long. */
  readonly every: number;
}

/**
 * Invariant synthesis over a folder: `c/*.c` for Touchstone and, beside it, `smt2/NAME.c.smt` for its peers, in one run; where
 * there is no such form its peers get the clauses that Touchstone itself makes of a problem. A disagreement is a problem that one tool proves and a peer refutes, or the other way round.
 */
export async function benchInvariants(path: string, options: BenchOptions): Promise<void> {
  const all = existsSync(join(path, "c"))
    ? problems(join(path, "c"), ".c")
    : problems(path, ".c", ".sl", ".smt2", ".smt");
  const files = all.filter((_, i) => i % options.every === 0);
  const twins = existsSync(join(path, "smt2")) ? problems(join(path, "smt2"), ".smt") : [];
  const chosen = new Set(files.map((file) => basename(file).split(".")[0]));
  const smt = twins.filter((file) => chosen.has(basename(file).split(".")[0]));
  const byRow = new Map<string, Result[]>();
  const memory = new Map<string, number | null>();
  const watched = async (title: string, work: () => Promise<Result[]>): Promise<void> => {
    const watch = watchMemory();
    byRow.set(title, await work());
    memory.set(title, watch.stop());
  };
  for (const configuration of configurations(options)) {
    process.stderr.write(`${configuration.title}: ${files.length} files\n`);
    await watched(configuration.title, () =>
      runTouchstone(configuration, files, options.timeoutMs, report(options)),
    );
  }
  if (options.configurations.has("peers")) {
    const given = await problemsForPeers(smt.length > 0 ? smt : files);
    for (const peer of await findPeers()) {
      process.stderr.write(`${peer.title}: ${given.length} problems\n`);
      await watched(peer.title, () => runPeer(peer, given, options.timeoutMs, report(options)));
    }
  }
  const asked = [...byRow].filter(([, results]) => results.length > 0);
  const rows = asked.map(([title, results]) =>
    row(title, results, disagreements(title, byRow), memory.get(title)!),
  );
  process.stdout.write(`${markdown(HEADINGS, rows)}\n`);
  process.stdout.write(
    `\n${files.length} files, ${options.timeoutMs / 1000} s each; peak MB: all solver and model processes together; ` +
      `Touchstone's own process holds ${ownMegabytes().toFixed(0)} MB at the end\n`,
  );
  for (const [title, results] of byRow) {
    const rows = proposerRows(results);
    if (rows.length > 0) process.stdout.write(`\n${title}:\n\n${markdown(PROPOSER_HEADINGS, rows)}\n`);
  }
}

async function problemsForPeers(files: readonly string[]) {
  const touchstone = await openTouchstone({
    reading: "math",
    model: "none",
    offline: true,
    options: defaultOptions,
  });
  try {
    return peerProblems(files, touchstone);
  } finally {
    await touchstone.close();
  }
}

function configurations(options: BenchOptions): Configuration[] {
  const wanted = (name: string) => options.configurations.has(name);
  const all: (Configuration & { name: string })[] = [
    {
      name: "wasm",
      title: "Touchstone, symbolic, Z3 WebAssembly",
      solver: "wasm",
      only: "symbolic",
      model: "none",
    },
    {
      name: "native",
      title: "Touchstone, symbolic, Z3 native",
      solver: "native",
      only: "symbolic",
      model: "none",
    },
    {
      name: "model",
      title: "Touchstone, model only, Z3 native",
      solver: "native",
      only: "model",
      model: options.model,
    },
    {
      name: "both",
      title: "Touchstone, symbolic and model, Z3 native",
      solver: "native",
      only: null,
      model: options.model,
    },
  ];
  return all.filter((one) => wanted(one.name));
}

function disagreements(title: string, byRow: ReadonlyMap<string, readonly Result[]>): number | null {
  const others = [...byRow].filter(([other]) => other !== title).flatMap(([, results]) => results);
  if (others.length === 0) return null;
  const against = (result: Result) =>
    others.some(
      (other) =>
        key(other) === key(result) && decided(other) && decided(result) && other.kind !== result.kind,
    );
  return byRow.get(title)!.filter(against).length;
}

function key(result: Result): string {
  return basename(result.name).split(".")[0]!;
}

function decided(result: Result): boolean {
  return result.kind === "proved" || result.kind === "refuted";
}

function report({ verbose }: BenchOptions): (result: Result) => void {
  return ({ name, kind, ms, detail }) => {
    if (verbose || kind === "error")
      process.stderr.write(`  ${name.padEnd(12)} ${kind.padEnd(8)} ${(ms / 1000).toFixed(2)} s  ${detail}\n`);
  };
}
