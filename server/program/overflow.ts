import type { IntegerRange, IntegerType } from "./integer.ts";
import type { Command, Program } from "./program.ts";
import type { Term } from "./term.ts";

const INT: IntegerRange = { low: -(1n << 31n), high: (1n << 31n) - 1n };
const LONG: IntegerRange = { low: -(1n << 63n), high: (1n << 63n) - 1n };

const OVERFLOWING: ReadonlySet<Term["kind"]> = new Set(["add", "subtract", "multiply", "negate", "div"]);

/** Bits of the signed C type of a term; 0 where unsigned arithmetic may be involved. */
type Width = 0 | 32 | 64;

/** Where C's arithmetic would have overflowed: the range that the value of a compound term must keep; null for no limit. */
export type Limits = (term: Term) => IntegerRange | null;

/**
 * Under the reading `math`, signed overflow is taken to be impossible, so a concrete run in which it happens is no run at all
 * (soundness.md 5, 8). Terms carry no C types any more; this gives each arithmetic term the least type it can have had in C
 * (usual conversions, `int` of 32 and `long` of 64 bits). A cast that lowering left no trace of makes the limit too strict, never
 * too wide: a possible run may be dropped, an impossible one is never kept.
 */
export function arithmeticLimits(program: Program): Limits {
  if (program.reading !== "math") return () => null;
  const types = new Map(program.variables.map((variable) => [variable.name, variable.type]));
  const widths = remember((term: Term): Width => width(term, types, widths));
  return remember((term) => {
    if (!OVERFLOWING.has(term.kind)) return null;
    const bits = widths(term);
    return bits === 0 ? null : bits === 32 ? INT : LONG;
  });
}

/** True for text that is C; contracts are ACSL, whose integers are unbounded. */
export function isArithmeticOfC(command: Command): boolean {
  if (command.kind === "assume") return command.because === "assume";
  if (command.kind === "assert") return command.what !== "ensures" && command.what !== "requires";
  return true;
}

/** Each term is asked once: runs evaluate the same terms many times. */
function remember<Value>(compute: (term: Term) => Value): (term: Term) => Value {
  const known = new WeakMap<Term, { readonly value: Value }>();
  return (term) => {
    let entry = known.get(term);
    if (entry === undefined) {
      entry = { value: compute(term) };
      known.set(term, entry);
    }
    return entry.value;
  };
}

function width(term: Term, types: ReadonlyMap<string, IntegerType>, widthOf: (term: Term) => Width): Width {
  switch (term.kind) {
    case "integer":
      if (term.value >= INT.low && term.value <= INT.high) return 32;
      return term.value >= LONG.low && term.value <= LONG.high ? 64 : 0;
    case "variable": {
      const type = types.get(term.name);
      return type === undefined ? 0 : promoted(type);
    }
    case "negate":
      return widthOf(term.argument);
    // `a << b` is a times a power; the power itself has no type.
    case "pow2":
      return 32;
    case "shiftRight":
      return widthOf(term.left);
    case "wrap":
    case "bits":
      return promoted(term.type);
    case "choose":
      return wider(widthOf(term.then), widthOf(term.else));
    case "select":
      return widthOf(term.array);
    case "store":
      return widthOf(term.array);
    case "filled":
    case "apply":
      return 0;
    default:
      return wider(widthOf(term.left), widthOf(term.right));
  }
}

function promoted(type: IntegerType): Width {
  if (type.rank < 3) return 32;
  if (!type.signed) return 0;
  return type.bits === 64 ? 64 : 32;
}

function wider(one: Width, other: Width): Width {
  return one === 0 || other === 0 ? 0 : one > other ? one : other;
}
