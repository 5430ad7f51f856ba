import { conflicts, useless } from "../automata/decisions.ts";
import { dfaOf, minimal, union } from "../automata/dfa.ts";
import { type Emptiness, intersect } from "../automata/emptiness.ts";
import { GbnfError, longest, readGbnf } from "../automata/gbnf.ts";
import { include, type Offence } from "../automata/inclusion.ts";
import { LexerMachine, readLexer } from "../automata/lexer.ts";
import { type Machine, machineOf, type Productions } from "../automata/machine.ts";
import { Run } from "../automata/run.ts";
import { sortRules } from "../automata/sorts.ts";
import type { DecoderEvidence, Evidence } from "../certificate/write.ts";
import { checkDefinition } from "../definition/check.ts";
import type { Definition, Tree } from "../definition/definition.ts";
import { gbnf } from "../emit/gbnf.ts";
import { chevrotainParser, type GeneratedParser } from "../emit/parser.ts";
import { printer } from "../emit/printer.ts";
import { jsonSchema } from "../emit/schema.ts";
import { boundaries } from "./boundaries.ts";
import { brackets } from "./brackets.ts";
import type { ProvedLanguage } from "./language.ts";
import { roundTrips } from "./round-trip.ts";
import { compareSchema } from "./schema.ts";

/** One claim that was tried. */
export interface Claim {
  readonly claim: string;
  readonly holds: boolean;
  /** Sizes of what was explored, for the report. */
  readonly sizes: Readonly<Record<string, number>>;
  readonly ms: number;
  /** Why it fails: what, and where there is one a shortest text with the place in it. */
  readonly failures: readonly Failure[];
}

export interface Failure {
  readonly message: string;
  readonly text?: string;
  /** Offset in the text. */
  readonly at?: number;
  readonly rule?: string;
  /** Line of the rule in the decoder's grammar. */
  readonly line?: number;
}

/** What a proof takes apart; each may be exchanged, which is how seeded faults are tried. */
export interface Parts {
  readonly definition: Definition;
  readonly parser: GeneratedParser;
  readonly print: (tree: Tree) => string;
  readonly decoder: (depth: number) => string;
  readonly schema: () => object;
}

export function partsOf({ definition }: ProvedLanguage): Parts {
  return {
    definition,
    parser: chevrotainParser(definition),
    print: printer(definition),
    decoder: (depth) => gbnf(definition, { maxDepth: depth }),
    schema: () => jsonSchema(definition),
  };
}

export interface Options {
  readonly stopAtFirst?: boolean;
  /** Gets what a certificate is made of, when there is nothing to be said against the language. */
  readonly found?: (evidence: Evidence) => void;
}

/**
 * The proofs of one language (docs/grammars.md): the lexer and the parser are what the proofs take them for, the parser
 * predicts by one token, it accepts nothing unsafe, the decoders' grammars stay within it, its trees print and parse back,
 * and the JSON schema describes just its trees. `clock` gives milliseconds.
 */
