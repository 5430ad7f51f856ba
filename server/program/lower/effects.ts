import type { Span } from "../../../grammars/c/span.ts";
import type { CExpression, CStatement } from "../../../grammars/c/tree.ts";

/** The direct parts of an expression, in the order of the source. */
export function parts(expression: CExpression): readonly CExpression[] {
  switch (expression.kind) {
    case "integer":
    case "name":
    case "unsupported":
    case "string":
    // The operand of sizeof is not evaluated (C11 6.5.3.4p2).
    case "sizeof":
      return [];
    case "unary":
    case "cast":
    case "dereference":
    case "address":
      return [expression.argument];
    case "index":
      return [expression.array, expression.index];
    case "member":
      return [expression.object];
    case "list":
      return expression.items.map((item) => item.value);
    case "step":
      return [expression.target];
    case "binary":
    case "comma":
      return [expression.left, expression.right];
    case "assign":
      return [expression.target, expression.value];
    case "conditional":
      return [expression.condition, expression.then, expression.else];
    case "call":
      return expression.arguments;
  }
}

/** The expressions that stand directly in a statement, and the statements inside it. */
function contents(statement: CStatement): {
  expressions: readonly (CExpression | null)[];
  inner: readonly (CStatement | null)[];
} {
  switch (statement.kind) {
    case "declaration":
      return { expressions: statement.declarators.map((declarator) => declarator.initializer), inner: [] };
    case "expression":
      return { expressions: [statement.expression], inner: [] };
    case "block":
    case "ghost":
      return { expressions: [], inner: statement.body };
    case "if":
      return { expressions: [statement.condition], inner: [statement.then, statement.else] };
    case "while":
    case "do":
      return { expressions: [statement.condition], inner: [statement.body] };
    case "for":
      return { expressions: [statement.condition, statement.step], inner: [statement.init, statement.body] };
    case "switch":
      return { expressions: [statement.value], inner: [statement.body] };
    case "case":
    case "return":
      return { expressions: [statement.value], inner: [] };
    default:
      return { expressions: [], inner: [] };
  }
}

/** Names of the functions called anywhere in the statements. */
export function calleesOf(statements: readonly CStatement[]): Set<string> {
  const callees = new Set<string>();
  forEachExpression(statements, (expression) => {
    if (expression.kind === "call") callees.add(expression.callee);
  });
  return callees;
}

/** Names of variables that some assignment, step or address operator of the statements mentions as its target. */
export function changedNames(statements: readonly CStatement[]): Set<string> {
  const names = new Set<string>();
  forEachExpression(statements, (expression) => {
    if (expression.kind === "assign" || expression.kind === "step") {
      if (expression.target.kind === "name") names.add(expression.target.name);
    } else if (expression.kind === "address" && expression.argument.kind === "name")
      names.add(expression.argument.name);
  });
  return names;
}

/** Names of variables whose address is taken somewhere in the statements. */
export function addressedNames(statements: readonly CStatement[]): Set<string> {
  const names = new Set<string>();
  forEachExpression(statements, (expression) => {
    if (expression.kind === "address" && expression.argument.kind === "name")
      names.add(expression.argument.name);
  });
  return names;
}

function forEachExpression(
  statements: readonly CStatement[],
  visit: (expression: CExpression) => void,
): void {
  const expressions: CExpression[] = [];
  const pending: CStatement[] = [...statements];
  for (let statement = pending.pop(); statement !== undefined; statement = pending.pop()) {
    const found = contents(statement);
    expressions.push(...found.expressions.filter((expression) => expression !== null));
    pending.push(...found.inner.filter((inner) => inner !== null));
  }
  for (let next = expressions.pop(); next !== undefined; next = expressions.pop()) {
    visit(next);
    expressions.push(...parts(next));
  }
}

const purity = new WeakMap<CExpression, boolean>();

/** True when evaluating the expression changes nothing and calls nothing; it may still have obligations. */
export function isPure(expression: CExpression): boolean {
  const known = purity.get(expression);
  if (known !== undefined) return known;
  const own = expression.kind !== "assign" && expression.kind !== "step" && expression.kind !== "call";
  const pure = own && parts(expression).every(isPure);
  purity.set(expression, pure);
  return pure;
}

/** Names in an expression, those of functions apart. */
export function namesIn(expression: CExpression): string[] {
  if (expression.kind === "name") return [expression.name];
  return parts(expression).flatMap(namesIn);
}

/** True when the expression mentions the name. */
export function mentions(expression: CExpression, name: string): boolean {
  if (expression.kind === "name") return expression.name === name;
  return parts(expression).some((part) => mentions(part, name));
}

interface Accesses {
  readonly reads: ReadonlySet<string>;
  readonly writes: ReadonlySet<string>;
}

/** A variable that one expression changes while another unsequenced part of it reads or changes it. */
export interface UnsequencedAccess {
  readonly name: string;
  readonly span: Span;
}

/** What calls in an expression may interfere with. */
export interface CallEffects {
  /** Variables that are not the function's alone: globals, and those whose address is taken. */
  readonly shared: ReadonlySet<string>;
  /** Variables whose address is taken: a pointer may lead to them, so they are memory as well. */
  readonly addressed: ReadonlySet<string>;
  /** Functions of the file that may change them or memory. */
  readonly own: ReadonlySet<string>;
  /** Those that change nothing, and may read them. */
  readonly pure: ReadonlySet<string>;
}

