import type { Random } from "../../../../server/program/random.ts";

/**
 * A piece of C in two spellings with one meaning. `compiled` passes each operand and result through a variable, because gcc folds
 * and narrows expressions before its sanitizer sees them and then misses what C leaves undefined.
 */
export interface Text {
  readonly plain: string;
  readonly compiled: string;
}

/** A random function `f0` of two globals, `int g` and `unsigned char h`, and of parameters `p0`, `p1`, …. */
export interface RandomFunction {
  readonly text: Text;
  readonly parameters: readonly string[];
  readonly result: string;
}

const TYPES = [
  "int",
  "unsigned int",
  "char",
  "signed char",
  "unsigned char",
  "short",
  "unsigned short",
  "long",
  "unsigned long",
  "long long",
  "unsigned long long",
  "_Bool",
];
const LITERALS = [
  "0",
  "1",
  "2",
  "3",
  "7",
  "8",
  "31",
  "32",
  "63",
  "255",
  "1u",
  "3u",
  "4294967295u",
  "2147483647",
  "1L",
  "5ul",
  "(-1)",
  "(-128)",
  "0x80000000",
  "'a'",
  "65535",
  "9223372036854775807L",
  "18446744073709551615ul",
  "(-2147483647-1)",
  "(-3)",
];

interface Name {
  readonly name: string;
  /** Counters of loops are read only, so that every loop ends. */
  readonly writable: boolean;
}

function tie(strings: TemplateStringsArray, ...parts: readonly (string | Text)[]): Text {
  const join = (spelling: keyof Text) =>
    strings.reduce((text, next, index) => {
      const part = parts[index - 1]!;
      return text + (typeof part === "string" ? part : part[spelling]) + next;
    });
  return { plain: join("plain"), compiled: join("compiled") };
}

/** Writes random functions in which every loop ends; about a third breaks the order of evaluation and must be rejected. */
export class RandomC {
  readonly #random: Random;
  #count = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  /** A function called `name`. */
  function(name: string): RandomFunction {
    const random = this.#random;
    const parameters = Array.from({ length: random.between(1, 4) }, () => random.pick(TYPES));
    const result = random.pick(TYPES);
    const names = [...parameters.map((_, index) => `p${index}`), "g", "h"].map((one) => ({
      name: one,
      writable: true,
    }));
    const declared = parameters.map((type, index) => `${type} p${index}`).join(", ");
    const body = this.#statements(names, 3, random.between(2, 5), false);
    const text = tie`${result} ${name}(${declared}) {\n${body}return ${this.#expression(names, 3)};\n}\n`;
    return { text, parameters, result };
  }

