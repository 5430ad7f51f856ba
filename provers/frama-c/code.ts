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

function annotationsOf(code: string): string[] {
  return [...code.matchAll(ANNOTATION)].map(([one]) => one);
}

/** Words that a call may be of, and those of statements and types that look the same. */
function beforeParentheses(code: string): string[] {
  return [...code.matchAll(/\b([A-Za-z_]\w*)\s*\(/g)].map(([, word]) => word!);
}

/** The first of these members that is named behind a dot or an arrow; null where none is. */
function memberIn(code: string, members: ReadonlySet<string>): string | null {
  for (const [, member] of code.matchAll(/(?:\.|->)\s*([A-Za-z_]\w*)/g))
    if (members.has(member!)) return member!;
  return null;
}

/** The function in the printed code; null where it is not there, or more than once. */
export function printedFunction({ own }: PrintedCode, name: string): PrintedFunction | null {
  const same = outlineC(own).functions.filter((one) => one.name === name);
  if (same.length !== 1) return null;
  const text = own.slice(same[0]!.start, same[0]!.end);
  const annotations = annotationsOf(text);
  const code = text.replace(COMMENT, " ");
  const body = code.slice(code.indexOf("{"));
  const types = new Set([...own.matchAll(/\btypedef\b[^;{}]*?\b(\w+)\s*;/g)].map(([, type]) => type!));
  const called = beforeParentheses(body);
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
  const logic = annotationsOf(own).filter((one) => /\b(?:logic|predicate|inductive|axiom|lemma)\b/.test(one));
  return memberIn([text, ...logic].join("\n"), members);
}

/**
 * A bit-field that the function names; null where it names none. WP takes it for an integer of its declared type, and proves
 * `s.b == 9` after `s.b = 9` where `b` has three bits (seen).
 */
export function bitField({ all }: PrintedCode, { text }: PrintedFunction): string | null {
  const fields = new Set(
    [...all.matchAll(/\b(\w+)\s*:\s*\d+\s*(?:__attribute__[^;]*)?;/g)].map(([, name]) => name!),
  );
  return memberIn(text, fields);
}

/**
 * What gives a name another meaning than its declaration has, where Frama-C prints it and WP does not follow (seen): two names of
 * one variable, a call at the end of a block.
 */
export function nameBeyondWp({ own }: PrintedCode): string | null {
  const pragma = /^\s*#\s*pragma\s+(?:weak\s+\w+\s*=|redefine_extname|scalar_storage_order)/m.exec(own);
  if (pragma !== null) return pragma[0].trim();
  // A function's name for the linker stands behind a parenthesis, and what it does is its contract's matter.
  const label = /[\w\]]\s+(__asm__\s*\("[^"]*"\))\s*[;=,]/.exec(own);
  if (label !== null) return label[1]!;
  const attribute =
    /__attribute__\s*\(\([^;{}]*?\b_*(alias|cleanup|weakref|ifunc|mode|vector_size|scalar_storage_order)(?:__)?\b/.exec(
      own,
    );
  return attribute === null ? null : `__attribute__((${attribute[1]}))`;
}

/**
 * Whether ghost code in the function may run forever: what it calls or repeats. The program runs on where such code would not, and
 * WP proves anything of what stands behind it (seen).
 */
export function ghostMayNotEnd({ text }: PrintedFunction): boolean {
  const ghosts = annotationsOf(text).filter((one) => /^\/[*/]@\s*ghost\b/.test(one));
  return ghosts.some((one) => {
    const code = one.replace(/\/@[\s\S]*?@\//g, " ");
    const calls = beforeParentheses(code);
    return /\b(?:while|for|do|goto)\b/.test(code) || calls.some((word) => !NO_CALL.test(word));
  });
}

/**
 * A function that this one calls and whose contract has `assigns` in behaviors only, which need not be all there are; null where it
 * calls none. WP takes such an `assigns` for a limit of every call, also where the behavior does not apply (seen).
 */
export function assignsInBehaviors({ all }: PrintedCode, { callees }: PrintedFunction): string | null {
  for (const [, contract, head] of all.matchAll(/\/\*@((?:(?!\*\/)[\s\S])*)\*\/([^;{}@]*)[;{]/g)) {
    const [before, ...behaviors] = contract!.split(/\bbehavior\b/);
    const limited = behaviors.some((one) => /\bassigns\b/.test(one)) && !/\bassigns\b/.test(before!);
    if (!limited || /\bcomplete\s+behaviors\b/.test(contract!)) continue;
    const called = callees.find((one) => new RegExp(`\\b${one}\\s*\\(`).test(head!));
    if (called !== undefined) return called;
  }
  return null;
}

/** Axioms and lemmas of the text itself: what its proofs may rest on. */
export function axiomsOf({ own }: PrintedCode): string[] {
  return annotationsOf(own).flatMap((annotation) =>
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
