import type { Diagnostic, Span } from "../../../grammars/c/span.ts";
import type { CDeclarator, CFile, CFunction, CType } from "../../../grammars/c/tree.ts";
import { type IntegerReading, type IntegerType, integerType } from "../integer.ts";
import type { AssertionKind, Clause, Loop, Program, Variable } from "../program.ts";
import { same } from "../simplify.ts";
import { type Formula, implies, integer, type Term, TRUE } from "../term.ts";
import { Graph } from "./graph.ts";
import type { Obligation, OperandTexts } from "./obligation.ts";
import { typeNamed } from "./value.ts";

/** What a name stands for at some point of the source. */
export type Entity =
  | { readonly kind: "variable"; readonly variable: Variable; readonly flag: string | null }
  /** Declared with a type that is not supported; `reported` says whether its declaration was. */
  | { readonly kind: "opaque"; readonly type: CType; readonly reported: boolean };

/** A loop before its natural blocks are known. `scope` lacks globals and what `\\at(…, Pre)` names; `hidden` globals stay out. */
export type LoopDraft = Omit<Loop, "id" | "blocks" | "parent" | "modified"> & {
  readonly hidden: ReadonlySet<string>;
};

/** Where `break` and `continue` go. */
export interface JumpTargets {
  readonly breakTo: number;
  readonly continueTo: number | null;
}

/** Everything that lowering one function builds up. */
export class Context {
  readonly graph = new Graph();
  readonly diagnostics: Diagnostic[] = [];
  readonly assumptions: string[] = [];
  readonly variables: Variable[] = [];
  readonly loops: LoopDraft[] = [];
  readonly targets: JumpTargets[] = [];
  /** Globals of `main` that were mentioned, in order: they start with their initialisers. */
  readonly globals: CDeclarator[] = [];
  readonly exit: number;
  readonly file: CFile;
  readonly fn: CFunction;
  readonly reading: IntegerReading;
  readonly dialect: Program["dialect"];
  readonly int: IntegerType;
  result: Variable | null = null;
  ensures: readonly Clause[] = [];
  readonly #scopes: Map<string, Entity>[] = [new Map(), new Map()];
  readonly #names = new Set<string>();
  readonly #counters = new Map<string, number>();

  constructor(file: CFile, fn: CFunction, reading: IntegerReading, dialect: Program["dialect"]) {
    this.file = file;
    this.fn = fn;
    this.reading = reading;
    this.dialect = dialect;
    this.int = typeNamed("int", reading);
    this.exit = this.graph.create();
    const parameters = new Set(fn.parameters.map((parameter) => parameter.name));
    for (const global of file.globals) if (!parameters.has(global.name)) this.#names.add(global.name);
  }

  /** Notes something that cannot be lowered: what it is and what to do instead. */
  unsupported(message: string, span: Span): void {
    const known = this.diagnostics.some(
      (other) => other.message === message && other.span.start === span.start && other.span.end === span.end,
    );
    if (!known) this.diagnostics.push({ severity: "error", message, span });
  }

  /** Notes what the verdict will rest on, once. */
  assume(sentence: string): void {
    if (!this.assumptions.includes(sentence)) this.assumptions.push(sentence);
  }

  /** The source between two offsets on one line; parentheses that the span cut off are taken in again. */
  text(span: Span): string {
    let { start, end } = span;
    const source = this.file.text;
    const depth = () => {
      const slice = source.slice(start, end);
      return slice.split("(").length - slice.split(")").length;
    };
    while (depth() > 0 && /^\s*\)/.test(source.slice(end))) end = source.indexOf(")", end) + 1;
    while (depth() < 0 && /\(\s*$/.test(source.slice(0, start))) start = source.lastIndexOf("(", start - 1);
    return source.slice(start, end).replace(/\s+/g, " ").trim();
  }

  inScope<T>(build: () => T): T {
    this.#scopes.push(new Map());
    const result = build();
    this.#scopes.pop();
    return result;
  }

  /** Declares a variable of the function in the innermost scope. */
  declare(declarator: CDeclarator, role: "parameter" | "local", tracked: boolean): Entity {
    const type = this.#integerTypeOf(declarator.type);
    let entity: Entity;
    if (type === null) {
      if (role === "local") this.#reportType(declarator.name, declarator.type, declarator.span);
      entity = { kind: "opaque", type: declarator.type, reported: role === "local" };
    } else {
      const variable = this.#create(declarator.name, type, role, declarator.name, declarator.span);
      const flag = tracked
        ? this.#create(`${variable.name}#initialised`, this.int, "flag", null, declarator.span).name
        : null;
      entity = { kind: "variable", variable, flag };
    }
    this.#scopes.at(-1)!.set(declarator.name, entity);
    return entity;
  }

