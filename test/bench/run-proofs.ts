import { findNativeCoq } from "../../provers/coq/find.ts";
import { defaultOptions } from "../../server/engine/options.ts";
import type { Outcome } from "../../server/engine/outcome.ts";
import type { ProofHoleTask } from "../../server/engine/task.ts";
import { locateCoqHoles } from "../../server/tasks/proof-hole/locate.ts";
import { openProofs, type ProofSettings } from "../../server/wiring-proofs.ts";
import { type Corpus, openCorpus } from "./corpus.ts";
import { openLeanCorpus, statementsFile } from "./lean-corpus.ts";
import { HAMMER_HEAD, hammer, leanPortfolio, portfolio, sauto } from "./portfolio.ts";
import { markdown } from "./table.ts";

export interface ProofBenchOptions {
  readonly timeoutMs: number;
  /** Every how many theorems one is taken, and which. */
  readonly every: number;
  readonly offset: number;
  /** `FILE.v:NAME` of the theorems that are taken; null for all. */
  readonly only: ReadonlySet<string> | null;
  /** Theorems at work at once, each on one session. */
  readonly jobs: number;
  /** Sessions at work at one theorem; default 1. */
  readonly workers: number;
  readonly model: string | undefined;
  /** Which rows: portfolio, search, mcts, model; sauto and hammer where coq-hammer is installed. */
  readonly configurations: ReadonlySet<string>;
  readonly verbose: boolean;
}

interface Result {
  readonly name: string;
  readonly kind: Outcome["kind"];
  readonly proposer: string | null;
  readonly ms: number;
}

/** The judge compiles the file in a process of its own, which is no part of the search's time limit. */
const JUDGE_MS = 90_000;

/** Theorems that a job takes at once: neighbours of one file, so that what stands before them is read once. */
const CHUNK = 8;

/**
 * Proofs over a corpus: a folder of Coq files, or Lean statements one a line. Each that counts was accepted by the judge: by coqc and
 * `Print Assumptions`, or by a new Lean process that was asked what the theorem rests on.
 */
export async function benchProofs(path: string, options: ProofBenchOptions): Promise<void> {
  const statements = statementsFile(path);
  const chosen = (at: number) => at % options.every === options.offset;
  const corpus = statements === null ? await compiled(path) : await openLeanCorpus(statements, chosen);
  const language = statements === null ? "coq" : "lean";
  try {
    if (corpus.broken.length > 0)
      process.stderr.write(
        `left out, because they do not ${language === "coq" ? "compile" : "elaborate"}: ${corpus.broken.join(", ")}\n`,
      );
    const tasks = corpus.theorems
      .filter((task) => options.only === null || options.only.has(nameOf(task)))
      .filter((_, at) => language === "lean" || chosen(at));
    const rows: string[][] = [];
    const solved = new Map<string, Result[]>();
    for (const { title, settings, head } of configurations(options, language)) {
      process.stderr.write(`${title}: ${tasks.length} theorems\n`);
      const headed = head === undefined ? tasks : tasks.map((task) => withHead(task, head));
      const results = await runAll(headed, settings, options, language);
      solved.set(title, results);
      rows.push(row(title, results));
    }
    process.stdout.write(`${markdown(HEADINGS, rows)}\n`);
    const of = tasks.length === corpus.theorems.length ? "" : ` of ${corpus.theorems.length}`;
    process.stdout.write(
      `\n${tasks.length}${of} theorems, ${options.timeoutMs / 1000} s each with reading the file, without the judge, ${options.jobs} at a time\n`,
    );
    for (const [title, results] of solved) process.stdout.write(`\n${title}: ${bySource(results)}\n`);
  } finally {
    (corpus as Corpus).remove();
  }
}

async function compiled(path: string): Promise<Corpus> {
  const coq = await findNativeCoq();
  if (coq.kind === "none") throw new Error(coq.message);
  process.stderr.write(`compiling a copy of ${path}\n`);
  return openCorpus(path, coq.coq);
}

type Language = ProofHoleTask["language"];

