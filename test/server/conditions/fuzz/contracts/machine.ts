import {
  type Behavior,
  type Claim,
  type Contract,
  FIELDS,
  type Field,
  type Fn,
  type Listed,
  type Location,
  type Loop,
  type Statement,
  type Term,
} from "./language.ts";

/** All memory: what `q` of the function under test points to is the block `p`. */
export interface Memory {
  readonly g: number;
  readonly h: number;
  readonly c: readonly number[];
  readonly p: readonly number[];
  readonly fields: Readonly<Record<Field, number>>;
}

/** A state of a function: memory, its parameters, and where `q` points. */
export interface State {
  readonly memory: Memory;
  readonly x: number;
  readonly counters: Readonly<Record<string, number>>;
  readonly q: { readonly block: "c" | "p"; readonly at: number };
}

/** An element that is not there was read: such a run tells nothing. */
export class Unclear extends Error {}

/** A loop did not end in time: of such a run no more is said. */
export class Endless extends Error {}

const LONGEST = 40;

type Block = "g" | "h" | Field | "c" | "p";

function cell(
  state: State,
  location: Location,
  before: State,
): { readonly block: Block; readonly at: number } {
  if (location.kind !== "c" && location.kind !== "q") return { block: location.kind, at: 0 };
  const index = worth(location.index, state, before);
  const found =
    location.kind === "c"
      ? { block: "c" as const, at: index }
      : { block: state.q.block, at: state.q.at + index };
  const elements = state.memory[found.block];
  if (!(found.at >= 0 && found.at < elements.length)) throw new Unclear();
  return found;
}

function read({ memory }: State, { block, at }: ReturnType<typeof cell>): number {
  if (block === "g" || block === "h") return memory[block];
  return block === "c" || block === "p" ? memory[block][at]! : memory.fields[block];
}

export function worth(term: Term, state: State, before: State): number {
  switch (term.kind) {
    case "number":
      return term.value;
    case "x":
      return state.x;
    case "i":
      return state.counters[term.name]!;
    case "add":
      return worth(term.left, state, before) + worth(term.right, state, before);
    case "bit":
      return Math.abs(worth(term.of, state, before) % 2);
    case "old":
      return worth(term.of, before, before);
    default:
      return read(state, cell(state, term, before));
  }
}

export function holds(claim: Claim, state: State, before: State): boolean {
  switch (claim.kind) {
    case "compare": {
      const [left, right] = [worth(claim.left, state, before), worth(claim.right, state, before)];
      return claim.relation === "==" ? left === right : claim.relation === "<" ? left < right : left <= right;
    }
    case "implies":
      return !holds(claim.left, state, before) || holds(claim.right, state, before);
    case "old":
      return holds(claim.of, before, before);
    case "pos":
      return worth(claim.of, state, before) > 0;
    case "two": {
      const at = worth(claim.at, state, before);
      return [0, 1].every(
        (more) => worth({ kind: claim.base, index: { kind: "number", value: at + more } }, state, before) > 0,
      );
    }
    case "all":
      return state.memory.c.every((value) => value > 0);
  }
}

/** Runs a body; a call of the callee runs the callee's, whose contract is checked on the way, as is what is said of loops. */
export function run(
  body: readonly Statement[],
  start: State,
  callee: Fn | null,
  broken: string[],
  entry: State = start,
): State {
  let state = start;
  for (const statement of body) {
    if (statement.kind === "if") {
      const less = worth(statement.left, state, state) < worth(statement.right, state, state);
      state = run(less ? statement.then : statement.else, state, callee, broken, entry);
    } else if (statement.kind === "copy") {
      state = copied(state, statement.to);
    } else if (statement.kind === "loop") {
      state = around(statement, state, callee, broken, entry);
    } else if (statement.kind === "assign") {
      const { target, add, value } = statement;
      const old = add ? worth(target, state, state) : 0;
      state = write(state, target, old + worth(value, state, state));
    } else {
      const at = worth(statement.at, state, state);
      const q = statement.base === "c" ? { block: "c" as const, at } : { ...state.q, at: state.q.at + at };
      const before: State = { memory: state.memory, counters: {}, x: worth(statement.x, state, state), q };
      const after = run(callee!.body, before, null, broken);
      broken.push(...breaches(callee!.contract, before, after).map((one) => `k: ${one}`));
      state = { ...state, memory: after.memory };
    }
  }
  return state;
}

