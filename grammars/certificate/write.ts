import { createHash } from "node:crypto";
import { symbolOf } from "../automata/alphabet.ts";
import type { Emptiness } from "../automata/emptiness.ts";
import { END } from "../automata/follow.ts";
import type { Configuration, Inclusion } from "../automata/inclusion.ts";
import type { LexerMachine, LexerToken } from "../automata/lexer.ts";
import type { Machine, Place, Productions } from "../automata/machine.ts";
import type { Frame } from "../automata/run.ts";
import type { SortRule } from "../automata/sorts.ts";
import type { TokenNode } from "../automata/token-graph.ts";

/** What a language's proofs found, and what they are about. */
export interface Evidence {
  readonly name: string;
  readonly tokens: readonly LexerToken[];
  readonly productions: Productions;
  readonly sorts: Readonly<Record<string, SortRule>>;
  readonly machine: Machine;
  readonly unsafe: readonly { readonly what: string; readonly pattern: string }[];
  readonly emptiness: Emptiness;
  readonly decoders: readonly DecoderEvidence[];
}

export interface DecoderEvidence {
  readonly depth: number;
  /** The decoder's grammar as written. */
  readonly gbnf: string;
  readonly lexer: LexerMachine;
  readonly inclusion: Inclusion;
}

/**
 * The files of a certificate by name: the grammar (the live lexer and parser as data), the decoders' grammars, and what the
 * proofs found, which names those files by hash. Its states are named by what leads to them, so that a checker that makes
 * its own automata can tell which are meant (checker/replay.ts).
 */
export function certificate(evidence: Evidence): ReadonlyMap<string, string> {
  const { name, machine, tokens, productions, sorts, unsafe } = evidence;
  const files = new Map<string, string>();
  const named = (file: string, text: string) => {
    files.set(file, text);
    return { file, sha256: createHash("sha256").update(text).digest("hex") };
  };
  const grammar = {
    tokens: tokens.map((token) => ({ ...token, pattern: sourceOf(token.pattern) })),
    productions,
    sorts,
    start: machine.start,
    sort: machine.sort,
    unsafe: unsafe.map(({ what, pattern }) => ({ what, pattern })),
  };
  const paths = pathsOf(machine);
  const content = {
    schemaVersion: 1,
    grammar: named(`${name}.grammar.json`, `${JSON.stringify(grammar, null, 1)}\n`),
    unsafe: exitsOf(evidence.emptiness),
    decoders: evidence.decoders.map(({ depth, gbnf, lexer, inclusion }) => ({
      ...named(`${name}-${depth}.gbnf`, gbnf),
      ...summariesOf(lexer, inclusion, paths),
    })),
  };
  files.set(`${name}.certificate.json`, `${JSON.stringify(content)}\n`);
  return files;
}

function sourceOf(pattern: RegExp | string): string {
  return typeof pattern === "string"
    ? [...pattern].map((character) => (/[A-Za-z0-9]/.test(character) ? character : `\\${character}`)).join("")
    : pattern.source;
}

/** How a place is reached from the start of its rule. */
function pathsOf({ starts }: Machine): ReadonlyMap<Place, readonly string[]> {
  const paths = new Map<Place, readonly string[]>();
  for (const [rule, start] of starts) {
    paths.set(start, [rule]);
    const queue = [start];
    for (const place of queue) {
      const go = (to: Place, by: string): void => {
        if (paths.has(to)) return;
        paths.set(to, [...paths.get(place)!, by]);
        queue.push(to);
      };
      for (const [token, to] of place.tokens) go(to, token);
      for (const call of place.calls) for (const [sort, to] of call.returns) go(to, `${call.rule}:${sort}`);
    }
  }
  return paths;
}

function exitsOf({ exits }: Emptiness) {
  const nodes = new Numbered<TokenNode>(({ met }) => `${met.unread} ${met.ended} ${met.text}`);
  const listed = exits
    .filter(({ to }) => to.length > 0)
    .map(({ rule, from, to }) => [
      rule,
      nodes.of(from),
      ...to.map(({ sort, node }) => [sort, nodes.of(node)] as const),
    ]);
  return {
    nodes: nodes.all.map(({ met: { text, ended, unread } }) => [
      [...codesOf(text), ...(ended ? [END] : [])],
      // The end of the text is read as a token, too.
      unread + (ended ? 1 : 0),
    ]),
    exits: listed,
  };
}

function codesOf(text: string): readonly number[] {
  return Array.from({ length: text.length }, (_, at) => symbolOf(text.charCodeAt(at)));
}

function summariesOf(
  lexer: LexerMachine,
  { summaries, follow }: Inclusion,
  paths: ReadonlyMap<Place, readonly string[]>,
) {
  const states = new Numbered<readonly [state: number, next: ReadonlySet<number>]>(
    ([state, next]) => `${state} ${[...next].toSorted((a, b) => a - b).join(",")}`,
  );
  const places = new Numbered<Place>(({ id }) => `${id}`);
  const calls = new Numbered<Frame["returns"]>((returns) =>
    returns === null
      ? ""
      : [...returns]
          .map(([sort, place]) => `${sort}>${place.id}`)
          .toSorted()
          .join(","),
  );
  calls.of(null);
  const numbers = ({ lexer: state, stack }: Configuration, next: ReadonlySet<number>): readonly number[] => {
    const under: number[] = [];
    for (let frame = stack.below; frame !== null; frame = frame.below) under.push(calls.of(frame.returns));
    return [states.of([state, next]), places.of(stack.place), ...under];
  };
  const listed = summaries.map(({ rule, from, to }) => [
    rule,
    numbers(from, follow.before.get(rule)!),
    to.map((one) => numbers(one, follow.behind.get(rule)!)),
  ]);
  const waiting = calls.all.map((returns) =>
    [...(returns ?? [])].map(([sort, place]) => [sort, places.of(place)] as const),
  );
  return {
    lexer: states.all.map(([state, next]) => [lexer.met(state), [...next]]),
    places: places.all.map((place) => paths.get(place)!),
    calls: waiting,
    summaries: listed,
  };
}

/** Things of one key, numbered as they come. */
class Numbered<Thing> {
  readonly all: Thing[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #keyOf: (thing: Thing) => string;

  constructor(keyOf: (thing: Thing) => string) {
    this.#keyOf = keyOf;
  }

  of(thing: Thing): number {
    const key = this.#keyOf(thing);
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.all.push(thing) - 1;
      this.#numbers.set(key, number);
    }
    return number;
  }
}
