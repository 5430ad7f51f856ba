import { outlineC } from "../../grammars/c/outline.ts";

/** A text as Frama-C prints it back: every call a statement of its own, every contract with it, made-up ones included. */
export interface PrintedCode {
  /** Without what its own library's headers declare. */
  readonly own: string;
  /** All of it. */
  readonly all: string;
}

/** What the printed form of one function tells of it. */
export interface PrintedFunction {
  /** Contract and body, annotations of run-time guards among them. */
  readonly text: string;
  /** Functions that it calls, in the order of their names' first use; those that a `calls` annotation names are among them. */
  readonly callees: readonly string[];
  readonly callsThroughPointers: boolean;
  /** Whether every loop has a measure, nothing is called, and no jump goes anywhere but forward out of the way of WP's own check. */
  readonly measured: boolean;
}

const ANNOTATION = /\/\*@[\s\S]*?\*\/|\/\/@[^\n]*/g;
const COMMENT = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'/g;
const NO_CALL =
  /^(?:if|while|for|switch|return|else|do|case|sizeof|_Alignof|__asm__|__attribute__|int|char|short|long|signed|unsigned|float|double|void|_Bool|const|volatile|union|struct|enum)$/;

/** The function in the printed code; null where it is not there, or more than once. */
export function printedFunction({ own }: PrintedCode, name: string): PrintedFunction | null {
  const same = outlineC(own).functions.filter((one) => one.name === name);
  if (same.length !== 1) return null;
  const text = own.slice(same[0]!.start, same[0]!.end);
  const annotations = [...text.matchAll(ANNOTATION)].map(([one]) => one);
  const code = text.replace(COMMENT, " ");
  const body = code.slice(code.indexOf("{"));
  const types = new Set([...own.matchAll(/\btypedef\b[^;{}]*?\b(\w+)\s*;/g)].map(([, type]) => type!));
  const called = [...body.matchAll(/\b([A-Za-z_]\w*)\s*\(/g)].map(([, word]) => word!);
  const named = annotations.flatMap((one) =>
    [...one.matchAll(/\bcalls\s+([^;]*);/g)].flatMap(([, list]) => list!.split(/[\s,]+/)),
  );
  const callees = [...new Set([...called, ...named])].filter(
    (one) => one !== "" && !NO_CALL.test(one) && !types.has(one),
  );
  // Declarations of pointers to functions look the same, and make nothing worse.
  const callsThroughPointers = /\(\s*\*[^()]*(?:\([^()]*\)[^()]*)*\)\s*\(/.test(body);
  const loops = [...body.matchAll(/\b(?:while|for|do)\b/g)].length;
  const measures = annotations.flatMap((one) =>
    [...one.matchAll(/\bloop\s+variant\b[^;]*;/g)].map(([clause]) => clause),
  );
  const plain = measures.every((one) => !/\bfor\b/.test(one));
  return {
    text,
    callees,
    callsThroughPointers,
    measured: callees.length === 0 && !callsThroughPointers && plain && measures.length === loops,
  };
}

/**
 * A member of a union that the function or a logic definition of the text names; null where none does. WP's memory model keeps the
 * members of a union apart, as if they did not share their bytes, and proves `u.i == 1` after `u.f = 0` without a word (seen).
 */
export function unionMember({ own, all }: PrintedCode, { text }: PrintedFunction): string | null {
  const members = new Set(
    [...all.matchAll(/\bunion\s+\w*\s*\{([^}]*)\}/g)].flatMap(
      ([, body]) => body!.match(/[A-Za-z_]\w*/g) ?? [],
    ),
  );
  const logic = [...own.matchAll(ANNOTATION)]
    .map(([one]) => one)
    .filter((one) => /\b(?:logic|predicate|inductive|axiom|lemma)\b/.test(one));
  for (const [, member] of [text, ...logic].join("\n").matchAll(/(?:\.|->)\s*([A-Za-z_]\w*)/g))
    if (members.has(member!)) return member!;
  return null;
}

/** Axioms and lemmas of the text itself: what its proofs may rest on. */
export function axiomsOf({ own }: PrintedCode): string[] {
  return [...own.matchAll(ANNOTATION)].flatMap(([annotation]) =>
    [...annotation.matchAll(/\b(axiom|lemma)\s+(\w+)/g)].map(([, kind, name]) =>
      kind === "lemma" ? `lemma ${name}, which is not proved here` : `axiom ${name}`,
    ),
  );
}

/** Whether a call of the function is a call of its contract: not where its code stands there without one, which is then anything. */
export function calledByContract({ own }: PrintedCode, name: string): boolean {
  const defined = outlineC(own).functions.find((one) => one.name === name);
  return defined === undefined || own.startsWith("/*@", defined.start);
}
