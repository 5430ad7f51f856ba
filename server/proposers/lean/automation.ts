import type { Position, Suggestion, TacticSource } from "../../search/source.ts";
import { type Definition, mentioned } from "./shape.ts";

type Entry = readonly [tactic: string, cost: number, deadlineMs: number];

const CLOSERS: readonly Entry[] = [
  ["rfl", 0.9, 1_000],
  ["simp", 1.0, 2_000],
  ["omega", 0.9, 2_000],
  ["grind", 0.6, 3_000],
  ["simp_all", 0.9, 4_000],
  ["decide", 2.4, 2_000],
  ["assumption", 1.8, 500],
  ["contradiction", 2.0, 500],
  ["trivial", 2.6, 1_000],
  ["exact rfl", 4.0, 1_000],
  ["ac_rfl", 3.2, 2_000],
  ["nofun", 3.6, 1_000],
  // Mathlib's, where the file imports it.
  ["norm_num", 2.2, 3_000],
  ["linarith", 2.4, 3_000],
  ["positivity", 3.2, 2_000],
  ["ring", 2.4, 3_000],
  ["aesop", 2.0, 5_000],
  ["tauto", 2.8, 3_000],
];

/** For `exact?`, which reads the library's index when it is asked first; afterwards it takes some tenths of a second. */
const ASKING_MS = 15_000;

/** Tactics that close a goal or fail, alone and with the definitions that the goal mentions. What is not there fails once. */
export function automation(definitions: readonly Definition[]): TacticSource {
  const missing = new Set<string>();
  return {
    name: "automation",
    kind: "symbolic",
    *suggest(position: Position): Iterable<Suggestion> {
      // Other names prove nothing that failed before.
      if (position.last?.startsWith("rename_i ")) return;
      for (const [tactic, cost, deadlineMs] of CLOSERS) {
        if (!missing.has(tactic)) yield { tactics: [tactic], cost, deadlineMs, arm: `automation:${tactic}` };
      }
      // The library's own search, where the goal speaks of what the library knows; its answer is tried as its own text.
      const asking = position.depth === 0 ? 1.4 : 2.2;
      yield {
        tactics: ["exact?"],
        cost: asking,
        deadlineMs: ASKING_MS,
        arm: "automation:exact?",
        asks: true,
      };
      yield* withDefinitions(position, definitions);
      yield* withLemmas(position, definitions);
    },
    repair(_, { tactic, failure }): Iterable<Suggestion> {
      if (failure === "unknown name" && CLOSERS.some(([closer]) => closer === tactic)) missing.add(tactic);
      return [];
    },
  };
}

/** The text of a goal with all it holds. */
export function textOf({ goal }: Position): string {
  return `${goal.conclusion} ${goal.hypotheses.map(({ type }) => type).join(" ")}`;
}

function* withDefinitions(position: Position, definitions: readonly Definition[]): Iterable<Suggestion> {
  const names = mentioned(textOf(position), definitions).map(({ name }) => name);
  if (names.length === 0) return;
  const list = names.slice(0, 8).join(", ");
  yield one(`grind [${list}]`, 0.5, 4_000, "grind with definitions");
  yield one(`simp [${list}]`, 0.8, 3_000, "simp with definitions");
  yield one(`simp_all [${list}]`, 0.8, 4_000, "simp_all with definitions");
  yield one(`simp_all [${list}] <;> omega`, 1.2, 5_000, "simp_all with definitions");
  yield one(`simp_all [${list}] <;> grind`, 1.6, 8_000, "simp_all with definitions");
  yield one(`simp [${list}]; omega`, 1.8, 4_000, "simp with definitions");
  const own = ownLemmas(position).map(({ name }) => name);
  if (own.length > 0) {
    const all = [...names.slice(0, 8), ...own].join(", ");
    yield one(`grind [${all}]`, 0.7, 4_000, "grind with definitions and lemmas");
    yield one(`simp_all [${all}]`, 0.9, 4_000, "simp_all with definitions and lemmas");
    yield one(`simp [${all}]`, 1.2, 3_000, "simp with definitions and lemmas");
  }
  yield one(`simp only [${list}]`, 1.5, 2_000, "simp only");
  const [first] = names;
  yield one(`unfold ${first}`, 1.6, 1_500, "unfold");
  yield one(`unfold ${first} <;> grind`, 2.2, 6_000, "unfold");
  yield one(`unfold ${first}; split <;> simp_all`, 2.4, 6_000, "unfold");
}

/** Names for `simp` and `grind` in their brackets: the definitions that a goal mentions, and those with the file's lemmas about it. */
export function toldOf(
  position: Position,
  definitions: readonly Definition[],
): { plain: string; lemmas: string | null } {
  const names = mentioned(textOf(position), definitions).map(({ name }) => name);
  const own = ownLemmas(position).map(({ name }) => name);
  const listed = (list: readonly string[]) => (list.length === 0 ? "" : ` [${list.join(", ")}]`);
  const plain = listed(names.slice(0, 8));
  return { plain, lemmas: own.length === 0 ? null : listed([...names.slice(0, 8), ...own]) };
}

/** The file's lemmas that look relevant; those of the library have no proof that could be read. */
function ownLemmas({ relevant }: Position) {
  return relevant.filter(({ proof }) => proof !== null).slice(0, 4);
}

/** Lemmas of the file in one list, since what stands there was mostly stated for this; those of the library one by one. */
function* withLemmas({ relevant }: Position, definitions: readonly Definition[]): Iterable<Suggestion> {
  const known = new Set(definitions.map(({ name }) => name));
  const lemmas = relevant.filter(({ name }) => !known.has(name));
  const own = lemmas.filter(({ proof }) => proof !== null).slice(0, 6);
  if (own.length > 0) {
    const list = own.map(({ name }) => name).join(", ");
    yield one(`grind [${list}]`, 1.0, 6_000, "grind with lemmas");
    yield one(`simp_all [${list}]`, 1.2, 4_000, "simp_all with lemmas");
  }
  const list = lemmas.slice(0, 6).map(({ name }) => name);
  if (list.length > own.length) yield one(`grind [${list.join(", ")}]`, 2.2, 4_000, "grind with library");
  for (const [at, { name, proof }] of lemmas.slice(0, 6).entries()) {
    const cost = 0.3 * at + (proof === null ? 0.6 : 0);
    if (proof !== null) yield one(`exact ${name} ..`, 2.2 + cost, 1_000, "exact lemma");
    yield one(`apply ${name}`, 1.9 + cost, 1_000, "apply lemma");
    yield one(`rw [${name}]`, 1.8 + cost, 1_000, "rewrite with lemma");
    yield one(`rw [← ${name}]`, 2.8 + cost, 1_000, "rewrite with lemma");
    yield one(`simp_all [${name}]`, 1.9 + cost, 2_000, "simp with lemma");
    yield one(`grind [${name}]`, 2.4 + cost, 4_000, "grind with lemma");
  }
}

function one(tactic: string, cost: number, deadlineMs: number, arm: string): Suggestion {
  return { tactics: [tactic], cost, deadlineMs, arm: `automation:${arm}` };
}
