import type { AcslTerm } from "../../../grammars/acsl/tree.ts";
import type { Span } from "../../../grammars/c/span.ts";
import { integerType, isMathematical, rangeOf } from "../integer.ts";
import type { Variable } from "../program.ts";
import { foldFormula, foldTerm, simplifyFormula } from "../simplify.ts";
import { compare, integer, variable } from "../term.ts";
import { formulaOf } from "./annotation.ts";
import { appliedTerm } from "./application.ts";
import { bitsRange, euclidean } from "./bitwise.ts";
import type { Entity } from "./context.ts";
import { pointerDifference } from "./logic-comparison.ts";
import { isLogicPointer, logicPointer } from "./logic-memory.ts";
import { logicElement } from "./logic-place.ts";
import { contains } from "./range.ts";
import {
  constant,
  preName,
  type Reader,
  type Reading,
  resolveIn,
  unbounded,
  unsupportedText,
} from "./reader.ts";
import { rangeIn } from "./value.ts";

/** A term of an annotation; what is not supported is reported and stands for zero. */
export function termOf(reader: Reader, term: AcslTerm): Reading {
  switch (term.kind) {
    case "integer":
      return constant(term.value);
    case "name":
      return nameOf(reader, term.name, term.span);
    case "result":
      return resultOf(reader, term.span);
    case "at":
      return atOf(reader, term);
    case "unary": {
      const argument = termOf(reader, term.argument).term;
      if (term.operator === "+") return unbounded(argument);
      // Of an integer of any size, ~t is -1 - t (two's complement).
      return unbounded(
        term.operator === "-"
          ? foldTerm({ kind: "negate", argument })
          : foldTerm({ kind: "subtract", left: integer(-1), right: argument }),
      );
    }
    case "binary":
      return binaryOf(reader, term);
    case "conditional": {
      const condition = simplifyFormula(formulaOf(reader, term.condition));
      const then = termOf(reader, term.then).term;
      return unbounded(foldTerm({ kind: "choose", condition, then, else: termOf(reader, term.else).term }));
    }
    case "cast":
      return castOf(reader, term);
    case "let":
      return termOf(withLet(reader, term.name, term.value), term.body);
    case "index":
    case "dereference":
    case "member":
      return elementOf(reader, term);
    case "apply":
      return appliedTerm(reader, term.name, term.labels, term.arguments, term.span);
    case "address":
    case "range":
      reader.ctx.unsupported(
        `\`${reader.ctx.text(term.span)}\` is no integer; it can stand in \\valid and the like only`,
        term.span,
      );
      return constant(0n);
    case "unsupported":
      reader.ctx.unsupported(unsupportedText(term.construct), term.span);
      return constant(0n);
  }
}

/** An element's range is that of its type. */
function elementOf(reader: Reader, term: AcslTerm): Reading {
  return { term: logicElement(reader, term) ?? integer(0), range: null };
}

function nameOf(reader: Reader, name: string, span: Span): Reading {
  const { ctx } = reader;
  const bound = reader.bound.get(name);
  if (bound !== undefined) return bound;
  const resolved = resolveIn(reader, name);
  if (resolved?.kind === "constant") return constant(resolved.value);
  const isLogic = resolved === null && ctx.file.definitions.get(name)?.parameters.length === 0;
  if (isLogic) return appliedTerm(reader, name, [], [], span);
  if (reader.elsewhere !== null) return globalOf(reader, resolved, name, span);
  const entity = ctx.variable(name, span);
  if (entity === null) return constant(0n);
  const { type } = entity.variable;
  const range = rangeIn(type, ctx.reading);
  // A formal parameter in `ensures` denotes its value at entry.
  const entry =
    reader.state === "pre" || (reader.place === "ensures" && entity.variable.role === "parameter");
  if (!entry || reader.place === "requires") return { term: variable(entity.variable.name), range, type };
  if (!existsAtEntry(entity.variable)) {
    ctx.unsupported(
      `\`${name}\` does not exist at the function's entry; use a parameter or a global in \\at(…, Pre)`,
      span,
    );
    return constant(0n);
  }
  return { term: variable(preName(entity.variable.name)), range, type };
}

/** A global in text of another place. */
function globalOf(reader: Reader, entity: Entity | null, name: string, span: Span): Reading {
  const { ctx, elsewhere } = reader;
  if (entity?.kind !== "variable") {
    ctx.unsupported(`\`${name}\` is no integer variable that this text can name`, span);
    return constant(0n);
  }
  const { type } = entity.variable;
  const now = entity.variable.name;
  const before = reader.state === "here" ? null : elsewhere?.before(now, reader.state);
  return { term: variable(before ?? now), range: rangeIn(type, ctx.reading), type };
}

function existsAtEntry(variable: Variable): boolean {
  return variable.role === "parameter" || variable.role === "global";
}

function resultOf(reader: Reader, span: Span): Reading {
  const { ctx } = reader;
  if (reader.place !== "ensures" || reader.state === "pre") {
    ctx.unsupported("\\result has no value here; use it in ensures", span);
    return constant(0n);
  }
  const result = reader.elsewhere === null ? ctx.result : reader.elsewhere.result;
  if (result === null) {
    ctx.unsupported(
      `\\result has no value because ${ctx.fn.name} does not return an integer; remove it`,
      span,
    );
    return constant(0n);
  }
  const { name, type } = result;
  return { term: variable(name), range: rangeIn(type, ctx.reading), type };
}