  /** The expression's value passed through a variable where it is compiled. */
  #opaque(text: Text): Text {
    const name = `t${this.#count++}`;
    return { plain: `(${text.plain})`, compiled: `({ __auto_type ${name} = (${text.compiled}); ${name}; })` };
  }

  #leaf(names: readonly Name[]): Text {
    if (this.#random.chance(0.7)) return tie`${this.#random.pick(names).name}`;
    return this.#opaque(tie`${this.#random.pick(LITERALS)}`);
  }

  #expression(names: readonly Name[], depth: number): Text {
    const random = this.#random;
    if (depth <= 0 || random.chance(0.15)) return this.#leaf(names);
    const operand = () => this.#expression(names, depth - 1);
    switch (random.between(0, 15)) {
      case 0:
        return this.#opaque(tie`${random.pick(["-", "~", "!", "+"])} ${operand()}`);
      case 1:
        return tie`((${random.pick(TYPES)})${operand()})`;
      case 2:
        return tie`(${operand()} ? ${operand()} : ${operand()})`;
      case 3:
        return tie`(${operand()} ${random.pick(["&&", "||"])} ${operand()})`;
      case 4:
        return this.#assignment(names, operand);
      case 5:
        return tie`(${operand()} , ${operand()})`;
      case 6: {
        const amount = random.chance(0.7)
          ? tie`(${operand()} & ${random.pick(["7", "15", "31"])})`
          : operand();
        return this.#opaque(tie`${operand()} ${random.pick(["<<", ">>"])} ${amount}`);
      }
      case 7: {
        const divisor = random.chance(0.6) ? tie`(${operand()} | 1)` : operand();
        return this.#opaque(tie`${operand()} ${random.pick(["/", "%"])} ${divisor}`);
      }
      case 8:
      case 9:
        return tie`(${operand()} ${random.pick(["&", "|", "^"])} ${operand()})`;
      case 10:
      case 11:
        return tie`(${operand()} ${random.pick(["<", "<=", ">", ">=", "==", "!="])} ${operand()})`;
      default:
        return this.#opaque(tie`${operand()} ${random.pick(["+", "-", "*"])} ${operand()}`);
    }
  }

  #assignment(names: readonly Name[], operand: () => Text): Text {
    const random = this.#random;
    const { name } = random.pick(names.filter(({ writable }) => writable));
    if (random.chance(0.5)) return tie`${random.pick([`${name}++`, `${name}--`, `++${name}`, `--${name}`])}`;
    const value = operand();
    if (random.chance(0.3)) return tie`(${name} = ${value})`;
    const operator = random.pick(["+", "-", "*", "/", "%", "<<", ">>", "&", "|", "^"]);
    const result = this.#opaque(tie`${name} ${operator} ${value}`);
    return { plain: `(${name} ${operator}= ${value.plain})`, compiled: `(${name} = ${result.compiled})` };
  }

  #statements(outer: readonly Name[], depth: number, count: number, inLoop: boolean): Text {
    const names = [...outer];
    let text = tie``;
    for (let index = 0; index < count; index++) text = tie`${text}${this.#statement(names, depth, inLoop)}`;
    return text;
  }

  #statement(names: Name[], depth: number, inLoop: boolean): Text {
    const random = this.#random;
    const value = () => this.#expression(names, random.between(1, 3));
    const block = (loop: boolean, counter?: string) => {
      const inner = counter === undefined ? names : [...names, { name: counter, writable: false }];
      return tie`{\n${this.#statements(inner, depth - 1, random.between(1, 3), loop)}}`;
    };
    switch (random.between(0, depth <= 0 ? 3 : 11)) {
      case 2: {
        const declared = { name: `v${this.#count++}`, writable: true };
        const text = tie`${random.pick(TYPES)} ${declared.name} = ${value()};\n`;
        names.push(declared);
        return text;
      }
      case 3:
        return tie`${random.pick(names.filter(({ writable }) => writable)).name} = ${value()};\n`;
      case 4:
      case 5:
        return tie`if (${value()}) ${block(inLoop)}${random.chance(0.5) ? tie` else ${block(inLoop)}` : ""}\n`;
      case 6: {
        const counter = `i${this.#count++}`;
        const more = random.chance(0.4) ? tie` && ${value()}` : "";
        return tie`for (int ${counter} = 0; ${counter} < ${`${random.between(1, 5)}`}${more}; ${counter}++) ${block(true, counter)}\n`;
      }
      case 7: {
        const counter = `i${this.#count++}`;
        return tie`{ int ${counter} = ${`${random.between(0, 4)}`}; while (${counter}-- > 0) ${block(true, counter)} }\n`;
      }
      case 8: {
        const counter = `i${this.#count++}`;
        const test = tie`--${counter} > 0 ${random.pick(["&&", "||"])} (${value()}, ${counter} > 0)`;
        return tie`{ int ${counter} = ${`${random.between(0, 4)}`}; do ${block(true, counter)} while (${test}); }\n`;
      }
      case 9:
        return this.#switch(value(), () => block(inLoop));
      case 10:
        return inLoop ? tie`if (${value()}) ${random.pick(["break", "continue"])};\n` : tie`${value()};\n`;
      case 11:
        return random.chance(0.3) ? tie`if (${value()}) return ${value()};\n` : tie`${value()};\n`;
      default:
        return tie`${value()};\n`;
    }
  }

  #switch(value: Text, block: () => Text): Text {
    const random = this.#random;
    const labels = ["case 0:", "case 2 - 4 + 3:", "default:", "case 3u:", "case -1:"].filter(() =>
      random.chance(0.6),
    );
    if (random.chance(0.5)) labels.reverse();
    let text = tie`switch (${random.chance(0.7) ? tie`${value} & 3` : value}) {\n`;
    for (const label of labels)
      text = tie`${text}${label} ${block()}${random.chance(0.6) ? " break;" : ""}\n`;
    return tie`${text}}\n`;
  }
}
