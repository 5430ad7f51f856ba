import type { Goal, ProofSession, StateId, TacticResult } from "../../../server/search/session.ts";
import type { Suggestion, TacticSource } from "../../../server/search/source.ts";

/**
 * Intuitionistic propositional logic in natural deduction, with the tactics `intro`, `assumption`, `split`, `left`, `right`,
 * `exfalso`, `apply H`, `cases H` and `right_rule`, which is `intro` or `split`: a real small proof assistant, so that the search is tried on states that mean something.
 */
export type Formula = string | readonly ["->" | "/\\" | "\\/", Formula, Formula];

interface Sequent {
  readonly hypotheses: readonly (readonly [string, Formula])[];
  readonly conclusion: Formula;
}

export function show(formula: Formula): string {
  return typeof formula === "string" ? formula : `(${show(formula[1])} ${formula[0]} ${show(formula[2])})`;
}

/** A session on one theorem. `applied` counts what was asked of it. */
export class Propositional implements ProofSession {
  readonly root = "" as StateId;
  readonly goals: readonly Goal[];
  readonly frame = { before: [], after: [] };
  applied = 0;
  closed = false;
  readonly #states = new Map<string, readonly Sequent[]>();

  constructor(theorem: Formula) {
    const start = [{ hypotheses: [], conclusion: theorem }];
    this.#states.set("", start);
    this.goals = start.map(toGoal);
  }

  async apply(
    state: StateId,
    tactic: string,
    _deadlineMs: number,
    signal: AbortSignal,
  ): Promise<TacticResult> {
    signal.throwIfAborted();
    this.applied++;
    const goals = this.#states.get(state);
    if (!goals) throw new Error(`there is no state '${state}'`);
    if (tactic === "sleep") return { kind: "error", failure: "time-out", message: "time-out" };
    const fresh = step(goals[0]!, tactic.split(" "));
    if (typeof fresh === "string") {
      const failure = fresh.startsWith("no hypothesis") ? "unknown name" : "other";
      return { kind: "error", failure, message: fresh };
    }
    const next = [...fresh, ...goals.slice(1)];
    const id = `${state}${tactic};` as StateId;
    this.#states.set(id, next);
    return next.length === 0
      ? { kind: "done", state: id }
      : { kind: "progress", state: id, goals: next.map(toGoal) };
  }

  /** `right_rule?` says which rule that is. */
  async ask(state: StateId, query: string): Promise<readonly string[]> {
    const rules = ["intro", "split"];
    const [goal] = this.#states.get(state) ?? [];
    return query === "right_rule?" && goal ? rules.filter((rule) => Array.isArray(step(goal, [rule]))) : [];
  }

  async premises() {
    return [];
  }

  script(state: StateId): readonly string[] {
    return state.split(";").slice(0, -1);
  }

  async close(): Promise<void> {
    this.closed = true;
  }
}

function toGoal({ hypotheses, conclusion }: Sequent): Goal {
  return {
    name: null,
    hypotheses: hypotheses.map(([name, type]) => ({ names: [name], type: show(type), body: null })),
    conclusion: show(conclusion),
  };
}

/** The subgoals, or why the tactic fails. */
function step({ hypotheses, conclusion }: Sequent, [head, name]: string[]): Sequent[] | string {
  const goal = (formula: Formula): Sequent => ({ hypotheses, conclusion: formula });
  const [operator, left, right] = typeof conclusion === "string" ? ["", "", ""] : conclusion;
  const named = hypotheses.find(([known]) => known === name)?.[1];
  switch (head) {
    case "intro":
      if (operator !== "->") return "not an implication";
      return [{ hypotheses: [...hypotheses, [`H${hypotheses.length}`, left]], conclusion: right }];
    case "right_rule":
      return step({ hypotheses, conclusion }, [operator === "->" ? "intro" : "split"]);
    case "assumption":
      return hypotheses.some(([, type]) => show(type) === show(conclusion)) ? [] : "no such assumption";
    case "split":
      return operator === "/\\" ? [goal(left), goal(right)] : "not a conjunction";
    case "left":
      return operator === "\\/" ? [goal(left)] : "not a disjunction";
    case "right":
      return operator === "\\/" ? [goal(right)] : "not a disjunction";
    case "exfalso":
      return conclusion === "False" ? "no progress" : [goal("False")];
    case "apply": {
      if (named === undefined) return `no hypothesis ${name}`;
      const premises: Formula[] = [];
      for (let at = named; typeof at !== "string" && at[0] === "->"; at = at[2]) {
        premises.push(at[1]);
        if (show(at[2]) === show(conclusion)) return premises.map(goal);
      }
      return "the conclusions differ";
    }
    case "cases": {
      if (named === undefined) return `no hypothesis ${name}`;
      if (named === "False") return [];
      if (typeof named === "string" || named[0] === "->") return "nothing to take apart";
      const rest = hypotheses.filter(([known]) => known !== name);
      const fresh = (formulas: Formula[]): Sequent => ({
        hypotheses: [...rest, ...formulas.map((one, i) => [`${name}${"ab"[i]}`, one] as const)],
        conclusion,
      });
      return named[0] === "/\\" ? [fresh([named[1], named[2]])] : [fresh([named[1]]), fresh([named[2]])];
    }
    default:
      return "no such tactic";
  }
}

const ONE = { deadlineMs: 100 };

/** Every tactic of the calculus at every state: complete, and without any idea. */
export const everything: TacticSource = {
  name: "everything",
  kind: "symbolic",
  *suggest({ goal }): Iterable<Suggestion> {
    for (const tactic of ["assumption", "intro", "split", "left", "right", "exfalso"])
      yield { tactics: [tactic], cost: tactic === "exfalso" ? 2 : 1, ...ONE };
    for (const name of goal.hypotheses.flatMap(({ names }) => names)) {
      yield { tactics: [`cases ${name}`], cost: 1, ...ONE };
      yield { tactics: [`apply ${name}`], cost: 1, ...ONE };
    }
  },
};