function configurations(
  options: ProofBenchOptions,
  language: Language,
): { title: string; settings: ProofSettings; head?: string }[] {
  const common = {
    offline: true,
    workers: options.workers,
    model: "none" as string | undefined,
    judgeMs: JUDGE_MS,
    options: { ...defaultOptions, timeoutMs: options.timeoutMs },
  };
  const all = [
    {
      name: "portfolio",
      title: "one-line portfolio",
      settings: { ...common, sources: () => [language === "coq" ? portfolio : leanPortfolio] },
    },
    { name: "search", title: "search, no model", settings: common },
    {
      name: "mcts",
      title: "search, no model, Monte-Carlo",
      settings: { ...common, strategy: "mcts" as const },
    },
    {
      name: "sauto",
      title: "coq-hammer's sauto",
      settings: { ...common, sources: () => [sauto] },
      head: HAMMER_HEAD,
    },
    {
      name: "hammer",
      title: "coq-hammer's hammer",
      settings: { ...common, sources: () => [hammer] },
      head: HAMMER_HEAD,
    },
    { name: "model", title: "search with the model", settings: { ...common, model: options.model } },
  ];
  return all.filter(({ name }) => options.configurations.has(name));
}

/** The task on its file with an import at the head, as one who uses that library's tactics would have it. */
function withHead(task: ProofHoleTask, head: string): ProofHoleTask {
  const document = { ...task.document, text: `${head}${task.document.text}` };
  const located = locateCoqHoles(document).flatMap((one) => (one.kind === "task" ? [one.task] : []));
  return located.findLast(({ group }) => group === task.group) ?? task;
}

async function runAll(
  tasks: readonly ProofHoleTask[],
  settings: ProofSettings,
  options: ProofBenchOptions,
  language: Language,
): Promise<Result[]> {
  const chunks: ProofHoleTask[][] = [];
  for (const task of tasks) {
    const last = chunks.at(-1);
    if (last && last.length < CHUNK && last[0]!.document.file === task.document.file) last.push(task);
    else chunks.push([task]);
  }
  const results: Result[] = [];
  const job = async () => {
    const proofs = await openProofs(settings, language);
    try {
      for (let chunk = chunks.shift(); chunk; chunk = chunks.shift()) {
        for (const task of chunk) {
          const { line, detail } = await runOne(proofs, task);
          results.push(line);
          const proved = results.filter(({ kind }) => kind === "proved").length;
          const seconds = (line.ms / 1000).toFixed(1);
          if (options.verbose)
            process.stderr.write(
              `${proved}/${results.length} ${line.kind.padEnd(8)} ${line.name} ${seconds} s  ${detail}\n`,
            );
        }
      }
    } finally {
      await proofs.close();
    }
  };
  await Promise.all(Array.from({ length: options.jobs }, job));
  return results;
}

async function runOne(
  proofs: Awaited<ReturnType<typeof openProofs>>,
  task: ProofHoleTask,
): Promise<{ line: Result; detail: string }> {
  const started = performance.now();
  const name = nameOf(task);
  let rejected = "";
  for await (const event of proofs.run(task, new AbortController().signal)) {
    if (event.type === "candidate" && event.fate === "rejected")
      rejected = `rejected: ${event.text} ${event.reason}`;
    if (event.type === "note") rejected = event.message;
    if (event.type !== "finished") continue;
    const { outcome } = event;
    const ms = performance.now() - started;
    const proved = outcome.kind === "proved";
    const detail = proved ? outcome.answers[0]!.texts.join(" ").replace(/\s+/g, " ") : rejected;
    return { line: { name, kind: outcome.kind, proposer: proved ? outcome.proposer : null, ms }, detail };
  }
  throw new Error(`${name}: the run ended without a result`);
}

function nameOf({ document, group }: ProofHoleTask): string {
  return `${document.file.split("/").at(-1)}:${group}`;
}

const HEADINGS = ["", "theorems", "proved", "%", "mean s of the proved", "median s", "p95 s"];

function row(title: string, results: readonly Result[]): string[] {
  const proved = results.filter(({ kind }) => kind === "proved");
  const seconds = proved.map(({ ms }) => ms / 1000).sort((a, b) => a - b);
  const at = (part: number) =>
    (seconds[Math.min(seconds.length - 1, Math.floor(part * seconds.length))] ?? 0).toFixed(1);
  const mean = seconds.reduce((sum, value) => sum + value, 0) / Math.max(1, seconds.length);
  const share = ((100 * proved.length) / Math.max(1, results.length)).toFixed(0);
  return [title, String(results.length), String(proved.length), share, mean.toFixed(1), at(0.5), at(0.95)];
}

/** How many each source closed. */
function bySource(results: readonly Result[]): string {
  const counts = new Map<string, number>();
  for (const { proposer } of results)
    if (proposer !== null) counts.set(proposer, (counts.get(proposer) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([name, count]) => `${name} ${count}`)
    .join(", ");
}
