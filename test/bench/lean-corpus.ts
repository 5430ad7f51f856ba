import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { embeddedLauncher } from "../../provers/lean/embedded/launcher.ts";
import { LeanWorker } from "../../provers/lean/worker.ts";
import type { ProofHoleTask } from "../../server/engine/task.ts";
import { pulledLean } from "../../server/install/lean.ts";
import { locateLeanHoles } from "../../server/tasks/proof-hole/lean-locate.ts";
import type { Corpus } from "./corpus.ts";

/** One line of a MiniCodeProps file: a statement that ends in `by sorry`, and what stands before it. */
interface Entry {
  readonly full_name: string;
  readonly deps: string;
  readonly prop_defn: string;
}

/** Without Mathlib a `ℕ` would become a variable; with this it is an error, and a lower-case or Greek letter still a type. */
const STRICT = "set_option relaxedAutoImplicit false\n";
/** The embedded library lacks the code of private definitions, so that what uses them cannot be compiled; proofs need no code. */
const NO_CODE = `${STRICT}noncomputable section\n`;
const CHECK_MS = 60_000;

/** The file of statements at or below a path; null when there is none. */
export function statementsFile(path: string): string | null {
  if (path.endsWith(".jsonl")) return path;
  if (!statSync(path).isDirectory()) return null;
  const names = readdirSync(path, { recursive: true, encoding: "utf8" });
  const found = names.find((name) => name.endsWith(".jsonl"));
  return found === undefined ? null : join(path, found);
}

/** The statements of a file that elaborate on the embedded Lean with `import Mathlib` dropped, each a task of its own; `keep` chooses by place. */
export async function openLeanCorpus(file: string, keep: (at: number) => boolean): Promise<Corpus> {
  const lean = await pulledLean();
  if (lean === null) throw new Error("no Lean is in the cache: run 'touchstone prover pull lean'");
  const worker = new LeanWorker(embeddedLauncher(lean), null);
  const entries = readFileSync(file, "utf8")
    .split("\n")
    .filter((line, at) => line !== "" && keep(at))
    .map((line) => JSON.parse(line) as Entry);
  const { signal } = new AbortController();
  const theorems: ProofHoleTask[] = [];
  const broken: string[] = [];
  let compiled = 0;
  try {
    for (const { full_name: name, deps, prop_defn: statement } of entries) {
      const rest = `${deps.replace(/^import Mathlib\s*/, "")}\n\n${statement}\n`;
      const elaborates = async (text: string) => {
        const checked = await worker.check(text, null, { deadlineMs: CHECK_MS, signal });
        return checked.kind === "checked" && !checked.messages.some(({ severity }) => severity === "error");
      };
      let text = STRICT + rest;
      if (await elaborates(text)) compiled++;
      else text = NO_CODE + rest;
      const task = locateLeanHoles({ file: `${name}.lean`, text, version: 0 })
        .filter((one) => one.kind === "task")
        .at(-1)?.task;
      const good = task !== undefined && (text.startsWith(NO_CODE) ? await elaborates(text) : true);
      if (good) theorems.push(task);
      else broken.push(name);
    }
  } finally {
    await worker.close();
  }
  process.stderr.write(
    `${theorems.length} of ${entries.length} statements elaborate without Mathlib: ${compiled} as they stand, ${theorems.length - compiled} in a noncomputable section\n`,
  );
  return { theorems, broken, remove: () => {} };
}
