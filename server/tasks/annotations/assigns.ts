import type { TextLoop } from "../../engine/task.ts";
import { declarations } from "./declarations.ts";
import { comparisons, type LoopParts, loopParts } from "./loops.ts";
import { closing, opening, type TextToken } from "./tokens.ts";

/** What a loop assigns, from the text alone: a guess like any other, which its checker proves or not. */
export interface AssignedText {
  /** Ranges of arrays as the loop's condition bounds them. */
  readonly near: string;
  /** Whole arrays. */
  readonly wide: string;
}

/**
 * The lvalues that stand left of an assignment or beside `++` and `--` in a loop, as locations for `loop assigns`; null where one
 * has a form that cannot be told. What functions that it calls assign is not among them.
 */
export function assignedBy(text: string, loop: TextLoop): AssignedText | null {
  const parts = loopParts(text, loop);
  const tokens = statementsOf(parts, loop);
  const own = new Set(declarations(tokens).map(({ name }) => name));
  const near = new Set<string>();
  const wide = new Set<string>();
  for (const lvalue of lvalues(tokens)) {
    const base = lvalue.find(({ kind }) => kind === "word")?.text;
    if (base !== undefined && own.has(base)) continue;
    const places = placeOf(lvalue, parts);
    if (places === null) return null;
    near.add(places.near);
    wide.add(places.wide);
  }
  return { near: listed(near), wide: listed(wide) };
}

/** Names of variables that statements of the loop assign, its own included. */
export function modifiedNames(text: string, loop: TextLoop): Set<string> {
  return new Set(
    lvalues(statementsOf(loopParts(text, loop), loop)).flatMap((one) =>
      one.length === 1 ? [one[0]!.text] : [],
    ),
  );
}

/** Whether every assignment of the loop to a variable makes it larger, or smaller; null where that cannot be told. */
export function directionOf(text: string, loop: TextLoop, name: string): "up" | "down" | null {
  const code = statementsOf(loopParts(text, loop), loop)
    .map((one) => one.text)
    .join(" ");
  const of = `(?<![\\w.>] ?)${name}`;
  const all =
    code.match(
      new RegExp(`${of} (?:[-+*/%&|^]?=|<<=|>>=) |${of} (?:\\+\\+|--)|(?:\\+\\+|--) ${name}\\b`, "g"),
    ) ?? [];
  const up =
    code.match(new RegExp(`${of} (?:\\+\\+|\\+= \\d)|\\+\\+ ${name}\\b|${of} = ${name} \\+ \\d`, "g")) ?? [];
  const down = code.match(new RegExp(`${of} (?:--|-= \\d)|-- ${name}\\b|${of} = ${name} - \\d`, "g")) ?? [];
  if (all.length > 0 && all.length === up.length) return "up";
  return all.length > 0 && all.length === down.length ? "down" : null;
}

/** What is executed again and again, as statements one behind the other. */
function statementsOf({ condition, body, step }: LoopParts, { span }: TextLoop): TextToken[] {
  const semicolon: TextToken = { kind: "sign", text: ";", start: span.start, end: span.start };
  return [...condition, semicolon, ...body, semicolon, ...step];
}

function listed(locations: ReadonlySet<string>): string {
  return locations.size === 0 ? "\\nothing" : [...locations].join(", ");
}

const ASSIGNMENT = /^(?:[-+*/%&|^]?=|<<=|>>=)$/;

function lvalues(tokens: readonly TextToken[]): TextToken[][] {
  return tokens.flatMap(({ text }, at): TextToken[][] => {
    if (ASSIGNMENT.test(text)) return [before(tokens, at)];
    if (text !== "++" && text !== "--") return [];
    const next = tokens[at + 1];
    const prefix = next !== undefined && (next.kind === "word" || /^[(*]$/.test(next.text));
    const postfix = tokens[at - 1] !== undefined && /^(?:\w+|[\])])$/.test(tokens[at - 1]!.text);
    return [postfix || !prefix ? before(tokens, at, false) : after(tokens, at)];
  });
}

