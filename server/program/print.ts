import { same } from "./simplify.ts";
import { type Formula, integer, type Relation, type Term } from "./term.ts";
import { visitFormula } from "./traverse.ts";

/**
 * How a program variable is written; the identity where names and texts agree. `scope`: words that mean something where the text will
 * stand, so that no bound variable hides them.
 */
export type Naming = ((variableName: string) => string) & { readonly scope?: ReadonlySet<string> };

/**
 * Precedence of ACSL's operators (ACSL 1.17, figures 2.1 and 2.2): a higher level binds more tightly. Bitwise operators bind less
 * tightly than comparisons, as in C.
 */
const LEVEL = {
  conditional: 1,
  iff: 2,
  implies: 3,
  or: 4,
  and: 5,
  bitOr: 6,
  bitXor: 7,
  bitAnd: 8,
  equality: 9,
  relation: 10,
  shift: 11,
  sum: 12,
  product: 13,
  unary: 14,
  atom: 15,
} as const;

interface Printed {
  readonly text: string;
  readonly level: number;
}

/**
 * The formula as an ACSL predicate in the style a person writes: few parentheses, constants on the right of sums and on the left of
 * products, negations pushed into comparisons. Symbols, which annotations never contain, are printed by name.
 */
export function printFormula(formula: Formula, name: Naming): string {
  return predicate(formula, name).text;
}

/** The term as an ACSL term; see {@link printFormula}. Conversions are casts, `pow2` is a shift. */
export function printTerm(term: Term, name: Naming): string {
  return printed(term, name).text;
}

/** The text, in parentheses where it binds less tightly than wanted. */
function at(level: number, part: Printed): string {
  return part.level >= level ? part.text : `(${part.text})`;
}

function predicate(formula: Formula, name: Naming): Printed {
  switch (formula.kind) {
    case "truth":
      return { text: formula.value ? "\\true" : "\\false", level: LEVEL.atom };
    case "symbol":
      return { text: formula.name, level: LEVEL.atom };
    case "compare":
      return comparison(formula.relation, formula.left, formula.right, name);
    case "not":
      return negation(formula.argument, name);
    case "and":
    case "or":
      return junction(formula, name);
    case "implies": {
      const left = at(LEVEL.implies + 1, predicate(formula.left, name));
      const right = at(LEVEL.implies, predicate(formula.right, name));
      return { text: `${left} ==> ${right}`, level: LEVEL.implies };
    }
    case "iff": {
      const [left, right] = [formula.left, formula.right].map((side) =>
        at(LEVEL.iff + 1, predicate(side, name)),
      );
      return { text: `${left} <==> ${right}`, level: LEVEL.iff };
    }
    case "forall":
    case "exists":
      return quantifier(formula, name);
    case "holds":
      return application(formula.name, formula.arguments, name);
  }
}

/** What people call a bound variable when its name is taken, before they number it. */
const INDICES = ["k", "l", "m"];

/** Bound names without their `?`; one that a variable of the program has gets another. */
function quantifier(formula: Formula & { kind: "forall" | "exists" }, name: Naming): Printed {
  const taken = new Set<string>(name.scope);
  visitFormula(formula.body, (node) => {
    if (node.kind === "variable" && !formula.variables.includes(node.name))
      for (const word of name(node.name).match(/\w+/g) ?? []) taken.add(word);
  });
  const texts = new Map<string, string>();
  for (const variable of formula.variables) {
    const base = variable.slice(1).replace(/~\d+$/, "");
    let text = [base, ...INDICES].find((one) => !taken.has(one)) ?? base;
    for (let count = 2; taken.has(text); count++) text = `${base}${count}`;
    taken.add(text);
    texts.set(variable, text);
  }
  const inside = (inner: string) => texts.get(inner) ?? name(inner);
  const body = chained(formula.body, Object.assign(inside, { scope: taken }));
  return {
    text: `\\${formula.kind} integer ${[...texts.values()].join(", ")}; ${body.text}`,
    // A binder reaches as far to the right as it can, so it is put in parentheses inside anything else.
    level: LEVEL.conditional,
  };
}

