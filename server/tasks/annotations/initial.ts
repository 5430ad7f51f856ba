import type { AnnotationsTask, TextLoop } from "../../engine/task.ts";
import { declarations } from "./declarations.ts";
import { simple } from "./loops.ts";
import { closing, type TextToken, textTokens } from "./tokens.ts";

/**
 * The last value that the text gives a variable before the loop, its own head included: what it most likely starts with. A guess,
 * made into candidates and nothing else.
 */
export function initialValues(task: AnnotationsTask, loop: TextLoop): Map<string, string> {
  const tokens = textTokens(task.document.text, task.span.start, endOfHead(task, loop));
  const values = new Map<string, string>();
  const declared = new Map(declarations(tokens).map(({ at, value }) => [at, value]));
  tokens.forEach((token, at) => {
    const assigned = tokens[at + 1]?.text === "=" && /^[;{}(,:)]$/.test(tokens[at - 1]?.text ?? ";");
    const start = declared.get(at) ?? (assigned ? at + 2 : null);
    if (token.kind !== "word" || start === null) return;
    const value = simple(tokens.slice(start, endOfValue(tokens, start)));
    if (value === null) values.delete(token.text);
    else values.set(token.text, value);
  });
  return values;
}

function endOfValue(tokens: readonly TextToken[], start: number): number {
  const end = tokens.findIndex(({ text }, at) => at >= start && /^[;,)]$/.test(text));
  return end < 0 ? tokens.length : end;
}

/** Where the first part of a `for` head ends; the keyword of another loop. */
function endOfHead({ document }: AnnotationsTask, { span, end }: TextLoop): number {
  const tokens = textTokens(document.text, span.start, end);
  if (tokens[0]?.text !== "for" || tokens[1]?.text !== "(") return span.start;
  const semicolon = tokens.slice(0, closing(tokens, 1)).find(({ text }) => text === ";");
  return semicolon?.end ?? span.start;
}
