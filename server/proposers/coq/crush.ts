import type { Position, Suggestion, TacticSource } from "../../search/source.ts";
import type { Definitions } from "./definitions.ts";
import { isLemma, statementOf } from "./premises.ts";
import {
  ARITHMETIC,
  BACKWARD,
  BREAK,
  CONSTRUCT,
  DATATYPES,
  DISCHARGE,
  EQUATIONS,
  FINISHERS,
  forward,
  INSTANCES,
  REASON,
  REWRITE,
  SPECIALIZE,
  TRY_LIA,
} from "./sentences.ts";
import {
  equation,
  isArithmetic,
  occur,
  readStatement,
  rigid,
  scrutinees,
  splitTop,
  topOf,
  wordsOf,
} from "./shape.ts";
import { dataOf, factsOf } from "./variables.ts";

const PATIENCE_MS = { state: 1_500, whole: 2_500 };
/** Variables, and facts, whose induction gets sentences of its own. */
const MOST_VARIABLES = 3;
const MOST_FACTS = 2;

const MOST_UNFOLDED = 6;
/** Endings that are tried with definitions unfolded, too. */
const UNFOLDED: ReadonlySet<string> = new Set(["finish", "break", "backward"]);

/** What a sentence does after its beginning: a name for the bandit, the steps, and what it costs. */
type Ending = readonly [kind: string, steps: string, cost: number];

/**
 * Whole proofs of one sentence: a beginning (an induction, or none), case analysis and simple reasoning, and propositional
 * reasoning with simple finishers. `missing`: tactics that the file has not loaded, which is learned here. What such a sentence leaves open is a state like any other, and mostly a simple one.
 */
export function crush(missing: Set<string>, definitions: Definitions): TacticSource {
  return {
    name: "crush",
    kind: "symbolic",
    *suggest(position: Position): Iterable<Suggestion> {
      const all = endings(position, definitions, !missing.has("lia"));
      const kinds = /^(exists|ex)\b/.test(position.goal.conclusion)
        ? [...all, ["witness", `repeat eexists; simpl; ${FINISHERS[0]}`, -0.3] as const]
        : all;
      for (const [kind, steps, cost] of kinds)
        yield {
          tactics: [kind === "break" || kind === "reason" ? steps : `simpl in *; ${steps}`],
          cost: 1.7 + cost,
          deadlineMs: PATIENCE_MS.state,
          arm: `crush:${kind}`,
        };
      const { anywhere } = definitions.of(position);
      if (anywhere.length > 0)
        for (const [kind, steps, cost] of all.filter(([kind]) => UNFOLDED.has(kind)))
          yield {
            tactics: [`unfold ${anywhere.slice(0, MOST_UNFOLDED).join(", ")} in *; ${steps}`],
            cost: 1.9 + cost,
            deadlineMs: PATIENCE_MS.state,
            arm: `crush:unfold ${kind}`,
          };
      for (const { text, cost: early } of beginnings(position, definitions))
        for (const [kind, steps, cost] of all)
          yield {
            tactics: [`${text}; ${steps}`],
            cost: 1.4 + early + cost,
            deadlineMs: PATIENCE_MS.whole,
            arm: `crush:whole ${kind}`,
          };
    },
    // Where lia is not loaded, the sentence as a whole is refused.
    *repair({ failures }, { tactic, failure, message }): Iterable<Suggestion> {
      if (failure !== "unknown name" || !tactic.includes(TRY_LIA) || !/\blia\b/.test(message)) return;
      missing.add("lia");
      const cost = 1.4 + 0.05 * failures.length;
      yield {
        tactics: [tactic.replace(TRY_LIA, "")],
        cost,
        deadlineMs: PATIENCE_MS.whole,
        arm: "crush:no lia",
      };
    },
  };
}

