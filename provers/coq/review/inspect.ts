import { existsSync } from "node:fs";
import { withoutUndone } from "../../../grammars/coq/backtracking.ts";
import type { CoqLauncher } from "../assistant.ts";
import type { Project } from "../project.ts";
import type { Limits, Toplevel } from "../toplevel.ts";
import { type Assumed, judgeAssumption } from "./allowed.ts";
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

class Rejection extends Error {
  readonly final: boolean;
  constructor(reason: string, final = false) {
    super(reason);
    this.final = final;
  }
}

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
  const name = words((await asking.ask(before, "Show Conjectures.")).join(" "))[0];
  if (name === undefined) throw new Rejection("Coq does not tell the name of what is proved");

  // The same place with the proof left out says what the statement was, and what was defined.
  const unproved = await asking.snapshot(await asking.run(before, ["Admitted."], null), name);
  const ended = await asking.run(before, texts.slice(theorem.first, theorem.end + 1), theorem.first, true);
  const proved = await asking.snapshot(ended, name);
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

type Place = number;

/** What stands at a place of the document, printed with nothing left implicit and no notations. */
interface Snapshot {
  /** The place where it is printed so. */
  readonly at: Place;
  readonly statement: string;
  /** All that the file has defined by then. */
  readonly defined: string;
}

/** A toplevel whose every failure rejects the proof. */
class Asking {
  readonly #toplevel: Toplevel;
  readonly #limits: Limits;
  readonly #edited: Edited;

  constructor(toplevel: Toplevel, limits: Limits, edited: Edited) {
    this.#toplevel = toplevel;
    this.#limits = limits;
    this.#edited = edited;
  }

  /** Runs sentences and gives the place after them. `first` is the index of the first in the text, to name a failure's place. */
  async run(
    from: Place | null,
    sentences: readonly string[],
    first: number | null,
    proof = false,
  ): Promise<Place> {
    const at = from ?? this.#toplevel.start;
    if (sentences.length === 0) return at;
    const ran = await this.#toplevel.run(at, sentences, this.#limits);
    switch (ran.kind) {
      case "ok":
        if (proof && ran.assumed) throw new Rejection("the proof assumes something instead of proving it");
        return ran.places.at(-1) ?? at;
      case "error": {
        const sentence = first === null ? undefined : this.#edited.outline.sentences[first + ran.index];
        const line = sentence === undefined ? "" : `line ${lineOf(this.#edited.text, sentence.start)}: `;
        throw new Rejection(`${line}${ran.message}`);
      }
      case "late":
        throw new Rejection("Coq takes too long");
      case "died":
        throw new Rejection(`Coq was ended: ${ran.message}`);
    }
  }

  /** Nothing is open at the end of a file: a compiler says so, a toplevel waits for what follows. */
  async finish(at: Place): Promise<void> {
    const pending = await this.tryAsk(at, "Show Conjectures.");
    const [proof] = words(pending?.join(" ") ?? "");
    if (proof !== undefined) throw new Rejection(`the proof of ${proof} is not ended`, true);
    const ended = await this.#toplevel.run(at, ["End touchstone_nothing."], this.#limits);
    const open =
      ended.kind === "error"
        ? /Last block to end has name (\S+?)\.?(\s|$)/.exec(ended.message)?.[1]
        : undefined;
    if (open !== undefined) throw new Rejection(`${open} needs to be closed`, true);
  }

  /** Makes a place the end of the document; it must not be behind one that was gone back from. */
  async goTo(place: Place): Promise<void> {
    await this.#toplevel.run(place, [], this.#limits);
  }

  async ask(at: Place, question: string): Promise<readonly string[]> {
    const answered = await this.#toplevel.query(at, question, this.#limits);
    if (answered.kind === "answer") return answered.texts;
    throw new Rejection(answered.kind === "late" ? "Coq takes too long" : `${question} ${answered.message}`);
  }

  /** Null where the question makes no sense, as for a constant that is out of reach. */
  async tryAsk(at: Place, question: string): Promise<readonly string[] | null> {
    const answered = await this.#toplevel.query(at, question, this.#limits);
    return answered.kind === "answer" ? answered.texts : null;
  }

  /** Forgets what comes after the place. */
  async snapshot(at: Place, name: string): Promise<Snapshot> {
    const spelled = await this.run(at, ["Set Printing All."], null);
    const statement = (await this.ask(spelled, `Check ${name}.`)).join(" ");
    // Axioms are shown in brackets; whether this theorem is one by now is what `Print Assumptions` tells.
    const all = (await this.ask(spelled, "Print All.")).join(" ");
    const defined = all.replaceAll("*** [", " ").replaceAll("]", " ");
    return { at: spelled, statement: oneLine(statement), defined: defined.replace(/\s+/g, "") };
  }
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
