import { marksOf } from "../../../grammars/coq/nesting.ts";

/**
 * A step over all hypotheses, `repeat (match goal with … end; …)`, does more than a proof needs: the same with one of its branches alone,
 * or with one fewer, and with fewer of the steps behind it. Empty for any other step. The plainest come first.
 */
export function fewerBranches(step: string): string[] {
  const read = /^((?:repeat|do \d+ try|try) \(?match goal with )(.*)$/.exec(step);
  if (!read) return [];
  const [, head, rest] = read;
  const close = endOfMatch(rest!);
  if (close === null) return [];
  const branches = split(rest!.slice(0, close));
  const tail = rest!.slice(close);
  const made = (kept: readonly string[]) => `${head}${kept.join(" | ")}${tail}`;
  const inner = /^( end)((?:; [\w* ]+)+)\)$/.exec(tail);
  const steps = inner ? inner[2]!.split("; ").slice(1) : [];
  const shorter = steps.map((_, at) => {
    const kept = steps.toSpliced(at, 1).map((one) => `; ${one}`);
    return `${head}${branches.join(" | ")} end${kept.join("")})`;
  });
  if (branches.length === 1) return shorter;
  const alone = branches.map((one) => made([one]));
  const without = branches.length > 2 ? branches.map((_, at) => made(branches.toSpliced(at, 1))) : [];
  return [...alone, ...without, ...shorter];
}

/** Where the ` end` of the match begins that the text is in; null where there is none. */
function endOfMatch(text: string): number | null {
  for (const { word, at, depth } of marksOf(text)) if (word === "end" && depth === -1) return at - 1;
  return null;
}

function split(text: string): string[] {
  const parts: string[] = [];
  let start = 0;
  for (const { word, at, depth } of marksOf(text)) {
    if (word !== " | " || depth !== 0) continue;
    parts.push(text.slice(start, at));
    start = at + word.length;
  }
  return [...parts, text.slice(start)];
}
