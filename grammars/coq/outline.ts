import { hasBody, headOf } from "./head.ts";
import { readSentences, type Sentence, type Sentences } from "./sentences.ts";
import type { Token } from "./tokens.ts";

/** A statement with a proof in tactics, finished or not. Indices are into the outline's sentences. */
export interface Theorem {
  /** `Lemma`, `Instance`, `Goal`, `Next Obligation`, … */
  readonly keyword: string;
  /** Null for `Goal`, obligations and unnamed instances. */
  readonly name: string | null;
  /** What is stated together with it: `with b : …`. */
  readonly siblings: readonly string[];
  /** Enclosing modules and sections, outermost first. */
  readonly scope: readonly Scope[];
  readonly statement: number;
  /** The `Proof.` sentence; null where the proof begins without one. */
  readonly proof: number | null;
  /** The first sentence of the proof proper; the end's own index when the proof is empty. */
  readonly first: number;
  /** The sentence that ends the proof. */
  readonly end: number;
  /** `Qed`, `Defined`, `Save`, `Admitted`, `Abort`, or `Proof` for a proof given as a term. */
  readonly ended: string;
}

export interface Scope {
  readonly kind: "section" | "module" | "module type" | "functor";
  readonly name: string;
  /** Names of a functor's parameters. */
  readonly parameters: readonly string[];
}

/** A place where a proof is missing: the tactic `admit.` itself, or the `Admitted.` of a proof without one. */
export interface Hole {
  readonly kind: "admit" | "Admitted";
  /** UTF-16 offsets of the sentence. */
  readonly start: number;
  readonly end: number;
  readonly theorem: Theorem;
}

export interface Outline extends Sentences {
  readonly theorems: readonly Theorem[];
  readonly holes: readonly Hole[];
  /** The modules and sections that each sentence stands in, outermost first. */
  readonly scopes: readonly (readonly Scope[])[];
}

/** Words that state something which is then to be proved, whatever follows. */
export const THEOREMS = new Set("Theorem Lemma Fact Remark Corollary Proposition Property Goal".split(" "));
/** Those that open a proof unless they have a body. */
const DEFINITIONS = new Set(
  "Definition Example Instance Let Fixpoint CoFixpoint SubClass Coercion".split(" "),
);
const OTHERS = new Set(["Obligation", "Next", "Final", "Add", "Derive", "Function", "Equations"]);
/** Words that end a proof. */
export const ENDERS = new Set(["Qed", "Defined", "Save", "Admitted", "Abort"]);

/** The theorems of a text and the holes in their proofs. Reads as far as the sentences go. */
export function readOutline(text: string): Outline {
  const read = readSentences(text);
  const theorems: Theorem[] = [];
  const scope: Scope[] = [];
  const scopes: (readonly Scope[])[] = [];
  let statement: number | null = null;
  let proof: number | null = null;
  for (const [index, sentence] of read.sentences.entries()) {
    const { word, prefixes, rest } = headOf(sentence);
    const last = scopes.at(-1);
    scopes.push(last?.length === scope.length && last.at(-1) === scope.at(-1) ? last : [...scope]);
    if (prefixes.includes("Fail")) continue;
    const asTerm = word === "Proof" && !isProofMode(rest[0]?.text);
    if (ENDERS.has(word) || asTerm) {
      const stated = statement ?? (asTerm ? index - 1 : null);
      if (stated === null || stated < 0) continue;
      theorems.push(theoremAt(read.sentences, scope, stated, proof, index, word));
      statement = proof = null;
    } else if (word === "Proof") {
      statement ??= index > 0 ? index - 1 : null;
      proof = index;
    } else if (THEOREMS.has(word) || OTHERS.has(word) || (DEFINITIONS.has(word) && !hasBody(rest))) {
      statement = index;
      proof = null;
    } else if (proof === null) follow(scope, sentence);
  }
  const holes = theorems.flatMap((theorem) => holesOf(read.sentences, theorem));
  return { ...read, theorems, holes, scopes };
}

