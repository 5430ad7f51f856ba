import { type Expression, headOf } from "../smtlib/expression.ts";
import { atom, expressionText, integerOf, list } from "../smtlib/problem.ts";

const ASSOCIATIVE: ReadonlySet<string> = new Set(["and", "or", "+", "*"]);
/** Larger constants are not spelled as sums. */
const LARGEST = 64n;

/**
 * Other ways to write a term of truth values and integers, each of the same value, one step at its head: a grammar may have
 * `<=` and no `>`, or sums of two only. An answer is judged after it was rewritten, so that a wrong step costs an answer, not its truth.
 */
export function rewritten(term: Expression): Expression[] {
  const { span } = term;
  const a = (text: string) => atom(text, span);
  const l = (head: string, ...items: readonly Expression[]) => list(span, a(head), ...items);
  const number = integerOf(term);
  const literal = (value: bigint): Expression => (value < 0n ? l("-", a(`${-value}`)) : a(`${value}`));
  if (number !== null) {
    if (number < 0n) return [l("-", a("0"), literal(-number))];
    if (number === 0n) return [l("-", a("1"), a("1"))];
    if (number === 1n || number > LARGEST) return [];
    const half = literal(number / 2n);
    const halves =
      number > 2n ? [number % 2n === 0n ? l("+", half, half) : l("+", a("1"), l("+", half, half))] : [];
    return [...halves, l("+", a("1"), literal(number - 1n)), l("+", literal(number - 1n), a("1"))];
  }
  if (term.kind === "atom")
    return term.text === "true"
      ? [l("=", a("0"), a("0"))]
      : term.text === "false"
        ? [l("=", a("0"), a("1"))]
        : [];
  const head = headOf(term);
  const items = term.items.slice(1);
  const [x, y] = items as [Expression, Expression];
  const not = (one: Expression) => l("not", one);
  const more = (one: Expression, by: bigint) => {
    const value = integerOf(one);
    return value === null ? l("+", one, literal(by)) : literal(value + by);
  };
  if (head === null || items.length === 0) return [];
  if (items.length === 1 && ASSOCIATIVE.has(head)) return [x];
  if (items.length > 2 && ASSOCIATIVE.has(head))
    return [l(head, x, l(head, ...items.slice(1))), l(head, l(head, ...items.slice(0, -1)), items.at(-1)!)];
  if (items.length === 2)
    switch (head) {
      case "<=":
        return [
          l(">=", y, x),
          l("<", x, more(y, 1n)),
          l("<", more(x, -1n), y),
          not(l(">", x, y)),
          not(l("<", y, x)),
          l("or", l("<", x, y), l("=", x, y)),
        ];
      case "<":
        return [
          l(">", y, x),
          l("<=", more(x, 1n), y),
          l("<=", x, more(y, -1n)),
          not(l(">=", x, y)),
          not(l("<=", y, x)),
        ];
      case ">=":
        return [l("<=", y, x), l(">", more(x, 1n), y), not(l("<", x, y))];
      case ">":
        return [l("<", y, x), l(">=", x, more(y, 1n)), not(l("<=", x, y))];
      case "=":
        return [l("=", y, x), l("and", l("<=", x, y), l("<=", y, x))];
      case "distinct":
        return [not(l("=", x, y))];
      case "=>":
        return [l("or", not(x), y)];
      case "and":
      case "or": {
        const dual = head === "and" ? "or" : "and";
        return [not(l(dual, not(x), not(y))), l(head, y, x)];
      }
      case "+": {
        const value = integerOf(y);
        const twice = expressionText(x) === expressionText(y) ? [l("*", literal(2n), x)] : [];
        return [
          ...twice,
          l("+", y, x),
          ...(value !== null && value < 0n ? [l("-", x, literal(-value))] : []),
        ];
      }
      case "-": {
        const value = integerOf(y);
        return value === null ? [l("+", x, l("*", literal(-1n), y))] : [l("+", x, literal(-value))];
      }
      case "*": {
        const value = integerOf(x);
        if (value === 1n) return [y];
        if (value === -1n) return [l("-", y), l("-", a("0"), y), l("*", y, x)];
        if (value !== null && value > 1n && value <= LARGEST)
          return [l("*", y, x), l("+", y, value === 2n ? y : l("*", literal(value - 1n), y))];
        return [l("*", y, x)];
      }
    }
  if (head === "-" && items.length === 1) return [l("-", a("0"), x), l("*", literal(-1n), x)];
  if (head === "=>" && items.length > 2) return [l("=>", x, l("=>", ...items.slice(1)))];
  if (head === "ite" && items.length === 3) return [l("or", l("and", x, y), l("and", not(x), items[2]!))];
  return head === "not" && items.length === 1 ? negated(x, l, not) : [];
}

function negated(
  of: Expression,
  l: (head: string, ...items: readonly Expression[]) => Expression,
  not: (one: Expression) => Expression,
): Expression[] {
  const head = headOf(of);
  if (of.kind !== "list" || head === null) return [];
  const items = of.items.slice(1);
  const [x, y] = items as [Expression, Expression];
  if (head === "not") return [x];
  if (head === "and" || head === "or") return [l(head === "and" ? "or" : "and", ...items.map(not))];
  if (head === "=>" && items.length === 2) return [l("and", x, not(y))];
  if (items.length !== 2) return [];
  if (head === "=") return [l("or", l("<", x, y), l("<", y, x)), l("distinct", x, y)];
  const other = ({ "<=": ">", "<": ">=", ">=": "<", ">": "<=", distinct: "=" } as Record<string, string>)[
    head
  ];
  return other ? [l(other, x, y)] : [];
}
