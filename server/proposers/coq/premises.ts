import type { Goal, Premise } from "../../search/session.ts";
import type { Failed, Position, Suggestion, TacticSource } from "../../search/source.ts";
import { equation, occur, readStatement, rigid, splitTop, stripParentheses, topOf } from "./shape.ts";
import { factsOf, namesOf } from "./variables.ts";

const QUICK = 300;
const MOST_PREMISES = 20;
const MOST_FACTS = 8;

/** Steps that use something: hypotheses and lemmas applied, rewritten with in both directions, and put to the goal's own terms. */
export function using(): TacticSource {
  return {
    name: "premises",
    kind: "symbolic",
    *suggest(position: Position): Iterable<Suggestion> {
      yield* hypotheses(position.goal);
      yield* lemmas(position);
      yield* instances(position.goal);
    },
    repair,
  };
}

function one(tactic: string, cost: number, arm: string): Suggestion {
  return { tactics: [tactic], cost, deadlineMs: QUICK, arm: `premises:${arm}` };
}

/** Something that was proved or assumed, and not a definition, a decision or a tactic. */
export function isLemma({ statement }: Premise): boolean {
  if (/\{[^{}]*\}\s*\+\s*\{[^{}]*\}\s*\.?$/.test(statement)) return false;
  return !/^\s*(Definition|Let|Fixpoint|CoFixpoint|Inductive|CoInductive|Variant|Record|Structure|Class|Ltac|Function|Notation|Variable|Variables|Context)\b/.test(
    statement,
  );
}

