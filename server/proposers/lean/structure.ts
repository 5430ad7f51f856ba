import type { Goal } from "../../search/session.ts";
import type { Position, Suggestion, TacticSource } from "../../search/source.ts";
import { factsOf, introduced, isQuantified, topHas, wordsOf } from "./shape.ts";

const QUICK = 1_500;
const CLOSING = 8_000;

/** Steps that take a goal apart: introduction, splitting, witnesses, and what the hypotheses say. */
export function structure(): TacticSource {
  return {
    name: "structure",
    kind: "symbolic",
    *suggest(position: Position): Iterable<Suggestion> {
      yield* conclusionSteps(position.goal);
      yield* factSteps(position.goal);
      yield* naming(position.goal);
    },
  };
}

function one(tactic: string, cost: number, arm: string, deadlineMs = QUICK): Suggestion {
  return { tactics: [tactic], cost, deadlineMs, arm: `structure:${arm}` };
}

function* conclusionSteps({ conclusion, hypotheses }: Goal): Iterable<Suggestion> {
  if (isQuantified(conclusion)) {
    const names = introduced(conclusion, new Set(hypotheses.flatMap(({ names: taken }) => taken)));
    if (names.length > 0) yield one(`intro ${names.join(" ")}`, 0.6, "intro");
    yield one("intros", 1.2, "intro");
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
      yield one(`rw [${name}]`, 2.0, "rewrite with fact");
      yield one(`rw [← ${name}]`, 2.4, "rewrite with fact");
      yield one(`cases ${name}`, 2.6, "cases fact");
    } else yield one(`cases ${name}`, 2.4, "cases fact");
    if (topHas(type, "→") || /^∀/.test(type)) yield one(`apply ${name}`, 2.0, "apply fact");
    if (/\b(?:if|match)\b/.test(type)) yield one(`split at ${name}`, 1.2, "split fact");
    yield one(`simp at ${name}`, 2.2, "simp fact");
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
  // What cannot be named cannot be spoken of: nothing else helps where the conclusion has such names.
  yield one(`rename_i ${chosen.join(" ")}`, goal.conclusion.includes("✝") ? 0.4 : 1.4, "rename");
}
