import { marksOf } from "../../../grammars/coq/nesting.ts";

/** A part of a tactic that has more characters is a program, and no step that a person would write. */
const PROGRAM = 60;

/** Case analysis on what the conclusion waits for, in the words of a textbook. */
const CASES = "repeat match goal with |- context [match ?x with _ => _ end] => destruct x; simpl end";
const CASES_KEPT = CASES.replace("destruct x", "destruct x eqn:?");

/** What a person ends a proof with, the plainest first. */
const CLOSERS = [
  "auto",
  "easy",
  "lia",
  "congruence",
  "auto with arith",
  "eauto",
  "intuition",
  "intuition congruence",
  "intuition (subst; eauto)",
];

/** The parts of `a; b; c` that stand outside all brackets and matches. */
export function splitSteps(tactic: string): string[] {
  const steps: string[] = [];
  let start = 0;
  for (const { word, at, depth } of marksOf(tactic)) {
    if (word !== "; " || depth !== 0) continue;
    steps.push(tactic.slice(start, at).trim());
    start = at + word.length;
  }
  return [...steps, tactic.slice(start).trim()];
}

/**
 * Whole proofs in the place of one that computes over all hypotheses (`repeat (match goal with …)`): its beginning, cases, and one closer.
 * Such a program finds a proof where nobody looks for one; what was found has mostly a proof that a person can read.
 */
export function plainProofs(steps: readonly string[]): string[] {
  const first = steps.findIndex((step) => step.length > PROGRAM && step !== CASES && step !== CASES_KEPT);
  if (first < 0) return [];
  const beginning = steps.slice(0, first);
  const using = /\be?auto using ([\w., ']+?)(?=[;)]|$)/.exec(steps.at(-1)!)?.[1];
  const lemmas = using === undefined ? [] : using.split(/,\s*/);
  const closers = [
    ...CLOSERS,
    ...lemmas.flatMap((lemma) => [`apply ${lemma}; auto`, `eapply ${lemma}; eauto`]),
    ...(using === undefined ? [] : [`eauto using ${using}`, `intuition eauto using ${using}`]),
  ];
  const starts = new Set([
    beginning.filter((step) => /^(intros|unfold)\b/.test(step)),
    beginning,
    beginning.map(asCases),
    beginning.filter((step) => step !== "simpl in *"),
  ]);
  return [...starts].flatMap((start) =>
    [[], [CASES], [CASES_KEPT]].flatMap((cases) =>
      closers.map((closer) => [...start, ...cases, closer].join("; ")),
    ),
  );
}

/** Where no induction hypothesis is of use, cases are enough. */
function asCases(step: string): string {
  return step.replace(/^induction (?=\w+$)/, "destruct ");
}
