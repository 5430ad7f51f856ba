import type { Goal } from "../../search/session.ts";
import type { Position, Suggestion, TacticSource } from "../../search/source.ts";
import { textOf } from "./automation.ts";
import {
  callsOf,
  type Definition,
  dataOf,
  factsOf,
  isQuantified,
  mentioned,
  topHas,
  wordsOf,
} from "./shape.ts";

const QUICK = 1_500;
const CLOSING = 8_000;
const MOST_TARGETS = 4;

/** Steps that take a goal apart: introduction, induction over data and over the calls of a function, cases, splitting, witnesses. */
export function structure(definitions: readonly Definition[]): TacticSource {
  return {
    name: "structure",
    kind: "symbolic",
    *suggest(position: Position): Iterable<Suggestion> {
      yield* conclusionSteps(position.goal);
      yield* factSteps(position.goal);
      yield* functional(position, definitions);
      yield* induction(position, definitions);
      yield* cases(position, definitions);
      yield* naming(position.goal);
    },
  };
}

function one(tactic: string, cost: number, arm: string, deadlineMs = QUICK): Suggestion {
  return { tactics: [tactic], cost, deadlineMs, arm: `structure:${arm}` };
}

function* conclusionSteps({ conclusion }: Goal): Iterable<Suggestion> {
  if (isQuantified(conclusion)) {
    yield one("intros", 0.6, "intro");
    yield one("intro h", 0.9, "intro");
    return;
  }
  if (topHas(conclusion, "∧") || topHas(conclusion, "↔")) yield one("constructor", 0.6, "constructor");
  else if (topHas(conclusion, "∨")) {
    yield one("left", 1.5, "left or right");
    yield one("right", 1.5, "left or right");
  } else if (/^∃/.test(conclusion)) yield one("refine ⟨_, ?_⟩", 2.4, "exists");
  else {
    yield one("constructor", 3.0, "constructor");
    if (topHas(conclusion, "=")) {
      yield one("congr 1", 2.4, "congr");
      yield one("funext x", 3.6, "funext");
      yield one("ext", 3.8, "ext");
      yield one("symm", 4.0, "symm");
    }
  }
  if (/\b(?:if|match)\b/.test(conclusion)) {
    yield one("split", 0.8, "split");
    yield one("split <;> simp_all", 1.0, "split", CLOSING);
    yield one("split <;> grind", 1.0, "split", CLOSING);
    yield one("split <;> omega", 1.6, "split", CLOSING);
  }
  const condition = /\bif (.+?) then\b/.exec(conclusion)?.[1];
  if (condition !== undefined && !/[✝]/.test(condition))
    yield one(`by_cases ${fresh(conclusion)} : ${condition}`, 1.8, "by_cases");
  if (conclusion !== "False") yield one("exfalso", 4.2, "exfalso");
}

function fresh(text: string): string {
  const words = new Set(wordsOf(text));
  return ["h", "hc", "hd", "he"].find((name) => !words.has(name)) ?? "hx";
}

function* factSteps(goal: Goal): Iterable<Suggestion> {
  for (const { name, type } of factsOf(goal).slice(0, 6)) {
    if (/^∃/.test(type) || topHas(type, "∧"))
      yield one(`obtain ⟨${name}1, ${name}2⟩ := ${name}`, 0.9, "obtain");
    else if (topHas(type, "∨")) yield one(`rcases ${name} with ${name} | ${name}`, 1.0, "rcases");
    else if (topHas(type, "=")) {
      yield one("subst_vars", 2.0, "subst");
      yield one(`rw [${name}]`, 2.2, "rewrite with fact");
      yield one(`cases ${name}`, 2.6, "cases fact");
    } else yield one(`cases ${name}`, 2.4, "cases fact");
    if (topHas(type, "→") || /^∀/.test(type)) yield one(`apply ${name}`, 2.0, "apply fact");
    if (/\b(?:if|match)\b/.test(type)) yield one(`split at ${name}`, 1.2, "split fact");
    yield one(`simp at ${name}`, 2.2, "simp fact");
  }
}

