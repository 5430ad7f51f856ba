import { OTHER } from "./alphabet.ts";
import type { Gbnf, GbnfNode } from "./gbnf.ts";
import type { LexerMachine } from "./lexer.ts";

/** The end of the text, as a symbol behind all others. */
export const END = OTHER + 1;

/** What a decoder may write next, by rule; `END` stands for the end of the text. */
export interface Follow {
  /** When the rule is to come. */
  readonly before: ReadonlyMap<string, ReadonlySet<number>>;
  /** When the rule is done. */
  readonly behind: ReadonlyMap<string, ReadonlySet<number>>;
}

/** The usual least fixed points. */
export function followOf(gbnf: Gbnf): Follow {
  const first = new Map<string, ReadonlySet<number>>();
  const empty = new Set<string>();
  const nullable = (node: GbnfNode): boolean => {
    switch (node.kind) {
      case "set":
        return false;
      case "rule":
        return empty.has(node.rule);
      case "sequence":
        return node.items.every(nullable);
      case "choice":
        return node.items.some(nullable);
      case "repeat":
        return node.min === 0 || nullable(node.item);
    }
  };
  const firstOf = (node: GbnfNode): ReadonlySet<number> => {
    switch (node.kind) {
      case "set":
        return new Set(node.symbols);
      case "rule":
        return first.get(node.rule) ?? new Set();
      case "sequence": {
        const stop = node.items.findIndex((item) => !nullable(item));
        return union(node.items.slice(0, stop < 0 ? node.items.length : stop + 1).map(firstOf));
      }
      case "choice":
        return union(node.items.map(firstOf));
      case "repeat":
        return firstOf(node.item);
    }
  };
  // The grammar is not recursive, so as many rounds as rules reach the end.
  for (let round = 0, before = -1; round !== before; ) {
    before = round;
    round = 0;
    for (const { name, body } of gbnf.rules.values()) {
      if (nullable(body)) empty.add(name);
      first.set(name, firstOf(body));
      round += first.get(name)!.size + (empty.has(name) ? 1 : 0);
    }
  }
  const follow = new Map([...gbnf.rules.keys()].map((name) => [name, new Set<number>()] as const));
  follow.get("root")!.add(END);
  const visit = (node: GbnfNode, after: ReadonlySet<number>): void => {
    switch (node.kind) {
      case "set":
        return;
      case "rule":
        for (const symbol of after) follow.get(node.rule)!.add(symbol);
        return;
      case "sequence": {
        let next = after;
        for (const item of node.items.toReversed()) {
          visit(item, next);
          next = nullable(item) ? union([firstOf(item), next]) : firstOf(item);
        }
        return;
      }
      case "choice":
        for (const item of node.items) visit(item, after);
        return;
      case "repeat":
        visit(node.item, node.max > 1 ? union([after, firstOf(node.item)]) : after);
    }
  };
  for (let size = -1; ; ) {
    for (const { name, body } of gbnf.rules.values()) visit(body, follow.get(name)!);
    const now = [...follow.values()].reduce((sum, set) => sum + set.size, 0);
    if (now === size) {
      const before = [...gbnf.rules.keys()].map((name): [string, ReadonlySet<number>] => [
        name,
        empty.has(name) ? union([first.get(name)!, follow.get(name)!]) : first.get(name)!,
      ]);
      return { before: new Map(before), behind: follow };
    }
    size = now;
  }
}

/**
 * Lexer states that differ only in what they would do with symbols that cannot come: for each rule, one of them stands for
 * all. After ten digits and after nine the lexer does the same with whatever the decoder may write behind a number.
 */
export class LexerClasses {
  readonly #lexer: LexerMachine;
  readonly follow: Follow;
  readonly #known = new Map<string, number>();
  readonly #representatives = new Map<string, number>();

  constructor(lexer: LexerMachine, gbnf: Gbnf) {
    this.#lexer = lexer;
    this.follow = followOf(gbnf);
  }

  representative(state: number, rule: string): number {
    const asked = `${rule} ${state}`;
    let found = this.#known.get(asked);
    if (found === undefined) {
      const row = [...this.follow.behind.get(rule)!].map((symbol) => {
        if (symbol === END) return this.#lexer.end(state)?.join(" ") ?? "!";
        const step = this.#lexer.step(state, symbol);
        return step === null ? "!" : `${step.state}>${step.out.join(" ")}`;
      });
      const key = `${rule} ${row.join(";")}`;
      found = this.#representatives.get(key) ?? state;
      this.#representatives.set(key, found);
      this.#known.set(asked, found);
    }
    return found;
  }
}

function union(sets: readonly ReadonlySet<number>[]): ReadonlySet<number> {
  return new Set(sets.flatMap((set) => [...set]));
}
