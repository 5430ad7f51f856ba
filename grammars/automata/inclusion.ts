import { characterOf } from "./alphabet.ts";
import { type Follow, LexerClasses } from "./follow.ts";
import type { Gbnf, GbnfNode, GbnfRule } from "./gbnf.ts";
import type { LexerMachine } from "./lexer.ts";
import { type Frame, MORE, type Run, type Stack } from "./run.ts";

/** Lexer and parser between two characters. */
export interface Configuration {
  readonly id: number;
  readonly lexer: number;
  readonly stack: Stack;
}

/** A text that the decoder may emit and the parser rejects; a shortest one. */
export interface Offence {
  readonly text: string;
  /** Offset of the character that cannot be read; the length where the text ends too early. */
  readonly at: number;
  readonly rule: string;
  /** Line of the rule in the GBNF file. */
  readonly line: number;
  readonly message: string;
}

export interface Inclusion {
  readonly offence: Offence | null;
  /** For each rule and each configuration before it, the configurations after it: closed under the decoder's steps. */
  readonly summaries: readonly Summary[];
  readonly follow: Follow;
  readonly sizes: { readonly configurations: number; readonly lexer: number; readonly stacks: number };
}

export interface Summary {
  readonly rule: string;
  readonly from: Configuration;
  readonly to: readonly Configuration[];
}

/** Rejected, once and for all; the decoder goes on to complete its text. */
interface Dead {
  readonly id: number;
  readonly rule: GbnfRule;
  readonly message: string;
}

type Point = Configuration | Dead;

/** A shortest text to a point; for the dead with the length of what could be read. */
interface Witness {
  readonly text: string;
  readonly at: number;
}

type Reached = ReadonlyMap<Point, Witness>;

/**
 * Points with their witnesses. Of two configurations of which one accepts whatever the other does, only that other is kept:
 * the decoder goes on alike from both, so what is accepted from the weaker one is accepted from both.
 */
class Collected {
  readonly points = new Map<Point, Witness>();
  readonly #groups = new Map<string, Configuration[]>();
  readonly #run: Run;

  constructor(run: Run) {
    this.#run = run;
  }

