import { commentEnd, type Token, tokenize } from "./tokens.ts";

/** What Coq reads and runs at once: a command or tactic with its full stop, a bullet, or a brace with its selector. */
export interface Sentence {
  readonly kind: "command" | "bullet" | "brace";
  /** UTF-16 offsets into the text; comments before and after are outside. */
  readonly start: number;
  readonly end: number;
  /** The source with its comments turned into blanks, so that offsets stay right. */
  readonly text: string;
  /** Without the full stop. */
  readonly tokens: readonly Token[];
}

export interface Sentences {
  readonly sentences: readonly Sentence[];
  /** What the text ends in when that is no whole sentence. */
  readonly rest: { readonly start: number; readonly message: string } | null;
}

/** Splits a text into sentences as Coq does. */
export function readSentences(text: string): Sentences {
  const sentences: Sentence[] = [];
  let pending: Token[] = [];
  const done = (kind: Sentence["kind"], tokens: readonly Token[], end: number) => {
    const start = tokens[0]?.start ?? end - 1;
    sentences.push({ kind, start, end, tokens, text: withoutComments(text, start, end) });
    pending = [];
  };
  for (const token of tokenize(text)) {
    if (token.kind === "unclosed") {
      const what = token.text.startsWith('"') ? "this string is" : "this comment is";
      return { sentences, rest: { start: token.start, message: `${what} never closed` } };
    }
    if (token.kind === "stop") done("command", pending, token.end);
    else {
      const last = pending.at(-1);
      if (last !== undefined && isBullet(pending) && !(token.text === last.text && token.start === last.end))
        done("bullet", pending, last.end);
      pending.push(token);
      if (isBrace(pending)) done("brace", pending, token.end);
    }
  }
  const last = pending.at(-1);
  if (last === undefined) return { sentences, rest: null };
  if (isBullet(pending)) {
    done("bullet", pending, last.end);
    return { sentences, rest: null };
  }
  return { sentences, rest: { start: pending[0]!.start, message: "this sentence has no full stop" } };
}

/** True when a text is exactly one sentence of the kind given, with blanks around it at most. */
export function isOneSentence(text: string): boolean {
  const { sentences, rest } = readSentences(text);
  return rest === null && sentences.length === 1;
}

function isBullet(tokens: readonly Token[]): boolean {
  const first = tokens[0]!.text;
  return (first === "-" || first === "+" || first === "*") && tokens.every(({ text }) => text === first);
}

/** `{`, `}`, `2: {`, `[name]: {`. */
function isBrace(tokens: readonly Token[]): boolean {
  const words = tokens
    .map(({ kind, text }) => (kind === "number" || kind === "word" ? kind : text))
    .join(" ");
  return ["{", "}", "number : {", "[ word ] : {"].includes(words);
}

function withoutComments(text: string, start: number, end: number): string {
  let out = "";
  let at = start;
  while (at < end) {
    if (text.startsWith("(*", at)) {
      const stop = commentEnd(text, at) ?? end;
      out += text.slice(at, stop).replace(/[^\n]/g, " ");
      at = stop;
    } else if (text[at] === '"') {
      const stop = text.indexOf('"', at + 1) + 1;
      out += text.slice(at, stop);
      at = stop;
    } else out += text[at++];
  }
  return out;
}
