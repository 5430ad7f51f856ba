import type { Lexer, TokenType } from "chevrotain";
import { SYMBOLS } from "./alphabet.ts";
import { type Dfa, dfaOf, shorterThanLongest } from "./dfa.ts";
import { programOf, Unsupported } from "./regex.ts";

/** A token as the live lexer has it, in its order of priority. */
export interface LexerToken {
  readonly name: string;
  readonly pattern: RegExp | string;
  readonly skipped: boolean;
}

/** Chevrotain's tables, which are not part of its published types. */
interface LiveLexer {
  readonly modes: readonly string[];
  readonly hasCustom: boolean;
  readonly config: { readonly recoveryEnabled: boolean };
  readonly patternIdxToConfig: Readonly<
    Record<
      string,
      readonly {
        readonly tokenType: TokenType & { readonly GROUP?: string };
        readonly longerAlt?: unknown;
        readonly push?: unknown;
        readonly pop?: boolean;
        readonly group?: unknown;
      }[]
    >
  >;
  readonly charCodeToPatternIdxToConfig: Readonly<
    Record<string, Readonly<Record<number, readonly { readonly tokenType: TokenType }[]>>>
  >;
}

/**
 * The tokens of a live lexer, or what about it is not as the proofs model it, one sentence each: recovery, modes, custom
 * patterns, `longer_alt`, what no regular automaton runs, a first match that is not the longest, and a table of first
 * characters that leaves a token out.
 */
export function readLexer(lexer: Lexer): {
  readonly tokens: readonly LexerToken[];
  readonly problems: readonly string[];
} {
  const live = lexer as unknown as LiveLexer;
  const problems: string[] = [];
  if (live.config.recoveryEnabled !== false) problems.push("the lexer recovers: it would drop characters");
  if (live.modes.length !== 1) problems.push("the lexer has modes");
  if (live.hasCustom) problems.push("the lexer has a custom pattern");
  const mode = live.modes[0]!;
  const tokens: LexerToken[] = [];
  for (const config of live.patternIdxToConfig[mode]!) {
    const { name, PATTERN: pattern } = config.tokenType;
    if (config.longerAlt !== undefined) problems.push(`token ${name} has a longer alternative`);
    if (config.push !== undefined || config.pop) problems.push(`token ${name} changes the mode`);
    if (!(pattern instanceof RegExp) && typeof pattern !== "string") {
      problems.push(`token ${name} has no pattern that can be read`);
      continue;
    }
    const group = config.tokenType.GROUP;
    const skipped = group !== undefined && /skipped/i.test(group);
    if (group !== undefined && !skipped) problems.push(`token ${name} is put aside in a group`);
    try {
      programOf(pattern);
      const text = shorterThanLongest(pattern);
      if (text !== null)
        problems.push(`token ${name}: JavaScript matches less than all of ${JSON.stringify(text)}`);
      if (dfaOf(pattern).accepting[0]) problems.push(`token ${name} matches the empty text`);
    } catch (error) {
      if (!(error instanceof Unsupported)) throw error;
      problems.push(`token ${name}: ${error.message} is not modelled`);
      continue;
    }
    tokens.push({ name, pattern, skipped });
  }
  if (problems.length === 0) problems.push(...firstCharacters(live, mode, tokens));
  return { tokens, problems };
}

/** Chevrotain tries only the tokens that its table has for a character, in the table's order. */
function firstCharacters(live: LiveLexer, mode: string, tokens: readonly LexerToken[]): readonly string[] {
  const table = live.charCodeToPatternIdxToConfig[mode];
  if (table === undefined || Object.keys(table).length === 0) return [];
  const problems: string[] = [];
  const automata = tokens.map(({ pattern }) => dfaOf(pattern));
  for (let code = 0; code < 128; code += 1) {
    const listed = (table[code] ?? []).map(({ tokenType }) => tokenType.name);
    const possible = tokens.filter((_, index) => automata[index]!.next[code]! >= 0).map(({ name }) => name);
    const tried = listed.filter((name) => possible.includes(name));
    if (tried.join(" ") !== possible.join(" ")) {
      problems.push(
        `before ${JSON.stringify(String.fromCharCode(code))} the lexer tries ${tried.join(" ")}, not ${possible.join(" ")}`,
      );
    }
  }
  return problems;
}

/** `null` out: the text is no sequence of tokens. */
export type LexerStep = { readonly state: number; readonly out: readonly string[] } | null;

