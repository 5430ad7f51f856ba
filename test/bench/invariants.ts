import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { defaultOptions } from "../../server/engine/options.ts";
import type { Outcome } from "../../server/engine/outcome.ts";
import { openTouchstone, type Settings, type SolverChoice } from "../../server/wiring.ts";

/** One problem's result under one configuration. */
export interface Result {
  readonly name: string;
  readonly kind: Outcome["kind"];
  readonly ms: number;
  readonly detail: string;
  /** By proposer: milliseconds of its turns, atoms of its that joined the pool, and whether the judged candidate was its own. */
  readonly proposers?: ReadonlyMap<string, Share>;
}

export interface Share {
  readonly ms: number;
  readonly pooled: number;
  readonly proofs: number;
}

/** A way of running Touchstone. */
export interface Configuration {
  readonly title: string;
  readonly solver: SolverChoice;
  readonly only: "model" | "symbolic" | null;
  readonly model: string | undefined;
}

/** All files under a path with one of these endings (or the file itself), in natural order. */
export function problems(path: string, ...extensions: readonly string[]): string[] {
  const fits = (name: string) => extensions.some((extension) => name.endsWith(extension));
  if (fits(path)) return [path];
  const found = readdirSync(path, { recursive: true, encoding: "utf8" }).filter(fits);
  return found.sort((a, b) => a.localeCompare(b, "en", { numeric: true })).map((name) => join(path, name));
}

/** Runs one configuration over files, one after another; a file with several functions counts each function. */
export async function runTouchstone(
  configuration: Configuration,
  files: readonly string[],
  timeoutMs: number,
  each: (result: Result) => void,
): Promise<Result[]> {
  const settings: Settings = {
    reading: "math",
    model: configuration.model,
    offline: true,
    solver: configuration.solver,
    options: { ...defaultOptions, timeoutMs, only: configuration.only },
  };
  const touchstone = await openTouchstone(settings);
  const results: Result[] = [];
  try {
    for (const file of files) {
      const started = performance.now();
      const document = { file, text: readFileSync(file, "utf8"), version: 0 };
      for (const located of touchstone.locate(document)) {
        const result = await runOne(located, file, started);
        results.push(result);
        each(result);
      }
    }
  } finally {
    await touchstone.close();
  }
  return results;

  async function runOne(
    located: ReturnType<typeof touchstone.locate>[number],
    file: string,
    started: number,
  ): Promise<Result> {
    const name = basename(file);
    if (located.kind === "error") {
      return {
        name,
        kind: "error",
        ms: performance.now() - started,
        detail: located.diagnostics[0]?.message ?? "",
      };
    }
    const shares = new Map<string, { ms: number; pooled: number; proofs: number }>();
    const share = (proposer: string) => {
      const found = shares.get(proposer) ?? { ms: 0, pooled: 0, proofs: 0 };
      shares.set(proposer, found);
      return found;
    };
    let turn = { name: "", since: 0 };
    for await (const event of touchstone.run(located.task, new AbortController().signal)) {
      if (event.type === "proposer" || event.type === "finished") {
        if (turn.name !== "") share(turn.name).ms += event.at - turn.since;
        if (event.type === "proposer") turn = { name: event.name, since: event.at };
      }
      if (event.type === "candidate" && event.fate === "pooled") share(event.proposer).pooled++;
      if (event.type === "candidate" && event.fate === "judged") share(event.proposer).proofs++;
      if (event.type !== "finished") continue;
      const { outcome } = event;
      const ms = performance.now() - started;
      return { name, kind: outcome.kind, ms, detail: describe(outcome), proposers: shares };
    }
    throw new Error(`${name}: the run ended without a result`);
  }
}

function describe(outcome: Outcome): string {
  switch (outcome.kind) {
    case "proved":
      return `${outcome.proposer}: ${outcome.answers.map((one) => one.invariants.join(" && ")).join(" | ")}`;
    case "refuted":
      return outcome.counterexample.violated;
    case "unknown":
      return outcome.reason;
    case "error":
      return outcome.diagnostics[0]?.message ?? "";
  }
}
