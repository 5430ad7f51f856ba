import { characterOf, ORDER, SYMBOLS } from "../automata/alphabet.ts";
import { type Dfa, dfaOf } from "../automata/dfa.ts";
import type { LexerToken } from "../automata/lexer.ts";
import type { Definition } from "../definition/definition.ts";
import { GAP, type Piece, printed } from "../definition/printed.ts";
import type { Failure } from "./prove.ts";

/**
 * Whether printed text is cut again into the tokens that were printed, whatever the tree: for each piece that the printer
 * writes and all that may stand behind it, no earlier token of the lexer matches at its beginning, and its own token matches
 * just the piece. By induction along the text, the lexer's cuts are then the printer's. Texts that a tree brings with it are
 * taken to be tokens when they stand alone, as all are that were parsed. Exact for pairs of pieces; a failure is a
 * shortest piece of text.
 */
export function boundaries(
  definition: Definition,
  tokens: readonly LexerToken[],
): {
  readonly failures: readonly Failure[];
  readonly sizes: { readonly pieces: number; readonly pairs: number };
} {
  const { pieces, next } = printed(definition);
  const automata = tokens.map(({ pattern }) => dfaOf(pattern));
  const blank = automata.findIndex(({ next: on, accepting }) => accepting[on[" ".charCodeAt(0)]!]);
  const indexOf = ({ token }: Piece): number =>
    token === GAP ? blank : tokens.findIndex(({ name }) => name === token);
  const texts = pieces.map(
    (piece): Dfa => (piece.text === null ? automata[indexOf(piece)]! : dfaOf(piece.text)),
  );
  const failures: Failure[] = [];
  pieces.forEach((piece, index) => {
    const own = indexOf(piece);
    if (own < 0) {
      failures.push({ message: `the lexer has no token for ${piece.token}` });
      return;
    }
    for (let rival = 0; rival <= own && failures.length === 0; rival += 1) {
      const text = clash(index, rival, own);
      if (text === null) continue;
      const what = rival === own ? "more than is printed for it" : `what is printed as ${piece.token}`;
      failures.push({ message: `the lexer reads as ${tokens[rival]!.name} ${what}`, text });
    }
  });
  const pairs = next.reduce((sum, { size }) => sum + size, 0);
  return { failures, sizes: { pieces: pieces.length, pairs } };

  /** A shortest text that the rival takes although it begins with a printed piece; null when there is none. */
  function clash(piece: number, rival: number, own: number): string | null {
    const { next: on, accepting } = automata[rival]!;
    interface Point {
      /** The piece that is being read, and whether it is still the first. */
      readonly piece: number;
      readonly first: boolean;
      readonly at: number;
      readonly rival: number;
      readonly text: string;
    }
    const todo: Point[] = [{ piece, first: true, at: 0, rival: 0, text: "" }];
    const seen = new Set<string>();
    for (const { piece: current, first, at, rival: state, text } of todo) {
      const { next: of, accepting: ends } = texts[current]!;
      if (ends[at])
        for (const behind of next[current]!)
          visit({ piece: behind, first: false, at: 0, rival: state, text });
      for (const symbol of ORDER) {
        const to = of[at * SYMBOLS + symbol]!;
        const taken = on[state * SYMBOLS + symbol]!;
        if (to < 0 || taken < 0) continue;
        const more = text + characterOf(symbol);
        if (accepting[taken] && !first) return more;
        if (accepting[taken] && rival < own) {
          // Within a text of its own that is none of this token's; within what is always printed it is an error.
          if (pieces[current]!.text !== null) return more;
          continue;
        }
        visit({ piece: current, first, at: to, rival: taken, text: more });
      }
    }
    return null;

    function visit(point: Point): void {
      const key = `${point.piece} ${point.first} ${point.at} ${point.rival}`;
      if (!seen.has(key)) todo.push(point);
      seen.add(key);
    }
  }
}
