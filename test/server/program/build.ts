import type { Span } from "../../../grammars/c/span.ts";
import { type IntegerReading, integerType } from "../../../server/program/integer.ts";
import type { Block, Command, Jump, Loop, Program, Variable } from "../../../server/program/program.ts";
import {
  compare,
  type Formula,
  integer,
  type Relation,
  type Term,
  variable,
} from "../../../server/program/term.ts";

/** A span at the start of a line. */
export function line(number: number): Span {
  return { start: 0, end: 1, line: number, column: 1 };
}

/** A term from a name, a number, or a term. */
export function t(part: string | number | bigint | Term): Term {
  if (typeof part === "string") return variable(part);
  return typeof part === "object" ? part : integer(part);
}

type Part = string | number | bigint | Term;

export const add = (left: Part, right: Part): Term => ({ kind: "add", left: t(left), right: t(right) });
export const subtract = (left: Part, right: Part): Term => ({
  kind: "subtract",
  left: t(left),
  right: t(right),
});
export const multiply = (left: Part, right: Part): Term => ({
  kind: "multiply",
  left: t(left),
  right: t(right),
});
export const div = (left: Part, right: Part): Term => ({ kind: "div", left: t(left), right: t(right) });
export const mod = (left: Part, right: Part): Term => ({ kind: "mod", left: t(left), right: t(right) });

export function is(left: Part, relation: Relation, right: Part): Formula {
  return compare(relation, t(left), t(right));
}

export function assign(target: string, value: Part, at = 1): Command {
  return { kind: "assign", target, value: t(value), span: line(at) };
}

export function havoc(target: string, at = 1): Command {
  return { kind: "havoc", target, span: line(at) };
}

export function requires(condition: Formula, at = 1): Command {
  return { kind: "assume", condition, because: "requires", span: line(at) };
}

export function assume(condition: Formula, at = 1): Command {
  return { kind: "assume", condition, because: "assume", span: line(at) };
}

export function assert(condition: Formula, text: string, at = 1): Command {
  return { kind: "assert", condition, what: "assertion", text, span: line(at) };
}

export const goto = (to: number): Jump => ({ kind: "goto", to });
export const RETURN: Jump = { kind: "return" };

export function branch(condition: Formula, then: number, otherwise: number): Jump {
  return { kind: "branch", condition, then, else: otherwise, span: line(1) };
}

/** A variable written as `parameter int n`: role, C type, name. */
export function declare(text: string): Variable {
  const words = text.split(" ");
  const [role, name] = [words[0] as Variable["role"], words.at(-1)!];
  const named = role !== "temporary" && role !== "flag";
  const type = integerType(words.slice(1, -1).join(" "), "math")!;
  return { name, type, role, text: named ? name.replace(/#\d+$/, "") : null, span: line(1) };
}

/** A program from its variables, its blocks, and where its loops are; the first block is the entry. */
export function program(parts: {
  readonly variables: readonly string[];
  readonly blocks: readonly (readonly [readonly Command[], Jump])[];
  readonly loops?: readonly (Pick<Loop, "head" | "blocks"> & Partial<Loop>)[];
  readonly reading?: IntegerReading;
}): Program {
  const blocks: Block[] = parts.blocks.map(([commands, jump], id) => ({ id, commands, jump }));
  const variables = parts.variables.map(declare);
  const loops = (parts.loops ?? []).map((loop, id): Loop => {
    const changed = loop.blocks
      .flatMap((block) => blocks[block]!.commands)
      .flatMap((command) => ("target" in command ? [command.target] : []));
    return {
      id,
      parent: null,
      modified: [...new Set(changed)],
      scope: variables.filter(({ text, role }) => text !== null && role !== "result").map(({ name }) => name),
      guard: null,
      invariants: [],
      assigns: null,
      variant: null,
      span: line(5 + id),
      annotationBlocks: [],
      ...loop,
    };
  });
  return {
    name: "f",
    reading: parts.reading ?? "math",
    dialect: "c",
    variables,
    blocks,
    entry: 0,
    loops,
    assumptions: [],
  };
}

/** `x = 0; while (x < n) x = x + step; assert(x == n);` for a parameter n that is required to be at least zero. */
export function countTo(step = 1): Program {
  return program({
    variables: ["parameter int n", "local int x"],
    blocks: [
      [[requires(is("n", ">=", 0)), assign("x", 0)], goto(1)],
      [[], branch(is("x", "<", "n"), 2, 3)],
      [[assign("x", add("x", step), 6)], goto(1)],
      [[assert(is("x", "==", "n"), "x == n", 8)], RETURN],
    ],
    loops: [{ head: 1, blocks: [1, 2] }],
  });
}