/** `Proof.`, `Proof using …`, `Proof with …`, `Proof Mode "…"`; anything else is a proof term. */
export function isProofMode(word: string | undefined): boolean {
  return word === undefined || word === "using" || word === "with" || word === "Mode";
}

function theoremAt(
  sentences: readonly Sentence[],
  scope: readonly Scope[],
  statement: number,
  proof: number | null,
  end: number,
  ended: string,
): Theorem {
  const { word, rest } = headOf(sentences[statement]!);
  const named = THEOREMS.has(word) || DEFINITIONS.has(word) || word === "Function" || word === "Equations";
  const first = rest[0];
  return {
    keyword: word === "Next" || word === "Final" || word === "Add" ? `${word} ${first?.text ?? ""}` : word,
    name: named && word !== "Goal" && first?.kind === "word" ? first.text : null,
    siblings: named ? siblingsIn(rest) : [],
    scope: [...scope],
    statement,
    proof,
    first: (proof ?? statement) + 1,
    end,
    ended,
  };
}

/** The names after `with`; one of a `match` is followed by a bar or a pattern, which does no harm here. */
function siblingsIn(tokens: readonly Token[]): string[] {
  return tokens.flatMap(({ text }, at) => {
    const next = tokens[at + 1];
    return text === "with" && next?.kind === "word" ? [next.text] : [];
  });
}

function holesOf(sentences: readonly Sentence[], theorem: Theorem): Hole[] {
  const body = sentences.slice(theorem.first, theorem.end);
  const admits = body.filter(isAdmit);
  if (admits.length > 0) return admits.map(({ start, end }) => ({ kind: "admit", start, end, theorem }));
  if (theorem.ended !== "Admitted" || body.some(hidesAdmit)) return [];
  const { start, end } = sentences[theorem.end]!;
  return [{ kind: "Admitted", start, end, theorem }];
}

/** True for the sentence `admit.` or `give_up.`. */
export function isAdmit({ tokens }: Sentence): boolean {
  return tokens.length === 1 && isAdmitWord(tokens[0]!.text);
}

/** True when a sentence gives up inside a larger tactic; such a hole cannot be replaced by a script. */
export function hidesAdmit({ tokens }: Sentence): boolean {
  return tokens.some(({ kind, text }) => kind === "word" && isAdmitWord(text));
}

function isAdmitWord(text: string): boolean {
  return text === "admit" || text === "give_up";
}

/** Keeps track of the modules and sections that a sentence opens and closes. */
function follow(scope: Scope[], sentence: Sentence): void {
  const { word, rest } = headOf(sentence);
  if (word === "End") scope.pop();
  else if (word === "Section" || word === "Chapter")
    scope.push({ kind: "section", name: rest[0]?.text ?? "", parameters: [] });
  else if (word === "Module" && !hasBody(rest)) {
    const type = rest[0]?.text === "Type";
    const at = rest.findIndex(
      ({ kind, text }) => kind === "word" && !["Type", "Import", "Export"].includes(text),
    );
    const parameters = parametersOf(rest.slice(at + 1));
    const kind = type ? "module type" : parameters.length > 0 ? "functor" : "module";
    scope.push({ kind, name: rest[at]?.text ?? "", parameters });
  }
}

/** The names in `(X Y : T) (Z : U)`, each perhaps after `Import` or `Export`. */
function parametersOf(tokens: readonly Token[]): string[] {
  const names: string[] = [];
  for (let at = 0; tokens[at]?.text === "("; ) {
    let depth = 0;
    let colon = false;
    for (; at < tokens.length; at++) {
      const { kind, text } = tokens[at]!;
      if (text === "(") depth++;
      else if (text === ")" && --depth === 0) break;
      else if (text === ":") colon = true;
      else if (!colon && kind === "word" && text !== "Import" && text !== "Export") names.push(text);
    }
    at++;
  }
  return names;
}