/** Induction that follows the recursion of a function on the very arguments that it is called with. */
function* functional(position: Position, definitions: readonly Definition[]): Iterable<Suggestion> {
  const names = mentioned(textOf(position), definitions);
  const list = names
    .map(({ name }) => name)
    .slice(0, 8)
    .join(", ");
  const done = position.script.filter((tactic) => /induction/.test(tactic)).length;
  let at = 0;
  for (const { name } of names.filter(({ recursive }) => recursive).slice(0, 4)) {
    for (const call of callsOf(position.goal.conclusion, name)
      .filter((text) => !text.includes("✝"))
      .slice(0, 3)) {
      const base = 0.6 + 0.3 * at++ + 1.2 * done;
      yield one(`fun_induction ${call} <;> grind [${list}]`, base, "functional induction", CLOSING);
      yield one(`fun_induction ${call} <;> simp_all [${list}]`, base + 0.1, "functional induction", CLOSING);
      yield one(
        `fun_induction ${call} <;> simp_all [${list}] <;> omega`,
        base + 0.4,
        "functional induction",
        CLOSING,
      );
      yield one(
        `fun_induction ${call} <;> simp_all [${list}] <;> grind`,
        base + 0.7,
        "functional induction",
        CLOSING,
      );
      yield one(`fun_induction ${call}`, base + 0.8, "functional induction step");
      yield one(`fun_cases ${call} <;> simp_all [${list}]`, base + 1.6, "functional cases", CLOSING);
    }
  }
}

function* induction(position: Position, definitions: readonly Definition[]): Iterable<Suggestion> {
  const { goal, script } = position;
  const list = mentioned(textOf(position), definitions)
    .map(({ name }) => name)
    .slice(0, 8)
    .join(", ");
  const using = list === "" ? "" : ` [${list}]`;
  const done = script.filter((tactic) => /induction/.test(tactic)).length;
  const words = wordsOf(goal.conclusion);
  const data = dataOf(goal)
    .filter(({ name, type }) => words.includes(name) && !/^(?:α|β|γ|Bool|Char|String)\b/.test(type))
    .slice(0, MOST_TARGETS);
  for (const [at, { name }] of data.entries()) {
    const base = 0.8 + 0.4 * at + 1.2 * done;
    const others = data.filter((other) => other.name !== name).map((other) => other.name);
    const heads = [
      `induction ${name}`,
      ...(others.length > 0 ? [`induction ${name} generalizing ${others.join(" ")}`] : []),
    ];
    for (const [general, head] of heads.entries()) {
      const cost = base + 0.25 * general;
      yield one(`${head} <;> grind${using}`, cost, "induction", CLOSING);
      yield one(`${head} <;> simp_all${using}`, cost + 0.1, "induction", CLOSING);
      yield one(`${head} <;> simp_all${using} <;> omega`, cost + 0.4, "induction", CLOSING);
      yield one(`${head} <;> simp_all${using} <;> grind`, cost + 0.7, "induction", CLOSING);
      yield one(`${head} <;> simp${using} <;> split <;> simp_all${using}`, cost + 1.2, "induction", CLOSING);
      yield one(head, cost + 0.6, "induction step");
    }
  }
}

function* cases(position: Position, definitions: readonly Definition[]): Iterable<Suggestion> {
  const { goal } = position;
  const list = mentioned(textOf(position), definitions)
    .map(({ name }) => name)
    .slice(0, 8)
    .join(", ");
  const using = list === "" ? "" : ` [${list}]`;
  const data = dataOf(goal);
  const words = wordsOf(goal.conclusion);
  for (const [at, { name }] of data
    .filter((one) => words.includes(one.name))
    .slice(0, MOST_TARGETS)
    .entries()) {
    yield one(`cases ${name} <;> grind${using}`, 1.4 + 0.4 * at, "cases", CLOSING);
    yield one(`cases ${name} <;> simp_all${using}`, 1.4 + 0.4 * at, "cases", CLOSING);
    yield one(`cases ${name}`, 2.0 + 0.4 * at, "cases");
  }
}

/** Names for what Lean left without one, so that later tactics can speak of it. */
function* naming(goal: Goal): Iterable<Suggestion> {
  const nameless = goal.hypotheses.flatMap(({ names }) => names.filter((name) => name.includes("✝")));
  if (nameless.length === 0) return;
  const taken = new Set(goal.hypotheses.flatMap(({ names }) => names));
  const chosen = nameless.map((name) => {
    const stem = name.replace(/✝.*$/, "") || "x";
    let made =
      stem === "a" ? "ih" : stem.replace(/^tail_ih$/, "ih").replace(/^(?:head|tail)$/, (word) => word[0]!);
    while (taken.has(made)) made += "'";
    taken.add(made);
    return made;
  });
  yield one(`rename_i ${chosen.join(" ")}`, 1.8, "rename");
}
