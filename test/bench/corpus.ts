import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, relative } from "node:path";
import { readOutline } from "../../grammars/coq/outline.ts";
import type { NativeCoq } from "../../provers/coq/find.ts";
import { projectArguments, readProject } from "../../provers/coq/project.ts";
import type { ProofHoleTask } from "../../server/engine/task.ts";
import { locateCoqHoles } from "../../server/tasks/proof-hole/locate.ts";

/** A compiled copy of a corpus, and its theorems in the order of their files. */
export interface Corpus {
  readonly theorems: readonly ProofHoleTask[];
  /** Files that do not compile here; their theorems are left out. */
  readonly broken: readonly string[];
  remove(): void;
}

/**
 * Copies a folder of Coq files, compiles it, and makes a task of every theorem that has a proof: the proof is taken out, what
 * follows it is cut off, and the sections that are open there are closed.
 */
export function openCorpus(path: string, coq: NativeCoq): Corpus {
  const directory = mkdtempSync(join(tmpdir(), "touchstone-corpus-"));
  const root = join(directory, basename(path));
  cpSync(path, root, { recursive: true });
  spawnSync("chmod", ["-R", "u+w", root]);
  const broken: string[] = [];
  const theorems: ProofHoleTask[] = [];
  const files = inOrder(root, coq);
  for (const file of files) {
    const compiled = spawnSync(
      coq.coqc,
      [...coq.compile, "-q", ...projectArguments(readProject(file)), file],
      {
        cwd: root,
        encoding: "utf8",
      },
    );
    if (compiled.status !== 0) broken.push(relative(root, file));
  }
  for (const file of files.filter((one) => !broken.includes(relative(root, one))).sort())
    theorems.push(...theoremsOf(file));
  return { theorems, broken, remove: () => rmSync(directory, { recursive: true, force: true }) };
}

/** All Coq files, what others need before them. */
function inOrder(root: string, coq: NativeCoq): string[] {
  const files = readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".v"))
    .map((name) => join(root, name));
  const project = projectArguments(readProject(files[0]!)).filter((word, at, all) => {
    const option = ["-Q", "-R"].includes(word) ? at : ["-Q", "-R"].includes(all[at - 1]!) ? at - 1 : at - 2;
    return ["-Q", "-R"].includes(all[option] ?? "");
  });
  const coqdep = coq.coqc.replace(/coqc$/, "coqdep");
  const sorted = spawnSync(coqdep, ["-sort", ...project, ...files], { cwd: root, encoding: "utf8" });
  const order = sorted.status === 0 ? sorted.stdout.trim().split(/\s+/) : [];
  return order.length === files.length ? order : files.sort();
}

function theoremsOf(file: string): ProofHoleTask[] {
  const text = readFileSync(file, "utf8");
  const { sentences, theorems } = readOutline(text);
  const seen = new Set<string>();
  return theorems.flatMap(({ ended, keyword, name, first, end, scope }) => {
    if (!["Qed", "Defined", "Save"].includes(ended) || name === null) return [];
    if (!/^(Theorem|Lemma|Fact|Remark|Corollary|Proposition|Property)$/.test(keyword)) return [];
    if (seen.has(name) || end <= first) return [];
    seen.add(name);
    const closing = [...scope].reverse().map((one) => `End ${one.name}.\n`);
    const cut = `${text.slice(0, sentences[first]!.start)}Admitted.\n${closing.join("")}`;
    const located = locateCoqHoles({ file, text: cut, version: 0 }).filter((one) => one.kind === "task");
    const task = located.map((one) => one.task).findLast((one) => one.group === name);
    return task ? [task] : [];
  });
}
