import { alike, END, type Exp, type Letter, NONE } from "./expression.ts";
import type { Rows } from "./lexer.ts";

/** The lexer beside the automaton of what is unsafe, and the tokens that are still to be read; by the tokens that may come, where that leads. */
export interface Nodes {
  readonly moves: readonly ReadonlyMap<string, readonly number[]>[];
  /** The node behind a text of symbols, with so many of the last tokens unread. */
  readonly met: (text: readonly Letter[], unread: number) => number;
}

export function nodesOf(
  rows: Rows,
  unsafe: Exp,
  symbols: readonly Letter[],
  used: ReadonlySet<string>,
): Nodes {
  const nodes: { readonly lexer: number; readonly exp: Exp; readonly queue: readonly string[] }[] = [];
  const numbers = new Map<string, number>();
  const nodeOf = (lexer: number, exp: Exp, queue: readonly string[]): number => {
    const key = `${lexer} ${exp.id} ${queue.join(" ")}`;
    return numbers.get(key) ?? numbers.set(key, nodes.push({ lexer, exp, queue }) - 1).get(key)!;
  };
  const step = (lexer: number, exp: Exp, symbol: Letter) => {
    const next = rows[lexer]!.get(symbol);
    // What ends must be unsafe as a whole; what goes on must still be able to be.
    const rest = symbol === END && exp.empty ? exp : exp.after(symbol);
    return next === undefined || rest === NONE ? null : { out: next.out, lexer: next.to, exp: rest };
  };
  nodeOf(0, unsafe, []);
  const moves: Map<string, Set<number>>[] = [];
  for (const { lexer, exp, queue } of nodes) {
    const row = new Map<string, Set<number>>();
    moves.push(row);
    const add = ([token, ...rest]: readonly string[], to: number, under: Exp) => {
      if (![token!, ...rest].every((one) => used.has(one))) return;
      row.set(token!, (row.get(token!) ?? new Set()).add(nodeOf(to, under, rest)));
    };
    if (queue.length > 0) add(queue, lexer, exp);
    const todo = queue.length > 0 ? [] : [{ lexer, exp }];
    const seen = new Set<string>();
    for (const at of todo) {
      for (const symbol of symbols) {
        const next = step(at.lexer, at.exp, symbol);
        if (next === null) continue;
        if (next.out.length > 0) add(next.out, next.lexer, next.exp);
        else if (!seen.has(`${next.lexer} ${next.exp.id}`)) todo.push(next);
        seen.add(`${next.lexer} ${next.exp.id}`);
      }
    }
  }
  const same = alike(nodes.length, (node, nameOf) =>
    [...moves[node]!]
      .flatMap(([token, to]) => [...new Set([...to].map((one) => `${token}>${nameOf(one)}`))])
      .sort()
      .join(" "),
  );
  const named = moves.map(
    (row) => new Map([...row].map(([token, to]) => [token, [...new Set([...to].map((one) => same[one]!))]])),
  );
  const met = (text: readonly Letter[], unread: number): number => {
    let at = { lexer: 0, exp: unsafe, out: [] as readonly string[] };
    for (const symbol of text) at = step(at.lexer, at.exp, symbol)!;
    return same[nodeOf(at.lexer, at.exp, at.out.slice(at.out.length - unread))]!;
  };
  return { moves: named, met };
}
