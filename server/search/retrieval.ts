import { DatabaseSync } from "node:sqlite";
import type { Reranker } from "./rerank.ts";
import type { Goal, Premise } from "./session.ts";

/** Premises that full-text search hands on to the finer ranking, and words of a goal that it is asked for. */
const CANDIDATES = 120;
const MOST_WORDS = 24;

/** Finds the premises that have to do with a goal. Nothing of it is a verdict. */
export interface Retrieval {
  /** The best first. */
  relevant(goal: Goal, most: number): readonly Premise[];
  close(): void;
}

/**
 * Full-text search (SQLite's FTS5) over names, statements and proofs. Rare symbols that a premise shares with the goal count
 * most, those of the conclusion twice; what stands near the hole comes first among equals. `reranker` has a second say in the order.
 */
export function openRetrieval(premises: readonly Premise[], reranker: Reranker | null = null): Retrieval {
  const database = new DatabaseSync(":memory:");
  database.exec("CREATE VIRTUAL TABLE premises USING fts5(name, statement, proof, tokenize = 'ascii')");
  const insert = database.prepare("INSERT INTO premises(rowid, name, statement, proof) VALUES (?, ?, ?, ?)");
  const symbols = premises.map(
    ({ name, statement }) => new Set([...symbolsOf(name), ...symbolsOf(statement)]),
  );
  const rarity = new Map<string, number>();
  database.exec("BEGIN");
  for (const [row, { name, statement, proof }] of premises.entries()) {
    const words = (text: string) => symbolsOf(text).map(spell).join(" ");
    insert.run(row, words(name), words(statement), words(proof ?? ""));
    for (const symbol of symbols[row]!) rarity.set(symbol, (rarity.get(symbol) ?? 0) + 1);
  }
  database.exec("COMMIT");
  const match = database.prepare(
    `SELECT rowid AS row FROM premises WHERE premises MATCH ? ORDER BY bm25(premises, 2.0, 4.0, 0.3) LIMIT ${CANDIDATES}`,
  );
  const weight = (symbol: string) => Math.log(1 + premises.length / (1 + (rarity.get(symbol) ?? 0)));
  const kept = new Map<string, readonly Premise[]>();

  function find(goal: Goal): readonly Premise[] {
    const conclusion = new Set(symbolsOf(goal.conclusion));
    const context = new Set(goal.hypotheses.flatMap(({ type }) => symbolsOf(type)));
    const own = new Set(goal.hypotheses.flatMap(({ names }) => names));
    const wanted = [...new Set([...conclusion, ...context])]
      .filter((symbol) => !own.has(symbol) && rarity.has(symbol))
      .sort((a, b) => weight(b) - weight(a))
      .slice(0, MOST_WORDS);
    if (wanted.length === 0) return [];
    const query = wanted.map((symbol) => `"${spell(symbol)}"`).join(" OR ");
    const score = (row: number) => {
      const has = symbols[row]!;
      let shared = 0;
      for (const symbol of wanted)
        if (has.has(symbol)) shared += weight(symbol) * (conclusion.has(symbol) ? 2 : 1);
      let strange = 0;
      for (const symbol of has) if (!conclusion.has(symbol) && !context.has(symbol)) strange += 1;
      return shared / (1 + 0.1 * strange) + 1.5 / (1 + row / 20);
    };
    return match
      .all(query)
      .map(({ row }) => Number(row))
      .map((row) => ({ row, score: score(row) }))
      .sort((a, b) => b.score - a.score)
      .map(({ row }) => premises[row]!);
  }

  return {
    relevant(goal, most) {
      const key = `${goal.conclusion}\n${goal.hypotheses.map(({ type }) => type).join("\n")}`;
      const known = kept.get(key) ?? find(goal);
      kept.set(key, known);
      return (reranker?.order(key, known) ?? known).slice(0, most);
    },
    close: () => database.close(),
  };
}

/** Identifiers and operators of a text, each as often as it stands there. Names are also taken apart at underscores. */
export function symbolsOf(text: string): string[] {
  const symbols = text.match(/[\p{L}_][\p{L}\p{N}_']*|[^\s\p{L}\p{N}_'()[\]{},.;"]+/gu) ?? [];
  const parts = symbols.flatMap((symbol) =>
    symbol.includes("_") ? symbol.split("_").filter((one) => one.length > 2) : [],
  );
  return [...symbols, ...parts].filter((symbol) => !COMMON.has(symbol));
}

const COMMON = new Set(
  ":= : -> forall fun exists => | Type Set Prop Lemma Theorem Definition Fixpoint match with end in let then else if return as".split(
    " ",
  ),
);

/** A symbol in letters and digits alone, so that the index takes it for one word. */
function spell(symbol: string): string {
  return [...symbol]
    .map((char) => (/[a-zA-Z0-9]/.test(char) ? char : `x${char.codePointAt(0)!.toString(16)}x`))
    .join("");
}