/** The body of a quantifier, its bounds written `0 <= k < n`. */
function chained(body: Formula, name: Naming): Printed {
  if (body.kind === "implies") {
    const left =
      body.left.kind === "and" ? chain(body.left, name) : at(LEVEL.implies + 1, predicate(body.left, name));
    return { text: `${left} ==> ${at(LEVEL.implies, chained(body.right, name))}`, level: LEVEL.implies };
  }
  return body.kind === "and" ? { text: chain(body, name), level: LEVEL.and } : predicate(body, name);
}

function chain(premise: Formula & { kind: "and" | "or" }, name: Naming): string {
  const parts: string[] = [];
  let last: Term | null = null;
  for (const part of linked(premise.arguments)) {
    const up = part.kind === "compare" && (part.relation === "<" || part.relation === "<=");
    if (up && last !== null && same(last, part.left) && part.left.kind === "variable") {
      parts.push(`${parts.pop()} ${part.relation} ${at(LEVEL.shift, printed(part.right, name))}`);
    } else parts.push(at(LEVEL.bitOr, predicate(part, name)));
    last = up ? part.right : null;
  }
  return parts.join(" && ");
}

/** Conjuncts in an order in which `0 <= i`, `j < n` and `i <= j` follow upon each other; the same order where nothing links them. */
function linked(parts: readonly Formula[]): readonly Formula[] {
  const isUp = (part: Formula) =>
    part.kind === "compare" && (part.relation === "<" || part.relation === "<=");
  const follows = (part: Formula, before: Formula) =>
    isUp(part) &&
    isUp(before) &&
    part.kind === "compare" &&
    before.kind === "compare" &&
    part.left.kind === "variable" &&
    same(before.right, part.left);
  const left = [...parts];
  const ordered: Formula[] = [];
  while (left.length > 0) {
    // What nothing leads to begins a chain.
    const start = left.findIndex((part) => !left.some((one) => one !== part && follows(part, one)));
    let next = left.splice(Math.max(0, start), 1)[0]!;
    ordered.push(next);
    for (;;) {
      const at = left.findIndex((part) => follows(part, next));
      if (at < 0) break;
      next = left.splice(at, 1)[0]!;
      ordered.push(next);
    }
  }
  return ordered;
}

function application(function_: string, list: readonly Term[], name: Naming): Printed {
  const parts = list.map((argument) => printed(argument, name).text);
  return { text: parts.length === 0 ? function_ : `${function_}(${parts.join(", ")})`, level: LEVEL.atom };
}

function junction(formula: Formula & { kind: "and" | "or" }, name: Naming): Printed {
  const { kind } = formula;
  if (formula.arguments.length === 0)
    return { text: kind === "and" ? "\\true" : "\\false", level: LEVEL.atom };
  if (formula.arguments.length === 1) return predicate(formula.arguments[0]!, name);
  // `a && b || c` is legal, but readers and compilers ask for parentheses there.
  const inner = kind === "and" ? LEVEL.and : LEVEL.bitOr;
  const parts = formula.arguments.map((part) => at(inner, predicate(part, name)));
  return kind === "and"
    ? { text: parts.join(" && "), level: LEVEL.and }
    : { text: parts.join(" || "), level: LEVEL.or };
}

const NEGATED: Readonly<Record<Relation, Relation>> = {
  "<": ">=",
  "<=": ">",
  ">": "<=",
  ">=": "<",
  "==": "!=",
  "!=": "==",
};
const MIRRORED: Readonly<Record<Relation, Relation>> = {
  "<": ">",
  "<=": ">=",
  ">": "<",
  ">=": "<=",
  "==": "==",
  "!=": "!=",
};