/** The statement without `Lemma name :` and binders that stand before the colon. */
export function statementOf(text: string): string {
  const found =
    /^\s*(?:(?:#\[[^\]]*\]|Local|Global|Program)\s*)*(?:Lemma|Theorem|Fact|Corollary|Remark|Proposition|Property|Instance|Hypothesis|Variable|Axiom)\s+[\p{L}_][\p{L}\p{N}_']*\s*/u.exec(
      text,
    );
  if (!found) return text;
  const rest = text
    .slice(found[0].length)
    .replace(/\.\s*$/, "")
    .trim();
  if (rest.startsWith(":")) return rest.slice(1).trim();
  let depth = 0;
  for (let at = 0; at < rest.length; at++) {
    if ("([{".includes(rest[at]!)) depth++;
    else if (")]}".includes(rest[at]!)) depth--;
    else if (rest[at] === ":" && depth === 0)
      return `forall ${rest.slice(0, at).trim()}, ${rest.slice(at + 1).trim()}`;
  }
  return rest;
}

function* hypotheses(goal: Goal): Iterable<Suggestion> {
  const top = topOf(goal.conclusion);
  const facts = factsOf(goal).slice(0, MOST_FACTS);
  for (const [at, { name, type }] of facts.entries()) {
    const { premises, conclusion } = readStatement(type);
    const dear = 0.15 * at + (/^IH/.test(name) ? 0 : 0.3);
    if (equation(conclusion)) {
      yield one(`rewrite ${name}`, 1.1 + dear, "rewrite fact");
      yield one(`rewrite <- ${name}`, 1.9 + dear, "rewrite fact");
      yield one(`rewrite ${name} in *`, 1.8 + dear, "rewrite fact");
      if (premises.length > 0) yield one(`rewrite ${name} by auto`, 2.2 + dear, "rewrite fact");
    }
    if (topOf(conclusion) === top || /^False$/.test(goal.conclusion) || premises.length > 0) {
      if (topOf(conclusion) === top || top === "False") yield one(`apply ${name}`, 1.0 + dear, "apply fact");
      if (topOf(conclusion) === top) yield one(`eapply ${name}`, 1.5 + dear, "apply fact");
      if (topOf(conclusion) === top && premises.length > 0)
        yield one(`eapply ${name}; eauto`, 1.4 + dear, "apply fact");
    }
    if (top === "False" && (topOf(type) === "~" || /-> False$/.test(type)))
      yield one(`apply ${name}`, 0.9, "apply fact");
    for (const other of facts) {
      if (other.name === name || (premises.length === 0 && topOf(type) !== "~" && topOf(type) !== "forall"))
        continue;
      if (premises.some((premise) => topOf(premise) === topOf(other.type)))
        yield one(`apply ${name} in ${other.name}`, 2.0 + dear, "apply fact in");
    }
    if (equation(type)) {
      for (const other of facts)
        if (other.name !== name && shares(equation(type)![0], other.type))
          yield one(`rewrite ${name} in ${other.name}`, 1.6 + dear, "rewrite fact in");
    }
  }
}

function shares(term: string, text: string): boolean {
  return text.includes(stripParentheses(term));
}

/** Lemmas: applied where the conclusion's top agrees, rewritten with where all that a side names occurs. */
function* lemmas({ goal, relevant }: Position): Iterable<Suggestion> {
  const top = topOf(goal.conclusion);
  const facts = factsOf(goal).slice(0, MOST_FACTS);
  const stated = relevant.filter(isLemma);
  for (const [at, { name, statement }] of stated.slice(0, MOST_PREMISES).entries()) {
    const read = readStatement(statementOf(statement));
    const { premises, conclusion } = read;
    const dear = 0.08 * at;
    const fits = (part: string, text: string) => occur(rigid(part, read), text);
    const sides = equation(conclusion);
    if (sides) {
      if (fits(sides[0], goal.conclusion)) {
        yield one(`rewrite ${name}`, 1.6 + dear, "rewrite lemma");
        if (premises.length > 0) yield one(`rewrite ${name}; auto`, 2.1 + dear, "rewrite lemma");
        yield one(`rewrite ${name} in *`, 2.7 + dear, "rewrite lemma");
      }
      if (fits(sides[1], goal.conclusion)) yield one(`rewrite <- ${name}`, 2.4 + dear, "rewrite lemma");
    }
    const iff = splitTop(conclusion, "<->");
    const heads = iff.length === 2 ? iff.map(topOf) : [topOf(conclusion)];
    if (heads.includes(top)) {
      const far = (iff.length === 2 ? iff : [conclusion]).some((part) => fits(part, goal.conclusion))
        ? 0
        : 1.2;
      yield one(`apply ${name}`, 1.6 + dear + far, "apply lemma");
      if (premises.length > 0) {
        yield one(`apply ${name}; auto`, 1.9 + dear + far, "apply lemma");
        yield one(`eapply ${name}; eauto`, 2.0 + dear + far, "apply lemma");
        yield one(`eapply ${name}`, 2.6 + dear + far, "apply lemma");
      }
      if (iff.length === 2) yield one(`rewrite ${name}`, 2.2 + dear + far, "rewrite lemma");
    }
    for (const fact of facts) {
      const wanted = iff.length === 2 ? [...premises, ...iff] : premises;
      const agree = wanted.filter((premise) => topOf(premise) === topOf(fact.type));
      if (agree.length > 0) {
        const far = agree.some((premise) => fits(premise, fact.type)) ? 0 : 1.2;
        yield one(`apply ${name} in ${fact.name}`, 2.0 + dear + far, "apply lemma in");
        if (premises.length > 1)
          yield one(`eapply ${name} in ${fact.name}; eauto`, 2.7 + dear + far, "apply lemma in");
      }
      if (sides && topOf(sides[0]) !== "" && fits(sides[0], fact.type))
        yield one(`rewrite ${name} in ${fact.name}`, 2.2 + dear, "rewrite lemma in");
    }
  }
}

/** Universal hypotheses put to the goal's own terms: `pose proof (h a b)`. */
function* instances(goal: Goal): Iterable<Suggestion> {
  const facts = factsOf(goal);
  const stated = new Set(facts.map(({ name }) => name));
  const words = new Set(goal.conclusion.match(/[\p{L}_][\p{L}\p{N}_']*/gu) ?? []);
  // What the conclusion speaks of comes first.
  const terms = namesOf(goal)
    .filter(([name, type]) => !stated.has(name) && !/^(Type|Set|Prop)$/.test(type))
    .sort(([a], [b]) => Number(words.has(b)) - Number(words.has(a)));
  const fits = (type: string) => terms.filter(([, own]) => type === "" || own === type).slice(0, 3);
  for (const { name, type } of facts.slice(0, MOST_FACTS)) {
    const { binders } = readStatement(type);
    if (binders.length === 0 || binders.length > 2) continue;
    const [first, second] = binders;
    for (const [a] of fits(first!.type)) {
      if (!second) yield one(`pose proof (${name} ${a})`, 2.4, "instance");
      else for (const [b] of fits(second.type)) yield one(`pose proof (${name} ${a} ${b})`, 3.0, "instance");
    }
  }
  for (const { name, type } of facts.slice(0, MOST_FACTS)) {
    const { binders, premises } = readStatement(type);
    if (binders.length > 0) continue;
    for (const fact of facts)
      if (premises[0] !== undefined && stripParentheses(premises[0]) === fact.type)
        yield one(`specialize (${name} ${fact.name})`, 1.5, "specialize");
  }
  if (topOf(goal.conclusion) !== "exists") return;
  const wanted = /^exists\s+\(?[\p{L}_][\p{L}\p{N}_']*\s*:\s*([^,)]+)/u
    .exec(stripParentheses(goal.conclusion))?.[1]
    ?.trim();
  for (const [name] of fits(wanted ?? "")) yield one(`exists ${name}`, 1.9, "exists");
}

/** A near miss of `apply` and `rewrite` is often one letter away. */
function* repair(_: Position, { tactic, failure }: Failed): Iterable<Suggestion> {
  if (failure !== "type mismatch" && failure !== "other") return;
  const applied = /^apply ([\w.']+)$/.exec(tactic);
  if (applied) yield one(`eapply ${applied[1]}`, 2.4, "apply lemma");
  const rewritten = /^rewrite ([\w.']+)$/.exec(tactic);
  if (rewritten) yield one(`erewrite ${rewritten[1]}`, 3.6, "rewrite lemma");
}
