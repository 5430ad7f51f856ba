import { headOf } from "../../grammars/coq/head.ts";
import { readOutline } from "../../grammars/coq/outline.ts";
import type { Sentence } from "../../grammars/coq/sentences.ts";
import type { Premise } from "../../server/search/session.ts";
import type { Line } from "./line.ts";
import type { OpenGoals } from "./toplevel.ts";

const QUERY_MS = 10_000;
/** Names of the goal that the libraries are searched for, and the longest answer that is of use. */
const SYMBOLS = 8;
const ANSWERS = 400;
const SLOW_MS = 1_500;
/** Characters of a definition that may be looked into. */
const LONGEST_BODY = 1_000;

/** What defines a name that proofs may use. */
const DEFINES = new Set(
  "Definition Fixpoint CoFixpoint Inductive CoInductive Variant Record Structure Class Function Notation Variable Hypothesis Context Axiom Parameter Let Example".split(
    " ",
  ),
);

/**
 * What may be used at a hole, nearest first: what the file states before it, from the hole upwards, then what the loaded
 * libraries know of the constants in the goal, those that share most of them first.
 */
export async function premisesAt(
  line: Line,
  base: readonly string[],
  file: { readonly text: string; readonly sentences: readonly Sentence[] },
  goals: OpenGoals,
  signal: AbortSignal,
  cache: LibraryCache = new Map(),
): Promise<readonly Premise[]> {
  const own = premisesBefore(file);
  const known = new Set(own.map(({ name }) => name));
  const ask = cachedSearch(line, base, known, cache, signal);
  const library = await libraryPremises(line, base, goals, ask, signal);
  const tactics = await libraryTactics(ask);
  const definitions = await libraryDefinitions(ask, symbolsOf(goals));
  return [...own, ...[...definitions, ...library, ...tactics].filter(({ name }) => !known.has(name))];
}

/** What a file states and defines before a hole, the last first; Coq is not asked. */
export function premisesBefore({
  text,
  sentences,
}: {
  readonly text: string;
  readonly sentences: readonly Sentence[];
}): readonly Premise[] {
  return ownPremises(text.slice(0, sentences.at(-1)?.end ?? 0));
}

/** What the libraries answered, by what was imported and asked. Asking walks through all that is loaded, and holes of one file ask alike. */
export type LibraryCache = Map<string, readonly string[]>;