function negation(argument: Formula, name: Naming): Printed {
  if (argument.kind === "truth") return predicate({ kind: "truth", value: !argument.value }, name);
  if (argument.kind === "not") return predicate(argument.argument, name);
  if (argument.kind === "compare")
    return comparison(NEGATED[argument.relation], argument.left, argument.right, name);
  return { text: `!${at(LEVEL.unary, predicate(argument, name))}`, level: LEVEL.unary };
}

function comparison(relation: Relation, left: Term, right: Term, name: Naming): Printed {
  const equality = relation === "==" || relation === "!=";
  // `0 <= x` reads as a bound, `0 == x` only reads backwards.
  if (
    left.kind === "integer" &&
    right.kind !== "integer" &&
    (equality || relation === ">" || relation === ">=")
  ) {
    return comparison(MIRRORED[relation], right, left, name);
  }
  const level = equality ? LEVEL.equality : LEVEL.relation;
  const [a, b] = [left, right].map((side) => at(LEVEL.shift, printed(side, name)));
  return { text: `${a} ${relation} ${b}`, level };
}

function printed(term: Term, name: Naming): Printed {
  switch (term.kind) {
    case "integer":
      return { text: String(term.value), level: term.value < 0n ? LEVEL.unary : LEVEL.atom };
    case "variable":
      return { text: name(term.name), level: LEVEL.atom };
    case "negate":
      return minus(term.argument, name);
    case "add":
    case "subtract":
      return sum(term, name);
    case "multiply":
    case "div":
    case "mod":
      return product(term, name);
    case "shiftRight":
      return operator(">>", LEVEL.shift, term.left, term.right, name);
    case "pow2":
      return operator("<<", LEVEL.shift, integer(1), term.argument, name);
    case "wrap":
      return {
        text: `(${term.type.name})${at(LEVEL.unary, printed(term.argument, name))}`,
        level: LEVEL.unary,
      };
    case "bits": {
      const symbol = ({ and: "&", or: "|", xor: "^" } as const)[term.operator];
      const level = { and: LEVEL.bitAnd, or: LEVEL.bitOr, xor: LEVEL.bitXor }[term.operator];
      // Operands other than the same operator are put in parentheses: nobody knows the levels by heart.
      const sides = [term.left, term.right].map((side, index) => {
        const inner = printed(side, name);
        return at(
          index === 0 && side.kind === "bits" && side.operator === term.operator ? level : LEVEL.unary,
          inner,
        );
      });
      return { text: sides.join(` ${symbol} `), level };
    }
    case "select":
      return element(term, name);
    case "store":
    case "filled":
      return { text: "(a changed array)", level: LEVEL.atom };
    case "apply":
      return logicApplication(term, name);
    case "choose": {
      const condition = at(LEVEL.implies, predicate(term.condition, name));
      const [then, otherwise] = [term.then, term.else].map((arm) => at(LEVEL.bitOr, printed(arm, name)));
      return { text: `(${condition} ? ${then} : ${otherwise})`, level: LEVEL.atom };
    }
  }
}

/** `sum(a, 0, n)`, `same{Pre, Here}(a + 1, n)`: a pointer is an array for each state, and an offset. */
function logicApplication(term: Term & { kind: "apply" }, name: Naming): Printed {
  const { parameters, states } = term.signature;
  const rest = [...term.arguments];
  const labels = Array.from({ length: states }, () => "Here");
  const arguments_ = parameters.map((parameter) => {
    if (parameter === "integer") return printed(rest.shift()!, name).text;
    let base = "";
    for (let state = 0; state < states; state++) {
      const array = printed(rest.shift()!, name).text;
      const before = /^\\at\((.*), Pre\)$/.exec(array);
      if (before) labels[state] = "Pre";
      base = (before?.[1] ?? array).replace("[]", "");
    }
    const offset = rest.shift()!;
    if (offset.kind === "integer" && offset.value === 0n) return base;
    const by = at(LEVEL.product, printed(offset, name));
    return `${base} + ${by}`;
  });
  const written = states > 1 || labels.includes("Pre") ? `{${labels.join(", ")}}` : "";
  const list = arguments_.length === 0 ? "" : `(${arguments_.join(", ")})`;
  return { text: `${term.name}${written}${list}`, level: LEVEL.atom };
}

