import type { Span } from "../../../grammars/c/span.ts";
import type { Application, Condition, ExchangeProblem } from "../../../grammars/smtlib/problem.ts";
import type { ExchangeSort } from "../../engine/task.ts";
import { type IntegerType, integerType } from "../../program/integer.ts";
import type { Block, Command, Jump, Program, Variable } from "../../program/program.ts";
import { macrosOf } from "../../program/smt/macros.ts";
import { equality, type Macro, Translator, Untranslatable, type Value } from "../../program/smt/translate.ts";
import { and, FALSE, type Formula, not, or, type Term, variable } from "../../program/term.ts";
import { simplifyFormula, variablesOfTerm } from "../../program/traverse.ts";
import { elementwise, elementwisePath } from "./arrays.ts";
import { inOrder, withNames } from "./assign.ts";
import { loopsOf } from "./loops.ts";
import { type Parameter, parametersOf, parameterValue, sortOf } from "./names.ts";
import { asOnePath, FLAG, flag, type Path, pathsOf } from "./paths.ts";

/** Unbounded under the mathematical reading; runs that refute keep to 64 bits. */
const INTEGER = integerType("long long", "math")!;
const TRUTH = integerType("_Bool", "math")!;

export type Programmed =
  | {
      readonly kind: "program";
      readonly program: Program;
      readonly parameters: ReadonlyMap<string, readonly Parameter[]>;
    }
  /** It is a problem all the same: a solver for Horn clauses may know its answer. */
  | { readonly kind: "none"; readonly reason: string };

/**
 * An invariant problem as a program: each predicate is a loop head, each clause a way from one to another, and what a query
 * forbids is an assertion. The program's invariants are the predicates' solutions; they are judged on the problem's own text.
 */
export function programOf(problem: ExchangeProblem, name: string): Programmed {
  const parameters = parametersOf(problem);
  if (!parameters) return { kind: "none", reason: "it has other sorts than Int, Bool and (Array Int Int)" };
  try {
    const program = new Builder(problem, parameters).build(name);
    return program
      ? { kind: "program", program, parameters }
      : { kind: "none", reason: "its clauses are no program" };
  } catch (error) {
    if (error instanceof Untranslatable) return { kind: "none", reason: error.message };
    throw error;
  }
}

class Builder {
  readonly #problem: ExchangeProblem;
  readonly #parameters: ReadonlyMap<string, readonly Parameter[]>;
  readonly #translator = new Translator();
  readonly #macros: ReadonlyMap<string, Macro>;
  readonly #variables = new Map<string, Variable>();
  readonly #blocks: { commands: Command[]; jump: Jump }[] = [];
  readonly #heads = new Map<string, number>();

  constructor(problem: ExchangeProblem, parameters: ReadonlyMap<string, readonly Parameter[]>) {
    this.#problem = problem;
    this.#parameters = parameters;
    this.#macros = macrosOf(problem.definitions, this.#translator);
  }

