import type { IToken } from "chevrotain";
import { readAnnotations } from "./annotations.ts";
import {
  beginsLine,
  type Condition,
  type DirectiveReading,
  isPredefined,
  movesMembers,
  readDirective,
} from "./directive.ts";
import { type Expansion, readExpansion } from "./expansion.ts";
import { lexC, markProblem, problem } from "./lexer.ts";
import { expandMacros, type Macro } from "./macros.ts";
import type { Source } from "./source.ts";
import { mayDefine, standardMacros } from "./standard.ts";
import { AnnotationBlock, AnnotationLine, Directive, GlobalAnnotation } from "./tokens.ts";
import { markTwoNames } from "./two-names.ts";

/** The tokens that remain for the parser, macros expanded and annotations grouped. */
export interface Preprocessed {
  readonly tokens: readonly IToken[];
  readonly includes: readonly string[];
}

/** Runs the directives over the file's tokens. Notes and problems outside functions go to the source. */
export function preprocess(source: Source, expansion: Expansion | null): Preprocessed {
  return expansion === null ? new Preprocessor(source).run() : readExpansion(source, expansion);
}

/** One `#if` that is open. `unreadable`: its condition cannot be decided, so nothing of it is read. */
interface Branch {
  readonly directive: IToken;
  readonly enclosing: boolean;
  unreadable: boolean;
  on: boolean;
  taken: boolean;
  last: boolean;
}

class Preprocessor {
  readonly #source: Source;
  readonly #macros = new Map<string, Macro>();
  readonly #includes: string[] = [];
  readonly #branches: Branch[] = [];
  readonly #tokens: IToken[] = [];
  /** Tokens since the last directive, all under the same macros. */
  #pending: IToken[] = [];
  /** Names tested before anything defined them; a guard's own `#define` takes its name out again. */
  readonly #assumedUndefined = new Map<string, IToken>();

  /** Names that a part which cannot be decided defines, or no longer. */
  readonly #undecided = new Set<string>();

  constructor(source: Source) {
    this.#source = source;
  }

  run(): Preprocessed {
    const { text } = this.#source;
    const start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
    for (const token of lexC(text, start, text.length)) {
      if (token.tokenType === Directive) {
        if (!beginsLine(text, token.startOffset)) {
          if (this.#on()) this.#pending.push(problem(token, "'#' can stand only at the beginning of a line"));
          continue;
        }
        this.#flush();
        this.#directive(token);
      } else if (this.#on()) this.#pending.push(token);
    }
    this.#flush();
    for (const branch of this.#branches) {
      this.#source.error(
        "this conditional is never closed: add '#endif'",
        this.#source.span(branch.directive),
      );
    }
    for (const [name, token] of this.#assumedUndefined) {
      this.#note(`'${name}' is taken as not defined: nothing in this file defines it`, token);
    }
    markTwoNames(text, this.#tokens);
    if (/\b_Pragma\b/.test(text)) this.#source.usualLayout = false;
    for (const token of this.#tokens)
      if (this.#undecided.has(token.image))
        markProblem(
          token,
          `whether the macro '${token.image}' is defined here is not known (see the condition above)`,
        );
    return { tokens: this.#tokens, includes: this.#includes };
  }

  #on(): boolean {
    return this.#branches.at(-1)?.on ?? true;
  }

  /** Annotations and macro uses since the last directive become tokens. */
  #flush(): void {
    const expanded: IToken[] = [];
    let run: IToken[] = [];
    let comments: IToken[] = [];
    const endRun = () => {
      for (const token of expandMacros(run, this.#macros, lexC)) expanded.push(token);
      run = [];
    };
    const endComments = () => {
      for (const token of readAnnotations(comments, this.#source, this.#macros)) expanded.push(token);
      comments = [];
    };
    for (const token of this.#pending) {
      if (token.tokenType === AnnotationBlock || token.tokenType === AnnotationLine) {
        if (run.length > 0) endRun();
        comments.push(token);
      } else {
        if (comments.length > 0) endComments();
        run.push(token);
      }
    }
    endRun();
    if (comments.length > 0) endComments();
    for (const token of expanded) this.#tokens.push(token);
    this.#pending = [];
  }

  #directive(token: IToken): void {
    const reading = readDirective(token.image);
    switch (reading.kind) {
      case "if":
        this.#open(token, reading.condition, reading.text);
        return;
      case "elif":
      case "else":
      case "endif":
        this.#continue(token, reading);
        return;
    }
    if (!this.#on()) {
      // Whether it counts is not known, so that nothing is known of its name from here on.
      if (this.#branches.some(({ unreadable }) => unreadable) && "name" in reading) {
        this.#macros.delete(reading.name);
        this.#undecided.add(reading.name);
      }
      return;
    }
    switch (reading.kind) {
      case "include":
        this.#includes.push(reading.header);
        if (!this.#isBetweenItems())
          this.#tokens.push(
            problem(
              token,
              `what #include of ${reading.header} puts here is not known without a preprocessor (--cpp, -I)`,
            ),
          );
        this.#note(`#include of ${reading.header} is skipped: nothing of the header is read`, token);
        this.#standard(reading.header);
        if (reading.header === "assert.h") this.#assertions();
        return;
      case "define":
        this.#define(token, reading.name, reading.functionLike, reading.body);
        return;
      case "undef":
        this.#macros.delete(reading.name);
        return;
      case "pragma":
        if (movesMembers(reading.text)) this.#source.usualLayout = false;
        this.#note(`${reading.text} is skipped`, token);
        return;
      case "empty":
        return;
      case "error":
        this.#tokens.push(problem(token, `#error: ${reading.text}`));
        return;
      case "unsupported":
        this.#tokens.push(problem(token, `the directive ${reading.text} is not supported yet`));
    }
  }

  #define(token: IToken, name: string, functionLike: boolean, body: string): void {
    const before = this.#macros.get(name);
    if (before !== undefined && before.span !== null && before.body !== body) {
      this.#source.report({
        severity: "warning",
        message: `the macro '${name}' is defined again, differently from line ${before.span.line}: '#undef' it first`,
        span: this.#source.span(token),
      });
    }
    if (functionLike) {
      this.#source.report({
        severity: "warning",
        message: `the function-like macro '${name}' is not supported yet: functions that use it cannot be read`,
        span: this.#source.span(token),
      });
    }
    this.#assumedUndefined.delete(name);
    this.#macros.set(name, { name, body, functionLike, span: this.#source.span(token) });
  }

  #standard(header: string): void {
    for (const [name, body] of standardMacros(header))
      this.#macros.set(name, { name, body, functionLike: false, span: null });
  }