function endings(position: Position, definitions: Definitions, lia: boolean): Ending[] {
  const { goal } = position;
  const text = [goal.conclusion, ...goal.hypotheses.map(({ type }) => type)].join(" ");
  const first = lia && isArithmetic(text) ? ARITHMETIC : FINISHERS[0]!;
  const lemmas = position.relevant.filter(isLemma).slice(0, 4);
  const using = `eauto using ${lemmas.map(({ name }) => name).join(", ")}`;
  const hints = lemmas.length > 0 ? using : "eauto";
  const best = lemmas.length > 0 ? `intuition (subst; ${using}; try congruence)` : first;
  const rewriting = rewrites(position);
  const build = rewriting === null ? CONSTRUCT : `${CONSTRUCT}; ${rewriting}`;
  const consequences = forwards(position);
  const behind = [...definitions.of(position).anywhere, ...definitions.behind(position)].slice(
    0,
    MOST_UNFOLDED,
  );
  const unfold = behind.map((name) => `try unfold ${name} in *`).join("; ");
  const found: (Ending | null)[] = [
    ["finish", first, 0],
    ["break", `${BREAK}; ${first}`, 0.3],
    ["reason", `${REASON}; ${first}`, 0.6],
    ["discharge", `${REASON}; ${DISCHARGE}; ${REASON}; ${first}`, 0.4],
    lemmas.length > 0 ? ["hints", `${REASON}; ${DISCHARGE}; ${REASON}; ${best}`, 0.5] : null,
    ["quick", FINISHERS[1]!, 0.8],
    rewriting === null ? null : ["rewriting", `${rewriting}; ${REASON}; ${best}`, 0.75],
    ["discharge build", `${REASON}; ${DISCHARGE}; ${REASON}; ${build}; ${best}`, 0.7],
    ["instances", `${REASON}; ${INSTANCES}; ${DISCHARGE}; ${REASON}; ${first}`, 0.7],
    consequences.length === 0
      ? null
      : ["forward", `${REASON}; ${forward(consequences)}; ${DISCHARGE}; ${REASON}; ${best}`, 0.85],
    ...(unfold === ""
      ? []
      : ([
          ["equations unfold", `${REASON}; ${EQUATIONS}; ${unfold}; ${REASON}; ${first}`, 0.7],
          ["backward unfold", `${REASON}; ${BACKWARD}; ${unfold}; ${REASON}; ${first}`, 0.8],
        ] as const)),
    ["specialize", `${BREAK}; ${SPECIALIZE}; ${BREAK}; ${first}`, 1.3],
    ["equations", `${REASON}; ${EQUATIONS}; ${REASON}; ${first}`, 0.8],
    ["rewrite by", `${BREAK}; ${REWRITE}; ${first}`, 1.2],
    ["backward", `${BREAK}; ${BACKWARD}; simpl in *; ${BREAK}; ${first}`, 1.0],
    ["build", `${REASON}; intuition (subst; try (constructor; intuition); ${hints}; try congruence)`, 1.2],
    ["datatypes", `${REASON}; ${DATATYPES}`, 1.2],
  ];
  const breaks = scrutinees(text).length > 0 || position.depth < 2;
  return found.filter((one) => one !== null).filter(([kind]) => kind !== "break" || breaks);
}

/** Lemmas that rewrite what the goal speaks of into something else, each as often as it can. */
function rewrites({ goal, relevant }: Position): string | null {
  const text = [goal.conclusion, ...factsOf(goal).map(({ type }) => type)].join(" ");
  const steps = relevant
    .filter(isLemma)
    .slice(0, 25)
    .map(({ name, statement }) => ({ name, read: readStatement(statementOf(statement)) }))
    .filter(({ read }) => {
      const sides = equation(read.conclusion) ?? splitTop(read.conclusion, "<->");
      if (sides.length !== 2 || read.premises.length > 1) return false;
      const left = rigid(sides[0]!, read);
      // Where the result can be rewritten again, it would go round and round.
      return left.length > 0 && occur(left, text) && !occur(left, sides[1]!);
    })
    .slice(0, 4)
    // One by one: where one goes wrong the others are of use.
    .map(({ name, read }) => `try rewrite ?${name} in *${read.premises.length > 0 ? " by auto" : ""}`);
  return steps.length === 0 ? null : steps.join("; ");
}

