/** A transition of a table such as the engine's. */
export interface Step {
  readonly from: string;
  /** What the handler of the state answered. */
  readonly on: string;
  readonly to: string;
  /** What it costs; "none" is nothing. */
  readonly spends: string;
}

/** The states that the properties speak of. */
export interface Roles {
  readonly start: string;
  readonly judge: string;
  readonly proved: string;
  readonly offer: string;
  readonly stopped: string;
  /** The answers that stop everything. */
  readonly stops: readonly string[];
  /** The state that takes text from a model, and the answers that any text whatsoever leads to one of. */
  readonly reads: string;
  readonly readings: readonly string[];
}

/** The names that the engine's table uses. */
export const ENGINE_ROLES: Roles = {
  start: "ask",
  judge: "judge",
  proved: "proved",
  offer: "offer",
  stopped: "stopped",
  stops: ["cancelled", "exhausted"],
  reads: "parse",
  readings: ["parsed", "rejected"],
};

/**
 * What is wrong with a table, with a shortest path to it; empty when: nothing is offered but by the edge on which the judge
 * has proved it; every cycle spends; cancellation and exhaustion lead to the end from everywhere at once; the end is
 * reachable from everywhere and nothing leaves it; every text from a model has an edge; a state and an answer have one edge.
 */
export function checkTable(
  table: readonly Step[],
  states: readonly string[],
  roles: Roles,
): readonly string[] {
  const { start, judge, proved, offer, stopped, stops, reads, readings } = roles;
  const problems: string[] = [];
  const reached = paths(table, start);
  const say = (path: readonly Step[] | undefined) =>
    path === undefined ? "" : `: ${[start, ...path.map(({ on, to }) => `-${on}-> ${to}`)].join(" ")}`;
  for (const step of table) {
    const path = reached.get(step.from);
    if (step.to === offer && (step.from !== judge || step.on !== proved)) {
      problems.push(`something is offered that the judge did not prove${say(path && [...path, step])}`);
    }
    if (step.from === stopped) problems.push(`${stopped} is left on ${step.on}`);
    for (const state of [step.from, step.to]) {
      if (!states.includes(state)) problems.push(`${state} is no state`);
    }
    const twice = table.filter(({ from, on }) => from === step.from && on === step.on);
    if (twice.length > 1 && twice[0] === step)
      problems.push(`${step.from} has ${twice.length} ways on ${step.on}`);
  }
  if (!table.some((step) => step.from === judge && step.on === proved && step.to === offer)) {
    problems.push("what the judge has proved is not offered");
  }
  for (const state of states) {
    if (state === stopped) continue;
    const path = reached.get(state);
    if (path === undefined) problems.push(`${state} cannot be reached`);
    for (const stop of stops) {
      const direct = table.find(({ from, on }) => from === state && on === stop);
      if (direct?.to !== stopped)
        problems.push(`${stop} does not lead from ${state} to ${stopped}${say(path)}`);
    }
    if (
      !paths(
        table.filter(({ on }) => !stops.includes(on)),
        state,
      ).has(stopped)
    ) {
      problems.push(`from ${state} nothing but being stopped leads to the end${say(path)}`);
    }
  }
  for (const on of readings) {
    if (!table.some((step) => step.from === reads && step.on === on)) {
      problems.push(`a text that is ${on} has no way on${say(reached.get(reads))}`);
    }
  }
  const free = freeCycle(table);
  if (free !== null) problems.push(`a cycle spends nothing: ${free.join(" -> ")}`);
  return problems;
}

/** A shortest path to each state that can be reached. */
function paths(table: readonly Step[], start: string): ReadonlyMap<string, readonly Step[]> {
  const found = new Map<string, readonly Step[]>([[start, []]]);
  for (const [state, path] of found) {
    for (const step of table) {
      if (step.from === state && !found.has(step.to)) found.set(step.to, [...path, step]);
    }
  }
  return found;
}

/** A cycle of transitions none of which costs anything. */
function freeCycle(table: readonly Step[]): readonly string[] | null {
  const free = table.filter(({ spends }) => spends === "none");
  for (const first of free) {
    const back = paths(free, first.to).get(first.from);
    if (back !== undefined) return [first.from, first.to, ...back.map(({ to }) => to)];
  }
  return null;
}
