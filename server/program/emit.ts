import { POWERS } from "./evaluate.ts";
import type { IntegerType } from "./integer.ts";
import { rangeOf } from "./integer.ts";
import type { Limits } from "./overflow.ts";
import type { Formula, Term } from "./term.ts";

/** Largest magnitude at which doubles hold every integer. */
export const SAFE = Number.MAX_SAFE_INTEGER;

/** What the flag `u` of emitted code says about the value just computed; 0 is "exact". The first trouble wins. */
export const FLAG = { undefined: 1, unsafe: 2, outOfRange: 3 } as const;

/** 2⁰ to 2⁶³ and bitwise operations on 64-bit types: what emitted code calls, under the names `P` and `W`. */
export const POWER_TABLE: Float64Array = Float64Array.from({ length: Number(POWERS) }, (_, n) => 2 ** n);

/** Bitwise operation on safe integers in two's complement of 64 bits; NaN when the result is not safe. */
export function wideBits(operator: 0 | 1 | 2, left: number, right: number): number {
  const [one, other] = [BigInt(left), BigInt(right)];
  const result = Number(operator === 0 ? one & other : operator === 1 ? one | other : one ^ other);
  return Number.isSafeInteger(result) ? result : Number.NaN;
}

/** Where emitted code finds a variable: an expression, and the largest magnitude it may have. */
export interface Place {
  readonly code: string;
  readonly magnitude: number;
}

interface Emitted {
  readonly code: string;
  /** Upper bound of the absolute value, at most `SAFE`. */
  readonly magnitude: number;
}

const NO_LIMITS: Limits = () => null;
const BIT_OPERATORS = { and: ["&", 0], or: ["|", 1], xor: ["^", 2] } as const;
const RELATIONS = { "<": "<", "<=": "<=", ">": ">", ">=": ">=", "==": "===", "!=": "!==" } as const;

/**
 * Writes JavaScript over doubles for our own trees. Only digits, operators, and the places handed in reach the text: no name and
 * no string of a user's program does. The code sets `u` (see `FLAG`) as soon as a value is undefined, leaves the safe integers,
 * or leaves its limit; what it computes after that means nothing. Temporaries `t0`, `t1`, … must be declared around it.
 */
export class Emitter {
  /** Temporaries in use; the declaration needs `temporaries` of them. */
  temporaries = 0;
  readonly #place: (name: string) => Place | null;
  readonly #limits: Limits;

  constructor(place: (name: string) => Place | null, limits: Limits = NO_LIMITS) {
    this.#place = place;
    this.#limits = limits;
  }

  /** `let u=0,t0=0,t1=0;` */
  declarations(): string {
    return `let u=0${Array.from({ length: this.temporaries }, (_, n) => `,t${n}=0`).join("")};`;
  }

  /** An expression for the value, kept within [low, high] on pain of this flag. */
  value(term: Term, low: number, high: number, flag: number): string {
    return this.#checked(this.#term(term).code, low, high, flag);
  }

  /** An expression for the truth. */
  formula(formula: Formula): string {
    switch (formula.kind) {
      case "truth":
        return formula.value ? "true" : "false";
      case "symbol":
        return `(${raise(FLAG.undefined)},false)`;
      case "compare":
        return `(${this.#operand(formula.left)}${RELATIONS[formula.relation]}${this.#operand(formula.right)})`;
      case "not":
        return `!${this.formula(formula.argument)}`;
      case "and":
      case "or": {
        if (formula.arguments.length === 0) return formula.kind === "and" ? "true" : "false";
        const parts = formula.arguments.map((part) => this.formula(part));
        return `(${parts.join(formula.kind === "and" ? "&&" : "||")})`;
      }
      case "implies":
        return `(!${this.formula(formula.left)}||${this.formula(formula.right)})`;
      case "iff":
        return `(${this.formula(formula.left)}===${this.formula(formula.right)})`;
      // Arrays and quantifiers are made single cells and junctions before anything runs (cells.ts).
      case "forall":
      case "exists":
      case "holds":
        return `(${raise(FLAG.undefined)},false)`;
    }
  }