export function prove(
  language: ProvedLanguage,
  clock: () => number,
  parts: Parts = partsOf(language),
  { stopAtFirst = false, found }: Options = {},
): readonly Claim[] {
  const claims: Claim[] = [];
  const claim = (
    name: string,
    check: () => { readonly failures: readonly Failure[]; readonly sizes?: Claim["sizes"] },
  ): boolean => {
    if (stopAtFirst && claims.some(({ holds }) => !holds)) return false;
    const begin = clock();
    const { failures, sizes = {} } = check();
    claims.push({
      claim: name,
      holds: failures.length === 0,
      failures,
      sizes,
      ms: Math.round(clock() - begin),
    });
    return failures.length === 0;
  };
  const { definition, parser } = parts;
  claim("the definition is well formed", () => ({ failures: told(checkDefinition(definition)) }));

  const lexer = readLexer(parser.lexer);
  const modelled = claim("the lexer takes the first match and the longest, and nothing else", () => ({
    failures: told(lexer.problems),
    sizes: { tokens: lexer.tokens.length },
  }));
  const machine = machineOfLive(parts);
  const predicts = claim("the parser predicts by one token (strong LL(1)) and does not recover", () => ({
    failures: told([...recoveries(parser), ...conflicts(machine)]),
    sizes: { rules: machine.starts.size, places: machine.places.length },
  }));
  claim("every rule is reached and derives a text", () => ({ failures: told(useless(machine)) }));
  // What follows is about a machine that is what it was taken for.
  if (!modelled || !predicts) return claims;

  let emptiness: Emptiness | null = null;
  const decoders: DecoderEvidence[] = [];
  claim("nothing unsafe is accepted", () => {
    const automaton = union(language.unsafe.map(({ pattern }) => minimal(dfaOf(new RegExp(pattern)))));
    emptiness = intersect(new LexerMachine(lexer.tokens), machine, automaton);
    const { text, sizes } = emptiness;
    if (text === null) return { failures: [], sizes };
    const which = language.unsafe.find(({ pattern }) => new RegExp(`^(?:${pattern})$`).test(text));
    return { failures: [{ message: `accepted, with ${which?.what ?? "something unsafe"}`, text }], sizes };
  });
  for (const depth of language.depths) {
    claim(`what the decoder emits is accepted (depth ${depth})`, () =>
      decoderWithin(parts, depth, machine, new LexerMachine(lexer.tokens), decoders),
    );
  }
  claim("what is printed is cut into the same tokens again", () => boundaries(definition, lexer.tokens));
  claim("brackets are printed just where the parser would group otherwise", () => brackets(parts, machine));
  claim("what is printed parses to the same tree", () => roundTrips(language));
  claim("the JSON schema describes the language's trees", () => ({
    failures: told(compareSchema(definition, parts.schema())),
  }));
  if (emptiness !== null && claims.every(({ holds }) => holds)) {
    const { name, unsafe } = language;
    const [productions, sorts] = [productionsOf(parts), sortRules(definition)];
    found?.({ name, tokens: lexer.tokens, productions, sorts, machine, unsafe, emptiness, decoders });
  }
  return claims;
}

function decoderWithin(
  { decoder }: Parts,
  depth: number,
  machine: Machine,
  lexer: LexerMachine,
  decoders: DecoderEvidence[],
): { readonly failures: readonly Failure[]; readonly sizes?: Claim["sizes"] } {
  let text: string;
  try {
    text = decoder(depth);
  } catch (error) {
    return { failures: [{ message: error instanceof Error ? error.message : "no grammar" }] };
  }
  try {
    const grammar = readGbnf(text);
    const inclusion = include(grammar, lexer, new Run(machine));
    const { offence, sizes, summaries } = inclusion;
    decoders.push({ depth, gbnf: text, lexer, inclusion });
    const all = {
      rules: grammar.rules.size,
      ...sizes,
      summaries: summaries.length,
      longest: longest(grammar),
    };
    return { failures: offence === null ? [] : [offence], sizes: all };
  } catch (error) {
    if (!(error instanceof GbnfError)) throw error;
    return { failures: [{ message: error.message }] };
  }
}

/**
 * A shortest text that a decoder's grammar (GBNF as written) emits and the language's parser refuses, and the rule that does
 * it; null when there is none. Throws on a grammar that cannot be read or that is not bounded.
 */
export function offenceAgainst(language: ProvedLanguage, grammar: string): Offence | null {
  const parts = partsOf(language);
  const { tokens } = readLexer(parts.parser.lexer);
  return include(readGbnf(grammar), new LexerMachine(tokens), new Run(machineOfLive(parts))).offence;
}

/** The machine of the live parser. */
export function machineOfLive(parts: Parts): Machine {
  return machineOf(productionsOf(parts), sortRules(parts.definition), parts.definition);
}

function productionsOf({ parser }: Parts): Productions {
  return (
    parser.parser as unknown as { getSerializedGastProductions(): Productions }
  ).getSerializedGastProductions();
}

function recoveries(parser: Parts["parser"]): readonly string[] {
  const live = parser.parser as unknown as {
    readonly recoveryEnabled: boolean;
    readonly maxLookahead: number;
  };
  return [
    ...(live.recoveryEnabled ? ["the parser recovers: it would drop or make up tokens"] : []),
    ...(live.maxLookahead === 1 ? [] : [`the parser looks ${live.maxLookahead} tokens ahead, not one`]),
  ];
}

function told(problems: readonly string[]): readonly Failure[] {
  return problems.map((message) => ({ message }));
}
