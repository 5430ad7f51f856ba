import type { Driver, NumberInputs } from "./driver.ts";
import { evaluateFormula, evaluateTerm, type Lookup } from "./evaluate.ts";
import { nearest } from "./inputs.ts";
import type { Random } from "./random.ts";
import type { Formula, Relation, Term } from "./term.ts";

const ATTEMPTS = 8;

/** A comparison that is false and has to become true. */
interface Goal {
  readonly relation: Relation;
  readonly left: Term;
  readonly right: Term;
}

/**
 * Moves the inputs of a run that a `requires` or `assume` blocked before any loop, so that it passes. Each step takes one false
 * comparison, finds by trial how its two sides move apart when an input grows by one, and moves that input as far as a linear
 * relation needs. Inputs that pass, or null. The driver's last run must be the blocked one.
 */
export function repair(
  driver: Driver,
  inputs: NumberInputs,
  draw: (site: number) => number,
  random: Random,
): NumberInputs | null {
  let current: NumberInputs = { initial: inputs.initial, havocs: driver.havocs };
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const moved = step(driver, current, draw, random);
    if (moved === null) return null;
    const ending = driver.drive(moved, draw, driver.steps + 1000);
    current = { initial: moved.initial, havocs: driver.havocs };
    if (ending !== "blocked" || driver.arrivals > 0) return current;
  }
  return null;
}

function step(
  driver: Driver,
  inputs: NumberInputs,
  draw: (site: number) => number,
  random: Random,
): NumberInputs | null {
  const { block, command, steps } = driver;
  const blocked = driver.runner.program.blocks[block]?.commands[command];
  if (blocked?.kind !== "assume") return null;
  const goal = goalOf(blocked.condition, true, lookupIn(driver), random);
  if (goal === null) return null;
  const gap = gapOf(goal, driver);
  if (gap === null) return null;
  for (const place of shuffled(inputs.initial.length + inputs.havocs.length, random)) {
    // Downwards too: at the top of its range an input cannot grow.
    const bump = random.chance(0.5) ? 1 : -1;
    const probe = shifted(driver, inputs, place, bump);
    const ending = driver.drive(probe, draw, steps + 1000);
    if (ending !== "blocked" || driver.block !== block || driver.command !== command) {
      // The command is passed, or the run has turned elsewhere: either way worth going on from.
      if (ending !== "blocked" || driver.steps > steps) return probe;
      continue;
    }
    const after = gapOf(goal, driver);
    if (after === null || after === gap) continue;
    const slope = (after - gap) / bump;
    const distance = move(goal.relation, gap, slope, random);
    if (distance !== 0) return shifted(driver, inputs, place, distance);
  }
  return null;
}

/** How far an input has to move so that `gap + slope * distance` is as the relation says about zero. */
function move(relation: Relation, gap: number, slope: number, random: Random): number {
  const slack = random.chance(0.5) ? 0 : random.between(0, random.chance(0.5) ? 5 : 50);
  // The gap wanted: at most or at least this much.
  switch (relation) {
    case "==":
      return Math.round(-gap / slope);
    case "!=":
      return random.chance(0.5) ? 1 : -1;
    case "<":
    case "<=": {
      const wanted = (relation === "<" ? -1 : 0) - gap - slack * Math.abs(slope);
      return slope > 0 ? Math.floor(wanted / slope) : Math.ceil(wanted / slope);
    }
    case ">":
    case ">=": {
      const wanted = (relation === ">" ? 1 : 0) - gap + slack * Math.abs(slope);
      return slope > 0 ? Math.ceil(wanted / slope) : Math.floor(wanted / slope);
    }
  }
}

const NEGATION: Readonly<Record<Relation, Relation>> = {
  "<": ">=",
  ">=": "<",
  "<=": ">",
  ">": "<=",
  "==": "!=",
  "!=": "==",
};

/** A comparison to change so that the formula gets nearer to the wanted truth; null when it has it, or there is none. */
function goalOf(formula: Formula, wanted: boolean, lookup: Lookup, random: Random): Goal | null {
  if (evaluateFormula(formula, lookup) === wanted) return null;
  switch (formula.kind) {
    case "truth":
    case "symbol":
    case "forall":
    case "exists":
    case "holds":
      return null;
    case "compare": {
      const relation = wanted ? formula.relation : NEGATION[formula.relation];
      return { relation, left: formula.left, right: formula.right };
    }
    case "not":
      return goalOf(formula.argument, !wanted, lookup, random);
    case "implies": {
      if (!wanted)
        return goalOf(formula.left, true, lookup, random) ?? goalOf(formula.right, false, lookup, random);
      return random.chance(0.5)
        ? goalOf(formula.left, false, lookup, random)
        : goalOf(formula.right, true, lookup, random);
    }
    case "iff": {
      const left = evaluateFormula(formula.left, lookup);
      return goalOf(formula.right, wanted ? left === true : left !== true, lookup, random);
    }
    case "and":
    case "or": {
      // All parts must change, or one of them.
      if ((formula.kind === "and") !== wanted)
        return goalOf(random.pick(formula.arguments), wanted, lookup, random);
      for (const part of formula.arguments) {
        const goal = goalOf(part, wanted, lookup, random);
        if (goal !== null) return goal;
      }
      return null;
    }
  }
}

function gapOf(goal: Goal, driver: Driver): number | null {
  const lookup = lookupIn(driver);
  const left = evaluateTerm(goal.left, lookup);
  const right = evaluateTerm(goal.right, lookup);
  return left === null || right === null ? null : Number(left - right);
}

function lookupIn(driver: Driver): Lookup {
  const { index } = driver.runner;
  return (name) => {
    const position = index.get(name);
    return position === undefined ? undefined : BigInt(driver.state[position]!);
  };
}

/** The value of the input at a place: those at entry first. */
function at(inputs: NumberInputs, place: number): number {
  return inputs.initial[place] ?? inputs.havocs[place - inputs.initial.length]!;
}

/** The inputs with one of them moved; the driver keeps `havoc` values within their types. */
function shifted(driver: Driver, inputs: NumberInputs, place: number, distance: number): NumberInputs {
  const value = at(inputs, place) + distance;
  const variable = driver.entry[place]?.variable;
  if (variable !== undefined) {
    return { initial: inputs.initial.with(place, nearest(value, variable.type)), havocs: inputs.havocs };
  }
  return { initial: inputs.initial, havocs: inputs.havocs.with(place - inputs.initial.length, value) };
}

function shuffled(count: number, random: Random): number[] {
  const places = Array.from({ length: count }, (_, place) => place);
  for (let last = count - 1; last > 0; last--) {
    const other = random.between(0, last);
    [places[last], places[other]] = [places[other]!, places[last]!];
  }
  // Many draws: the first are the ones that an early condition can depend on.
  return places.slice(0, 24);
}
