import type { Goal } from "../../search/session.ts";
import type { Position, Suggestion, TacticSource } from "../../search/source.ts";
import type { Definitions } from "./definitions.ts";
import { equation, readStatement, scrutinees, stripParentheses, topOf, wordsOf } from "./shape.ts";
import { dataOf, decisionsOf, factsOf, namesOf } from "./variables.ts";

const QUICK = 300;
/** Names on which induction and case analysis are tried at one state. */
const MOST_TARGETS = 5;
const MOST_FACTS = 10;
/** What looks like a constructor among the arguments of a relation. */
const CONSTRUCTOR = /::|\[\]|\[.*\]|\b(S|O|Some|None|nil|cons|[A-Z]\w*)\b|\b0\b/;

/** `{a = b} + {a <> b}`. */
const EQUAL_OR_NOT = /^\{.+ = .+\} \+ \{.+\}$/;

/** Steps that take a goal apart: introduction, case analysis, induction, unfolding, simplification, inversion, witnesses. */
export function structure(definitions: Definitions): TacticSource {
  return {
    name: "structure",
    kind: "symbolic",
    *suggest(position: Position): Iterable<Suggestion> {
      yield* conclusionSteps(position.goal);
      yield* factSteps(position.goal);
      yield* analysis(position.goal);
      yield* decisions(position.goal);
      yield* induction(position);
      yield* functionalInduction(position);
      yield* unfolding(position, definitions);
      yield* simplification(position);
    },
  };
}

function one(tactic: string, cost: number, arm: string): Suggestion {
  return { tactics: [tactic], cost, deadlineMs: QUICK, arm: `structure:${arm}` };
}

/** What the conclusion's own form asks for. */
function* conclusionSteps({ conclusion }: Goal): Iterable<Suggestion> {
  const top = topOf(conclusion);
  switch (top) {
    case "forall":
    case "->":
      yield one("intros", 0.4, "intros");
      yield one("intro", 2.5, "intro");
      return;
    case "~":
      yield one("intro", 0.7, "intros");
      break;
    case "<>":
      yield one("intro", 0.9, "intros");
      break;
    case "/\\":
    case "<->":
      yield one("split", 0.5, "split");
      yield one("split; intros", 0.7, "split");
      break;
    case "\\/":
      yield one("left", 1.4, "left or right");
      yield one("right", 1.4, "left or right");
      break;
    case "exists":
      yield one("eexists", 1.5, "exists");
      break;
    case "=": {
      yield one("f_equal", 1.5, "f_equal");
      yield one("symmetry", 3.5, "symmetry");
      yield one("apply functional_extensionality; intros", 2.6, "extensionality");
      break;
    }
    default:
      if (EQUAL_OR_NOT.test(conclusion)) yield one("decide equality", 1.2, "decide equality");
      yield one("constructor", 1.6, "constructor");
      yield one("econstructor", 2.2, "constructor");
  }
  if (/\bfun\b/.test(conclusion) || top === "=") yield one("extensionality x", 4.5, "extensionality");
  if (top !== "False") yield one("exfalso", 3.2, "exfalso");
}

/** What the form of a hypothesis asks for. */
function* factSteps(goal: Goal): Iterable<Suggestion> {
  for (const { name, type } of factsOf(goal).slice(0, MOST_FACTS)) {
    const top = topOf(type);
    switch (top) {
      case "/\\":
      case "exists":
      case "<->":
        yield one(`destruct ${name}`, 0.6, "destruct fact");
        break;
      case "\\/":
        yield one(`destruct ${name}`, 0.8, "destruct fact");
        break;
      case "=": {
        yield* equationSteps(name, type);
        break;
      }
      case "forall":
      case "->":
      case "~":
      case "<>":
        break;
      default: {
        // A relation on a constructor says more when it is inverted; on variables induction is the better way.
        const early = CONSTRUCTOR.test(type) ? 0 : 0.8;
        yield one(`inversion ${name}; subst; clear ${name}`, 1.1 + early, "inversion");
        yield one(`inversion ${name}; subst`, 1.9 + early, "inversion");
        yield one(`destruct ${name}`, 2.6, "destruct fact");
      }
    }
  }
}

