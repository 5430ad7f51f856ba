import type { CFunction } from "../../../grammars/c/tree.ts";

/** One conjunct of a precondition. */
export interface Precondition {
  /** As ACSL. */
  readonly text: string;
  /** Whether it holds in a state, given by the parameters' values; null where that cannot be told. */
  readonly holds: (state: EntryState) => boolean | null;
}

/** So many numbers of the function's own text are compared with parameters. */
const MOST_NUMBERS = 3;
/** So many sets there are at most. */
const MOST_SETS = 2_000;

/** Values of the parameters where a run begins, by name. */
export type EntryState = Readonly<Record<string, string>>;

/** Sets of conjuncts over the parameters that may be what a function's proof lacks, the less demanding first. */
export function preconditions(fn: CFunction, text: string): Precondition[][] {
  const integers = fn.parameters.filter(({ type }) => type.kind === "integer").map(({ name }) => name);
  const code = text.slice(fn.span.start, fn.span.end);
  const single = comparisons(integers, numbersIn(code));
  const memory = validities(fn, text, integers, code);
  const sets = [
    ...single.map((one) => [one]),
    ...memory,
    ...memory.flatMap((valid) => single.map((one) => [...valid, one])),
    ...single.flatMap((one, i) => single.slice(i + 1).map((other) => [one, other])),
  ];
  return sets.slice(0, MOST_SETS);
}

/** Whether a run may begin here all the same, as far as can be told. */
export function admits(set: readonly Precondition[], entry: EntryState): boolean {
  return set.every((one) => one.holds(entry) === true);
}

type Operator = "<" | "<=" | "!=";

function comparisons(integers: readonly string[], numbers: readonly string[]): Precondition[] {
  const bounds = integers.flatMap((name) => [compared("0", "<=", name), compared(name, "!=", "0")]);
  const pairs = integers.flatMap((left, i) =>
    integers
      .slice(i + 1)
      .flatMap((right) => [
        compared(left, "<=", right),
        compared(right, "<=", left),
        compared(left, "!=", right),
      ]),
  );
  const strict = integers.flatMap((name) => [compared("0", "<", name)]);
  const limits = integers.flatMap((name) =>
    numbers.flatMap((number) => [
      compared(name, "<=", number),
      compared(number, "<=", name),
      compared(number, "<", name),
      compared(name, "<", number),
    ]),
  );
  const apart = integers.flatMap((left) =>
    integers.filter((right) => right !== left).map((right) => compared(left, "<", right)),
  );
  return [...bounds, ...pairs, ...strict, ...apart, ...limits];
}

function compared(left: string, operator: Operator, right: string): Precondition {
  // A number stands on the right, as people write it.
  const turned = { "<=": ">=", "<": ">", "!=": "!=" }[operator];
  const text = /^\d/.test(left) ? `${right} ${turned} ${left}` : `${left} ${operator} ${right}`;
  return {
    text,
    holds(state) {
      const [a, b] = [valueIn(left, state), valueIn(right, state)];
      if (a === null || b === null) return null;
      return operator === "<" ? a < b : operator === "<=" ? a <= b : a !== b;
    },
  };
}

function valueIn(term: string, state: EntryState): bigint | null {
  if (/^\d+$/.test(term)) return BigInt(term);
  const value = Object.hasOwn(state, term) ? state[term]! : "";
  return /^-?\d+$/.test(value) ? BigInt(value) : null;
}

/** The function's own numbers, but for those that are compared with anyway. */
function numbersIn(code: string): string[] {
  const all = [...code.matchAll(/(?<![\w.])\d+(?![\w.])/g)].map(([number]) => BigInt(number).toString());
  return [...new Set(all)].filter((number) => number !== "0").slice(0, MOST_NUMBERS);
}

/** For pointers of which the contract says nothing: as many elements as each integer says, or one, readable or writable as the code wants. */
function validities(
  fn: CFunction,
  text: string,
  integers: readonly string[],
  code: string,
): Precondition[][] {
  const contract = fn.contract === null ? "" : text.slice(fn.contract.span.start, fn.contract.span.end);
  const pointers = fn.parameters.filter(
    ({ name, type }) =>
      (type.kind === "pointer" || type.kind === "array") &&
      !new RegExp(`\\\\valid(?:_read)?\\s*\\([^;]*\\b${name}\\b`).test(contract),
  );
  if (pointers.length === 0) return [];
  const valid = (range: string) =>
    pointers.map(({ name }): Precondition => {
      const written = new RegExp(
        `(?:\\b${name}\\s*(?:\\[[^\\]]*\\]|->\\s*\\w+)|\\*\\s*${name})\\s*(?:[-+*/%&|^]|<<|>>)?=(?!=)|\\b${name}\\s*\\[[^\\]]*\\]\\s*(?:\\+\\+|--)`,
      ).test(code);
      return { text: `${written ? "\\valid" : "\\valid_read"}(${name}${range})`, holds: () => null };
    });
  return [...integers.map((name) => valid(` + (0 .. ${name} - 1)`)), valid("")];
}
