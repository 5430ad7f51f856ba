import { existsSync } from "node:fs";
import { withoutUndone } from "../../../grammars/coq/backtracking.ts";
import { enclosingStatement } from "../../../grammars/coq/nested.ts";
import type { CoqLauncher } from "../assistant.ts";
import type { Project } from "../project.ts";
import type { Limits } from "../toplevel.ts";
import { type Assumed, judgeAssumption } from "./allowed.ts";
import { Asking, type Place, Rejection, words } from "./asking.ts";
import { type Assumption, readAssumptions } from "./assumptions.ts";
import { type Edited, lineOf } from "./edited.ts";
import { disagreement, pathAtEnd } from "./lasting.ts";
import { findStale, physicalPaths } from "./stale.ts";

export type Inspected =
  | {
      readonly kind: "confirmed";
      readonly checkedBy: string;
      /** In words, for the evidence. */
      readonly assumptions: readonly string[];
      /** The theorem's name as Coq has it. */
      readonly name: string;
      /** What it rests on, as listed. */
      readonly listed: readonly Assumption[];
    }
  | { readonly kind: "rejected"; readonly reason: string; readonly final?: boolean };

/**
 * Reads the edited text in a fresh toplevel as far as the theorem, and says what Coq itself knows of it: that its statement and
 * everything else defined by then is what it would be without the proof, and what the proof rests on.
 */
export async function inspect(
  launcher: CoqLauncher,
  project: Project,
  edited: Edited,
  limits: Limits,
  toTheEnd: boolean,
): Promise<Inspected> {
  const started = await launcher.launch(project, limits.signal);
  if (started.kind === "failed") return { kind: "rejected", reason: started.message, final: true };
  const asking = new Asking(started.toplevel, limits, edited);
  try {
    return await confirm(asking, launcher.name, project, edited, toTheEnd);
  } catch (error) {
    limits.signal.throwIfAborted();
    if (!(error instanceof Rejection)) throw error;
    return { kind: "rejected", reason: error.message, ...(error.final ? { final: true } : {}) };
  } finally {
    await started.toplevel.close();
  }
}

async function confirm(
  asking: Asking,
  checkedBy: string,
  project: Project,
  edited: Edited,
  toTheEnd: boolean,
): Promise<Inspected> {
  const { sentences } = edited.outline;
  const { theorem } = edited;
  const texts = withoutUndone(sentences);
  const before = await asking.run(null, texts.slice(0, theorem.first), 0);
  const libraries = words((await asking.ask(before, "Print Libraries.")).join("\n").replace(/^[^:]*:/, ""));
  const stale = findStale(project, libraries);
  if (stale !== null)
    throw new Rejection(
      `${stale} was changed after it was compiled: build the project, then try again`,
      true,
    );
  const outer = enclosingStatement(edited.outline, theorem);
  if (outer !== null)
    throw new Rejection(
      `it is stated inside the proof that line ${lineOf(edited.text, outer.start)} begins, where no proof can be judged: move it before that`,
      true,
    );
  const [name] = words((await asking.tryAsk(before, "Show Conjectures."))?.join(" ") ?? "");
  if (name === undefined)
    throw new Rejection("Coq has no proof open here: the sentence before states nothing to prove", true);

  // The same place with the proof left out says what the statement was, and what was defined.
  const given = await asking.tryRun(before, "Admitted.");
  if (given === null)
    throw new Rejection(
      `Coq cannot admit what ${theorem.keyword} states, so that there is nothing to compare a proof with: prove it by hand, or state it as a Lemma`,
      true,
    );
  const unproved = await asking.snapshot(given, name, theorem.keyword);
  const ended = await asking.run(before, texts.slice(theorem.first, theorem.end + 1), theorem.first, true);
  const proved = await asking.snapshot(ended, name, theorem.keyword);
  if (proved.statement !== unproved.statement)
    throw new Rejection("the statement is not the same term as before");
  if (proved.defined !== unproved.defined)
    throw new Rejection("the proof defines something besides the theorem");

  // The file's notations may print as whatever they like: what counts is asked without them.
  const listed = readAssumptions(await asking.ask(proved.at, `Print Assumptions ${name}.`));
  if (listed === null) throw new Rejection("Coq does not say what the proof rests on");
  const assumed: Assumed[] = [];
  for (const one of listed) assumed.push(await located(asking, proved.at, one, libraries, project));
  await asking.goTo(ended);
  const readable =
    listed.length === 0 ? [] : readAssumptions(await asking.ask(ended, `Print Assumptions ${name}.`));
  // Only what the whole file says counts, where no compiler reads it besides.
  if (toTheEnd) await readToTheEnd(asking, project, edited, ended, name, listed);
  const assumptions: string[] = [];
  for (const one of assumed) {
    const { text } = readable?.find(({ kind, name }) => kind === one.kind && name === one.name) ?? one;
    const allowed = judgeAssumption({ ...one, text }, { ...edited, statement: proved.statement });
    if (allowed.kind === "refused") throw new Rejection(allowed.reason);
    if (allowed.assumption !== null) assumptions.push(allowed.assumption);
  }
  return { kind: "confirmed", checkedBy, assumptions, name, listed };
}

/** What the file says behind the proof is good, too, and leaves the theorem what it is. */
async function readToTheEnd(
  asking: Asking,
  project: Project,
  { text, outline, theorem }: Edited,
  ended: Place,
  name: string,
  listed: readonly Assumption[],
): Promise<void> {
  const texts = withoutUndone(outline.sentences).slice(theorem.end + 1);
  const last = await asking.run(ended, texts, theorem.end + 1);
  await asking.finish(last);
  const { rest } = outline;
  if (rest !== null) throw new Rejection(`line ${lineOf(text, rest.start)}: ${rest.message}`, true);
  const path = pathAtEnd(theorem, name);
  if (path === null) return;
  const spelled = await asking.run(last, ["Set Printing All."], null);
  const answer = await asking.tryAsk(spelled, `Print Assumptions ${project.module}.${path}.`);
  const differs = disagreement(answer === null ? null : readAssumptions(answer), listed, theorem);
  if (differs !== null) throw new Rejection(differs);
}

/** Where a constant is declared. */
async function located(
  asking: Asking,
  at: Place,
  assumption: Assumption,
  libraries: readonly string[],
  project: Project,
): Promise<Assumed> {
  const { module } = project;
  const about = (await asking.tryAsk(at, `About ${assumption.name}.`))?.join("\n") ?? "";
  const [, what, expanded] = [...about.matchAll(/Expands to:\s+(\w+)\s+(\S+)/g)].at(-1) ?? [];
  if (assumption.kind === "variable" && what !== "Variable")
    throw new Rejection(`${assumption.name} is listed as a section's variable, and is none`);
  const path = expanded ?? assumption.name;
  const [library] = libraries.filter((one) => path.startsWith(`${one}.`)).sort((a, b) => b.length - a.length);
  if (library === undefined)
    return { ...assumption, path, module, library: null, standard: false, source: null };
  const where = (await asking.ask(at, `Locate Library ${library}.`)).join(" ");
  const own = physicalPaths(project, library).some((path) => existsSync(`${path}.vo`));
  const standard = STANDARD.test(library) && !own;
  const object = /(\/.*)\.vo\b/.exec(where.replace(/\s+/g, " "))?.[1];
  return {
    ...assumption,
    path,
    module,
    library,
    standard,
    source: object === undefined ? null : `${object}.v`,
  };
}

/** Coq's own library, by its names through the versions. */
const STANDARD = /^(?:Coq|Stdlib|Corelib|Rocq)\./;