  /** Whether a header can hold declarations of its own here, and no part of a function or of another declaration. */
  #isBetweenItems(): boolean {
    let depth = 0;
    for (const { image } of this.#tokens) {
      if (image === "{") depth++;
      else if (image === "}") depth--;
    }
    const last = this.#tokens.at(-1);
    if (last === undefined || last.tokenType === GlobalAnnotation) return depth <= 0;
    return depth <= 0 && (last.image === ";" || last.image === "}");
  }

  /** Under NDEBUG `assert` is a macro that drops its argument (C11 7.2), each time that the header is included. */
  #assertions(): void {
    const off = this.#macros.get("NDEBUG");
    if (off === undefined) this.#macros.delete("assert");
    else
      this.#macros.set("assert", {
        name: "assert",
        body: "(e) ((void)0)",
        functionLike: true,
        span: off.span,
      });
  }

  #open(token: IToken, condition: Condition | null, text: string): void {
    const enclosing = this.#on();
    const decided = condition !== null && !this.#elsewhere(condition);
    const holds = enclosing && decided && this.#holds(condition, token);
    const unreadable = enclosing && !decided;
    if (unreadable) this.#undecidable(token, text, condition);
    this.#branches.push({ directive: token, enclosing, unreadable, on: holds, taken: holds, last: false });
  }

  #continue(token: IToken, reading: Extract<DirectiveReading, { kind: "elif" | "else" | "endif" }>): void {
    const branch = this.#branches.at(-1);
    if (branch === undefined) {
      this.#source.error(`'#${reading.kind}' without '#if'`, this.#source.span(token));
      return;
    }
    if (reading.kind === "endif") {
      this.#branches.pop();
      return;
    }
    if (branch.last) this.#source.error(`'#${reading.kind}' after '#else'`, this.#source.span(token));
    branch.last = reading.kind === "else";
    if (!branch.enclosing || branch.unreadable || branch.taken) {
      branch.on = false;
      return;
    }
    if (reading.kind === "elif" && (reading.condition === null || this.#elsewhere(reading.condition))) {
      this.#undecidable(token, reading.text, reading.condition);
      branch.taken = true;
      branch.unreadable = true;
      return;
    }
    branch.on = reading.kind === "else" || this.#holds(reading.condition!, token);
    branch.taken = branch.on;
  }

  #holds(condition: Condition, token: IToken): boolean {
    if (condition.kind === "constant") return condition.value;
    const defined = this.#macros.has(condition.name);
    if (!defined && condition.name !== "__cplusplus") this.#assumedUndefined.set(condition.name, token);
    return defined !== condition.negated;
  }

  /** Whether a name is tested that the compiler itself or a header may define. */
  #elsewhere(condition: Condition): boolean {
    if (condition.kind !== "defined" || condition.name === "__cplusplus") return false;
    const { name } = condition;
    return !this.#macros.has(name) && (isPredefined(name) || mayDefine(this.#includes, name));
  }

  #undecidable(token: IToken, text: string, condition: Condition | null): void {
    const ofHeader = condition?.kind === "defined" && !isPredefined(condition.name);
    const advice = ofHeader
      ? "a header that is not read may define its name, which a preprocessor finds out (--cpp); else put it before the headers"
      : "a preprocessor decides it (--cpp); else use #ifdef, #ifndef, #if 0 or #if 1 with names of your own";
    this.#tokens.push(problem(token, `the condition of ${text} is not supported yet: ${advice}`));
  }

  #note(message: string, token: IToken): void {
    this.#source.report({ severity: "note", message, span: this.#source.span(token) });
  }
}
