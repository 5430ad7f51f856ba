import type { Span } from "../c/span.ts";
import { type Expression, headOf, readExpressions } from "./expression.ts";
import {
  type Application,
  atom,
  type Condition,
  type ExchangeProblem,
  list,
  Malformed,
  nameOf,
  type Predicate,
  type ReadProblem,
  type Sorted,
  sortedVariables,
} from "./problem.ts";

/** Commands that say nothing about the problem. */
const IGNORED = new Set([
  "set-logic",
  "set-option",
  "set-info",
  "check-sat",
  "get-model",
  "get-info",
  "echo",
]);

/**
 * Reads constrained Horn clauses as SMT-LIB has them (logic HORN): `declare-fun` of predicates and one `assert` a clause. Also
 * read: a template with a hole for one predicate (`define-fun inv (…) Bool` without a body), whose asserts are negated conditions.
 */
export function readHorn(text: string): ReadProblem {
  const read = readExpressions(text);
  if (read.kind === "error") return read;
  try {
    return { kind: "read", problem: new HornReader().problem(read.expressions) };
  } catch (error) {
    if (error instanceof Malformed) return { kind: "error", message: error.message, span: error.span };
    throw error;
  }
}

class HornReader {
  readonly #predicates: Predicate[] = [];
  readonly #definitions: Expression[] = [];
  readonly #conditions: Condition[] = [];
  readonly #free: Sorted[] = [];
  /** Of these, what stands for one value in all clauses, and is no variable of each. */
  readonly #constants = new Set<string>();
  #template = false;

  problem(commands: readonly Expression[]): ExchangeProblem {
    for (const command of commands) {
      if (headOf(command) === "exit") break;
      this.#command(command);
    }
    if (this.#predicates.length === 0)
      throw new Malformed(
        "no predicate is declared here; Horn clauses need (declare-fun inv (Int …) Bool)",
        commands[0]?.span ?? { start: 0, end: 0, line: 1, column: 1 },
      );
    if (this.#conditions.length === 0)
      throw new Malformed("no clause is asserted about this predicate", this.#predicates[0]!.span);
    return {
      notation: "horn",
      predicates: this.#predicates,
      definitions: this.#definitions,
      conditions: this.#conditions,
    };
  }

  #command(command: Expression): void {
    // A template's marks stand between its parts.
    if (command.kind === "atom" && /^SPLIT_HERE/.test(command.text)) return;
    const head = headOf(command);
    if (command.kind === "atom" || head === null)
      throw new Malformed("a command is expected here", command.span);
    if (IGNORED.has(head)) return;
    const items = command.items;
    switch (head) {
      case "declare-fun":
        this.#declared(command, items[2], items[3]);
        return;
      case "declare-rel":
        this.#declared(command, items[2], atom("Bool", command.span));
        return;
      case "declare-const":
      case "declare-var":
        if (!items[2]) throw new Malformed("a sort is missing here", command.span);
        this.#free.push({ name: nameOf(items[1], command), sort: items[2] });
        if (head === "declare-const") this.#constants.add(nameOf(items[1], command));
        return;
      case "define-fun":
        this.#defined(command, items);
        return;
      case "assert":
      case "rule":
        if (!items[1]) throw new Malformed("a formula is missing here", command.span);
        this.#asserted(items[1]);
        return;
      default:
        throw new Malformed(`'${head}' has no place among Horn clauses here`, command.span);
    }
  }

  #declared(command: Expression, sorts: Expression | undefined, result: Expression | undefined): void {
    const items = command.kind === "list" ? command.items : [];
    if (sorts?.kind !== "list") throw new Malformed("the parameters' sorts are missing here", command.span);
    if (result?.kind !== "atom" || result.text !== "Bool") {
      if (sorts.items.length > 0 || !result)
        throw new Malformed(
          "only predicates can be solved for: the result is Bool",
          result?.span ?? command.span,
        );
      this.#free.push({ name: nameOf(items[1], command), sort: result });
      this.#constants.add(nameOf(items[1], command));
      return;
    }
    const parameters = sorts.items.map((sort, i) => ({ name: `v${i}`, sort }));
    this.#predicates.push({ name: nameOf(items[1], command), parameters, span: command.span });
  }

  #defined(command: Expression, items: readonly Expression[]): void {
    const body = items[4];
    if (body && !(body.kind === "atom" && /^SPLIT_HERE/.test(body.text))) {
      this.#definitions.push(command);
      return;
    }
    this.#template = true;
    const parameters = sortedVariables(items[2], command);
    this.#predicates.push({ name: nameOf(items[1], command), parameters, span: command.span });
  }

