import { type Expression, headOf, readExpressions } from "../smtlib/expression.ts";
import { clauseOf, named } from "../smtlib/horn.ts";
import {
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
} from "../smtlib/problem.ts";
import { readGrammar } from "./grammar.ts";

const IGNORED = new Set([
  "set-logic",
  "set-option",
  "set-info",
  "set-feature",
  "check-synth",
  "declare-weight",
]);

/**
 * Reads an invariant problem of SyGuS-IF 1 or 2: `synth-inv` and `inv-constraint`, with primed variables declared
 * (`declare-primed-var`) or only as the second half of the transition's parameters.
 */
export function readSygus(text: string): ReadProblem {
  const read = readExpressions(text);
  if (read.kind === "error") return read;
  try {
    return { kind: "read", problem: problemOf(read.expressions) };
  } catch (error) {
    if (error instanceof Malformed) return { kind: "error", message: error.message, span: error.span };
    throw error;
  }
}

function problemOf(commands: readonly Expression[]): ExchangeProblem {
  const predicates: Predicate[] = [];
  const definitions: Expression[] = [];
  const constraints: Expression[] = [];
  const plain: Expression[] = [];
  const variables: Sorted[] = [];
  for (const command of commands) {
    const head = headOf(command);
    if (command.kind === "atom" || head === null)
      throw new Malformed("a command is expected here", command.span);
    switch (head) {
      case "synth-inv":
        predicates.push(predicateOf(command));
        break;
      case "synth-fun": {
        const result = command.items[3];
        if (result?.kind !== "atom" || result.text !== "Bool")
          throw new Malformed("only invariants are synthesised: a predicate (Bool)", command.span);
        predicates.push(predicateOf(command));
        break;
      }
      case "define-fun":
        definitions.push(command);
        break;
      case "inv-constraint":
        constraints.push(command);
        break;
      case "declare-var":
      case "declare-primed-var": {
        // What `inv-constraint` relates are the functions' own parameters; a plain constraint speaks of these.
        const declared = sortedVariables(
          list(command.span, list(command.span, ...command.items.slice(1))),
          command,
        );
        for (const { name, sort } of declared)
          variables.push(
            { name, sort },
            ...(head === "declare-primed-var" ? [{ name: `${name}!`, sort }] : []),
          );
        break;
      }
      case "constraint":
        plain.push(command);
        break;
      default:
        if (!IGNORED.has(head))
          throw new Malformed(`'${head}' is not a command of the invariant track`, command.span);
    }
  }
  const first = commands[0]?.span ?? { start: 0, end: 0, line: 1, column: 1 };
  if (predicates.length === 0)
    throw new Malformed("nothing is to be synthesised: (synth-inv …) is missing", first);
  if (constraints.length + plain.length === 0)
    throw new Malformed("this predicate has no (inv-constraint …)", predicates[0]!.span);
  const conditions = [
    ...constraints.flatMap((constraint) => conditionsOf(constraint, predicates, definitions)),
    ...plain.map((constraint) => clauseIn(constraint, variables, predicates)),
  ];
  return { notation: "sygus", predicates, definitions, conditions };
}

function predicateOf(command: Expression & { kind: "list" }): Predicate {
  const name = nameOf(command.items[1], command);
  const grammar = command.items.slice(nameOf(command.items[0], command) === "synth-fun" ? 4 : 3);
  return {
    name,
    parameters: sortedVariables(command.items[2], command),
    ...(grammar.length > 0 ? { grammar: readGrammar(grammar, name) } : {}),
    span: command.span,
  };
}

/** A plain constraint, which is read where it is a Horn clause over what is to be synthesised. */
function clauseIn(
  command: Expression,
  variables: readonly Sorted[],
  predicates: readonly Predicate[],
): Condition {
  const formula = command.kind === "list" ? command.items[1] : undefined;
  if (!formula) throw new Malformed("a formula is missing here", command.span);
  const clause = clauseOf(formula, predicates);
  if (clause === null || (clause.body.length === 0 && clause.head === null))
    throw new Malformed(
      "this constraint is no clause about an invariant: write (=> (and (inv …) …) (inv …)), or use inv-constraint",
      command.span,
    );
  const { span } = command;
  return { ...named(clause, span), span, variables, formula, clause };
}

/** The three conditions of (inv-constraint inv pre trans post). */
function conditionsOf(
  constraint: Expression,
  predicates: readonly Predicate[],
  definitions: readonly Expression[],
): Condition[] {
  const { span } = constraint;
  const names = constraint.kind === "list" ? constraint.items.slice(1) : [];
  if (names.length !== 4) throw new Malformed("write (inv-constraint inv pre trans post)", span);
  const [inv, pre, trans, post] = names.map((name) => nameOf(name, constraint)) as [
    string,
    string,
    string,
    string,
  ];
  const predicate = predicates.find((one) => one.name === inv);
  if (!predicate) throw new Malformed(`'${inv}' is not synthesised here`, names[0]!.span);
  const now = predicate.parameters;
  const transition = parametersOf(trans, definitions, names[2]!);
  if (transition.length !== 2 * now.length)
    throw new Malformed(
      `'${trans}' has ${transition.length} parameters; it needs the ${now.length} of '${inv}' and as many primed ones`,
      names[2]!.span,
    );
  for (const [name, of] of [
    [pre, names[1]!],
    [post, names[3]!],
  ] as const) {
    const count = parametersOf(name, definitions, of).length;
    if (count !== now.length)
      throw new Malformed(`'${name}' has ${count} parameters; '${inv}' has ${now.length}`, of.span);
  }
  const next = transition.slice(now.length).map(({ name, sort }) => ({
    // A primed name that is a current one elsewhere would be caught.
    name: now.some((one) => one.name === name) ? `${name}!next` : name,
    sort,
  }));
  const call = (name: string, ...variables: readonly Sorted[]): Expression =>
    variables.length === 0
      ? atom(name, span)
      : list(span, atom(name, span), ...variables.map((one) => atom(one.name, span)));
  const apply = (variables: readonly Sorted[]) => ({
    predicate: inv,
    arguments: variables.map((one) => atom(one.name, span)),
    span,
  });
  const implies = (left: Expression, right: Expression) => list(span, atom("=>", span), left, right);
  const start = call(pre, ...now);
  const step = call(trans, ...now, ...next);
  const end = call(post, ...now);
  return [
    {
      kind: "initiation",
      text: `initiation of '${inv}': '${pre}' implies it`,
      span,
      variables: now,
      formula: implies(start, call(inv, ...now)),
      clause: { body: [], constraint: [start], head: apply(now), goal: null },
    },
    {
      kind: "consecution",
      text: `consecution of '${inv}': '${trans}' keeps it`,
      span,
      variables: [...now, ...next],
      formula: implies(list(span, atom("and", span), call(inv, ...now), step), call(inv, ...next)),
      clause: { body: [apply(now)], constraint: [step], head: apply(next), goal: null },
    },
    {
      kind: "use",
      text: `use of '${inv}': it implies '${post}'`,
      span,
      variables: now,
      formula: implies(call(inv, ...now), end),
      clause: { body: [apply(now)], constraint: [], head: null, goal: end },
    },
  ];
}

function parametersOf(name: string, definitions: readonly Expression[], at: Expression): Sorted[] {
  const definition = definitions.find(
    (one) => one.kind === "list" && one.items[1]?.kind === "atom" && one.items[1].text === name,
  );
  if (definition?.kind !== "list") throw new Malformed(`'${name}' is not defined here`, at.span);
  return sortedVariables(definition.items[2], definition);
}