interface State {
  readonly automata: readonly number[];
  /** The first token in order that has matched; -1 while none has. Later ones cannot win any more. */
  readonly winner: number;
  /** What was read behind the winner's longest match so far. */
  readonly tail: readonly number[];
}

/**
 * The lexer as a transducer that reads one symbol at a time and says which tokens have ended: first match in order, each
 * match the longest of its token, no recovery. It gives a token as soon as nothing it may still read could change it. States are
 * numbered as they are met; 0 is the start and the only one between tokens with nothing pending.
 */
export class LexerMachine {
  readonly tokens: readonly LexerToken[];
  readonly automata: readonly Dfa[];
  /** By token and state, whether anything more could be read. */
  readonly #goesOn: readonly (readonly boolean[])[];
  readonly #states: State[] = [];
  readonly #met: (readonly number[])[] = [];
  readonly #known = new Map<string, number>();
  readonly #steps: (LexerStep | undefined)[][] = [];
  readonly #ends: (readonly string[] | null | undefined)[] = [];

  constructor(tokens: readonly LexerToken[]) {
    this.tokens = tokens;
    this.automata = tokens.map(({ pattern }) => dfaOf(pattern));
    this.#goesOn = this.automata.map(({ next, accepting }) =>
      accepting.map((_, state) =>
        next.subarray(state * SYMBOLS, (state + 1) * SYMBOLS).some((to) => to >= 0),
      ),
    );
    this.#intern({ automata: tokens.map(() => 0), winner: -1, tail: [] }, []);
  }

  get size(): number {
    return this.#states.length;
  }

  /** The symbols by which a state was first met. */
  met(state: number): readonly number[] {
    return this.#met[state]!;
  }

  step(state: number, symbol: number): LexerStep {
    const row = this.#steps[state]!;
    let found = row[symbol];
    if (found === undefined) {
      found = this.#advance(state, symbol);
      row[symbol] = found;
    }
    return found;
  }

  /** The tokens that the end of the text gives; null where it cuts one off. */
  end(state: number): readonly string[] | null {
    let found = this.#ends[state];
    if (found === undefined) {
      found = this.#finish(state);
      this.#ends[state] = found;
    }
    return found;
  }

  #advance(from: number, symbol: number): LexerStep {
    const before = this.#states[from]!;
    const last = before.winner < 0 ? this.tokens.length : before.winner + 1;
    const automata: number[] = [];
    let winner = before.winner;
    let accepted = false;
    for (let index = 0; index < last; index += 1) {
      const at = before.automata[index]!;
      const next = at < 0 ? -1 : this.automata[index]!.next[at * SYMBOLS + symbol]!;
      automata.push(next);
      if (!accepted && next >= 0 && this.automata[index]!.accepting[next]) {
        accepted = true;
        winner = index;
        break;
      }
    }
    const tail = accepted ? [] : winner < 0 ? before.tail : [...before.tail, symbol];
    const open = automata.some((at, index) => at >= 0 && this.#goesOn[index]![at]);
    if (open)
      return { state: this.#intern({ automata, winner, tail }, [...this.#met[from]!, symbol]), out: [] };
    if (winner < 0) return null;
    return this.#again(winner, tail);
  }

  #finish(from: number): readonly string[] | null {
    if (from === 0) return [];
    const { winner, tail } = this.#states[from]!;
    if (winner < 0) return null;
    const again = this.#again(winner, tail);
    if (again === null) return null;
    const rest = this.end(again.state);
    return rest === null ? null : [...again.out, ...rest];
  }

  /** A token ends; what was read behind it begins the next. */
  #again(winner: number, tail: readonly number[]): LexerStep {
    const { name, skipped } = this.tokens[winner]!;
    const out: string[] = skipped ? [] : [name];
    let state = 0;
    for (const symbol of tail) {
      const next = this.step(state, symbol);
      if (next === null) return null;
      out.push(...next.out);
      state = next.state;
    }
    return { state, out };
  }

  #intern(state: State, met: readonly number[]): number {
    const key = `${state.automata.join(",")};${state.winner};${state.tail.join(",")}`;
    let id = this.#known.get(key);
    if (id === undefined) {
      id = this.#states.push(state) - 1;
      this.#known.set(key, id);
      this.#steps.push([]);
      this.#met.push(met);
    }
    return id;
  }
}