/** The expression that ends in front of an index; `++` behind it binds tighter than the stars in front of it. */
function before(tokens: readonly TextToken[], end: number, stars = true): TextToken[] {
  let start = end;
  for (;;) {
    const last = tokens[start - 1];
    if (last === undefined) break;
    if (last.text === "]" || last.text === ")") {
      const open = opening(tokens, start - 1);
      if (open < 0) break;
      start = open;
      // `(e)` stands alone or behind a star; `f(e)` is a call, which is no lvalue.
      if (last.text === ")") break;
      continue;
    }
    if (last.text === "++" || last.text === "--") start--;
    else if (last.kind === "word") {
      start--;
      if (!/^(?:->|\.)$/.test(tokens[start - 1]?.text ?? "")) break;
      start--;
    } else break;
  }
  while (stars && tokens[start - 1]?.text === "*" && !/^(?:\w+|[\])])$/.test(tokens[start - 2]?.text ?? ";"))
    start--;
  return tokens.slice(start, end);
}

/** The unary expression behind a prefix operator. */
function after(tokens: readonly TextToken[], operator: number): TextToken[] {
  let end = operator + 1;
  while (tokens[end]?.text === "*") end++;
  if (tokens[end]?.text === "(") end = closing(tokens, end) + 1;
  else end++;
  while (/^(?:\[|->|\.)$/.test(tokens[end]?.text ?? ""))
    end = tokens[end]!.text === "[" ? closing(tokens, end) + 1 : end + 2;
  return tokens.slice(operator + 1, end);
}

/** A location for `loop assigns`; null for a form that is none of `x`, `a[e]`, `*p`, `*p++`, `p->f`, `s.f` and `p->f[e]`. */
function placeOf(lvalue: readonly TextToken[], parts: LoopParts): AssignedText | null {
  const texts = lvalue.map(({ text }) => text);
  const walk =
    /^(?:\* ?(\w+)(?: ?(?:\+\+|--))?|\* ?(?:\+\+|--) ?(\w+)|\* ?\( ?(\w+)(?: ?(?:\+\+|--))? ?\))$/.exec(
      texts.join(" "),
    );
  if (walk) return same(`${walk[1] ?? walk[2] ?? walk[3]}[..]`);
  const bracket = texts.indexOf("[");
  const base = texts.slice(0, bracket < 0 ? undefined : bracket);
  if (!/^[A-Za-z_]\w*(?:(?:->|\.)[A-Za-z_]\w*)*$/.test(base.join(""))) return null;
  const name = base.join("");
  if (bracket < 0) return same(name);
  // What a row or an element's field is would take its type.
  if (closing(lvalue, bracket) !== lvalue.length - 1) return null;
  return { near: `${name}[${rangeOf(texts.slice(bracket + 1, -1), parts)}]`, wide: `${name}[..]` };
}

function same(text: string): AssignedText {
  return { near: text, wide: text };
}

/** The range of an index that counts from its first value up to the condition's bound. */
function rangeOf(index: readonly string[], { initial, condition }: LoopParts): string {
  const [counter, more] = index;
  if (counter === undefined || more !== undefined) return "..";
  const bound = comparisons(condition).find(
    ({ left, relation }) => left === counter && /^<=?$|^!=$/.test(relation),
  );
  if (bound === undefined) return "..";
  const start = declarations([...FOR, ...initial]).find(({ name }) => name === counter)?.value;
  const first = start ? initial[start - FOR.length] : assignedFirst(initial, counter);
  const low = first?.kind === "number" || first?.kind === "word" ? first.text : "0";
  return `${low} .. ${bound.right}${bound.relation === "<=" ? "" : " - 1"}`;
}

/** What stands in front of a `for` statement's first part. */
const FOR: readonly TextToken[] = ["for", "("].map((text) => ({ kind: "sign", text, start: 0, end: 0 }));

function assignedFirst(initial: readonly TextToken[], counter: string): TextToken | undefined {
  return initial[0]?.text === counter && initial[1]?.text === "=" ? initial[2] : undefined;
}
