/** How many candidate lines one chatty answer may yield, and how much of it is looked at. */
const MAX_LINES = 64;
const MAX_ANSWER = 65_536;
/** Where a reasoning model stops thinking aloud. */
const THOUGHT = "</think>";

/**
 * Candidate invariants in the chatty answer of a model that could not be held to a grammar: one a line, or one a clause.
 * Dropped: reasoning up to `</think>`, code fences, comment delimiters, bullets, `loop invariant`, a clause's label, the
 * semicolon. Where a line quotes code in backquotes, only that is taken. This only cuts; it never mends: what is left
 * must then wholly be the language, and prose is not.
 */
export function unwrapAnswer(text: string): readonly string[] {
  const looked = text.slice(0, MAX_ANSWER);
  const thought = looked.lastIndexOf(THOUGHT);
  const answer = thought < 0 ? looked : looked.slice(thought + THOUGHT.length);
  const found = new Set<string>();
  for (const line of answer.split(/[\r\n]+/)) {
    if (/^\s*(```|~~~)/.test(line)) continue;
    for (const clause of quotedOrWhole(line).flatMap((piece) => piece.split(";"))) {
      const candidate = unwrapClause(clause);
      if (candidate !== "" && found.size < MAX_LINES) found.add(candidate);
    }
  }
  return [...found];
}

function quotedOrWhole(line: string): readonly string[] {
  const quoted = line.split("`").filter((_, index) => index % 2 === 1);
  return quoted.length > 0 ? quoted : [line];
}

function unwrapClause(clause: string): string {
  let rest = clause.replaceAll("\t", " ").trim();
  if (rest.endsWith("*/")) rest = rest.slice(0, -2).trimEnd();
  return rest
    .replace(/^(?:\/\*@?|\/\/@?|@) */, "")
    .replace(/^(?:[-*\u2022] +|\d{1,3}[.)] +)/, "")
    .replace(/^@ */, "")
    .replace(/^(?:loop +)?invariant(?: +\w+ *:| *:)?(?=[ (!\\-])/i, "")
    .trim();
}
