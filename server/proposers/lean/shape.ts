import type { Goal, Hypothesis, Premise } from "../../search/session.ts";

/**
 * Lean's printed terms, read as far as choosing a tactic needs it. It is a guess about text and never trusted: a wrong one costs
 * a failed tactic.
 */

const WORD = /[\p{L}_][\p{L}\p{N}_'!?\u2080-\u209c]*(?:\.[\p{L}_][\p{L}\p{N}_'!?\u2080-\u209c]*)*/gu;

/** Identifiers, with their dots. */
export function wordsOf(text: string): string[] {
  return [...text.matchAll(WORD)].map(([word]) => word);
}

/** The names in a text before their first dot: `xs` where `xs.length` stands there. */
export function stemsOf(text: string): Set<string> {
  return new Set(wordsOf(text).flatMap((word) => [word, word.split(".")[0]!]));
}

/** All parts of dotted names: `t.mirror.size` calls both functions. */
function partsOf(text: string): Set<string> {
  return new Set(wordsOf(text).flatMap((word) => word.split(".")));
}

/** What the file defines (not what it proves), by the name that a goal may print. */
export interface Definition {
  readonly name: string;
  readonly statement: string;
  /** It calls itself, so that functional induction makes sense. */
  readonly recursive: boolean;
  readonly kind: "def" | "inductive";
}

const DEFINING = /^(def|abbrev|inductive|structure|class|instance)\b/;

/** Whether a premise's statement defines something, in the place of stating it. */
export function isDefinition(statement: string): boolean {
  return DEFINING.test(statement);
}

export function definitionsOf(premises: readonly Premise[]): Definition[] {
  return premises.flatMap(({ name, statement }) => {
    const keyword = DEFINING.exec(statement)?.[1];
    if (keyword === undefined) return [];
    const body = statement.slice(statement.indexOf(name.slice(name.lastIndexOf(".") + 1)) + 1);
    const own = name.slice(name.lastIndexOf(".") + 1);
    const kind = keyword === "def" || keyword === "abbrev" ? "def" : "inductive";
    return [
      { name, statement, kind, recursive: wordsOf(body).some((word) => lastOf(word) === own) } as const,
    ];
  });
}