/** Asks Coq at the hole, or remembers. What the file itself states is left out: at another hole it may not be there. */
function cachedSearch(
  line: Line,
  base: readonly string[],
  own: ReadonlySet<string>,
  cache: LibraryCache,
  signal: AbortSignal,
): (command: string) => Promise<readonly string[]> {
  const imports = base.filter((sentence) => /^\s*(From|Require|Import|Export)\b/.test(sentence)).join("\n");
  return async (command) => {
    const key = `${imports}\n${command}`;
    const kept = cache.get(key);
    if (kept !== undefined) return kept;
    const answered = await line.query({ base, steps: [] }, command, { deadlineMs: QUERY_MS, signal });
    if (answered.kind !== "answer") return [];
    const foreign = answered.texts.filter(
      (text) => !own.has(/^[\p{L}_][\p{L}\p{N}_'.]*/u.exec(text)?.[0] ?? ""),
    );
    cache.set(key, foreign);
    return foreign;
  };
}

/** Tactics that the user's own libraries define and that take at most one argument: `Ltac name argument` as their statement. */
async function libraryTactics(ask: (command: string) => Promise<readonly string[]>): Promise<Premise[]> {
  const listed = (await ask("Print Ltac Signatures.")).flatMap((text) => text.split("\n"));
  const plain = listed
    .map((one) => one.trim())
    .filter((one) => /^[\p{L}_][\p{L}\p{N}_']*( [\p{L}][\p{L}\p{N}_']*)?$/u.test(one));
  const found: Premise[] = [];
  for (const signature of plain) {
    const name = signature.split(" ")[0]!;
    const [place] = await ask(`Locate Ltac ${name}.`);
    if (place === undefined || /^Ltac (Coq|Stdlib|Corelib|Ltac2)\./.test(place)) continue;
    found.push({ name, statement: `Ltac ${signature}`, proof: null });
  }
  return found;
}

/** Constants of the goal that libraries define by a term, and what those terms speak of, as if they stood in the file. */
async function libraryDefinitions(
  ask: (command: string) => Promise<readonly string[]>,
  symbols: readonly string[],
): Promise<Premise[]> {
  const found = new Map<string, Premise>();
  const look = async (names: readonly string[]) => {
    const bodies: string[] = [];
    for (const name of names.slice(0, SYMBOLS)) {
      if (found.has(name)) continue;
      const [text] = await ask(`Print ${name}.`);
      const body = /^[\p{L}_][\p{L}\p{N}_'.]* =\s+(.*?)\s*\n\s+: /su.exec(text ?? "")?.[1];
      if (body === undefined || body.length > LONGEST_BODY) continue;
      const kind = /^(fun [^=]*=>\s*)?\(?fix\b/.test(body) ? "Fixpoint" : "Definition";
      found.set(name, { name, statement: `${kind} ${name} := ${body.replace(/\s+/g, " ")}`, proof: null });
      bodies.push(...(body.match(WORD) ?? []).filter((word) => !KEYWORDS.has(word)));
    }
    return [...new Set(bodies)];
  };
  await look(await look(symbols));
  return [...found.values()];
}

/** What a text states and defines, the last first. */
function ownPremises(text: string): Premise[] {
  const { sentences, theorems } = readOutline(text);
  const premises = new Map<number, Premise>();
  for (const [index, sentence] of sentences.entries()) {
    const { word, rest } = headOf(sentence);
    const name = rest.find(({ kind }) => kind === "word")?.text;
    if (name !== undefined && word === "Ltac") {
      const signature = sentence.text.split(":=")[0]!.replace(/\s+/g, " ").trim();
      premises.set(index, { name, statement: signature, proof: null });
    } else if (name !== undefined && DEFINES.has(word))
      premises.set(index, { name, statement: sentence.text, proof: null });
  }
  for (const { name, statement, first, end, ended } of theorems) {
    if (name === null || ended === "Abort") continue;
    const proof = text.slice(sentences[first]?.start ?? 0, sentences[end]!.start).trim();
    premises.set(statement, {
      name,
      statement: sentences[statement]!.text,
      proof: proof === "" ? null : proof,
    });
  }
  return [...premises].sort(([a], [b]) => b - a).map(([, premise]) => premise);
}

async function libraryPremises(
  line: Line,
  base: readonly string[],
  goals: OpenGoals,
  ask: (command: string) => Promise<readonly string[]>,
  signal: AbortSignal,
): Promise<Premise[]> {
  const limits = { deadlineMs: QUERY_MS, signal };
  // Notations hide the names of what they stand for.
  const spelled = await line.run({ base, steps: ["Set Printing All."] }, limits);
  const shown = spelled.kind === "ok" && spelled.goals !== null ? spelled.goals : goals;
  const symbols = symbolsOf(shown).slice(0, SYMBOLS);
  const found = new Map<string, { premise: Premise; shared: number }>();
  const wide: string[] = [];
  const search = async (pattern: string, longest: number) => {
    const texts = await ask(`Search ${pattern}.`);
    if (texts.length > longest) {
      wide.push(pattern);
      return;
    }
    for (const text of texts) {
      const premise = readSearched(text);
      if (premise === null) continue;
      const before = found.get(premise.name);
      if (before === undefined) found.set(premise.name, { premise, shared: 1 });
      else before.shared++;
    }
  };
  for (const [index, symbol] of symbols.entries()) {
    const started = performance.now();
    await search(symbol, ANSWERS);
    if (performance.now() - started < SLOW_MS || index === symbols.length - 1) continue;
    // On the embedded Coq a search takes a second whatever it finds: the rest in one.
    await search(`[ ${symbols.slice(index + 1).join(" | ")} ]`, 4 * ANSWERS);
    return ranked();
  }
  // What half a library speaks of is searched for in pairs.
  const [first, second, third] = [...wide];
  if (first !== undefined && second !== undefined) {
    await search(`${first} ${second}`, ANSWERS);
    if (third !== undefined) await search(`${first} ${third}`, ANSWERS);
  }
  return ranked();

  function ranked(): Premise[] {
    return [...found.values()].sort((a, b) => b.shared - a.shared).map(({ premise }) => premise);
  }
}

/** The constants in the first goal, the conclusion's first. Hypotheses' own names and bound variables are left out. */
function symbolsOf({ focused }: OpenGoals): string[] {
  const [goal] = focused;
  if (goal === undefined) return [];
  const bound = new Set<string>();
  const names: string[] = [];
  const read = (text: string) => {
    for (const [, names] of text.matchAll(/(?:forall|fun|exists|let|fix)\s+([^:,]*?)\s*[:,]/g))
      for (const name of names!.match(WORD) ?? []) bound.add(name);
    for (const [, group] of text.matchAll(/\(([^():]*) :/g))
      for (const name of group!.match(WORD) ?? []) bound.add(name);
    names.push(...(text.match(WORD) ?? []));
  };
  read(goal.conclusion);
  for (const hypothesis of goal.hypotheses) {
    const colon = hypothesis.indexOf(":");
    for (const name of hypothesis.slice(0, colon).match(WORD) ?? []) bound.add(name);
    read(hypothesis.slice(colon + 1));
  }
  return [...new Set(names)].filter((name) => !bound.has(name) && !KEYWORDS.has(name));
}

const WORD = /[\p{L}_][\p{L}\p{N}_']*(?:\.[\p{L}_][\p{L}\p{N}_']*)*/gu;
const KEYWORDS = new Set(
  "forall fun exists let in match with end as return if then else fix cofix for Type Set Prop SProp struct where _ eq nat O S".split(
    " ",
  ),
);

/** `name: statement`, as `Search` prints it. */
function readSearched(text: string): Premise | null {
  const found = /^([\p{L}_][\p{L}\p{N}_'.]*):\s+/u.exec(text);
  if (found === null) return null;
  const statement = text.slice(found[0].length).replace(/\s+/g, " ").trim();
  return { name: found[1]!, statement, proof: null };
}
