import { LAST } from "../derive/lexer.ts";
import type { Machine } from "../derive/machine.ts";
import type { Nodes } from "../derive/nodes.ts";

/** For a rule begun at a node the sorts and nodes with which it ends; what is not listed is claimed to have no end. */
export type Exits = ReadonlyMap<string, readonly (readonly [sort: string, node: number])[]>;

/** What is wrong with the exits, or null: then the parser accepts no text that is unsafe. And all that was asked for. */
export function checkEmptiness(
  { moves }: Nodes,
  { places, starts, start, sort }: Machine,
  exits: Exits,
): { readonly wrong: string | null; readonly asked: ReadonlySet<string> } {
  const todo = [{ place: start, from: 0 }];
  const asked = new Set([`${start} 0`]);
  for (const { place: begin, from } of todo) {
    const items = [{ place: begin, node: from }];
    const seen = new Set<string>();
    const go = (place: number | undefined, node: number) => {
      if (place === undefined || seen.has(`${place} ${node}`)) return;
      seen.add(`${place} ${node}`);
      items.push({ place, node });
    };
    for (const { place, node } of items) {
      const { tokens, calls, ends } = places[place]!;
      for (const [token, to] of tokens) for (const next of moves[node]!.get(token) ?? []) go(to, next);
      for (const { rule, returns } of calls) {
        const key = `${starts.get(rule)} ${node}`;
        if (!asked.has(key)) todo.push({ place: starts.get(rule)!, from: node });
        asked.add(key);
        for (const [one, next] of exits.get(key) ?? []) go(returns.get(one), next);
      }
      if (ends === null) continue;
      if (!exits.get(`${begin} ${from}`)?.some(([one, next]) => one === ends && next === node))
        return { wrong: `place ${begin} at node ${from} has an end that is not listed`, asked };
      if (begin === start && from === 0 && ends === sort && moves[node]!.has(LAST))
        return { wrong: "something unsafe is accepted", asked };
    }
  }
  return { wrong: null, asked };
}