  /** Safe integers compare rightly even with a rounded constant beyond them: rounding is monotone and 2⁵³ is exact. */
  #operand(term: Term): string {
    return term.kind === "integer" ? literal(Number(term.value)) : this.#term(term).code;
  }

  #term(term: Term): Emitted {
    switch (term.kind) {
      case "integer": {
        const value = Number(term.value);
        if (!Number.isSafeInteger(value)) return { code: `(${raise(FLAG.unsafe)},0)`, magnitude: 0 };
        return { code: literal(value), magnitude: Math.abs(value) };
      }
      case "variable":
        return this.#place(term.name) ?? { code: `(${raise(FLAG.undefined)},0)`, magnitude: 0 };
      case "negate": {
        const argument = this.#term(term.argument);
        return this.#bounded(term, `(-${argument.code})`, argument.magnitude);
      }
      case "add":
      case "subtract": {
        const [left, right] = [this.#term(term.left), this.#term(term.right)];
        const code = `(${left.code}${term.kind === "add" ? "+" : "- "}${right.code})`;
        return this.#bounded(term, code, left.magnitude + right.magnitude);
      }
      case "multiply": {
        const [left, right] = [this.#term(term.left), this.#term(term.right)];
        return this.#bounded(term, `(${left.code}*${right.code})`, left.magnitude * right.magnitude);
      }
      case "div":
      case "mod": {
        const [left, right] = [this.#term(term.left), this.#term(term.right)];
        const [one, other] = [this.#temporary(), this.#temporary()];
        const result = term.kind === "div" ? `Math.trunc(${one}/${other})` : `${one}%${other}`;
        const code = `(${one}=${left.code},${other}=${right.code},${other}===0?(${raise(FLAG.undefined)},0):${result})`;
        return this.#bounded(
          term,
          code,
          term.kind === "mod" ? Math.min(left.magnitude, right.magnitude) : left.magnitude,
        );
      }
      case "shiftRight": {
        const left = this.#term(term.left);
        const [one, amount] = [this.#temporary(), this.#amount(term.right)];
        return { code: `(${one}=${left.code},Math.floor(${one}/P[${amount}]))`, magnitude: left.magnitude };
      }
      case "pow2":
        return {
          code: this.#checked(`P[${this.#amount(term.argument)}]`, 0, SAFE, FLAG.unsafe),
          magnitude: SAFE,
        };
      case "select":
      case "store":
      case "filled":
      case "apply":
        return { code: `(${raise(FLAG.undefined)},0)`, magnitude: 0 };
      case "wrap":
        return this.#wrap(term.type, term.argument);
      case "bits":
        return this.#bits(term);
      case "choose": {
        const condition = this.formula(term.condition);
        const [then, otherwise] = [this.#term(term.then), this.#term(term.else)];
        return {
          code: `(${condition}?${then.code}:${otherwise.code})`,
          magnitude: Math.max(then.magnitude, otherwise.magnitude),
        };
      }
    }
  }

  /** Applies the limit of C's arithmetic and that of doubles to a freshly computed value. */
  #bounded(term: Term, code: string, magnitude: number): Emitted {
    const limit = this.#limits(term);
    if (limit !== null && Number(limit.high) <= SAFE) {
      const [low, high] = [Number(limit.low), Number(limit.high)];
      return { code: this.#checked(code, low, high, FLAG.outOfRange), magnitude: Math.min(magnitude, -low) };
    }
    if (magnitude <= SAFE) return { code, magnitude };
    return { code: this.#checked(code, -SAFE, SAFE, FLAG.unsafe), magnitude: SAFE };
  }

  #wrap(type: IntegerType, argument: Term): Emitted {
    if (type.name === "_Bool") return { code: `(${this.#term(argument).code}!==0?1:0)`, magnitude: 1 };
    if (type.bits > 32) {
      const inner = this.#term(argument);
      if (type.signed) return inner;
      return { code: this.#checked(inner.code, 0, SAFE, FLAG.unsafe), magnitude: SAFE };
    }
    const low = this.#low32(argument);
    const spare = 32 - type.bits;
    if (spare === 0) return { code: type.signed ? `(${low}|0)` : `(${low}>>>0)`, magnitude: 2 ** 32 };
    const code = type.signed ? `(${low}<<${spare}>>${spare})` : `(${low}&${2 ** type.bits - 1})`;
    return { code, magnitude: 2 ** type.bits };
  }

  /** A value that agrees with the term modulo 2³²: products of 32-bit values leave the doubles, their low halves need not. */
  #low32(term: Term): string {
    if (this.#limits(term) === null) {
      if (term.kind === "negate") return `(-${this.#low32(term.argument)}|0)`;
      if (term.kind === "add") return `(${this.#low32(term.left)}+${this.#low32(term.right)}|0)`;
      if (term.kind === "subtract") return `(${this.#low32(term.left)}- ${this.#low32(term.right)}|0)`;
      if (term.kind === "multiply") return `Math.imul(${this.#low32(term.left)},${this.#low32(term.right)})`;
    }
    if (term.kind === "integer") return literal(Number(BigInt.asIntN(32, term.value)));
    return `(${this.#term(term).code}|0)`;
  }

  #bits(term: Extract<Term, { kind: "bits" }>): Emitted {
    const range = rangeOf(term.type);
    const [low, high] = [Math.max(Number(range.low), -SAFE), Math.min(Number(range.high), SAFE)];
    const left = this.#checked(this.#term(term.left).code, low, high, FLAG.undefined);
    const right = this.#checked(this.#term(term.right).code, low, high, FLAG.undefined);
    const [symbol, operator] = BIT_OPERATORS[term.operator];
    if (term.type.bits > 32) {
      return {
        code: this.#checked(`W(${operator},${left},${right})`, low, high, FLAG.unsafe),
        magnitude: SAFE,
      };
    }
    const code = `(${left}${symbol}${right})`;
    return { code: term.type.signed ? code : `(${code}>>>0)`, magnitude: 2 ** term.type.bits };
  }

  /** An exponent or shift amount: a valid index of `P`. */
  #amount(term: Term): string {
    return this.#checked(this.#term(term).code, 0, Number(POWERS) - 1, FLAG.undefined);
  }

  #checked(code: string, low: number, high: number, flag: number): string {
    const t = this.#temporary();
    return `((${t}=${code})>=${literal(low)}&&${t}<=${literal(high)}?${t}:(${raise(flag)},0))`;
  }

  #temporary(): string {
    return `t${this.temporaries++}`;
  }
}

function raise(flag: number): string {
  return `u=u||${flag}`;
}

/** Parenthesised when negative, so that no `--` arises. */
function literal(value: number): string {
  return value < 0 ? `(${value})` : String(value);
}
