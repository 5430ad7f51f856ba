import { SolverError } from "../../server/engine/solver.ts";

const SKIP = /[^()";|]+|;[^\n]*|"(?:[^"]|"")*"|\|[^|]*\|/y;

/** Splits SMT-LIB text into its commands; comments between them are dropped. Text that is not complete commands is an error. */
export function splitCommands(text: string): string[] {
  const commands: string[] = [];
  let depth = 0;
  let start = 0;
  let at = 0;
  while (at < text.length) {
    const character = text[at];
    if (character === "(") {
      if (depth++ === 0) start = at;
      at++;
    } else if (character === ")") {
      if (--depth < 0) throw incomplete(text, at, "a closing parenthesis too many");
      at++;
      if (depth === 0) commands.push(text.slice(start, at));
    } else {
      SKIP.lastIndex = at;
      const skipped = SKIP.exec(text)?.[0];
      if (skipped === undefined) throw incomplete(text, at, "an unfinished string or symbol");
      if (depth === 0 && skipped.trim() !== "" && !skipped.startsWith(";")) {
        throw incomplete(text, at, "text outside of a command");
      }
      at += skipped.length;
    }
  }
  if (depth > 0) throw incomplete(text, start, "a command that is not closed");
  return commands;
}

function incomplete(text: string, at: number, what: string): SolverError {
  return new SolverError(`${what} at offset ${at}: ${text.slice(at, at + 60)}`);
}

/**
 * The commands that are in force, by assertion level: what a new process must be told to be where the old one was
 * (SMT-LIB 2.6, section 4.1.4). Options outlive their level, as in Z3 and cvc5.
 */
export class LiveCommands {
  #options: string[] = [];
  #levels: string[][] = [[]];

  add(command: string): void {
    const [, name, count] = /^\(\s*([^\s()]+)\s*(\d+)?/.exec(command) ?? [];
    const levels = Number(count ?? 1);
    if (name === "push") for (let i = 0; i < levels; i++) this.#levels.push([]);
    else if (name === "pop") {
      // A pop below the bottom is refused by the solver and changes nothing.
      if (levels < this.#levels.length) this.#levels.length -= levels;
    } else if (name === "reset") {
      this.#options = [];
      this.#levels = [[]];
    } else if (name === "set-option" || name === "set-logic" || name === "set-info")
      this.#options.push(command);
    else this.#levels.at(-1)!.push(command);
  }

  /** Everything in force, in order. */
  text(): string {
    return [
      ...this.#options,
      ...this.#levels.flatMap((level, i) => (i === 0 ? level : ["(push 1)", ...level])),
    ].join("\n");
  }
}
