import {
  type IntegerReading,
  type IntegerType,
  integerType,
  isMathematical,
} from "../../../server/program/integer.ts";
import type { Command, Jump, Program } from "../../../server/program/program.ts";
import type { Random } from "../../../server/program/random.ts";
import type { Formula, Relation, Term } from "../../../server/program/term.ts";
import { line } from "./build.ts";

const RELATIONS: readonly Relation[] = ["<", "<=", ">", ">=", "==", "!="];
const TYPES = ["int", "unsigned int", "char", "long", "unsigned long", "_Bool", "unsigned short"];
const CONSTANTS = [
  0n,
  1n,
  2n,
  -1n,
  3n,
  7n,
  -8n,
  31n,
  64n,
  255n,
  65536n,
  2147483647n,
  -2147483648n,
  4294967295n,
  (1n << 53n) + 1n,
];

/** A random term over the names, every kind of term included. */
export function randomTerm(
  random: Random,
  names: readonly string[],
  depth: number,
  reading: IntegerReading,
): Term {
  const term = (): Term => randomTerm(random, names, depth - 1, reading);
  if (depth === 0 || random.chance(0.2)) {
    if (random.chance(0.65)) return { kind: "variable", name: random.pick(names) };
    return {
      kind: "integer",
      value: random.chance(0.7) ? BigInt(random.between(-9, 9)) : random.pick(CONSTANTS),
    };
  }
  const type = (): IntegerType => integerType(random.pick(TYPES), reading)!;
  switch (random.between(0, 12)) {
    case 0:
      return { kind: "negate", argument: term() };
    case 1:
      return { kind: "pow2", argument: term() };
    case 2:
    case 3:
      return { kind: "wrap", type: type(), argument: term() };
    case 4: {
      const shared = type();
      const operand = (): Term => ({ kind: "wrap", type: shared, argument: term() });
      const operator = random.pick(["and", "or", "xor"] as const);
      return {
        kind: "bits",
        operator,
        type: shared,
        left: operand(),
        right: random.chance(0.9) ? operand() : term(),
      };
    }
    case 5:
      return {
        kind: "choose",
        condition: randomFormula(random, names, depth - 1, reading),
        then: term(),
        else: term(),
      };
    default: {
      const kind = random.pick([
        "add",
        "subtract",
        "multiply",
        "add",
        "subtract",
        "div",
        "mod",
        "shiftRight",
      ] as const);
      return { kind, left: term(), right: term() };
    }
  }
}

/** A random formula over the names, every connective included. */
export function randomFormula(
  random: Random,
  names: readonly string[],
  depth: number,
  reading: IntegerReading,
): Formula {
  const formula = (): Formula => randomFormula(random, names, depth - 1, reading);
  const term = (): Term => randomTerm(random, names, Math.max(0, depth - 1), reading);
  if (depth === 0 || random.chance(0.4)) {
    return { kind: "compare", relation: random.pick(RELATIONS), left: term(), right: term() };
  }
  switch (random.between(0, 5)) {
    case 0:
      return { kind: "not", argument: formula() };
    case 1:
      return { kind: "implies", left: formula(), right: formula() };
    case 2:
      return { kind: "iff", left: formula(), right: formula() };
    case 3:
      return { kind: "truth", value: random.chance(0.5) };
    default: {
      const parts = Array.from({ length: random.between(1, 3) }, formula);
      return { kind: random.chance(0.5) ? "and" : "or", arguments: parts };
    }
  }
}

/** A random program: any graph of up to six blocks; the first two loops that a walk meets are declared. */
export function randomProgram(random: Random, reading: IntegerReading): Program {
  const names = ["a", "b", "c", "d", "e"];
  const variables = names.map((name, position) => ({
    name,
    type: integerType(position < 2 ? "int" : random.pick(TYPES), reading)!,
    role: position < 2 ? ("parameter" as const) : ("local" as const),
    text: name,
    span: line(1),
  }));
  const typeOf = new Map(variables.map((variable) => [variable.name, variable.type]));
  const command = (): Command => {
    const target = random.pick(names);
    const type = typeOf.get(target)!;
    switch (random.between(0, 7)) {
      case 0:
        return { kind: "havoc", target, span: line(2) };
      case 1:
        return {
          kind: "assume",
          condition: randomFormula(random, names, 2, reading),
          because: random.pick(["requires", "assume"] as const),
          span: line(3),
        };
      case 2: {
        const what = random.pick(["assertion", "ensures"] as const);
        return {
          kind: "assert",
          condition: randomFormula(random, names, 2, reading),
          what,
          text: "",
          span: line(4),
        };
      }
      default: {
        const value = randomTerm(random, names, random.between(1, 3), reading);
        const fits = isMathematical(type, reading) && random.chance(0.8);
        return {
          kind: "assign",
          target,
          value: fits ? value : { kind: "wrap", type, argument: value },
          span: line(5),
        };
      }
    }
  };
  const count = random.between(2, 6);
  const jump = (): Jump => {
    const to = (): number => random.between(0, count - 1);
    if (random.chance(0.1)) return { kind: "return" };
    if (random.chance(0.4)) return { kind: "goto", to: to() };
    return {
      kind: "branch",
      condition: randomFormula(random, names, 1, reading),
      then: to(),
      else: to(),
      span: line(6),
    };
  };
  const blocks = Array.from({ length: count }, (_, id) => ({
    id,
    commands: Array.from({ length: random.between(0, 3) }, command),
    jump: jump(),
  }));
  const loops = [0, 1].map((id) => ({
    id,
    head: id,
    blocks: id === 0 ? blocks.map((block) => block.id) : [1, random.between(0, count - 1)],
    parent: null,
    modified: [],
    scope: names,
    guard: null,
    invariants: [],
    assigns: null,
    variant: null,
    span: line(7),
    annotationBlocks: [],
  }));
  return { name: "random", reading, dialect: "c", variables, blocks, entry: 0, loops, assumptions: [] };
}
