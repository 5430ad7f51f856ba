/** An operator as the parser met it, with its operand on the right. */
export interface Tail<Operator, Operand> {
  readonly operator: Operator;
  readonly operand: Operand;
}

/** How tightly an operator binds (a larger level binds tighter) and to which side operators of its level group. */
export interface Binding {
  readonly level: number;
  readonly right?: boolean;
}

/**
 * Builds the tree of `first op₁ operand₁ op₂ operand₂ …` by operator precedence (Dijkstra's shunting yard), without recursion:
 * the grammar needs one rule for all binary operators, and a long chain costs no stack.
 */
export function climb<Operator, Operand>(
  first: Operand,
  tails: readonly Tail<Operator, Operand>[],
  bindingOf: (operator: Operator) => Binding,
  build: (operator: Operator, left: Operand, right: Operand) => Operand,
): Operand {
  const operands: Operand[] = [first];
  const operators: Operator[] = [];
  const reduce = () => {
    const right = operands.pop()!;
    operands.push(build(operators.pop()!, operands.pop()!, right));
  };
  for (const { operator, operand } of tails) {
    const { level, right = false } = bindingOf(operator);
    while (operators.length > 0) {
      const before = bindingOf(operators.at(-1)!).level;
      if (before > level || (before === level && !right)) reduce();
      else break;
    }
    operators.push(operator);
    operands.push(operand);
  }
  while (operators.length > 0) reduce();
  return operands[0]!;
}
