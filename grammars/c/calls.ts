import type { IToken } from "chevrotain";
import { problem } from "./lexer.ts";
import type { BodyLexer, Macro, Macros } from "./macros.ts";

/** So many tokens at most may come of one annotation's macros. */
const MAX_EXPANSION = 10_000;

/** A token, and the macros that it came from, which are not replaced in it again. */
interface Hidden {
  readonly token: IToken;
  readonly by: ReadonlySet<string>;
}

/**
 * Replaces macros with and without arguments (C11 6.10.3, by Prosser's algorithm). What a use becomes stands where the use
 * stands, arguments included. `#` and `##` are named as problems by the lexer of the place.
 */
export function expandCalls(tokens: readonly IToken[], macros: Macros, lex: BodyLexer): IToken[] {
  const none: ReadonlySet<string> = new Set();
  const limit = { left: MAX_EXPANSION };
  return expand(
    tokens.map((token) => ({ token, by: none })),
    macros,
    lex,
    limit,
  ).map(({ token }) => token);
}

function expand(
  tokens: readonly Hidden[],
  macros: Macros,
  lex: BodyLexer,
  limit: { left: number },
): Hidden[] {
  const out: Hidden[] = [];
  // The next token is the last one: what a use becomes is read again together with what follows it.
  const rest = tokens.toReversed();
  while (rest.length > 0) {
    const next = rest.pop()!;
    const { token, by } = next;
    const macro = by.has(token.image) ? undefined : macros.get(token.image);
    if (macro === undefined || (macro.functionLike && rest.at(-1)?.token.image !== "(")) {
      out.push(next);
      continue;
    }
    const call = macro.functionLike ? takeArguments(rest) : null;
    const made =
      macro.functionLike && call === null
        ? `the arguments of the macro '${macro.name}' have no end: add ')'`
        : replacement(macro, token, call, by, (some) => expand(some, macros, lex, limit), lex);
    if (typeof made !== "string") limit.left -= made.length;
    const failed =
      typeof made !== "string" && limit.left < 0
        ? `the macro '${macro.name}' expands to more than can be read`
        : made;
    if (typeof failed === "string") out.push({ token: problem(token, failed), by });
    else rest.push(...failed.toReversed());
  }
  return out;
}

interface Call {
  readonly arguments: readonly (readonly Hidden[])[];
  readonly close: Hidden;
}

/** Takes `( … )` off the end of the list; null where it is not closed. */
function takeArguments(rest: Hidden[]): Call | null {
  rest.pop();
  const all: Hidden[][] = [[]];
  for (let depth = 1; ; ) {
    const one = rest.pop();
    if (one === undefined) return null;
    const { image } = one.token;
    if (/^[([{]$/.test(image)) depth++;
    else if (/^[)\]}]$/.test(image) && --depth === 0) return { arguments: all, close: one };
    if (image === "," && depth === 1) all.push([]);
    else all.at(-1)!.push(one);
  }
}

/** What a use becomes; a text where it cannot be. */
function replacement(
  macro: Macro,
  use: IToken,
  call: Call | null,
  by: ReadonlySet<string>,
  expanded: (tokens: readonly Hidden[]) => Hidden[],
  lex: BodyLexer,
): Hidden[] | string {
  const [parameters, body] = macro.functionLike ? signature(macro.body) : [[], macro.body];
  const given = call?.arguments ?? [];
  const none = parameters.length === 0 && given.length === 1 && given[0]!.length === 0;
  if (parameters.includes("..."))
    return `the macro '${macro.name}' with '...' is not supported in annotations`;
  if (call !== null && !none && given.length !== parameters.length)
    return `the macro '${macro.name}' takes ${parameters.length} arguments, here it has ${given.length}`;
  const hidden = new Set(call === null ? by : [...by].filter((name) => call.close.by.has(name)));
  hidden.add(macro.name);
  const endOffset = call?.close.token.endOffset ?? use.endOffset!;
  const placed = (token: IToken): IToken => ({ ...token, startOffset: use.startOffset, endOffset });
  return lex(body, 0, body.length).flatMap((token): Hidden[] => {
    const index = parameters.indexOf(token.image);
    if (index < 0) return [{ token: placed(token), by: hidden }];
    return expanded(given[index] ?? []).map((one) => ({
      token: placed(one.token),
      by: new Set([...one.by, ...hidden]),
    }));
  });
}

/** `(a, b) body` as its parameters and body. */
function signature(text: string): [string[], string] {
  const close = text.indexOf(")");
  const names = text.slice(1, close).split(",");
  return [names.map((name) => name.trim()).filter((name) => name !== ""), text.slice(close + 1).trim()];
}
