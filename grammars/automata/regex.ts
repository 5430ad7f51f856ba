import { type AST, RegExpParser } from "@eslint-community/regexpp";
import { OTHER, SYMBOLS } from "./alphabet.ts";

/** A program with priorities (Pike's): of two ways on, the first is preferred, as JavaScript's backtracking prefers it. */
export interface Program {
  readonly instructions: readonly Instruction[];
  readonly start: number;
}

export type Instruction =
  | { readonly kind: "read"; readonly symbols: ReadonlySet<number>; readonly next: number }
  | { readonly kind: "split"; readonly first: number; readonly second: number }
  | { readonly kind: "match" };

/** The pattern is one that the proofs do not model. */
export class Unsupported extends Error {}

/**
 * The program of a regular expression as Chevrotain's lexer runs it. Throws `Unsupported` on lookaround, backreferences,
 * lazy quantifiers, anchors, flags, and classes that tell characters outside ASCII apart.
 */
export function programOf(pattern: RegExp | string): Program {
  if (typeof pattern === "string") return literalProgram(pattern);
  if (pattern.flags.replace("y", "") !== "") throw new Unsupported(`flags ${pattern.flags}`);
  const parsed = new RegExpParser({ ecmaVersion: 2020 }).parsePattern(pattern.source);
  const instructions: Instruction[] = [{ kind: "match" }];
  const add = (instruction: Instruction): number => instructions.push(instruction) - 1;

  const alternatives = (all: readonly AST.Alternative[], next: number): number => {
    const starts = all.map((alternative) => sequence(alternative.elements, next));
    return starts.reduceRight((second, first) => add({ kind: "split", first, second }));
  };
  const sequence = (elements: readonly AST.Element[], next: number): number =>
    elements.reduceRight((after, element) => elementOf(element, after), next);
  const elementOf = (element: AST.Element, next: number): number => {
    switch (element.type) {
      case "Character":
        return add({ kind: "read", symbols: rangeSet(element.value, element.value), next });
      case "CharacterClass":
        return add({ kind: "read", symbols: classSet(element), next });
      case "Group":
      case "CapturingGroup":
        return alternatives(element.alternatives, next);
      case "Quantifier":
        return quantifier(element, next);
      default:
        throw new Unsupported(`${element.type} ${element.raw}`);
    }
  };
  const quantifier = ({ element, min, max, greedy, raw }: AST.Quantifier, next: number): number => {
    if (!greedy) throw new Unsupported(`the lazy quantifier ${raw}`);
    if (nullable(element)) throw new Unsupported(`the repetition of what may be empty ${raw}`);
    let start = next;
    if (max === Number.POSITIVE_INFINITY) {
      const loop = add({ kind: "match" });
      instructions[loop] = { kind: "split", first: elementOf(element, loop), second: next };
      start = loop;
    } else {
      // Each optional copy may be left out with all those after it.
      for (let copy = min; copy < max; copy += 1) {
        start = add({ kind: "split", first: elementOf(element, start), second: next });
      }
    }
    for (let copy = 0; copy < min; copy += 1) start = elementOf(element, start);
    return start;
  };
  const start = alternatives(parsed.alternatives, 0);
  return { instructions, start };
}

function literalProgram(text: string): Program {
  const instructions: Instruction[] = [{ kind: "match" }];
  for (const character of [...text].reverse()) {
    const code = character.charCodeAt(0);
    if (code >= OTHER) throw new Unsupported(`the character ${character}`);
    instructions.push({ kind: "read", symbols: new Set([code]), next: instructions.length - 1 });
  }
  return { instructions, start: instructions.length - 1 };
}

function nullable(element: AST.Element): boolean {
  switch (element.type) {
    case "Character":
    case "CharacterClass":
      return false;
    case "Group":
    case "CapturingGroup":
      return element.alternatives.some((alternative) => alternative.elements.every(nullable));
    case "Quantifier":
      return element.min === 0 || nullable(element.element);
    default:
      throw new Unsupported(`${element.type} ${element.raw}`);
  }
}

function rangeSet(from: number, to: number): ReadonlySet<number> {
  // 0xFFFF is how a class that goes on to the end is written.
  if (to >= OTHER && !(from <= OTHER && to >= 0xffff)) throw new Unsupported("characters outside ASCII");
  const set = new Set<number>();
  for (let code = from; code < OTHER && code <= to; code += 1) set.add(code);
  if (to >= OTHER) set.add(OTHER);
  return set;
}

function classSet(node: AST.CharacterClass): ReadonlySet<number> {
  const set = new Set<number>();
  for (const element of node.elements) {
    if (element.type === "Character")
      for (const code of rangeSet(element.value, element.value)) set.add(code);
    else if (element.type === "CharacterClassRange") {
      for (const code of rangeSet(element.min.value, element.max.value)) set.add(code);
    } else throw new Unsupported(`${element.type} ${element.raw}`);
  }
  if (!node.negate) return set;
  return new Set(Array.from({ length: SYMBOLS }, (_, code) => code).filter((code) => !set.has(code)));
}
