import type { TextLoop } from "../../engine/task.ts";
import { closing, type TextToken, textTokens } from "./tokens.ts";

/** A loop's parts as tokens; what a loop of its form does not have is empty. */
export interface LoopParts {
  readonly form: "for" | "while" | "do";
  readonly initial: readonly TextToken[];
  readonly condition: readonly TextToken[];
  readonly step: readonly TextToken[];
  readonly body: readonly TextToken[];
}

/** Takes a loop apart by its brackets. A text that is no loop gives parts that say nothing. */
export function loopParts(text: string, { span, end }: TextLoop): LoopParts {
  const tokens = textTokens(text, span.start, end);
  const form = (["for", "do"] as const).find((one) => one === tokens[0]?.text) ?? "while";
  if (form === "do") {
    const last = tokens.findLastIndex((token) => token.text === "while");
    const condition = last > 0 ? inner(tokens, last + 1) : [];
    return { form, initial: [], condition, step: [], body: tokens.slice(1, last > 0 ? last : undefined) };
  }
  const head = inner(tokens, 1);
  const body = tokens.slice(head.length + 3);
  if (form === "while") return { form, initial: [], condition: head, step: [], body };
  const [first, second] = semicolons(head);
  if (first === undefined || second === undefined)
    return { form, initial: [], condition: [], step: [], body };
  return {
    form,
    initial: head.slice(0, first),
    condition: head.slice(first + 1, second),
    step: head.slice(second + 1),
    body,
  };
}

/** What stands between the parentheses that open there. */
function inner(tokens: readonly TextToken[], open: number): TextToken[] {
  if (tokens[open]?.text !== "(") return [];
  return tokens.slice(open + 1, closing(tokens, open));
}

function semicolons(head: readonly TextToken[]): number[] {
  return head.flatMap(({ text }, at) => (text === ";" ? [at] : []));
}

/** A comparison of two short expressions in a loop's condition. */
export interface Comparison {
  readonly left: string;
  readonly relation: "<" | "<=" | ">" | ">=" | "!=" | "==";
  readonly right: string;
}

/** Conjuncts of a condition that compare names, numbers, and sums of them; others say nothing here. */
export function comparisons(condition: readonly TextToken[]): Comparison[] {
  return conjuncts(condition).flatMap((part): Comparison[] => {
    const at = part.findIndex(({ text }) => /^(?:[<>]=?|[!=]=)$/.test(text));
    const relation = part[at]?.text as Comparison["relation"] | undefined;
    const [left, right] = [simple(part.slice(0, Math.max(0, at))), simple(part.slice(at + 1))];
    return relation === undefined || left === null || right === null ? [] : [{ left, relation, right }];
  });
}

function conjuncts(tokens: readonly TextToken[]): TextToken[][] {
  const parts: TextToken[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (/^[([]$/.test(token.text)) depth++;
    if (/^[)\]]$/.test(token.text)) depth--;
    if (depth === 0 && token.text === "&&") parts.push([]);
    else parts.at(-1)!.push(token);
  }
  return parts.map(withoutParentheses);
}

function withoutParentheses(tokens: readonly TextToken[]): TextToken[] {
  const whole = tokens[0]?.text === "(" && closing(tokens, 0) === tokens.length - 1;
  return whole ? withoutParentheses(tokens.slice(1, -1)) : [...tokens];
}

/** An expression of names, numbers, fields and `+ - *` as ACSL text; null for any other. */
export function simple(tokens: readonly TextToken[]): string | null {
  const words = tokens.map(({ kind, text }) => {
    if (kind === "word") return text;
    if (kind === "number") return /^\d+[uUlL]*$/.test(text) ? text.replace(/[uUlL]+$/, "") : null;
    return /^(?:[-+*]|->|\.)$/.test(text) ? text : null;
  });
  if (words.length === 0 || words.length > 7 || words.includes(null)) return null;
  if (!/^(?:\w+|[-])$/.test(words[0]!) || !/^\w+$/.test(words.at(-1)!)) return null;
  const keyword = words.some((word) => /^(?:sizeof|struct|union|enum)$/.test(word!));
  return keyword ? null : words.join(" ").replace(/ ?(->|\.) ?/g, "$1");
}