/** Lemmas a premise of which looks like something that is, or will be, a hypothesis. */
function forwards({ goal, relevant }: Position): string[] {
  const hypotheses = [...factsOf(goal).map(({ type }) => type), ...readStatement(goal.conclusion).premises];
  const tops = new Set(hypotheses.map(topOf).filter((top) => /^[\p{L}_]/u.test(top) && top !== "forall"));
  return relevant
    .filter(isLemma)
    .slice(0, 20)
    .filter(({ statement }) => {
      const { premises } = readStatement(statementOf(statement));
      return premises.some((premise) => tops.has(topOf(premise)));
    })
    .slice(0, 4)
    .map(({ name }) => name);
}

/** Inductions that are worth sentences of their own, with and without what the file's definitions stand for. */
function beginnings(position: Position, definitions: Definitions): { text: string; cost: number }[] {
  const { goal, depth, script } = position;
  const inductions = script.filter((tactic) => /\binduction\b/.test(tactic)).length;
  // A second induction is for what the first has left.
  if (inductions > 1 || depth > (inductions === 0 ? 2 : 4)) return [];
  const { binders, premises } = readStatement(goal.conclusion);
  const plain = [
    ...dataOf(goal)
      .slice(0, MOST_VARIABLES)
      .map(
        ({ name, introduced }) =>
          `${introduced ? fixed(position, name) : loose(position, name)}induction ${name}`,
      ),
    ...premises
      .flatMap((premise, at) => (isRelation(premise) ? [`induction ${at + 1}`] : []))
      .slice(0, MOST_FACTS),
    ...factsOf(goal)
      .filter(({ type }) => isRelation(type))
      .slice(0, MOST_FACTS)
      .map(({ name }) => `induction ${name}`),
  ];
  const starts = plain.map((text, rank) => ({
    text: `${text}; intros; simpl in *`,
    cost: 0.3 * rank + 0.8 * inductions,
  }));
  if (binders.length + premises.length > 0)
    starts.push({ text: "intros; simpl in *", cost: 0.2 + 0.1 * starts.length });
  const { conclusion, anywhere } = definitions.of(position);
  if (anywhere.length === 0) return starts;
  const unfolded = {
    text: `unfold ${anywhere.slice(0, MOST_UNFOLDED).join(", ")} in *`,
    late: conclusion.length > 0 ? 0.1 : 0.5,
  };
  return [
    ...starts,
    ...starts.map(({ text, cost }) => ({ text: `${unfolded.text}; ${text}`, cost: cost + unfolded.late })),
  ];
}

/** Facts about a variable of the context, put back into the goal, so that the induction hypothesis speaks of them. */
function fixed({ goal }: Position, name: string): string {
  const about = factsOf(goal)
    .filter(({ type }) => wordsOf(type).includes(name))
    .map((fact) => fact.name)
    .reverse();
  return about.length > 0 ? `revert ${about.join(" ")}; ` : "";
}

/** Data that is quantified before the variable would be the same in the induction hypothesis: it is made general again. */
function loose({ goal }: Position, name: string): string {
  const { binders } = readStatement(goal.conclusion);
  const at = binders.findIndex((binder) => binder.name === name);
  const needed = new Set(wordsOf(binders[at]?.type ?? ""));
  const before = binders
    .slice(0, Math.max(0, at))
    .filter((binder) => !/^(Type|Set|Prop)$/.test(binder.type) && !needed.has(binder.name));
  if (before.length === 0) return "";
  return `intros until ${name}; revert ${before.map((binder) => binder.name).join(" ")}; `;
}

/** A relation that may be inductive, and no connective. */
function isRelation(type: string): boolean {
  return (
    /^[A-Za-z_@]/.test(type) &&
    !["=", "<>", "~", "not", "forall", "->", "exists", "<->", "/\\", "\\/"].includes(topOf(type))
  );
}