function copied(state: State, to: "s" | "t"): State {
  const from = state.memory.fields;
  const [m, n] = to === "s" ? [from["t.m"], from["t.n"]] : [from["s.m"], from["s.n"]];
  const fields = { ...from, [`${to}.m`]: m, [`${to}.n`]: n };
  return { ...state, memory: { ...state.memory, fields } };
}

function around(loop: Loop, start: State, callee: Fn | null, broken: string[], entry: State): State {
  const { counter, bound, invariants, assigns, body } = loop;
  let state: State = { ...start, counters: { ...start.counters, [counter]: 0 } };
  const first = state;
  for (let count = 0; ; count++) {
    if (count > LONGEST) throw new Endless();
    for (const [index, one] of invariants.entries())
      if (!clear(() => holds(one, state, entry), true)) broken.push(`invariant ${counter} ${index}`);
    if (!clear(() => keeps(assigns, first, state), true)) broken.push(`loop assigns ${counter}`);
    if (!(state.counters[counter]! < worth(bound, state, state))) return state;
    state = run(body, state, callee, broken, entry);
    state = { ...state, counters: { ...state.counters, [counter]: state.counters[counter]! + 1 } };
  }
}

function write(state: State, target: Location | { readonly kind: "x" }, value: number): State {
  if (target.kind === "x") return { ...state, x: value };
  const { block, at } = cell(state, target, state);
  const { memory } = state;
  if (block !== "g" && block !== "h" && block !== "c" && block !== "p")
    return { ...state, memory: { ...memory, fields: { ...memory.fields, [block]: value } } };
  const now =
    block === "g" || block === "h" ? value : memory[block].map((old, index) => (index === at ? value : old));
  return { ...state, memory: { ...memory, [block]: now } };
}

/** What of a contract a run breaks; a formal parameter denotes its value at entry. */
export function breaches(contract: Contract, before: State, end: State): string[] {
  const after: State = { ...end, x: before.x, q: before.q };
  const general: Behavior = { ...contract, assumes: { kind: "pos", of: { kind: "number", value: 1 } } };
  return [general, ...contract.behaviors].flatMap((one, index) => {
    const part = index === 0 ? "" : ` of behavior b${index - 1}`;
    if (!clear(() => holds(one.assumes, before, before), false)) return [];
    const claims = one.ensures.filter((claim) => !clear(() => holds(claim, after, before), true));
    const frame = one.assigns === null || clear(() => keeps(one.assigns!, before, after), true);
    return [
      ...claims.map((claim) => `ensures${part} ${JSON.stringify(claim)}`),
      ...(frame ? [] : [`assigns${part}`]),
    ];
  });
}

function clear(ask: () => boolean, otherwise: boolean): boolean {
  try {
    return ask();
  } catch (error) {
    if (error instanceof Unclear) return otherwise;
    throw error;
  }
}

/** Where nothing changes that is not listed; which elements are meant is decided at entry. */
function keeps(assigns: readonly Listed[], before: State, after: State): boolean {
  const listed = (block: Block, at: number) =>
    assigns.some((one) => {
      if (one.kind !== "c" && one.kind !== "q") return one.kind === block;
      const [low, high] = [worth(one.low, before, before), worth(one.high, before, before)];
      const home = one.kind === "c" ? { block: "c", at: 0 } : before.q;
      return home.block === block && at >= home.at + low && at <= home.at + high;
    });
  const changed = (["c", "p"] as const).flatMap((block) =>
    before.memory[block].flatMap((value, at) => (after.memory[block][at] === value ? [] : [{ block, at }])),
  );
  return (
    changed.every(({ block, at }) => listed(block, at)) &&
    FIELDS.every((name) => before.memory.fields[name] === after.memory.fields[name] || listed(name, 0)) &&
    (["g", "h"] as const).every((name) => before.memory[name] === after.memory[name] || listed(name, 0))
  );
}