export function lastOf(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

/** The definitions that a text mentions, those that they mention among them, the nearest first. */
export function mentioned(text: string, definitions: readonly Definition[]): Definition[] {
  const found: Definition[] = [];
  let words = partsOf(text);
  for (let round = 0; round < 4; round++) {
    const fresh = definitions.filter(
      (one) => one.kind === "def" && words.has(lastOf(one.name)) && !found.includes(one),
    );
    if (fresh.length === 0) break;
    found.push(...fresh);
    words = new Set(fresh.flatMap(({ statement }) => [...partsOf(statement)]));
  }
  return found;
}

/** Calls of a function in a text, as they are printed, `f x (g y)`; those in field notation, `t.f x`, as `T.f t x`. */
export function callsOf(text: string, name: string): string[] {
  const calls = new Set<string>();
  const flat = text.replace(/\s+/g, " ");
  for (const match of flat.matchAll(WORD)) {
    const [word] = match;
    const parts = word.split(".");
    const end = argumentsEnd(flat, match.index + word.length);
    const rest = flat.slice(match.index + word.length, end);
    const before = flat[match.index - 1] === "." ? bracketsBefore(flat, match.index - 1) : null;
    if (before !== null) {
      if (parts[0] === lastOf(name))
        calls.add(parts.length === 1 ? `${name} ${before}${rest}` : `${name} ${before}`);
      continue;
    }
    if (word === name || (parts.length === 1 && word === lastOf(name))) {
      if (rest !== "") calls.add(`${word}${rest}`);
      continue;
    }
    for (let at = 1; at < parts.length; at++) {
      if (parts[at] !== lastOf(name)) continue;
      const target = parts.slice(0, at).join(".");
      if (name.startsWith(`${target}.`)) continue;
      calls.add(`${name} ${target}${at === parts.length - 1 ? rest : ""}`);
    }
  }
  return [...calls].map((call) => call.trim()).sort((a, b) => a.length - b.length);
}

/** The end of all arguments that follow here. */
function argumentsEnd(text: string, from: number): number {
  let at = from;
  for (let next = atomAt(text, at); next !== null; next = atomAt(text, at)) at = next;
  return at;
}

/** The bracketed term that ends here; null when none does. */
function bracketsBefore(text: string, end: number): string | null {
  if (text[end - 1] !== ")") return null;
  let depth = 0;
  for (let at = end - 1; at >= 0; at--) {
    if (text[at] === ")") depth++;
    else if (text[at] === "(" && --depth === 0) return text.slice(at, end);
  }
  return null;
}

/** The function and the arguments of a call as `callsOf` gives it. */
export function argumentsOf(call: string): string[] {
  const parts: string[] = [];
  const first = call.indexOf(" ");
  if (first < 0) return [call];
  parts.push(call.slice(0, first));
  for (let at = first; ; ) {
    const end = atomAt(call, at);
    if (end === null) return parts;
    parts.push(call.slice(at + 1, end));
    at = end;
  }
}

/** Applications in brackets, `(f x (g y))`, each once and with its brackets, at any depth. */
export function compoundsIn(text: string): string[] {
  const found = new Set<string>();
  const open: number[] = [];
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "(") open.push(at);
    else if (text[at] === ")") {
      const from = open.pop();
      if (from !== undefined && /^\([\p{L}_][\p{L}\p{N}_'.]* /u.test(text.slice(from, at + 1)))
        found.add(text.slice(from, at + 1));
    }
  }
  return [...found];
}

/** The end of the argument that begins after a blank here; null when there is none. */
function atomAt(text: string, from: number): number | null {
  if (text[from] !== " ") return null;
  const rest = text.slice(from + 1);
  const word = /^[\p{L}_][\p{L}\p{N}_'!?.\u2080-\u209c✝]*|^\d+/u.exec(rest)?.[0];
  if (word !== undefined)
    return /^(?:∧|∨|→|if|then|else|match|fun|at|in)$/.test(word) ? null : from + 1 + word.length;
  if (!/^[([⟨]/.test(rest)) return null;
  let depth = 0;
  for (let at = 0; at < rest.length; at++) {
    if ("([⟨{".includes(rest[at]!)) depth++;
    else if (")]⟩}".includes(rest[at]!) && --depth === 0) return from + 1 + at + 1;
  }
  return null;
}

export interface Variable {
  readonly name: string;
  readonly type: string;
}

/** Hypotheses that are data, not facts, and have a name that can be written. */
export function dataOf(goal: Goal): Variable[] {
  return named(goal).filter(({ type }) => isDataType(type));
}

/** Hypotheses that say something. */
export function factsOf(goal: Goal): Variable[] {
  return named(goal).filter(({ type }) => !isDataType(type) && !/^(?:Type|Sort|Prop)\b/.test(type));
}

function named(goal: Goal): Variable[] {
  return goal.hypotheses.flatMap(({ names, type }: Hypothesis) =>
    names.filter((name) => !name.includes("✝") && !/^inst/.test(name)).map((name) => ({ name, type })),
  );
}

/** A guess: types are words and applications; propositions have relations, connectives or quantifiers. */
export function isDataType(type: string): boolean {
  return !/[=≠≤<>≥∈∉∧∨¬∀∃↔→⊆∣]|\bTrue\b|\bFalse\b|\bProp\b|^(?:Type|Sort)\b|\bList\.(?:Perm|Sublist|Pairwise)\b/.test(
    type,
  );
}

/** Binders at the front of a `∀` or before `→`, which `intro` would name. */
export function isQuantified(conclusion: string): boolean {
  return /^(?:∀|¬)/.test(conclusion) || topHas(conclusion, "→");
}

/** Names for all that `intro` can bring in from the front of a statement: those of its binders, and `h`, `h1` … for premises. */
export function introduced(conclusion: string, taken: ReadonlySet<string>): string[] {
  const used = new Set(taken);
  const fresh = (stem: string) => {
    let made = stem;
    for (let at = 1; used.has(made); at++) made = `${stem}${at}`;
    used.add(made);
    return made;
  };
  const names: string[] = [];
  for (let rest = conclusion.trim(); ; ) {
    if (rest.startsWith("∀")) {
      const comma = topIndex(rest, ",");
      if (comma < 0) return names;
      const binders = rest.slice(1, comma);
      const groups = [...binders.matchAll(/[({⦃[]([^:()]+):/g)].map(([, group]) => group!);
      const bounded = /^(.*?)\s[∈<≤>≥]\s/.exec(binders)?.[1];
      const words = groups.length > 0 ? groups.join(" ") : (bounded ?? binders.split(":")[0]!);
      for (const word of words.trim().split(/\s+/))
        names.push(fresh(/^[\p{L}_][\p{L}\p{N}_']*$/u.test(word) ? word : "x"));
      if (bounded !== undefined && groups.length === 0) names.push(fresh("h"));
      rest = rest.slice(comma + 1).trim();
      continue;
    }
    const arrow = topIndex(rest, "→");
    const negated = arrow < 0 && /^¬/.test(rest) && topIndex(rest, "∧") < 0 && topIndex(rest, "∨") < 0;
    if (arrow >= 0 || negated) names.push(fresh("h"));
    if (arrow < 0) return names;
    rest = rest.slice(arrow + 1).trim();
  }
}

/** Where a sign stands outside all brackets for the first time; -1 where it does not. */
export function topIndex(text: string, sign: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    if ("([{⟨⦃".includes(text[at]!)) depth++;
    else if (")]}⟩⦄".includes(text[at]!)) depth--;
    else if (depth === 0 && text.startsWith(sign, at)) return at;
  }
  return -1;
}

/** Whether an operator stands outside all brackets and binders. */
export function topHas(text: string, operator: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if ("([{⟨".includes(char)) depth++;
    else if (")]}⟩".includes(char)) depth--;
    else if (depth === 0) {
      if ("∀∃λ".includes(char) || text.startsWith("fun ", at)) return false;
      if (text.startsWith(operator, at)) return true;
    }
  }
  return false;
}