  /** A fresh variable that the source cannot name. */
  temporary(purpose: string, type: IntegerType, span: Span): Variable {
    const count = (this.#counters.get(purpose) ?? 0) + 1;
    this.#counters.set(purpose, count);
    return this.#create(`${purpose}#${count}`, type, "temporary", null, span);
  }

  /** Declares `\result`; null when the function returns nothing. */
  declareResult(): void {
    const type = this.#integerTypeOf(this.fn.returnType);
    if (type !== null) this.result = this.#create("\\result", type, "result", "\\result", this.fn.nameSpan);
    else if (this.fn.returnType.kind === "other") {
      this.unsupported(
        `${this.fn.name} returns \`${this.fn.returnType.text}\`, which is not supported yet; return an integer or void`,
        this.fn.nameSpan,
      );
    }
  }

  /** What the name stands for here; null when it is not declared. */
  resolve(name: string): Entity | null {
    for (let depth = this.#scopes.length - 1; depth >= 0; depth--) {
      const found = this.#scopes[depth]!.get(name);
      if (found) return found;
    }
    return this.#resolveGlobal(name);
  }

  /** The variable this name stands for; null after saying why there is none. */
  variable(name: string, span: Span): (Entity & { kind: "variable" }) | null {
    const entity = this.resolve(name);
    if (entity === null) {
      this.unsupported(`\`${name}\` is not declared here; declare it as an integer variable`, span);
      return null;
    }
    if (entity.kind === "variable") return entity;
    if (!entity.reported) this.#reportType(name, entity.type, span);
    return null;
  }

  /** Parameters and locals that an annotation standing here may mention, outermost first, and the source names they take. */
  visible(): { readonly scope: string[]; readonly hidden: ReadonlySet<string> } {
    const bySource = new Map<string, string>();
    const hidden = new Set<string>();
    for (const scope of this.#scopes.slice(1)) {
      for (const [name, entity] of scope) {
        hidden.add(name);
        bySource.delete(name);
        if (entity.kind === "variable") bySource.set(name, entity.variable.name);
      }
    }
    return { scope: [...bySource.values()], hidden };
  }

  assign(target: string, value: Term, span: Span): void {
    this.graph.emit({ kind: "assign", target, value, span });
  }

  havoc(target: string, span: Span): void {
    this.graph.emit({ kind: "havoc", target, span });
  }

  assert(condition: Formula, what: AssertionKind, text: string, span: Span): void {
    this.graph.emit({ kind: "assert", condition, what, text, span });
  }

  /** Emits what an operation rests on; what holds in every state needs no command. */
  oblige(obligations: readonly Obligation[], texts: OperandTexts, span: Span): void {
    for (const { condition, what, text } of obligations) {
      if (condition.kind !== "truth" || !condition.value) this.assert(condition, what, text(texts), span);
    }
  }

  /** Runs `build`, which emits nothing but conditions, and weakens them to hold only under the guard. */
  guarded(guard: Formula, build: () => void): void {
    for (const command of this.graph.capture(build)) {
      if (command.kind !== "assert" && command.kind !== "assume")
        throw new Error(`a pure expression emitted a command of kind ${command.kind}`);
      // `y != 0 && x / y` asks for what its guard says.
      const given = guard.kind === "and" ? guard.arguments : [guard];
      const condition = given.some((part) => same(part, command.condition))
        ? TRUE
        : implies(guard, command.condition);
      if (condition.kind !== "truth" || !condition.value) this.graph.emit({ ...command, condition });
    }
  }

  /** Writes a variable; one that is tracked counts as initialised from here on. */
  store(entity: Entity & { kind: "variable" }, value: Term, span: Span): void {
    this.assign(entity.variable.name, value, span);
    if (entity.flag !== null) this.assign(entity.flag, integer(1), span);
  }

  #integerTypeOf(type: CType): IntegerType | null {
    return type.kind === "integer" ? integerType(type.name, this.reading) : null;
  }

  #reportType(name: string, type: CType, span: Span): void {
    const text = type.kind === "other" ? type.text : type.kind === "void" ? "void" : type.name;
    this.unsupported(
      `\`${name}\` has type \`${text}\`, which is not supported yet; use integer variables`,
      span,
    );
  }

  #resolveGlobal(name: string): Entity | null {
    const declared = this.file.globals.filter((global) => global.name === name);
    const global = declared.find((candidate) => candidate.initializer !== null) ?? declared[0];
    if (global === undefined) return null;
    const type = this.#integerTypeOf(global.type);
    if (type === null) return { kind: "opaque", type: global.type, reported: false };
    const variable: Variable = { name, type, role: "global", text: name, span: global.span };
    this.variables.push(variable);
    this.globals.push(global);
    const entity: Entity = { kind: "variable", variable, flag: null };
    this.#scopes[0]!.set(name, entity);
    return entity;
  }

  #create(
    base: string,
    type: IntegerType,
    role: Variable["role"],
    text: string | null,
    span: Span,
  ): Variable {
    let name = base;
    for (let count = 2; this.#names.has(name); count++) name = `${base}#${count}`;
    this.#names.add(name);
    const variable: Variable = { name, type, role, text, span };
    this.variables.push(variable);
    return variable;
  }
}
