import { type Declared, declarations, parameters } from "./declarations.ts";
import { closing, type TextToken, textTokens } from "./tokens.ts";

/** Where something stands in a text. */
interface Extent {
  readonly start: number;
  readonly end: number;
}

/** The parameters and local variables that an annotation in front of the loop may name, those of its own head included. */
export function visibleAt(text: string, fn: Extent, loop: { readonly keyword: number }): Declared[] {
  const tokens = textTokens(text, fn.start, fn.end);
  const body = tokens.findIndex(({ text: sign }) => sign === "{");
  const open = tokens.findIndex(({ text: sign }) => sign === "(");
  const inHead = open >= 0 && open < body ? parameters(tokens.slice(open + 1, closing(tokens, open))) : [];
  const before = openBlocks(tokens.slice(body + 1), loop.keyword);
  const last = new Map<string, Declared>();
  for (const one of [...inHead, ...declarations(before), ...ownHead(tokens, loop.keyword)])
    last.set(one.name, one);
  return [...last.values()];
}

/** The tokens before an offset without the blocks that are closed by then, whose names are gone. */
function openBlocks(tokens: readonly TextToken[], offset: number): TextToken[] {
  let kept: TextToken[] = [];
  const marks: number[] = [];
  for (const token of tokens) {
    if (token.start >= offset) break;
    if (token.text === "{") marks.push(kept.length);
    if (token.text === "}") kept = [...kept.slice(0, marks.pop() ?? 0), { ...token, text: ";" }];
    else kept.push(token);
  }
  // A loop's own head ends with it: what an earlier `for` without braces declared is not seen any more.
  return withoutHeads(kept, tokens, offset);
}

/** Leaves out the heads of loops that have ended before the offset. */
function withoutHeads(kept: readonly TextToken[], all: readonly TextToken[], offset: number): TextToken[] {
  const gone = new Set<TextToken>();
  kept.forEach((token, at) => {
    if (token.text !== "for" || kept[at + 1]?.text !== "(") return;
    const close = closing(kept, at + 1);
    if (endOfBody(all, kept[close]!.end) <= offset) for (let i = at; i < close; i++) gone.add(kept[i]!);
  });
  return kept.filter((token) => !gone.has(token));
}

/** Where the statement after an offset ends: its block, or its semicolon. */
function endOfBody(tokens: readonly TextToken[], offset: number): number {
  const first = tokens.findIndex(({ start }) => start >= offset);
  if (first < 0) return Number.POSITIVE_INFINITY;
  for (let at = first; at < tokens.length; at++) {
    const { text } = tokens[at]!;
    if (text === "{") return tokens[closing(tokens, at)]!.end;
    if (text === "(") at = closing(tokens, at);
    else if (text === ";") return tokens[at]!.end;
  }
  return Number.POSITIVE_INFINITY;
}

function ownHead(tokens: readonly TextToken[], keyword: number): Declared[] {
  const at = tokens.findIndex(({ start }) => start === keyword);
  if (tokens[at]?.text !== "for" || tokens[at + 1]?.text !== "(") return [];
  return declarations(tokens.slice(at, closing(tokens, at + 1)));
}
