import { headOf } from "./head.ts";
import type { Sentence } from "./sentences.ts";

/** Commands of an interactive session that go back beyond a proof, and that coqc takes in files, too. */
const BACK = new Set(["Reset", "Back", "BackTo"]);

/** True for a sentence that takes definitions and proofs back that stand before it. */
export function takesBack(sentence: Sentence): boolean {
  const { word, prefixes } = headOf(sentence);
  return BACK.has(word) && !prefixes.includes("Fail") && !prefixes.includes("Succeed");
}

/** What stands for a sentence that was undone: a question, which changes nothing inside proofs and outside. */
const NOTHING = "Check Prop.";

/**
 * The sentences for a toplevel that reads them one by one, in which `Restart` and `Undo` mean nothing: the tactics that coqc
 * would undo in a proof are left out. As many come out as went in.
 */
export function withoutUndone(sentences: readonly Sentence[]): string[] {
  const texts = sentences.map(({ text }) => text);
  /** The tactics since the last command that have not been undone, and what only asks between them. */
  let tactics: number[] = [];
  for (const [at, sentence] of sentences.entries()) {
    const { word, rest } = headOf(sentence);
    const undone =
      word === "Restart" && rest.length === 0
        ? tactics.length
        : word === "Undo" && rest.every(({ kind }) => kind === "number")
          ? Number(rest[0]?.text ?? 1)
          : null;
    if (undone !== null && undone <= tactics.length)
      for (const one of [...tactics.splice(tactics.length - undone), at]) texts[one] = NOTHING;
    else if (!/^\p{Lu}/u.test(word)) tactics.push(at);
    else if (!ASKS.has(word)) tactics = [];
  }
  return texts;
}

const ASKS = new Set(
  "Show Print Check Search SearchPattern SearchRewrite Locate About Eval Compute".split(" "),
);
