import type { Declaration, Outline } from "../../../grammars/lean/outline.ts";
import type { Limits } from "../server.ts";
import type { LeanWorker } from "../worker.ts";

/** Rounds and names that are looked at; more, and the answer is that it cannot be told. */
const ROUNDS = 12;
const NAMES = 400;

export type Depends =
  | { readonly kind: "none" }
  | { readonly kind: "on"; readonly declaration: Declaration }
  | { readonly kind: "unknown"; readonly reason: string };

/** What stands before a declaration without a proof of its own: declarations with holes, and axioms. */
export function unprovedBefore({ declarations, holes }: Outline, declaration: Declaration): Declaration[] {
  return declarations.filter(
    (one) =>
      one !== declaration &&
      one.from < declaration.outerEnd &&
      (one.keyword === "axiom" || holes.some((hole) => hole.declaration === one)),
  );
}

/**
 * Whether the term of a declaration comes to rest on one of those that are not proved, for a Lean that cannot answer
 * `#print axioms`: the embedded one knows no proofs of its library, which are trusted. Terms of the file are printed with nothing
 * left out, and followed through everything that the file declares and what Lean made for it. A name that merely looks like
 * one counts, so the error is on the safe side.
 */
export async function dependsOn(
  worker: LeanWorker,
  text: string,
  { declarations }: Outline,
  declaration: Declaration,
  unproved: readonly Declaration[],
  limits: Limits,
): Promise<Depends> {
  const nameless = unproved.find(({ fullName }) => fullName === null);
  if (nameless !== undefined) return { kind: "on", declaration: nameless };
  const own = declarations.flatMap(({ fullName, from }) =>
    fullName !== null && from < declaration.outerEnd ? [fullName] : [],
  );
  const seen = new Set<string>();
  let wanted = [declaration.fullName ?? "touchstone_example"];
  for (let round = 0; round < ROUNDS && wanted.length > 0; round++) {
    for (const name of wanted) seen.add(name);
    if (seen.size > NAMES) break;
    const printed = await print(worker, text, wanted, limits);
    if (printed === null)
      return { kind: "unknown", reason: "Lean does not show the terms that the proof rests on" };
    const words = new Set(
      printed.flatMap((term) =>
        [...term.matchAll(/[\p{L}_«][\p{L}\p{N}_'!?.\u2080-\u209c«»:/]*/gu)].map(([word]) => plain(word)),
      ),
    );
    for (const one of unproved) {
      if ([...words].some((word) => word === one.fullName || word.startsWith(`${one.fullName}.`)))
        return { kind: "on", declaration: one };
    }
    wanted = [...words].filter(
      (word) => !seen.has(word) && own.some((name) => word === name || word.startsWith(`${name}.`)),
    );
  }
  return wanted.length === 0
    ? { kind: "none" }
    : { kind: "unknown", reason: "the proof rests on too much to follow" };
}

/** A name without the mark that makes it private to a file. */
function plain(word: string): string {
  return word.replace(/^_private\..*?\.\d+\./, "").replace(/^_root_\./, "");
}

/** What Lean prints for these names; null when it answers anything but one text for each. */
async function print(
  worker: LeanWorker,
  text: string,
  names: readonly string[],
  limits: Limits,
): Promise<string[] | null> {
  const body = text.trimEnd();
  const first = body.split("\n").length + 1;
  const options =
    "set_option pp.all true in\nset_option pp.maxSteps 100000000 in\nset_option pp.deepTerms true in\n";
  const questions = names.map((name) => `${options}#print ${name}\n`).join("");
  const checked = await worker.check(`${body}\n\n${questions}`, null, limits);
  if (checked.kind !== "checked") return null;
  const answers: string[] = [];
  for (const at of names.keys()) {
    const line = first + at * 4 + 3;
    const here = checked.messages.filter(({ start }) => start.line === line);
    // What Lean made for itself has no name that can be asked for twice over; an error there is no answer.
    if (here.length !== 1 || here[0]!.severity !== "information") return null;
    answers.push(here[0]!.text);
  }
  return answers;
}
