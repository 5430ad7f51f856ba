import type { Random } from "../../../../server/program/random.ts";
import type {
  BinaryOperator,
  Case,
  Expression,
  Loop,
  Parameter,
  Predicate,
  Routine,
  Statement,
  Type,
} from "./language.ts";

interface Name {
  readonly name: string;
  readonly type: Type;
  readonly writable: boolean;
}

const NARROW: readonly Type[] = ["unsigned int", "short", "signed char", "unsigned char", "_Bool"];

const ZERO = { kind: "literal", value: 0 } as const;
/** Stands where the assertion will be. */
const TRIVIAL: Predicate = { kind: "compare", relation: "==", left: ZERO, right: ZERO };

/** The function with this assertion at its end. */
export function withAssertion(of: Routine, predicate: Predicate): Routine {
  return { ...of, body: of.body.map((one) => (one.kind === "assert" ? { ...one, predicate } : one)) };
}

/** A function of one to three loops, with an assertion at its end: side effects, narrow types and all of C's ways through a loop. */
export function randomFunction(random: Random): Routine {
  return new Writer(random).function();
}

class Writer {
  readonly #random: Random;
  #loops = 0;
  #names = 0;
  #budget = 8;

  constructor(random: Random) {
    this.#random = random;
  }

  function(): Routine {
    const random = this.#random;
    const parameters = Array.from({ length: random.between(1, 2) }, (_, index) => this.#parameter(index));
    const names: Name[] = parameters.map(({ name, type }) => ({ name, type, writable: true }));
    const body: Statement[] = [];
    for (let count = random.between(1, 2); count > 0; count--) body.push(this.#declare(names));
    this.#more(body, names, 1, random.between(0, 1), false);
    body.push(this.#loop(names, 2));
    this.#more(body, names, 2, random.between(0, 2), false);
    if (random.chance(0.2) && this.#loops < 3) body.push(this.#loop(names, 1));
    body.push({ kind: "assert", predicate: TRIVIAL });
    body.push({ kind: "return", value: this.#expression(names, 2) });
    const requires: Predicate[] =
      parameters.length === 2 && random.chance(0.2)
        ? [
            {
              kind: "compare",
              relation: random.pick(["<", "<=", "!="]),
              left: { kind: "name", name: "p0" },
              right: { kind: "name", name: "p1" },
            },
          ]
        : [];
    return { parameters, body, requires, ensures: [], loops: this.#loops };
  }

  #parameter(index: number): Parameter {
    const random = this.#random;
    const type = random.chance(0.7) ? "int" : random.pick(NARROW);
    const [least, most] =
      type === "_Bool" ? [0, 1] : type.startsWith("unsigned") ? [0, 5] : [random.between(-3, 0), 4];
    return { name: `p${index}`, type, low: least, high: most };
  }

  #fresh(prefix: string): string {
    return `${prefix}${this.#names++}`;
  }

  #declare(names: Name[]): Statement {
    const random = this.#random;
    const type = random.chance(0.75) ? "int" : random.pick(NARROW);
    const declared = { name: this.#fresh("v"), type, writable: true };
    const initial = random.chance(0.015) ? null : this.#expression(names, 1);
    names.push(declared);
    return { kind: "declare", type, name: declared.name, initial };
  }

  #more(body: Statement[], names: Name[], depth: number, count: number, inLoop: boolean): void {
    for (let index = 0; index < count; index++) body.push(this.#statement(names, depth, inLoop));
  }

  /** A block of its own scope, which sometimes hides a name of an outer one. */
  #block(names: readonly Name[], depth: number, inLoop: boolean, count?: number): Statement[] {
    const random = this.#random;
    const inner = [...names];
    const body: Statement[] = [];
    if (random.chance(0.06) && inner.some(({ name }) => !name.startsWith("p"))) {
      const hidden = this.#writable(inner.filter(({ name }) => !name.startsWith("p")));
      body.push({ kind: "declare", type: "int", name: hidden.name, initial: literal(random.between(-1, 2)) });
      inner.splice(inner.indexOf(hidden), 1, { ...hidden, type: "int" });
    }
    this.#more(body, inner, depth, count ?? random.between(1, 2), inLoop);
    return body;
  }

  #statement(names: Name[], depth: number, inLoop: boolean): Statement {
    const random = this.#random;
    this.#budget--;
    const choice = depth <= 0 || this.#budget <= 0 ? random.between(0, 5) : random.between(0, 13);
    switch (choice) {
      case 6:
      case 7: {
        // In the order of the source, in which loops are numbered.
        const condition = this.#condition(names);
        const then = this.#block(names, depth - 1, inLoop);
        const rest = random.chance(0.5) ? this.#block(names, depth - 1, inLoop) : null;
        return { kind: "if", condition, then, else: rest };
      }
      case 8:
        return this.#loops < 3 ? this.#loop(names, depth - 1) : this.#assignment(names);
      case 9:
        return this.#switch(names, depth, inLoop);
      case 10:
        if (!inLoop) return this.#assignment(names);
        return {
          kind: "if",
          condition: this.#condition(names),
          then: [{ kind: random.pick(["break", "continue"]) }],
          else: null,
        };
      case 11:
        if (random.chance(0.3))
          return {
            kind: "if",
            condition: this.#condition(names),
            then: [{ kind: "return", value: this.#expression(names, 1) }],
            else: null,
          };
        return { kind: "expression", expression: this.#effect(names) };
      case 12:
        if (random.chance(0.3))
          return {
            kind: "assume",
            condition: binary(
              "!=",
              { kind: "name", name: random.pick(names).name },
              literal(random.between(3, 9)),
            ),
          };
        return this.#declare(names);
      case 13:
        return { kind: "block", body: this.#block(names, depth - 1, inLoop) };
      default:
        return this.#assignment(names);
    }
  }

  #writable(names: readonly Name[]): Name {
    const writable = names.filter((one) => one.writable);
    return this.#random.pick(writable.length > 0 ? writable : names);
  }

  #assignment(names: readonly Name[]): Statement {
    const random = this.#random;
    const target = this.#writable(names);
    if (random.chance(0.3)) return { kind: "expression", expression: this.#step(target.name) };
    const others = names.filter(({ name, writable }) => writable && name !== target.name);
    if (random.chance(0.12) && others.length > 0) {
      // `x = y++ + 1`, where nothing else of the expression mentions `y`.
      const stepped = random.pick(others).name;
      const value = binary("+", this.#step(stepped), literal(random.between(-1, 2)));
      return {
        kind: "expression",
        expression: { kind: "assign", name: target.name, operator: "=", value },
      };
    }
    const operator = random.chance(0.5) ? "=" : random.pick(["+=", "-=", "+=", "*="] as const);
    const value = operator === "*=" ? literal(random.between(-1, 2)) : this.#expression(names, 2);
    return { kind: "expression", expression: { kind: "assign", name: target.name, operator, value } };
  }

  #step(name: string): Expression {
    const random = this.#random;
    return { kind: "step", name, operator: random.pick(["++", "--"]), prefix: random.chance(0.4) };
  }

  /** Evaluated for what it does: short circuits and conditionals that change something. */
  #effect(names: readonly Name[]): Expression {
    const random = this.#random;
    const changed = this.#writable(names).name;
    const condition = this.#condition(names);
    if (random.chance(0.5)) return binary(random.pick(["&&", "||"]), condition, this.#step(changed));
    return {
      kind: "conditional",
      condition,
      then: this.#step(changed),
      else: { kind: "assign", name: changed, operator: "=", value: literal(random.between(-2, 2)) },
    };
  }

  #condition(names: readonly Name[]): Expression {
    const random = this.#random;
    if (random.chance(0.12)) return { kind: "flip" };
    const relation = random.pick(["<", "<=", ">", ">=", "==", "!="] as const);
    const simple = binary(relation, this.#expression(names, 1), this.#leaf(names));
    if (random.chance(0.85)) return simple;
    const changed = this.#writable(names).name;
    const second = random.chance(0.4)
      ? binary("<", this.#step(changed), literal(random.between(-2, 3)))
      : binary(random.pick(["<", "!="]), this.#leaf(names), this.#leaf(names));
    return binary(random.pick(["&&", "||"]), simple, second);
  }

  #leaf(names: readonly Name[]): Expression {
    const random = this.#random;
    if (random.chance(0.6)) return { kind: "name", name: random.pick(names).name };
    return random.chance(0.08)
      ? { kind: "literal", value: random.between(0, 3), unsigned: true }
      : literal(random.between(-2, 4));
  }

  #expression(names: readonly Name[], depth: number): Expression {
    const random = this.#random;
    if (depth <= 0 || random.chance(0.25)) return this.#leaf(names);
    const operand = () => this.#expression(names, depth - 1);
    switch (random.between(0, 15)) {
      case 0:
        return { kind: "unary", operator: random.pick(["-", "!", "~"]), argument: operand() };
      case 1:
        return { kind: "cast", type: random.pick(NARROW), argument: operand() };
      case 2:
        return {
          kind: "conditional",
          condition: binary(random.pick(["<", "=="]), operand(), operand()),
          then: operand(),
          else: operand(),
        };
      case 3:
        return binary(random.pick(["/", "%"]), operand(), literal(random.pick([2, 3, -2, 4])));
      case 4:
        return random.chance(0.3)
          ? binary(random.pick(["/", "%"]), operand(), this.#leaf(names))
          : binary("*", literal(random.between(-2, 3)), operand());
      case 5:
        return random.chance(0.3)
          ? binary(random.pick(["<<", ">>"]), this.#leaf(names), literal(random.between(0, 2)))
          : binary("&", operand(), literal(random.pick([1, 3, 7])));
      case 6:
        return binary(random.pick(["&&", "||", "<", "!="] as const), operand(), operand());
      default:
        return binary(random.pick(["+", "-"]), operand(), operand());
    }
  }

  #switch(names: readonly Name[], depth: number, inLoop: boolean): Statement {
    const random = this.#random;
    const labels = [0, 1, 2, -1, null].filter(() => random.chance(0.55));
    if (labels.length === 0) labels.push(1);
    if (random.chance(0.3)) labels.reverse();
    const cases = labels.map(
      (label): Case => ({
        label,
        body: this.#block(names, depth - 1, inLoop, 1),
        breaks: random.chance(0.5),
      }),
    );
    return { kind: "switch", value: this.#expression(names, 1), cases };
  }

  /** Most loops count towards a bound, as a person's do; the body may still disturb that. */
  #loop(names: Name[], depth: number): Loop {
    const random = this.#random;
    const id = this.#loops++;
    const kind = random.pick(["while", "for", "for", "do", "while"] as const);
    const bound = random.chance(0.6)
      ? ({ kind: "name", name: random.pick(names).name } as const)
      : literal(random.between(1, 5));
    if (kind === "for") {
      const counter = this.#fresh("i");
      const type: Type = random.chance(0.85) ? "int" : "unsigned char";
      const inner = [...names, { name: counter, type, writable: random.chance(0.15) }];
      return {
        kind,
        id,
        initial: { kind: "declare", type, name: counter, initial: literal(random.between(0, 1)) },
        condition: this.#also(
          binary(random.pick(["<", "<", "<=", "!="]), { kind: "name", name: counter }, bound),
          names,
        ),
        step: random.chance(0.8)
          ? { kind: "step", name: counter, operator: "++", prefix: random.chance(0.5) }
          : { kind: "assign", name: counter, operator: "+=", value: literal(2) },
        body: this.#block(inner, depth, true),
      };
    }
    const { name } = this.#writable(names);
    const down = random.chance(0.5);
    const body = this.#block(
      names.map((one) => (one.name === name && random.chance(0.7) ? { ...one, writable: false } : one)),
      depth,
      true,
    );
    const sideEffect = random.chance(0.2);
    const move: Expression = { kind: "step", name, operator: down ? "--" : "++", prefix: false };
    const condition = sideEffect
      ? binary(down ? ">" : "<", move, literal(down ? 0 : random.between(1, 4)))
      : binary(down ? ">" : "<", { kind: "name", name }, down ? literal(0) : literal(random.between(1, 5)));
    const moves: Statement[] = sideEffect ? [] : [{ kind: "expression", expression: move }];
    return {
      kind,
      id,
      initial: null,
      condition: sideEffect ? condition : this.#also(condition, names),
      step: null,
      body: random.chance(0.5) ? [...body, ...moves] : [...moves, ...body],
    };
  }

  #also(condition: Expression, names: readonly Name[]): Expression {
    const random = this.#random;
    if (random.chance(0.85)) return condition;
    return binary(random.pick(["&&", "&&", "||"]), condition, this.#condition(names));
  }
}

export function literal(value: number): Expression & { kind: "literal" } {
  return { kind: "literal", value };
}

function binary(operator: BinaryOperator, left: Expression, right: Expression): Expression {
  return { kind: "binary", operator, left, right };
}