function* equationSteps(name: string, type: string): Iterable<Suggestion> {
  const sides = equation(type);
  if (!sides) return;
  const isName = (side: string) => /^[\p{L}_][\p{L}\p{N}_']*$/u.test(side);
  if (sides.some(isName)) yield one("subst", 0.7, "subst");
  if (sides.every((side) => !isName(side)))
    yield one(`inversion ${name}; subst; clear ${name}`, 1.6, "injection");
  if (sides.every((side) => !isName(side))) yield one(`injection ${name}; intros; subst`, 2.2, "injection");
}

/** Terms that a `match` waits for, in the conclusion first. */
function* analysis(goal: Goal): Iterable<Suggestion> {
  const own = scrutinees(goal.conclusion);
  const others = factsOf(goal).flatMap(({ type }) => scrutinees(type));
  for (const [at, term] of [...new Set([...own, ...others])].slice(0, 4).entries()) {
    const target = /\s/.test(term) ? `(${stripParentheses(term)})` : term;
    yield one(`destruct ${target} eqn:?`, 0.6 + 0.4 * at, "destruct match");
    yield one(`destruct ${target}`, 1.0 + 0.4 * at, "destruct match");
  }
  for (const [at, { name, introduced }] of dataOf(goal).slice(0, MOST_TARGETS).entries())
    yield one(
      introduced ? `destruct ${name}` : `intros; destruct ${name}`,
      2.2 + 0.4 * at,
      "destruct variable",
    );
}

/** Whether two things of the goal are the same, where something decides it. */
function* decisions(goal: Goal): Iterable<Suggestion> {
  for (const { name, type } of decisionsOf(goal)) {
    const text = [goal.conclusion, ...factsOf(goal).map((fact) => fact.type)].join(" ");
    const words = new Set(wordsOf(text));
    const terms = namesOf(goal)
      .filter(([term, own]) => own === type && words.has(term))
      .slice(0, 4);
    let at = 0;
    for (const [i, [a]] of terms.entries())
      for (const [b] of terms.slice(i + 1))
        yield one(`destruct (${name} ${a} ${b}); subst`, 1.8 + 0.2 * at++, "decide");
  }
}

/** Induction on each variable and each inductive hypothesis, with what stands before it general again. */
function* induction({ goal, script }: Position): Iterable<Suggestion> {
  const done = script.filter((tactic) => /\binduction\b/.test(tactic)).length;
  const base = 1.0 + 1.5 * done;
  const data = dataOf(goal).slice(0, MOST_TARGETS);
  for (const [at, { name, introduced }] of data.entries()) {
    const cost = base + 0.5 * at;
    yield one(`induction ${name}`, cost, "induction");
    yield one(`induction ${name}; intros; simpl in *`, cost - 0.3, "induction simpl");
    if (!introduced) yield one(`intros; induction ${name}; simpl in *`, cost + 0.3, "intros induction");
    const others = general(goal, name);
    if (introduced && others !== "")
      yield one(`revert ${others}; induction ${name}; intros; simpl in *`, cost + 0.5, "general induction");
    const before = introduced ? "" : earlier(goal, name);
    if (before !== "") {
      const again = `intros until ${name}; revert ${before}; induction ${name}`;
      yield one(`${again}; intros; simpl in *`, cost + 0.2, "general induction");
    }
  }
  const facts = factsOf(goal).filter(
    ({ type }) =>
      /^[A-Za-z_@]/.test(type) &&
      !["=", "<>", "~", "not", "forall", "->", "exists", "<->"].includes(topOf(type)),
  );
  for (const [at, { name }] of facts.slice(0, 4).entries())
    yield one(`induction ${name}`, base + 0.8 + 0.5 * at, "induction on fact");
  const { premises } = readStatement(goal.conclusion);
  for (const [at, premise] of premises.slice(0, 3).entries()) {
    if (
      /^[A-Za-z_@]/.test(premise) &&
      !["=", "<>", "~", "not", "forall", "->", "exists", "<->"].includes(topOf(premise))
    )
      yield one(`induction ${at + 1}`, base + 0.6 + 0.4 * at, "induction on fact");
  }
}

/** Along the calls of a function that was defined with `Function`, and so has an induction principle of its own. */
function* functionalInduction({ goal, relevant, script }: Position): Iterable<Suggestion> {
  if (script.some((tactic) => /functional induction/.test(tactic))) return;
  for (const { name, statement } of relevant) {
    const defined = /^\s*Function\s+[\p{L}_][\p{L}\p{N}_']*\s*(.*)$/su.exec(statement)?.[1];
    if (defined === undefined) continue;
    const { binders } = readStatement(`forall ${parameters(defined)}, True`);
    const call = callOf(name, binders.length, goal.conclusion);
    if (call === null) continue;
    const start = topOf(goal.conclusion) === "forall" ? "intros; " : "";
    yield one(`${start}functional induction ${call}; simpl in *`, 0.8, "functional induction");
    yield one(`${start}functional induction ${call}`, 1.1, "functional induction");
  }
}

/** What stands before the braces, the colon of the result or the `:=` of a `Function`. */
function parameters(text: string): string {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    if (
      depth === 0 &&
      (text[at] === "{" ? /^\{\s*(struct|measure|wf)\b/.test(text.slice(at)) : text[at] === ":")
    )
      return text.slice(0, at).trim();
    if ("([{".includes(text[at]!)) depth++;
    else if (")]}".includes(text[at]!)) depth--;
  }
  return text.trim();
}

/** The first call of a function with so many arguments, each a name or in parentheses. */
function callOf(name: string, most: number, text: string): string | null {
  const start = new RegExp(
    `(?<![\\p{L}\\p{N}_'.])${name}((?:\\s+(?:[\\p{L}_][\\p{L}\\p{N}_']*|\\([^()]*\\))){1,${Math.max(1, most)}})`,
    "u",
  );
  const found = start.exec(text);
  return found ? `(${name}${found[1]!.replace(/\s+/g, " ")})` : null;
}

/** Other data in the context that the induction hypothesis should speak of in general, with the facts about it. */
function general(goal: Goal, target: string): string {
  const words = new Set(wordsOf(goal.conclusion));
  const data = dataOf(goal).filter((one) => one.introduced && one.name !== target && words.has(one.name));
  const names = new Set(data.map(({ name }) => name));
  const facts = factsOf(goal).filter(({ type }) =>
    wordsOf(type).some((word) => names.has(word) || word === target),
  );
  const ordered = goal.hypotheses.flatMap((one) => one.names);
  const chosen = new Set([...names, ...facts.map(({ name }) => name)]);
  return ordered.filter((name) => chosen.has(name) && !usedBySections(goal, name)).join(" ");
}

/** Variables of a section are not the theorem's own; their types say nothing of data. */
function usedBySections(goal: Goal, name: string): boolean {
  return /^\{.*\}|->/.test(goal.hypotheses.find((one) => one.names.includes(name))?.type ?? "");
}

/** What is quantified before a name, which induction on it would fix; types, and what its own type needs, have to stay. */
function earlier(goal: Goal, name: string): string {
  const { binders } = readStatement(goal.conclusion);
  const at = binders.findIndex((binder) => binder.name === name);
  const needed = new Set(wordsOf(binders[at]?.type ?? ""));
  return binders
    .slice(0, Math.max(0, at))
    .filter((binder) => !/^(Type|Set|Prop)$/.test(binder.type) && !needed.has(binder.name))
    .map((binder) => binder.name)
    .join(" ");
}

/** Constants of the goal whose definitions may be looked into. */
function* unfolding(position: Position, definitions: Definitions): Iterable<Suggestion> {
  const { conclusion, anywhere } = definitions.of(position);
  for (const name of conclusion) yield one(`unfold ${name}`, 1.3, "unfold");
  for (const name of anywhere) yield one(`unfold ${name} in *`, 1.2, "unfold");
  if (anywhere.length > 1) yield one(`unfold ${anywhere.join(", ")} in *`, 1.4, "unfold");
  yield one("red", 3.5, "unfold");
  yield one("hnf", 4.5, "unfold");
}

function* simplification({ last }: Position): Iterable<Suggestion> {
  if (!/simpl in \*$/.test(last ?? "")) {
    yield one("simpl in *", 0.9, "simpl");
    yield one("simpl", 1.3, "simpl");
    yield one("cbn in *", 3.0, "simpl");
  }
  yield one("subst", 1.6, "subst");
  yield { ...one("intuition", 1.6, "intuition"), deadlineMs: 1_000 };
  yield { ...one("intuition subst", 2.3, "intuition"), deadlineMs: 1_000 };
  yield { ...one("intuition idtac", 3.0, "intuition"), deadlineMs: 1_000 };
  yield { ...one("simpl in *; intuition", 1.5, "intuition"), deadlineMs: 1_000 };
  yield { ...one("simpl in *; intuition; subst", 2.0, "intuition"), deadlineMs: 1_000 };
}
