import { type IntegerReading, type IntegerType, integerType } from "../integer.ts";

/** What a call of the benchmark dialect means; every other call is for the issue that brings contracts of callees. */
export type Builtin =
  | { readonly kind: "assume" }
  | { readonly kind: "assert" }
  /** `reach_error()`: reaching it is the error. */
  | { readonly kind: "error" }
  /** `abort()`, `exit(n)`: the run ends here without returning. */
  | { readonly kind: "stop" }
  | { readonly kind: "arbitrary"; readonly type: IntegerType };

const NAMED: Readonly<Record<string, "assume" | "assert" | "error" | "stop">> = {
  assume: "assume",
  __VERIFIER_assume: "assume",
  assert: "assert",
  __VERIFIER_assert: "assert",
  static_assert: "assert",
  _Static_assert: "assert",
  reach_error: "error",
  __VERIFIER_error: "error",
  abort: "stop",
  exit: "stop",
};

/** SV-COMP's names of types in `__VERIFIER_nondet_X`. */
const SUFFIXES: Readonly<Record<string, string>> = {
  int: "int",
  uint: "unsigned int",
  unsigned: "unsigned int",
  unsigned_int: "unsigned int",
  u32: "unsigned int",
  char: "char",
  uchar: "unsigned char",
  unsigned_char: "unsigned char",
  u8: "unsigned char",
  short: "short",
  ushort: "unsigned short",
  unsigned_short: "unsigned short",
  u16: "unsigned short",
  long: "long",
  ulong: "unsigned long",
  unsigned_long: "unsigned long",
  size_t: "unsigned long",
  longlong: "long long",
  ulonglong: "unsigned long long",
  bool: "_Bool",
  _Bool: "_Bool",
};

/** The meaning of a callee's name; null when it is none of the dialect's. */
export function builtin(callee: string, reading: IntegerReading): Builtin | null {
  const kind = Object.hasOwn(NAMED, callee) ? NAMED[callee] : undefined;
  if (kind !== undefined) return { kind };
  const match = /^(?:unknown|nondet|__VERIFIER_nondet)(?:\d*|_([A-Za-z_]\w*))$/.exec(callee);
  if (match === null) return null;
  const suffix = match[1] ?? "int";
  const type = Object.hasOwn(SUFFIXES, suffix) ? integerType(SUFFIXES[suffix]!, reading) : null;
  return type === null ? null : { kind: "arbitrary", type };
}

/** True for calls that only benchmark programs make; `abort` and `exit` are ordinary C. */
export function marksBenchmark(callee: string, reading: IntegerReading): boolean {
  const meaning = builtin(callee, reading);
  return meaning !== null && meaning.kind !== "stop" && !/^_?[Ss]tatic_assert$/.test(callee);
}