  build(name: string): Program | null {
    const { predicates, conditions } = this.#problem;
    const entry = this.#block();
    for (const predicate of predicates) {
      this.#heads.set(predicate.name, this.#block());
      for (const one of this.#parameters.get(predicate.name)!)
        this.#declare(one.variable, one.sort, "local", predicate.span, one.text);
    }
    for (const from of [null, ...predicates]) {
      const own = conditions.filter(
        ({ clause }) => (clause?.body[0]?.predicate ?? null) === (from?.name ?? null),
      );
      if (own.some(({ clause }) => clause === null || clause.body.length > 1)) return null;
      const start = from === null ? entry : this.#heads.get(from.name)!;
      this.#choose(
        start,
        own.flatMap((condition) => this.#ways(condition, start)),
        from?.span ?? predicates[0]!.span,
      );
    }
    const blocks = this.#blocks.map((block, id): Block => ({ id, ...block }));
    const loops = loopsOf(
      blocks,
      entry,
      predicates.map((one) => ({
        head: this.#heads.get(one.name)!,
        span: one.span,
        scope: this.#parameters.get(one.name)!.map((parameter) => parameter.variable),
      })),
    );
    if (!loops) return null;
    return {
      name,
      reading: "math",
      dialect: "benchmark",
      variables: [...this.#variables.values()],
      blocks,
      entry,
      loops,
      assumptions: [],
    };
  }

  /** The ways that a clause opens: a guard and the block behind it. Plain assertions go to `start` itself. */
  #ways(condition: Condition, start: number): { guard: Formula; block: number }[] {
    const { clause, span } = condition;
    const { relation, given, others, goal } = this.#relation(condition);
    const isArray = (one: string) => this.#variables.get(one)?.array !== undefined;
    if (clause!.head === null && goal && others.length === 0) {
      this.#blocks[start]!.commands.push(assertion(simplifyFormula(elementwise(goal, isArray)), condition));
      return [];
    }
    const whole = simplifyFormula(goal ? and(relation, not(goal)) : relation);
    const arrays = new Set(others.filter(isArray));
    const paths = pathsOf(whole, given, others, arrays) ?? [asOnePath(whole, others)];
    return paths.flatMap((found) => {
      const path = elementwisePath(found, isArray);
      const block = this.#block();
      const commands = this.#blocks[block]!.commands;
      const { head } = clause!;
      if (head === null) {
        commands.push(...this.#commandsOf(path, span));
        if (path.steps.length === 0) {
          this.#blocks[start]!.commands.push(assertion(not(path.guard), condition));
          return [];
        }
        commands.push(assertion(FALSE, condition));
        return [{ guard: path.guard, block }];
      }
      const targets = this.#parameters.get(head.predicate)!;
      const renamed = new Map(targets.map((one) => [next(one), one.variable]));
      const fresh = clause!.body[0]?.predicate !== head.predicate;
      const direct = fresh ? null : inOrder(path, renamed);
      if (direct) {
        for (const { target, value } of direct) commands.push(...this.#assignments(target, value, span));
      } else if (fresh) {
        // Nobody reads the old values of another predicate's parameters.
        commands.push(...this.#commandsOf(withNames(path, renamed), span));
      } else {
        commands.push(...this.#commandsOf(path, span));
        for (const one of targets)
          commands.push({ kind: "assign", target: one.variable, value: variable(next(one)), span });
      }
      this.#blocks[block]!.jump = { kind: "goto", to: this.#heads.get(head.predicate)! };
      return [{ guard: path.guard, block }];
    });
  }

  /** A clause's constraint over program variables: its predicate's parameters, the next ones, and its own. */
  #relation({ clause, variables, span }: Condition) {
    const values = new Map<string, Value>();
    const own = clause!.body[0];
    const given = own ? this.#parameters.get(own.predicate)! : [];
    const target = clause!.head ? this.#parameters.get(clause!.head.predicate)! : [];
    const equalities: { value: Value; argument: Application["arguments"][number] }[] = [];
    const bind = (application: Application, slots: readonly Parameter[]): void => {
      if (application.arguments.length !== slots.length)
        throw new Untranslatable(
          `'${application.predicate}' has ${slots.length} parameters`,
          application.span,
        );
      for (const [i, argument] of application.arguments.entries()) {
        const value = parameterValue(slots[i]!);
        const free = argument.kind === "atom" && variables.some((one) => one.name === argument.text);
        if (free && !values.has(argument.text)) values.set(argument.text, value);
        else equalities.push({ value, argument });
      }
    };
    if (own) bind(own, given);
    const nexts = target.map((one) => ({ ...one, variable: next(one) }));
    for (const one of nexts) this.#declare(one.variable, one.sort, "temporary", span, null);
    if (clause!.head) bind(clause!.head, nexts);
    const locals: string[] = [];
    for (const one of variables) {
      if (values.has(one.name)) continue;
      const sort = sortOf(one);
      if (sort === null) throw new Untranslatable("a variable has a sort of its own", span);
      const local = `${sort === "Bool" ? FLAG : ""}${one.name}@${span.line}`;
      this.#declare(local, sort, "temporary", span, null);
      values.set(one.name, parameterValue({ variable: local, sort }));
      locals.push(local);
    }
    const scope = { values, macros: this.#macros };
    const parts = clause!.constraint.map((part) => this.#translator.formula(part, scope));
    for (const { value, argument } of equalities) {
      parts.push(equality(value, this.#translator.value(argument, scope), argument.span));
    }
    const goal = clause!.goal ? this.#translator.formula(clause!.goal, scope) : null;
    const used = locals.filter((name) => mentioned([...parts, ...(goal ? [goal] : [])], name));
    // A local that stands in nothing says nothing.
    return {
      relation: and(...parts),
      given: given.map((one) => one.variable),
      others: [...nexts.map((one) => one.variable), ...used],
      goal: goal && parts.length > 0 && used.length === 0 ? or(not(and(...parts)), goal) : goal,
    };
  }

  /** Takes any way whose guard holds: by a coin each, the last one open for certain. */
  #choose(start: number, ways: readonly { guard: Formula; block: number }[], span: Span): void {
    let here = start;
    for (const [i, way] of ways.entries()) {
      const later = or(...ways.slice(i + 1).map((one) => one.guard));
      let condition = way.guard;
      if (later.kind !== "truth" || later.value) {
        const coin = `coin ${way.block}`;
        this.#declare(coin, "Int", "temporary", span, null);
        this.#blocks[here]!.commands.push({ kind: "havoc", target: coin, span });
        condition = and(way.guard, or(flag(coin), not(later)));
      }
      const otherwise = this.#block();
      condition = simplifyFormula(condition);
      this.#blocks[here]!.jump =
        condition.kind === "truth"
          ? { kind: "goto", to: condition.value ? way.block : otherwise }
          : { kind: "branch", condition, then: way.block, else: otherwise, span };
      here = otherwise;
    }
  }

  #commandsOf(path: Path, span: Span): Command[] {
    return path.steps.flatMap((step): Command[] => {
      if (step.kind === "havoc") return [{ kind: "havoc", target: step.name, span }];
      if (step.kind === "define") return this.#assignments(step.name, step.value, span);
      return [{ kind: "assume", condition: step.condition, because: "assume", span }];
    });
  }

  /** An array changed at several places is assigned one after the other, as a C program does; what reads it is read before. */
  #assignments(target: string, value: Term, span: Span): Command[] {
    const assign = (name: string, one: Term): Command => ({ kind: "assign", target: name, value: one, span });
    const changes: (Term & { kind: "store" })[] = [];
    let base = value;
    for (; base.kind === "store"; base = base.array) changes.unshift(base);
    const before = base.kind === "variable" && base.name === target ? [] : [assign(target, base)];
    const after: Command[] = [];
    for (const { indices, value: element } of changes) {
      const [index, held] = [indices[0]!, element].map((term) => {
        const reads = variablesOfTerm(term).has(target) && before.length + after.length > 0;
        if (!reads) return term;
        const name = `held ${this.#variables.size}`;
        this.#declare(name, "Int", "temporary", span, null);
        before.unshift(assign(name, term));
        return variable(name);
      });
      after.push(assign(target, { kind: "store", array: variable(target), indices: [index!], value: held! }));
    }
    return [...before, ...after];
  }

  #declare(name: string, sort: ExchangeSort, role: Variable["role"], span: Span, text: string | null): void {
    const type: IntegerType = sort === "Bool" ? TRUTH : INTEGER;
    if (this.#variables.has(name)) return;
    const plain = { name, type, role, text, span };
    // As an array of C is called: an index goes between the brackets.
    const array = { text: text && `${text}[]`, array: { sizes: [null], bounds: null } };
    this.#variables.set(name, sort === "Array" ? { ...plain, ...array } : plain);
  }

  #block(): number {
    return this.#blocks.push({ commands: [], jump: { kind: "return" } }) - 1;
  }
}

function next(parameter: Parameter): string {
  return parameter.sort === "Bool" ? `${FLAG}${parameter.variable}'` : `${parameter.variable}'`;
}

function assertion(condition: Formula, { text, span }: Condition): Command {
  return { kind: "assert", condition, what: "assertion", text, span };
}

function mentioned(formulas: readonly Formula[], name: string): boolean {
  return JSON.stringify(formulas, (_, value) => (typeof value === "bigint" ? Number(value) : value)).includes(
    JSON.stringify(name),
  );
}