/**
 * Unsequenced accesses in a full expression (C11 6.5p2): C leaves their order open, so no order of commands is right. The
 * test is conservative: `i = (i++, i)` is reported although it is defined.
 */
export function unsequencedAccesses(
  expression: CExpression,
  calls: CallEffects = { shared: NONE, addressed: NONE, own: NONE, pure: NONE },
): UnsequencedAccess[] {
  const found: UnsequencedAccess[] = [];
  // A variable whose address is passed on is one that a callee may change.
  const shared = new Set(calls.shared);
  noteAddressed(expression, shared);
  accesses(expression, found, { ...calls, shared });
  return found;
}

function noteAddressed(expression: CExpression, names: Set<string>): void {
  if (expression.kind === "address" && expression.argument.kind === "name")
    names.add(expression.argument.name);
  for (const part of parts(expression)) noteAddressed(part, names);
}

const NONE: ReadonlySet<string> = new Set();
const NOTHING: Accesses = { reads: NONE, writes: NONE };
/** Everything that is no plain variable counts as one: elements of different names may be the same. */
const MEMORY = "an element of memory";
/** What a called function may read and change: memory and variables outside the function. */
const CALLS = "what the called function may change";

function targetNames(target: CExpression, { addressed }: CallEffects): ReadonlySet<string> {
  if (target.kind !== "name") return new Set([MEMORY]);
  return new Set(addressed.has(target.name) ? [target.name, MEMORY] : [target.name]);
}

function namesRead(name: string, { shared, addressed }: CallEffects): ReadonlySet<string> {
  return new Set([name, ...(shared.has(name) ? [CALLS] : []), ...(addressed.has(name) ? [MEMORY] : [])]);
}

function without(names: ReadonlySet<string>, left: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...names].filter((name) => !left.has(name)));
}

function accesses(expression: CExpression, found: UnsequencedAccess[], calls: CallEffects): Accesses {
  const together = (...all: readonly Accesses[]): Accesses => ({
    reads: new Set(all.flatMap((part) => [...part.reads])),
    writes: new Set(all.flatMap((part) => [...part.writes])),
  });
  const conflict = (writes: ReadonlySet<string>, others: ReadonlySet<string>) => {
    for (const name of writes) if (others.has(name)) found.push({ name, span: expression.span });
  };
  switch (expression.kind) {
    case "name":
      return { reads: namesRead(expression.name, calls), writes: NONE };
    case "index":
    case "dereference":
    case "member": {
      // A callee may change it, in an order that C leaves open.
      const inside = combineAll(parts(expression).map((part) => accesses(part, found, calls)));
      return { reads: new Set([...inside.reads, MEMORY, CALLS]), writes: inside.writes };
    }
    case "step": {
      const target = accesses(expression.target, found, calls);
      conflict(target.writes, target.reads);
      const written = targetNames(expression.target, calls);
      return { reads: target.reads, writes: new Set([...target.writes, ...written]) };
    }
    case "assign": {
      const value = accesses(expression.value, found, calls);
      const target = targetNames(expression.target, calls);
      // The operands that say where to write are not sequenced with the value.
      const where = expression.target.kind === "name" ? NOTHING : accesses(expression.target, found, calls);
      const asked = { reads: without(where.reads, target), writes: where.writes };
      const both = combine(asked, value);
      conflict(both.writes, target);
      // `x += f()` reads x before the call or after it.
      const outside = expression.target.kind === "name" && calls.shared.has(expression.target.name);
      if (expression.operator !== "=" && outside) conflict(value.writes, new Set([CALLS]));
      const reads = expression.operator === "=" ? both.reads : new Set([...both.reads, ...target]);
      return { reads, writes: new Set([...both.writes, ...target]) };
    }
    case "binary":
      if (expression.operator === "&&" || expression.operator === "||") break;
      return unsequenced(expression.left, expression.right);
    // The order among an initialiser's expressions is open (C11 6.7.9p23).
    case "list":
      return combineAll(parts(expression).map((part) => accesses(part, found, calls)));
    case "call": {
      const given = combineAll(expression.arguments.map((argument) => accesses(argument, found, calls)));
      if (calls.own.has(expression.callee))
        return { reads: given.reads, writes: new Set([...given.writes, CALLS]) };
      if (!calls.pure.has(expression.callee)) return given;
      // It changes nothing, and reads what another part of the expression may change.
      return { reads: new Set([...given.reads, ...calls.shared, MEMORY]), writes: given.writes };
    }
    default:
  }
  return together(...parts(expression).map((part) => accesses(part, found, calls)));

  function combineAll(all: readonly Accesses[]): Accesses {
    return all.reduce(combine, NOTHING);
  }

  function unsequenced(left: CExpression, right: CExpression): Accesses {
    return combine(accesses(left, found, calls), accesses(right, found, calls));
  }

  function combine(left: Accesses, right: Accesses): Accesses {
    conflict(left.writes, right.reads);
    conflict(right.writes, left.reads);
    conflict(left.writes, right.writes);
    return together(left, right);
  }
}
