import { readC } from "../../../../grammars/c/read.ts";
import type { IntegerReading } from "../../../../server/program/integer.ts";
import { type Lowering, lowerFunction } from "../../../../server/program/lower/index.ts";
import { printFormula, printTerm } from "../../../../server/program/print.ts";
import type { Command, Jump, Program } from "../../../../server/program/program.ts";

/** Reads the text and lowers the function of this name, or the last one. */
export function lowering(text: string, reading: IntegerReading = "math", name?: string): Lowering {
  const file = readC("test.c", text);
  const fn = name === undefined ? file.functions.at(-1) : file.functions.find((one) => one.name === name);
  const problem = [...file.broken.flatMap((broken) => broken.diagnostics), ...file.diagnostics].find(
    (diagnostic) => diagnostic.severity === "error",
  );
  if (fn === undefined || problem !== undefined) throw new Error(`cannot read: ${problem?.message ?? text}`);
  return lowerFunction(file, fn, reading);
}

/** The program of a function that can be lowered. */
export function lower(text: string, reading: IntegerReading = "math", name?: string): Program {
  const result = lowering(text, reading, name);
  if (result.kind === "ok") return result.program;
  throw new Error(result.diagnostics.map((diagnostic) => diagnostic.message).join("\n"));
}

/** `line:column message` of everything that cannot be lowered. */
export function problems(text: string, reading: IntegerReading = "math"): string[] {
  const result = lowering(text, reading);
  if (result.kind === "ok") return [];
  return result.diagnostics.map(({ span, message }) => `${span.line}:${span.column} ${message}`);
}

const same = (name: string) => name;

export function command(of: Command): string {
  switch (of.kind) {
    case "assign":
      return `${of.target} := ${printTerm(of.value, same)}`;
    case "havoc":
      return `havoc ${of.target}`;
    case "assume":
      return `assume ${printFormula(of.condition, same)}`;
    case "assert":
      return `${of.what}: ${printFormula(of.condition, same)}`;
  }
}

function jump(of: Jump): string {
  if (of.kind === "return") return "return";
  if (of.kind === "goto") return `goto ${of.to}`;
  return `if ${printFormula(of.condition, same)} then ${of.then} else ${of.else}`;
}

/** The whole graph, a line for each block: `0: x := 1; goto 1`. */
export function listing(program: Program): string[] {
  return program.blocks.map(
    (block) => `${block.id}: ${[...block.commands.map(command), jump(block.jump)].join("; ")}`,
  );
}

/** All commands of `int f(int x, int y, unsigned u, char c, unsigned char b)` with this body, without the return. */
export function body(statements: string, reading: IntegerReading = "math"): string[] {
  const program = lower(
    `int f(int x, int y, unsigned u, char c, unsigned char b, short s, long l, unsigned long ul, _Bool t) { ${statements} }`,
    reading,
  );
  return program.blocks
    .flatMap((block) => block.commands.map(command))
    .filter((text) => !/^(?:havoc \\result|\\at\(\w+, Pre\) :=)/.test(text));
}

/** The commands of `l = expression`, where `l` is a `long`. */
export function value(expression: string, reading: IntegerReading = "math"): string[] {
  return body(`l = ${expression};`, reading);
}
