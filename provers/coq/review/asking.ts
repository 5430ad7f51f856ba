import type { Limits, Ran, Toplevel } from "../toplevel.ts";
import { type Edited, lineOf } from "./edited.ts";

/** Why a proof is not confirmed. `final`: every other proof would not be, either. */
export class Rejection extends Error {
  readonly final: boolean;
  constructor(reason: string, final = false) {
    super(reason);
    this.final = final;
  }
}

/** A place in the document, as the toplevel numbers them. */
export type Place = number;

/** What stands at a place of the document, printed with nothing left implicit and no notations. */
export interface Snapshot {
  /** The place where it is printed so. */
  readonly at: Place;
  readonly statement: string;
  /** All that the file has defined by then. */
  readonly defined: string;
}

/** A toplevel whose every failure rejects the proof. */
export class Asking {
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
    return this.#reached(await this.#toplevel.run(at, sentences, this.#limits), at, first, proof);
  }

  #reached(ran: Ran, at: Place, first: number | null, proof: boolean): Place {
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

  /** Runs one sentence; null where Coq refuses it. */
  async tryRun(at: Place, sentence: string): Promise<Place | null> {
    const ran = await this.#toplevel.run(at, [sentence], this.#limits);
    return ran.kind === "error" ? null : this.#reached(ran, at, null, false);
  }

  /** Nothing is open at the end of a file: a compiler says so, a toplevel waits for what follows. */
  async finish(at: Place): Promise<void> {
    const pending = await this.tryAsk(at, "Show Conjectures.");
    const [proof] = words(pending?.join(" ") ?? "");
    if (proof !== undefined) throw new Rejection(`the proof of ${proof} is not ended`, true);
    const unsolved = (await this.tryAsk(at, "Obligations."))?.join(" ") ?? "";
    if (/[1-9]\d* obligation(?:\(s\)|s)? remaining/.test(unsolved))
      throw new Rejection(`the file ends with obligations that are not solved: ${oneLine(unsolved)}`, true);
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
  async snapshot(at: Place, name: string, keyword: string): Promise<Snapshot> {
    const spelled = await this.run(at, ["Set Printing All."], null);
    const statement = (await this.ask(spelled, `Check ${name}.`)).join(" ");
    // Axioms are shown in brackets; whether this theorem is one by now is what `Print Assumptions` tells.
    const all = (await this.ask(spelled, "Print All.")).map(bare).join("");
    // Its own entry: with the value of a section's Let, and the type of an obligation as it was before it was reduced.
    const own = await this.ask(spelled, keyword === "Let" ? `Print ${name}.` : `About ${name}.`);
    const [entry] = own
      .join(" ")
      .replaceAll(`${name} is `, "\n\n")
      .split(/\n\s*\n|uses section variable/);
    return { at: spelled, statement: oneLine(statement), defined: all.replace(bare(entry!), name) };
  }
}

/** The words of what Coq printed. */
export function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}

/** A printed entry without blanks and the brackets of what is not proved. */
function bare(text: string): string {
  return text.replaceAll("*** [", " ").replaceAll("]", " ").replace(/\s+/g, "");
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
