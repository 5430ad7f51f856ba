/** What the words of the benchmark dialect mean, as ACSL contracts. */
const MEANINGS: Readonly<Record<string, string>> = {
  assume: "/*@ assigns \\nothing; ensures c != 0; */ extern void assume(int c);",
  __VERIFIER_assume: "/*@ assigns \\nothing; ensures c != 0; */ extern void __VERIFIER_assume(int c);",
  assert: "/*@ requires c != 0; assigns \\nothing; */ extern void assert(int c);",
  __VERIFIER_assert: "/*@ requires c != 0; assigns \\nothing; */ extern void __VERIFIER_assert(int c);",
  reach_error: "/*@ requires \\false; assigns \\nothing; */ extern void reach_error(void);",
  __VERIFIER_error: "/*@ requires \\false; assigns \\nothing; */ extern void __VERIFIER_error(void);",
};

/** Calls that answer with any `int`. */
const ARBITRARY = /\b(?:unknown\d*|__VERIFIER_nondet_int)\b(?=\s*\()/g;

/** Whether a call of it answers with any `int` and does nothing else: what Frama-C makes up for its declaration is what it means. */
export function isArbitrary(name: string): boolean {
  return /^(?:unknown\d*|__VERIFIER_nondet_int)$/.test(name);
}

/**
 * Declarations for the calls of the benchmark dialect that a text makes and does not explain itself; on one line, which goes
 * before the text without moving its lines. Without them Frama-C would ask for no proof at an `assert` that nobody declared.
 * A definition in the text is what it is, and gets none.
 */
export function dialectDeclarations(text: string): string {
  const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, " ");
  const named = Object.entries(MEANINGS).filter(
    ([name]) => calls(code, name) && !defines(code, name) && !(name === "assert" && /<assert\.h>/.test(text)),
  );
  const arbitrary = new Set([...code.matchAll(ARBITRARY)].map(([name]) => name));
  return [
    ...named.map(([, declaration]) => declaration),
    ...[...arbitrary]
      .filter((name) => !declares(code, name))
      .map((name) => `/*@ assigns \\nothing; */ extern int ${name}();`),
  ].join(" ");
}

function calls(code: string, name: string): boolean {
  return new RegExp(`\\b${name}\\s*\\(`).test(code);
}

function defines(code: string, name: string): boolean {
  return new RegExp(`\\b${name}\\s*\\([^()]*\\)\\s*\\{`).test(code);
}

function declares(code: string, name: string): boolean {
  return new RegExp(`\\b(?:int|extern)\\s+${name}\\s*\\(`).test(code);
}
