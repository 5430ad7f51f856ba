/** A bracket, the beginning or end of a match, a `; ` or a ` | ` in a tactic of Ltac. */
export interface Mark {
  readonly word: string;
  readonly at: number;
  /** Brackets and matches that are open behind it; below 0 where it closes one that the text does not open. */
  readonly depth: number;
}

/** The marks of a tactic in order: where its steps and alternatives are apart, and how deep each stands. */
export function* marksOf(text: string): Iterable<Mark> {
  let depth = 0;
  for (const token of text.matchAll(/[([{]|[)\]}]|\b(?:lazy|multi)?match\b|\bend\b|; | \| /g)) {
    const [word] = token;
    if (/^(?:[)\]}]|end)$/.test(word)) depth--;
    else if (word !== "; " && word !== " | ") depth++;
    yield { word, at: token.index, depth };
  }
}
