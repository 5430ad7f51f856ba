import type { Dfa } from "./dfa.ts";
import type { LexerMachine } from "./lexer.ts";
import type { Machine, Place } from "./machine.ts";
import { quotient, type TokenGraph, type TokenNode, tokenGraph } from "./token-graph.ts";

/** What was found: a shortest text that the parser accepts and the automaton, too; null when there is none. */
export interface Emptiness {
  readonly text: string | null;
  /** For each rule, and each node at which it begins, the nodes at which it ends. Complete where there is no text. */
  readonly exits: readonly Exits[];
  readonly sizes: { readonly nodes: number; readonly entries: number; readonly items: number };
}

export interface Exits {
  readonly rule: string;
  readonly from: TokenNode;
  readonly to: readonly { readonly sort: string; readonly node: TokenNode }[];
}

/**
 * Whether the parser accepts a text that the automaton accepts: context-free with regular, so decided exactly, by saturation:
 * for each rule, and each node at which it begins, the nodes at which it ends. The machine must be strong LL(1): then what
 * it accepts is what its grammar derives.
 */
export function intersect(lexer: LexerMachine, machine: Machine, automaton: Dfa): Emptiness {
  const used = new Set(machine.places.flatMap(({ tokens }) => [...tokens.keys()]));
  const graph = tokenGraph(lexer, automaton, used);
  const found = saturate(machine, quotient(graph));
  // Nodes that were made one differ in how long their texts are, so a shortest text needs them all.
  return found.text === null ? found : saturate(machine, graph);
}

/** A rule begun at a node: where its texts lead, and who waits for that. */
interface Entry {
  readonly id: number;
  readonly rule: string;
  readonly from: number;
  readonly exits: { readonly sort: string; readonly node: number; readonly text: string }[];
  readonly waiting: Waiting[];
}

interface Waiting {
  readonly entry: Entry;
  readonly returns: ReadonlyMap<string, Place>;
  readonly text: string;
}

/** Shortest texts first (Knuth 1977), so the one that is given is a shortest. */
function saturate(machine: Machine, { nodes }: TokenGraph): Emptiness {
  const entries = new Map<string, Entry>();
  const done = new Set<number>();
  const agenda = new Agenda<{
    readonly entry: Entry;
    readonly place: Place;
    readonly node: number;
    readonly text: string;
  }>();
  const enter = (rule: string, node: number): Entry => {
    const key = `${rule} ${node}`;
    let entry = entries.get(key);
    if (entry === undefined) {
      entry = { id: entries.size, rule, from: node, exits: [], waiting: [] };
      entries.set(key, entry);
      agenda.add(0, { entry, place: machine.starts.get(rule)!, node, text: "" });
    }
    return entry;
  };
  const result = (text: string | null): Emptiness => ({
    text,
    exits: [...entries.values()].map(({ rule, from, exits }) => ({
      rule,
      from: nodes[from]!,
      to: exits.map(({ sort, node }) => ({ sort, node: nodes[node]! })),
    })),
    sizes: { nodes: nodes.length, entries: entries.size, items: done.size },
  });
  const main = enter(machine.start, 0);
  for (let item = agenda.take(); item !== null; item = agenda.take()) {
    const { entry, place, node, text } = item;
    const key = (entry.id * nodes.length + node) * machine.places.length + place.id;
    if (done.has(key)) continue;
    done.add(key);
    const go = (to: Place | undefined, at: number, more: string): void => {
      if (to !== undefined)
        agenda.add(text.length + more.length, { entry, place: to, node: at, text: text + more });
    };
    const { moves, ends } = nodes[node]!;
    for (const move of moves) go(place.tokens.get(move.token), move.to, move.text);
    for (const call of place.calls) {
      const first = machine.first.get(call.rule)!;
      if (!moves.some(({ token }) => first.has(token))) continue;
      const callee = enter(call.rule, node);
      callee.waiting.push({ entry, returns: call.returns, text });
      for (const exit of callee.exits) go(call.returns.get(exit.sort), exit.node, exit.text);
    }
    if (place.ends === null) continue;
    if (entry === main && place.ends === machine.sort && ends !== null) return result(text + ends);
    if (entry.exits.some((exit) => exit.sort === place.ends && exit.node === node)) continue;
    entry.exits.push({ sort: place.ends, node, text });
    for (const { entry: caller, returns, text: before } of entry.waiting) {
      const to = returns.get(place.ends);
      if (to !== undefined)
        agenda.add(before.length + text.length, { entry: caller, place: to, node, text: before + text });
    }
  }
  return result(null);
}

/** Takes what was added with the least length first. */
class Agenda<Item> {
  readonly #buckets: Item[][] = [];
  #at = 0;

  add(length: number, item: Item): void {
    const bucket = this.#buckets[length];
    if (bucket === undefined) this.#buckets[length] = [item];
    else bucket.push(item);
    this.#at = Math.min(this.#at, length);
  }

  take(): Item | null {
    for (; this.#at < this.#buckets.length; this.#at += 1) {
      const item = this.#buckets[this.#at]?.pop();
      if (item !== undefined) return item;
    }
    return null;
  }
}