  /** Whether the point is new. */
  offer(point: Point, witness: Witness): boolean {
    const known = this.points.get(point);
    if (known !== undefined) {
      if (shorter(witness.text, known.text)) this.points.set(point, witness);
      return false;
    }
    if (!isDead(point)) {
      const key = `${point.lexer} ${point.stack.place.id}`;
      const group = this.#groups.get(key) ?? [];
      if (group.some((other) => this.#run.weaker(other.stack, point.stack))) return false;
      const kept = group.filter((other) => {
        const drop = this.#run.weaker(point.stack, other.stack);
        if (drop) this.points.delete(other);
        return !drop;
      });
      this.#groups.set(key, [...kept, point]);
    }
    this.points.set(point, witness);
    return true;
  }
}

/**
 * Whether the parser accepts all that a decoder can emit: the product of the decoder's grammar, the lexer and the parser's
 * stack, explored to the end. The grammar is not recursive, so the product is finite. What a rule does is computed once for
 * each lexer state and upper part of a stack, no more of it than the parser comes to see, which shares all that the rule's
 * uses have in common.
 */
export function include(gbnf: Gbnf, lexer: LexerMachine, run: Run): Inclusion {
  const classes = new LexerClasses(lexer, gbnf);
  const configurations = new Map<string, Configuration>();
  const deaths = new Map<string, Dead>();
  const summaries = new Map<
    string,
    { readonly rule: string; readonly from: Configuration; readonly reached: Reached | null }
  >();

  const configuration = (state: number, stack: Stack): Configuration => {
    const key = `${state} ${stack.id}`;
    let found = configurations.get(key);
    if (found === undefined) {
      found = { id: configurations.size, lexer: state, stack };
      configurations.set(key, found);
    }
    return found;
  };
  const dead = (rule: GbnfRule, message: string): Dead => {
    const key = `${rule.name} ${message}`;
    let found = deaths.get(key);
    if (found === undefined) {
      found = { id: -1 - deaths.size, rule, message };
      deaths.set(key, found);
    }
    return found;
  };
  const tokens = (stack: Stack, out: readonly string[], rule: GbnfRule): Stack | Dead => {
    let at = stack;
    for (const token of out) {
      const next = run.step(at, token);
      if (next === MORE) throw NEEDS_MORE;
      if (next === null) return dead(rule, `${token} cannot stand here, or its sort cannot`);
      at = next;
    }
    return at;
  };
  const read = (from: Configuration, symbol: number, rule: GbnfRule): Point => {
    const step = lexer.step(from.lexer, symbol);
    if (step === null) return dead(rule, "this is no token");
    const stack = tokens(from.stack, step.out, rule);
    return "place" in stack ? configuration(step.state, stack) : stack;
  };

  const NEEDS_MORE = new NeedsMore();
  const after = (node: GbnfNode, from: Point, rule: GbnfRule): Reached => {
    switch (node.kind) {
      case "set": {
        const reached = new Collected(run);
        for (const symbol of node.symbols) {
          const point = isDead(from) ? from : read(from, symbol, rule);
          reached.offer(point, { text: characterOf(symbol), at: 0 });
        }
        return reached.points;
      }
      case "rule":
        return summary(node.rule, from);
      case "sequence":
        return node.items.reduce(
          (reached, item) => through(run, reached, (point) => after(item, point, rule)),
          stay(from),
        );
      case "choice": {
        const reached = new Collected(run);
        for (const item of node.items) {
          for (const [point, witness] of after(item, from, rule)) reached.offer(point, witness);
        }
        return reached.points;
      }
      case "repeat": {
        let reached = stay(from);
        for (let count = 0; count < node.min; count += 1)
          reached = through(run, reached, (point) => after(node.item, point, rule));
        const all = new Collected(run);
        for (const [point, witness] of reached) all.offer(point, witness);
        let fresh = reached;
        for (let count = node.min; count < node.max && fresh.size > 0; count += 1) {
          const next = through(run, fresh, (point) => after(node.item, point, rule));
          // What was reached before, by a shorter text, has been gone on from.
          fresh = new Map([...next].filter(([point, witness]) => all.offer(point, witness)));
        }
        return all.points;
      }
    }
  };
  const summary = (name: string, from: Point): Reached => {
    if (isDead(from)) return deadSummary(name, from);
    const key = `${name} ${from.id}`;
    let found = answered.get(key);
    if (found === undefined) {
      found = answer(name, from);
      answered.set(key, found);
    }
    if (found === null) throw NEEDS_MORE;
    return found;
  };
  const answer = (name: string, from: Configuration): Reached | null => {
    for (let depth = 0; ; depth += 1) {
      const { upper, rest, whole } = cut(run, from.stack, depth);
      const key = `${name} ${from.lexer} ${upper.id}`;
      let found = summaries.get(key);
      if (found === undefined) {
        const rule = gbnf.rules.get(name)!;
        const start = configuration(from.lexer, upper);
        try {
          found = { rule: name, from: start, reached: merged(name, after(rule.body, start, rule)) };
        } catch (error) {
          if (!(error instanceof NeedsMore)) throw error;
          found = { rule: name, from: start, reached: null };
        }
        summaries.set(key, found);
      }
      if (found.reached === null) {
        if (whole) return null;
        continue;
      }
      if (whole) return found.reached;
      const result = new Collected(run);
      for (const [point, witness] of found.reached) {
        if (isDead(point)) result.offer(point, witness);
        else {
          const whole = put(run, point.stack, rest);
          const next =
            whole === null
              ? dead(gbnf.rules.get(name)!, "its sort cannot stand here")
              : configuration(point.lexer, whole);
          result.offer(next, whole === null ? { text: witness.text, at: witness.text.length } : witness);
        }
      }
      return result.points;
    }
  };
  const merged = (rule: string, reached: Reached): Reached => {
    const result = new Collected(run);
    for (const [point, witness] of reached) {
      const next = isDead(point)
        ? point
        : configuration(classes.representative(point.lexer, rule), point.stack);
      result.offer(next, witness);
    }
    return result.points;
  };
  const deadSummary = (name: string, from: Dead): Reached => {
    const key = `${name} ${from.id}`;
    let found = deadSummaries.get(key);
    if (found === undefined) {
      const rule = gbnf.rules.get(name)!;
      found = after(rule.body, from, rule);
      deadSummaries.set(key, found);
    }
    return found;
  };
  const answered = new Map<string, Reached | null>();
  const deadSummaries = new Map<string, Reached>();

  const root = gbnf.rules.get("root")!;
  let offence: Offence | null = null;
  const blame = (text: string, at: number, rule: GbnfRule, message: string): void => {
    if (offence === null || shorter(text, offence.text))
      offence = { text, at, rule: rule.name, line: rule.line, message };
  };
  for (const [point, { text, at }] of summary("root", configuration(0, run.initial))) {
    if (isDead(point)) {
      blame(text, at, point.rule, point.message);
      continue;
    }
    const rest = lexer.end(point.lexer);
    if (rest === null) {
      blame(text, text.length, root, "the text ends within a token");
      continue;
    }
    const stack = tokens(point.stack, rest, root);
    if (!("place" in stack)) blame(text, text.length, root, stack.message);
    else if (!run.accepts(stack))
      blame(text, text.length, root, "the text ends too early, or its sort is wrong");
  }
  return {
    offence,
    follow: classes.follow,
    summaries: [...summaries.values()].flatMap(({ rule, from, reached }) =>
      reached === null
        ? []
        : [{ rule, from, to: [...reached.keys()].filter((point): point is Configuration => !isDead(point)) }],
    ),
    sizes: { configurations: configurations.size, lexer: lexer.size, stacks: run.size },
  };
}

/** More of the stack is needed than the summary being made was given. */
class NeedsMore {}

/** The upper `depth` calls of a stack, and what is left out below them. */
function cut(
  run: Run,
  stack: Stack,
  depth: number,
): { readonly upper: Stack; readonly rest: Frame | null; readonly whole: boolean } {
  const calls: Frame["returns"][] = [];
  let rest = stack.below;
  for (; calls.length < depth && rest !== null; rest = rest.below) calls.push(rest.returns);
  if (rest === null) return { upper: stack, rest, whole: true };
  const below = calls.reduceRight<Frame | null>((under, returns) => run.frame(returns, under), null);
  return { upper: run.stack(stack.place, below)!, rest, whole: false };
}

/** The stack with what was left out put back; null where the parser has no use for the sort it ends with. */
function put(run: Run, stack: Stack, rest: Frame | null): Stack | null {
  const onto = (frame: Frame | null): Frame | null =>
    frame === null ? rest : run.frame(frame.returns, onto(frame.below));
  return run.stack(stack.place, onto(stack.below));
}

function isDead(point: Point): point is Dead {
  return "rule" in point;
}

function stay(point: Point): Reached {
  return new Map([[point, { text: "", at: 0 }]]);
}

function through(run: Run, reached: Reached, then: (point: Point) => Reached): Reached {
  const result = new Collected(run);
  for (const [point, { text, at }] of reached) {
    for (const [next, more] of then(point)) {
      result.offer(next, { text: text + more.text, at: isDead(point) ? at : text.length + more.at });
    }
  }
  return result.points;
}

function shorter(left: string, right: string): boolean {
  return left.length < right.length || (left.length === right.length && left < right);
}