  #asserted(asserted: Expression): void {
    let formula = asserted;
    if (this.#template) {
      const inner = headOf(asserted) === "not" && asserted.kind === "list" ? asserted.items[1] : undefined;
      if (!inner) throw new Malformed("a template asserts the negation of each condition", asserted.span);
      formula = inner;
    }
    const variables = [...this.#free];
    let matrix = formula;
    for (let head = headOf(matrix); head === "forall"; head = headOf(matrix)) {
      const items = matrix.kind === "list" ? matrix.items : [];
      variables.push(...sortedVariables(items[1], matrix));
      if (!items[2]) throw new Malformed("a quantifier without a body", matrix.span);
      matrix = items[2];
    }
    // That a clause fails for some value of a constant does not say that it fails for all: such a run refutes nothing (seen). An
    // answer that holds for all of them holds.
    const bound = new Set(variables.slice(this.#free.length).map(({ name }) => name));
    const constant =
      !this.#template && mentions(matrix, (name) => this.#constants.has(name) && !bound.has(name));
    const clause = constant ? null : clauseOf(matrix, this.#predicates);
    this.#conditions.push({
      ...named(clause, asserted.span),
      span: asserted.span,
      variables,
      formula: matrix,
      clause,
    });
  }
}

/** The clause's parts; null where predicates stand elsewhere than in a clause. */
export function clauseOf(matrix: Expression, predicates: readonly Predicate[]): Condition["clause"] {
  const applicationOf = (part: Expression) => applied(part, predicates);
  const isMentioned = (part: Expression) =>
    mentions(part, (name) => predicates.some((one) => one.name === name));
  const body: Application[] = [];
  const constraint: Expression[] = [];
  const heads: Expression[] = [];
  const premise = (part: Expression): void => {
    const items = part.kind === "list" ? part.items : [];
    const application = applicationOf(part);
    if (headOf(part) === "and") for (const item of items.slice(1)) premise(item);
    else if (application) body.push(application);
    else constraint.push(part);
  };
  const conclusion = (part: Expression): void => {
    const items = part.kind === "list" ? part.items : [];
    const head = headOf(part);
    if (head === "=>" && items.length > 2) {
      for (const item of items.slice(1, -1)) premise(item);
      conclusion(items.at(-1)!);
    } else if (head === "or") for (const item of items.slice(1)) conclusion(item);
    else if (head === "not" && items[1]) premise(items[1]);
    else heads.push(part);
  };
  conclusion(matrix);
  const rest = heads.filter((part) => !(part.kind === "atom" && part.text === "false"));
  const applications = rest.flatMap((part) => applicationOf(part) ?? []);
  if (
    applications.length > 1 ||
    [...constraint, ...rest].some((part) => applicationOf(part) === null && isMentioned(part))
  )
    return null;
  const goals = rest.filter((part) => applicationOf(part) === null);
  const head = applications[0] ?? null;
  if (head === null) {
    const goal =
      goals.length === 0
        ? null
        : goals.length === 1
          ? goals[0]!
          : list(matrix.span, atom("or", matrix.span), ...goals);
    return { body, constraint, head, goal };
  }
  const negated = goals.map((part) => list(part.span, atom("not", part.span), part));
  return { body, constraint: [...constraint, ...negated], head, goal: null };
}

function applied(part: Expression, predicates: readonly Predicate[]): Application | null {
  const name = part.kind === "atom" ? part.text : headOf(part);
  if (!predicates.some((one) => one.name === name)) return null;
  return { predicate: name!, arguments: part.kind === "list" ? part.items.slice(1) : [], span: part.span };
}

function mentions(part: Expression, of: (name: string) => boolean): boolean {
  return part.kind === "atom" ? of(part.text) : part.items.some((item) => mentions(item, of));
}

/** What the condition is called in messages. */
export function named(clause: Condition["clause"], span: Span): Pick<Condition, "kind" | "text"> {
  const kind = clause?.head == null ? "use" : clause.body.length === 0 ? "initiation" : "consecution";
  const of = clause?.head ? ` of '${clause.head.predicate}'` : "";
  return { kind, text: `${kind === "use" ? "query" : kind}${of} at line ${span.line}` };
}
