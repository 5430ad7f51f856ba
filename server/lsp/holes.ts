/** A hole of a proof, found by words alone: where to offer something, never what is open there. */
export interface OutlinedHole {
  readonly start: number;
  readonly end: number;
  /** The theorem's name, as far as the words in front tell; null for one without. */
  readonly group: string | null;
  /** Where its statement begins. */
  readonly from: number;
}

export type ProofLanguage = "coq" | "lean";

const TOKENS: Readonly<Record<ProofLanguage, RegExp>> = {
  coq: /\(\*|\*\)|"[^"]*"?|\b(?:Theorem|Lemma|Example|Corollary|Proposition|Fact|Remark|Definition|Instance|Goal)\b\s*([\w']*)|\b(?:admit|Admitted)\b/g,
  lean: /\/-|-\/|--[^\n]*|"(?:\\[\s\S]|[^"\\])*"?|\b(?:theorem|lemma|example|def|instance)\b\s*([\w'.]*)|\bsorry\b/g,
};

/** The holes of a text in order. Comments are stepped over, nested ones as well. */
export function holesOf(text: string, language: ProofLanguage): OutlinedHole[] {
  const holes: OutlinedHole[] = [];
  let depth = 0;
  let group: string | null = null;
  let from = 0;
  for (const match of text.matchAll(TOKENS[language])) {
    const [word, name] = match;
    const start = match.index;
    if (word === "(*" || word === "/-") depth++;
    else if (word === "*)" || word === "-/") depth = Math.max(0, depth - 1);
    else if (depth > 0 || word.startsWith('"') || word.startsWith("--")) continue;
    else if (/^(?:admit|Admitted|sorry)$/.test(word))
      holes.push({ start, end: start + word.length, group, from });
    else {
      group = name || null;
      from = start;
    }
  }
  return holes;
}
