import { createHash } from "node:crypto";
import type { Exits } from "../checker/emptiness.ts";
import type { Call, Configuration, Summary } from "../checker/inclusion.ts";
import { END, type Exp, either, type Letter, OTHER, read } from "./expression.ts";
import { LAST, lexerOf, type Rows } from "./lexer.ts";
import { type Machine, machineOf, type Production, type Sorting } from "./machine.ts";
import { type Nodes, nodesOf } from "./nodes.ts";

/** A grammar file: the live lexer and parser as data, and what no accepted text may be. */
export interface GrammarFile {
  readonly tokens: readonly { readonly name: string; readonly pattern: string; readonly skipped: boolean }[];
  readonly productions: readonly Production[];
  readonly sorts: Readonly<Record<string, Sorting>>;
  readonly start: string;
  readonly sort: string;
  readonly unsafe: readonly { readonly what: string; readonly pattern: string }[];
}

/** A file by name and hash. */
export interface Named {
  readonly file: string;
  readonly sha256: string;
}

/** States are named by what leads to them: texts as codes of symbols, paths of tokens and of `rule:sort`; all else by index. */
export interface Certificate {
  readonly grammar: Named;
  readonly unsafe: {
    readonly nodes: readonly (readonly [text: readonly number[], unread: number])[];
    readonly exits: readonly (readonly [
      rule: string,
      node: number,
      ...ends: (readonly [sort: string, node: number])[],
    ])[];
  };
  readonly decoders: readonly (Named & {
    /** The second, where it is given, is all that may follow. */
    readonly lexer: readonly (readonly [text: readonly number[], next: readonly number[] | null])[];
    readonly places: readonly (readonly [rule: string, ...path: string[]])[];
    /** The first waits for the whole text. */
    readonly calls: readonly (readonly (readonly [sort: string, place: number])[])[];
    readonly summaries: readonly (readonly [rule: string, from: Numbers, to: readonly Numbers[]])[];
  })[];
}
type Numbers = readonly [lexer: number, place: number, ...calls: number[]];

/** The automata that the files describe, and what the certificate says of them. */
export interface Derived {
  /** Files that are not what they were, in sentences. */
  readonly problems: readonly string[];
  readonly machine: Machine;
  readonly nodes: Nodes;
  readonly exits: Exits;
  readonly decoders: readonly DerivedDecoder[];
}

export interface DerivedDecoder {
  readonly file: string;
  readonly bodies: ReadonlyMap<string, Exp>;
  readonly symbols: readonly Letter[];
  /** The lexer's, and behind them such as know only what may follow. */
  readonly rows: Rows;
  readonly summaries: readonly Summary[];
}

/** Makes the automata from the files alone. Throws on what cannot be read. */
export function derive(text: string, fileOf: (name: string) => string): Derived {
  const certificate = JSON.parse(text) as Certificate;
  const problems: string[] = [];
  const open = ({ file, sha256 }: Named): string => {
    const found = fileOf(file);
    if (createHash("sha256").update(found).digest("hex") !== sha256)
      problems.push(`${file} is not the file that was certified`);
    return found;
  };
  const grammar = JSON.parse(open(certificate.grammar)) as GrammarFile;
  const sets = new Set<ReadonlySet<Letter>>();
  const see = (symbols: ReadonlySet<Letter>) => void sets.add(symbols);
  const tokens = grammar.tokens.map((token) => ({ ...token, pattern: read(token.pattern, false, see) }));
  const unsafe = either(grammar.unsafe.map(({ pattern }) => read(pattern, false, see)));
  const decoders = certificate.decoders.map((one) => {
    const rules = open(one)
      .trimEnd()
      .split("\n")
      .map((line) => line.split(/ ::= (.*)/) as [string, string]);
    const bodies = new Map(rules.map(([name, body]) => [name, read(body, true, see)]));
    if (bodies.size < rules.length) problems.push(`${one.file} defines a rule twice`);
    return { ...one, bodies };
  });
  // One symbol stands for all that no set tells apart.
  const stands = new Map<string, Letter>();
  const codes = Array.from({ length: OTHER + 1 }, (_, code) => code);
  const signature = (code: number) => [...sets].map((set) => (set.has(code) ? 1 : 0)).join("");
  for (const code of codes) if (!stands.has(signature(code))) stands.set(signature(code), code);
  const standing = (code: number): Letter => (code === END ? END : stands.get(signature(code))!);
  const symbols = [...stands.values(), END];

  const rows = lexerOf(tokens, symbols);
  const machine = machineOf(grammar.productions, grammar.sorts, grammar.start, grammar.sort);
  const used = new Set([LAST, ...machine.places.flatMap((place) => [...place.tokens.keys()])]);
  const nodes = nodesOf(rows, unsafe, symbols, used);
  const named = certificate.unsafe.nodes.map(([met, unread]) => nodes.met(met.map(standing), unread));
  const exits = new Map(
    certificate.unsafe.exits.map(([rule, node, ...ends]) => [
      `${machine.starts.get(rule)} ${named[node]}`,
      ends.map(([sort, to]) => [sort, named[to]!] as const),
    ]),
  );
  const derived = decoders.map(({ file, bodies, lexer, places, calls, summaries }): DerivedDecoder => {
    const all = [...rows];
    const states = lexer.map(([met, next]) => {
      const state = met.reduce((at, code) => rows[at]!.get(standing(code))!.to, 0);
      if (next === null) return state;
      const may = new Set(next.map(standing));
      return all.push(new Map([...rows[state]!].filter(([symbol]) => may.has(symbol)))) - 1;
    });
    const at = places.map(([rule, ...path]) =>
      path.reduce((place, by) => {
        const { tokens: on, calls: inner } = machine.places[place]!;
        const [callee, sort] = by.split(":");
        return sort === undefined
          ? on.get(by)!
          : inner.find((call) => call.rule === callee)!.returns.get(sort)!;
      }, machine.starts.get(rule)!),
    );
    const waiting: Call[] = calls.map((call) => new Map(call.map(([sort, place]) => [sort, at[place]!])));
    waiting[0] = new Map([[machine.sort, machine.accept]]);
    const configuration = ([state, place, ...under]: Numbers): Configuration => ({
      lexer: states[state]!,
      place: at[place]!,
      calls: under.map((call) => waiting[call]!),
    });
    const given = summaries.map(([rule, from, to]) => ({
      rule,
      from: configuration(from),
      to: to.map(configuration),
    }));
    return { file, bodies, symbols, rows: all, summaries: given };
  });
  return { problems, machine, nodes, exits, decoders: derived };
}