function atOf(reader: Reader, term: AcslTerm & { kind: "at" }): Reading {
  const state = reader.stateAt(term.label, term.span);
  return state === null ? constant(0n) : termOf({ ...reader, ...state }, term.term);
}

function binaryOf(reader: Reader, term: AcslTerm & { kind: "binary" }): Reading {
  if (isLogicPointer(reader, term.left) && isLogicPointer(reader, term.right) && term.operator === "-")
    return differenceOf(reader, term);
  const left = termOf(reader, term.left);
  const right = termOf(reader, term.right);
  switch (term.operator) {
    case "<<":
    case ">>":
      return shiftOf(reader, term, left, right);
    case "&":
    case "|":
    case "^":
      return bitsOf(reader, term, left, right);
    default: {
      const kind = ({ "+": "add", "-": "subtract", "*": "multiply", "/": "div", "%": "mod" } as const)[
        term.operator
      ];
      return unbounded(foldTerm({ kind, left: left.term, right: right.term }));
    }
  }
}

/** `p - q` within one region. */
function differenceOf(reader: Reader, term: AcslTerm & { kind: "binary" }): Reading {
  const [a, b] = [logicPointer(reader, term.left), logicPointer(reader, term.right)];
  const difference = a && b && pointerDifference(reader, a, b);
  if (difference) return unbounded(foldTerm(difference));
  reader.ctx.unsupported("the difference of pointers into different objects has no meaning", term.span);
  return constant(0n);
}

function shiftOf(
  reader: Reader,
  term: AcslTerm & { kind: "binary" },
  left: Reading,
  right: Reading,
): Reading {
  const amount = right.term.kind === "integer" ? right.term.value : null;
  if (amount === null || amount < 0n || amount > 63n) {
    reader.ctx.unsupported(
      `\`${term.operator}\` in an annotation needs a constant amount from 0 to 63; write the power of two out`,
      term.span,
    );
    return constant(0n);
  }
  return unbounded(
    term.operator === "<<"
      ? foldTerm({ kind: "multiply", left: left.term, right: integer(1n << amount) })
      : foldTerm({ kind: "shiftRight", left: left.term, right: integer(amount) }),
  );
}

const BIT_TYPES = ["int", "unsigned int", "long", "unsigned long"] as const;

/** Bitwise operators on integers of any size agree with those of a type that has both operands' values. */
function bitsOf(reader: Reader, term: AcslTerm & { kind: "binary" }, left: Reading, right: Reading): Reading {
  if (term.operator === "&") {
    const masked = lowBits(left, right) ?? lowBits(right, left);
    if (masked !== null) return masked;
  }
  for (const name of BIT_TYPES) {
    const type = integerType(name, reader.ctx.reading)!;
    if (!contains(rangeOf(type), left.range) || !contains(rangeOf(type), right.range)) continue;
    const operator = ({ "&": "and", "|": "or", "^": "xor" } as const)[term.operator as "&" | "|" | "^"];
    const bits = foldTerm({ kind: "bits", operator, type, left: left.term, right: right.term });
    return { term: bits, range: bitsRange(operator, left.range, right.range, type) };
  }
  reader.ctx.unsupported(
    `\`${term.operator}\` on integers of any size is not supported yet; cast both operands to an unsigned type`,
    term.span,
  );
  return constant(0n);
}

function lowBits(value: Reading, mask: Reading): Reading | null {
  if (mask.term.kind !== "integer" || mask.term.value < 0n) return null;
  const size = mask.term.value + 1n;
  if ((size & (size - 1n)) !== 0n) return null;
  return { term: euclidean(value.term, size, value.range), range: { low: 0n, high: size - 1n } };
}

function castOf(reader: Reader, term: AcslTerm & { kind: "cast" }): Reading {
  const argument = termOf(reader, term.argument);
  if (term.type === "integer") return argument;
  const type = integerType(term.type, reader.ctx.reading);
  if (type === null) {
    reader.ctx.unsupported(
      `a cast to \`${term.type}\` is not supported in annotations yet; use an integer type`,
      term.span,
    );
    return constant(0n);
  }
  const from = argument.type;
  const widens = from?.signed && from.bits <= type.bits;
  if (widens && isMathematical(type, reader.ctx.reading)) return argument;
  if (contains(rangeOf(type), argument.range)) return argument;
  if (type.name === "_Bool") {
    const condition = foldFormula(compare("!=", argument.term, integer(0)));
    return {
      term: foldTerm({ kind: "choose", condition, then: integer(1), else: integer(0) }),
      range: { low: 0n, high: 1n },
    };
  }
  return { term: foldTerm({ kind: "wrap", type, argument: argument.term }), range: rangeOf(type) };
}

/** The reader inside of `\\let name = value`. */
export function withLet(reader: Reader, name: string, value: AcslTerm): Reader {
  return { ...reader, bound: new Map([...reader.bound, [name, termOf(reader, value)]]) };
}