/** `a[i]`, `m[i][j]`, `p[i].x`: an array's text may say where its first index goes. */
function element(term: Term & { kind: "select" }, name: Naming): Printed {
  const indices = term.indices.map((index) => printed(index, name).text);
  if (term.array.kind !== "variable") {
    const array = at(LEVEL.atom, printed(term.array, name));
    return { text: `${array}${indices.map((index) => `[${index}]`).join("")}`, level: LEVEL.atom };
  }
  let text = name(term.array.name);
  if (!text.includes("[]")) text += indices.map(() => "[]").join("");
  for (const index of indices) text = text.replace("[]", () => `[${index}]`);
  return { text, level: LEVEL.atom };
}

/** A binary operator that groups to the left; shifts put sums in parentheses. */
function operator(symbol: string, level: number, left: Term, right: Term, name: Naming): Printed {
  return {
    text: `${at(LEVEL.product, printed(left, name))} ${symbol} ${at(LEVEL.product, printed(right, name))}`,
    level,
  };
}

function minus(argument: Term, name: Naming): Printed {
  const inner = printed(argument, name);
  // `-2 * x` and `-(2 * x)` are equal, and `- -x` must not become `--x`.
  const text = at(LEVEL.unary, inner);
  return { text: text.startsWith("-") ? `-(${text})` : `-${text}`, level: LEVEL.unary };
}

function sum(term: Term & { left: Term; right: Term }, name: Naming): Printed {
  let { left, right } = term;
  let negative = term.kind === "subtract";
  if (!negative && left.kind === "integer" && right.kind !== "integer") [left, right] = [right, left];
  if (!negative && left.kind === "negate" && right.kind !== "negate" && right.kind !== "integer") {
    [left, right] = [right, left];
  }
  const positive = unsigned(right);
  if (positive !== null) {
    right = positive;
    negative = !negative;
  }
  const a = at(LEVEL.sum, printed(left, name));
  const b = at(LEVEL.product, printed(right, name));
  return { text: `${a} ${negative ? "-" : "+"} ${b}`, level: LEVEL.sum };
}

/** The term without its sign where it has one; null otherwise. */
function unsigned(term: Term): Term | null {
  if (term.kind === "integer") return term.value < 0n ? integer(-term.value) : null;
  if (term.kind === "negate") return term.argument;
  if (term.kind !== "multiply") return null;
  const [factor, other] = factors(term);
  if (factor.kind !== "integer" || factor.value >= 0n) return null;
  return same(factor, integer(-1)) ? other : { kind: "multiply", left: integer(-factor.value), right: other };
}

function factors(term: { readonly left: Term; readonly right: Term }): readonly [Term, Term] {
  return term.right.kind === "integer" && term.left.kind !== "integer"
    ? [term.right, term.left]
    : [term.left, term.right];
}

function product(term: Term & { left: Term; right: Term }, name: Naming): Printed {
  const symbol = term.kind === "multiply" ? "*" : term.kind === "div" ? "/" : "%";
  const [left, right] = term.kind === "multiply" ? factors(term) : [term.left, term.right];
  if (term.kind === "multiply" && same(left, integer(-1))) return minus(right, name);
  // Only a product may stand on the left without parentheses: `2 * x / y` is `(2 * x) / y`.
  const a = at(LEVEL.product, printed(left, name));
  return { text: `${a} ${symbol} ${at(LEVEL.unary, printed(right, name))}`, level: LEVEL.product };
}
