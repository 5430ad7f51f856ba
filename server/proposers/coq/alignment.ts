/**
 * How one statement differs from another that is built alike: what stands in each place of the one, and in that place of the
 * other. `get_set_same` beside `get_remove_same` gives `set` for `remove`. Used to carry a proof over; nothing of it is trusted.
 */
export interface Alignment {
  /** How much of both is the same, from 0 to 1: twice what is common, over the length of both. */
  readonly alike: number;
  /** Names of the first, and what stands in their place in the second. */
  readonly exchanged: ReadonlyMap<string, string>;
}

/** Tokens of a statement that are compared: longer ones are compared by their beginning. */
const LONGEST = 150;

/** Names, numbers and signs of a text, in order. */
export function tokensOf(text: string): string[] {
  return (
    text.match(/[\p{L}_][\p{L}\p{N}_'.]*[\p{L}\p{N}_']|[\p{L}_]|\d+|[()[\]{}]|[^\s\p{L}\p{N}_'()[\]{}]+/gu) ??
    []
  );
}

/** Compares two statements place by place, along their longest common subsequence. */
export function align(from: readonly string[], to: readonly string[]): Alignment {
  const a = from.slice(0, LONGEST);
  const b = to.slice(0, LONGEST);
  const length = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      length[i]![j] =
        a[i] === b[j] ? length[i + 1]![j + 1]! + 1 : Math.max(length[i + 1]![j]!, length[i]![j + 1]!);
  const votes = new Map<string, Map<string, number>>();
  const vote = (one: string, other: string) => {
    if (!isName(one) || !isName(other)) return;
    const own = votes.get(one) ?? new Map<string, number>();
    votes.set(one, own.set(other, (own.get(other) ?? 0) + 1));
  };
  let i = 0;
  let j = 0;
  let gap: { i: number; j: number } | null = null;
  const closeGap = () => {
    // As many on both sides: each stands for the one in its place.
    if (gap && i - gap.i === j - gap.j)
      for (let step = 0; step < i - gap.i; step++) vote(a[gap.i + step]!, b[gap.j + step]!);
    gap = null;
  };
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      closeGap();
      vote(a[i]!, b[j]!);
      i++;
      j++;
      continue;
    }
    gap ??= { i, j };
    if (length[i + 1]![j]! >= length[i]![j + 1]!) i++;
    else j++;
  }
  i = gap === null ? i : a.length;
  j = gap === null ? j : b.length;
  closeGap();
  const exchanged = new Map<string, string>();
  for (const [name, others] of votes) {
    const [best] = [...others].sort((x, y) => y[1] - x[1])[0]!;
    if (best !== name) exchanged.set(name, best);
  }
  return { alike: (2 * length[0]![0]!) / Math.max(1, a.length + b.length), exchanged };
}

/** A text with names exchanged, and those that Coq makes from them (`IHl` of `l`); `known` tells what else may be renamed by its parts. */
export function exchangeNames(
  text: string,
  exchanged: ReadonlyMap<string, string>,
  known: (name: string) => boolean,
): string {
  return text.replace(/[\p{L}_][\p{L}\p{N}_']*/gu, (word) => {
    const direct = exchanged.get(word);
    if (direct !== undefined) return direct;
    const hypothesis = word.startsWith("IH") ? exchanged.get(word.slice(2)) : undefined;
    if (hypothesis !== undefined) return `IH${hypothesis}`;
    if (!word.includes("_")) return word;
    const byParts = partsOf(word)
      .map((part) => exchanged.get(part) ?? part)
      .join("_");
    return byParts !== word && known(byParts) ? byParts : word;
  });
}

function partsOf(name: string): string[] {
  return name.split("_");
}

function isName(token: string): boolean {
  return /^[\p{L}_]/u.test(token) && !KEYWORDS.has(token);
}

const KEYWORDS = new Set(
  "forall fun exists let in match with end as return if then else fix Type Set Prop".split(" "),
);
