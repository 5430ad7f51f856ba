import type { AcslContract } from "../../../grammars/acsl/tree.ts";
import type { Diagnostic, Span } from "../../../grammars/c/span.ts";
import type { CDeclarator, CFile, CFunction, CType } from "../../../grammars/c/tree.ts";
import { typeText } from "../../../grammars/c/types.ts";
import { type IntegerReading, type IntegerType, integerType } from "../integer.ts";
import type { ArrayShape, AssertionKind, Clause, Command, Loop, Program, Variable } from "../program.ts";
import { same } from "../simplify.ts";
import { type Formula, implies, integer, type Term, TRUE } from "../term.ts";
import type { ContractFrame, Location } from "./assigns.ts";
import { addressedNames, type CallEffects, changedNames, namesIn } from "./effects.ts";
import { Graph } from "./graph.ts";
import { declareObject, isPointee } from "./objects.ts";
import type { Obligation, OperandTexts } from "./obligation.ts";
import { offsetOf, type PointerVariable, pointerVariable } from "./pointer-variable.ts";
import type { Region } from "./region.ts";
import type { Shape } from "./shape.ts";
import { typeNamed } from "./value.ts";

/** What a name stands for at some point of the source. */
export type Entity =
  | {
      readonly kind: "variable";
      readonly variable: Variable;
      readonly flag: string | null;
      /** Declared `const`: it may be read only. */
      readonly constant?: true;
    }
  /** An array or a structure. */
  | { readonly kind: "object"; readonly region: Region; readonly type: CType }
  | { readonly kind: "pointer"; readonly pointer: PointerVariable }
  /** An enumeration constant. */
  | { readonly kind: "constant"; readonly value: bigint }
  /** Declared with a type that is not supported; `reported` says whether its declaration was. */
  | { readonly kind: "opaque"; readonly type: CType; readonly reported: boolean };

/** A loop before its natural blocks are known. `scope` lacks globals and what `\\at(…, Pre)` names; `hidden` globals stay out. */
export type LoopDraft = Omit<Loop, "id" | "blocks" | "parent" | "modified" | "extents"> & {
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
  readonly calls: CallEffects;
  /** Logic functions that annotations applied, also where nothing is left of them: what they rest on is checked all the same. */
  readonly applied = new Set<string>();
  /** Functions called by contract. */
  readonly callees = new Set<string>();
  /** What ghost code declared, and whether ghost code is what is lowered. */
  readonly ghosts = new Set<Entity>();
  inGhost = false;
  result: Variable | null = null;
  /** What a function that returns a pointer returns. */
  resultPointer: PointerVariable | null = null;
  /** What pointer variables were found to be given, and whether this lowering found more. */
  readonly shapes: Map<string, Shape>;
  grown = false;
  /** Regions, in the order in which they were met; the first of each pointer parameter is its own. */
  readonly regions: Region[] = [];
  /** Variables whose address is passed to a function, as regions. */
  readonly lone = new Map<string, Region>();
  /** What holds at entry of blocks and null pointers; run before the contract is assumed. */
  readonly atEntry: Command[] = [];
  /** Names of pointer parameters that are compared with the null pointer, and the flags that say so. */
  readonly nulls = new Map<string, Variable>();
  ensures: readonly Clause[] = [];
  /** The contract's `assigns`; null when it has none. */
  assigns: { readonly locations: readonly Location[]; readonly span: Span } | null = null;
  /** Those of its behaviors. */
  readonly behaviorAssigns: ContractFrame[] = [];
  readonly #scopes: Map<string, Entity>[] = [new Map(), new Map()];
  readonly #names = new Set<string>();
  readonly #changed: ReadonlySet<string>;
  readonly #addressed: ReadonlySet<string>;
  readonly #taken = new Set<string>();
  readonly #counters = new Map<string, number>();
  #nowhere = 1;

  constructor(
    file: CFile,
    fn: CFunction,
    reading: IntegerReading,
    dialect: Program["dialect"],
    shapes: Map<string, Shape> = new Map(),
  ) {
    this.shapes = shapes;
    this.file = file;
    this.fn = fn;
    this.reading = reading;
    this.dialect = dialect;
    this.int = typeNamed("int", reading);
    this.exit = this.graph.create();
    this.#changed = changedNames(fn.body);
    this.#addressed = addressedNames(fn.body);
    const pure = (contract: AcslContract | null) => contract?.assigns?.locations.length === 0;
    const all = [...file.functions, ...file.prototypes];
    const isPure = ({ name }: { name: string }) => {
      const stated = all.filter((one) => one.name === name && one.contract !== null);
      return stated.length > 0 && stated.every((one) => pure(one.contract));
    };
    const names = (some: typeof all) => new Set(some.map(({ name }) => name));
    this.calls = {
      shared: new Set([...file.globals.map((global) => global.name), ...this.#addressed]),
      addressed: this.#addressed,
      own: names(all.filter((one) => !isPure(one))),
      pure: names(all.filter(isPure)),
    };
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

  /** How many scopes are around what is lowered. */
  get depth(): number {
    return this.#scopes.length;
  }

  /** How many scopes are around the declaration of a variable that is in scope. */
  depthOf(name: string): number {
    const at = this.#scopes.findLastIndex((scope) =>
      [...scope.values()].some((one) => one.kind === "variable" && one.variable.name === name),
    );
    return at + 1;
  }

  /** Declares a variable of the function in the innermost scope. */
  declare(declarator: CDeclarator, role: "parameter" | "local", tracked: boolean): Entity {
    const type = this.#integerTypeOf(declarator.type);
    let entity: Entity;
    const object = type === null ? declareObject(this, declarator, role, tracked) : null;
    if (object !== null) entity = object;
    else if (type === null) {
      if (role === "local") this.#reportType(declarator.name, declarator.type, declarator.span);
      entity = { kind: "opaque", type: declarator.type, reported: role === "local" };
    } else {
      const variable = this.create(declarator.name, type, role, declarator.name, declarator.span);
      const flag = tracked
        ? this.create(`${variable.name}#initialised`, this.int, "flag", null, declarator.span).name
        : null;
      entity = { kind: "variable", variable, flag, ...(declarator.constant && { constant: true }) };
    }
    this.#scopes.at(-1)!.set(declarator.name, entity);
    return entity;
  }

  /** True where a size in the type is a variable here, whatever else the name stands for in the file. */
  isVariablySized(type: CType): boolean {
    if (type.kind === "pointer") return this.isVariablySized(type.to);
    if (type.kind === "structure")
      // One that is declared here has no name.
      return (
        type.tag.startsWith("#") &&
        (this.file.structures.get(type.tag) ?? []).some((member) => this.isVariablySized(member.type))
      );
    if (type.kind !== "array") return false;
    const names = type.size === null ? [] : namesIn(type.size);
    return names.some((name) => this.#isVariable(name)) || this.isVariablySized(type.of);
  }

  #isVariable(name: string): boolean {
    const entity = this.resolve(name);
    return entity !== null && entity.kind !== "constant";
  }

  /** True when the function assigns to a variable of this name, or steps it. */
  isChanged(name: string): boolean {
    return this.#changed.has(name);
  }

  /** True when the function takes the address of a variable of this name. */
  isAddressed(name: string): boolean {
    return this.#addressed.has(name);
  }

  /** A fresh variable that the source cannot name. */
  temporary(purpose: string, type: IntegerType, span: Span, array?: ArrayShape): Variable {
    const count = (this.#counters.get(purpose) ?? 0) + 1;
    this.#counters.set(purpose, count);
    return this.create(`${purpose}#${count}`, type, "temporary", null, span, array);
  }

  /** Declares `\result`; null when the function returns nothing. */
  declareResult(): void {
    const type = this.#integerTypeOf(this.fn.returnType);
    const { returnType, name, nameSpan: span } = this.fn;
    if (type !== null) this.result = this.create("\\result", type, "result", "\\result", span);
    else if (returnType.kind === "pointer" && isPointee(returnType.to)) {
      this.resultPointer = pointerVariable(this, { name: "\\result", to: returnType.to, depth: 0, span });
      offsetOf(this, this.resultPointer);
    } else if (returnType.kind !== "void") {
      this.unsupported(
        `${name} returns \`${typeText(returnType)}\`, which is not supported yet; return an integer, a pointer to integers or structures, or void`,
        span,
      );
    }
  }

  /** A value of which nothing is known, another each time; to evaluate it is undefined. */
  nowhere(): Term {
    return { kind: "div", left: integer(this.#nowhere++), right: integer(0) };
  }

  /** What the name stands for here; null when it is not declared. */
  resolve(name: string): Entity | null {
    for (let depth = this.#scopes.length - 1; depth >= 0; depth--) {
      const found = this.#scopes[depth]!.get(name);
      if (found) return found;
    }
    return this.resolveGlobal(name);
  }

  /** The variable this name stands for; null after saying why there is none. */
  variable(name: string, span: Span): (Entity & { kind: "variable" }) | null {
    const entity = this.resolve(name);
    if (entity === null) {
      this.unsupported(`\`${name}\` is not declared here; declare it as an integer variable`, span);
      return null;
    }
    if (entity.kind === "variable") return entity;
    if (entity.kind === "opaque") {
      if (!entity.reported) this.#reportType(name, entity.type, span);
    } else if (entity.kind !== "constant") {
      const what =
        entity.kind === "pointer" ? "a pointer" : entity.type.kind === "array" ? "an array" : "a structure";
      this.unsupported(
        `\`${name}\` is ${what}, and an integer is wanted here; use one of its elements`,
        span,
      );
    }
    return null;
  }

  /** Parameters and locals that an annotation standing here may mention, outermost first, and the source names they take. */
  visible(): {
    readonly scope: string[];
    readonly hidden: ReadonlySet<string>;
    readonly pointers: readonly string[];
  } {
    const pointers = new Map<string, string[]>();
    const bySource = new Map<string, string[]>();
    const hidden = new Set<string>();
    for (const scope of this.#scopes.slice(1)) {
      for (const [name, entity] of scope) {
        hidden.add(name);
        bySource.delete(name);
        pointers.delete(name);
        if (entity.kind === "variable") bySource.set(name, [entity.variable.name]);
        else if (entity.kind === "object") bySource.set(name, leafNames(entity.region));
        else if (entity.kind === "pointer") {
          const { region, offset, base } = entity.pointer;
          pointers.set(
            name,
            [offset, base].flatMap((one) => (one === null || one.text !== null ? [] : [one.name])),
          );
          const own = region !== null && this.regions.includes(region) && region.span === entity.pointer.span;
          bySource.set(name, [
            ...(own ? leafNames(region) : []),
            ...(offset !== null && offset.text !== null ? [offset.name] : []),
          ]);
        }
      }
    }
    return { scope: [...bySource.values()].flat(), hidden, pointers: [...pointers.values()].flat() };
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

  /** That memory may be accessed so; nothing where constants decide it. */
  assertMemory(condition: Formula, text: string, span: Span): void {
    if (condition.kind !== "truth" || !condition.value) this.assert(condition, "memory", text, span);
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
    this.unsupported(
      `\`${name}\` has type \`${typeText(type)}\`, which is not supported yet; use integer variables`,
      span,
    );
  }

  /** What the name stands for outside functions; null when nothing. */
  resolveGlobal(name: string): Entity | null {
    const known = this.#scopes[0]!.get(name);
    if (known !== undefined) return known;
    const declared = this.file.globals.filter((global) => global.name === name);
    const global = declared.find((candidate) => candidate.initializer !== null) ?? declared[0];
    if (global === undefined) {
      const value = this.file.enumerators.get(name);
      return value === undefined ? null : { kind: "constant", value };
    }
    const type = this.#integerTypeOf(global.type);
    if (type === null) {
      const object = declareObject(this, global, "global", false);
      if (object === null) return { kind: "opaque", type: global.type, reported: false };
      this.globals.push(global);
      this.#scopes[0]!.set(name, object);
      return object;
    }
    const variable = this.create(name, type, "global", name, global.span);
    this.globals.push(global);
    const entity: Entity = {
      kind: "variable",
      variable,
      flag: null,
      ...(global.constant && { constant: true }),
    };
    this.#scopes[0]!.set(name, entity);
    return entity;
  }

  /** A variable of the program; its name is `base`, or made from it where that is taken. */
  create(
    base: string,
    type: IntegerType,
    role: Variable["role"],
    text: string | null,
    span: Span,
    array?: ArrayShape,
    assigned?: string,
  ): Variable {
    const name = role === "global" && !this.#taken.has(base) ? base : this.fresh(base);
    this.#names.add(name);
    this.#taken.add(name);
    const variable: Variable = {
      name,
      type,
      role,
      text,
      span,
      ...(array && { array }),
      ...(assigned && { assigned }),
    };
    this.variables.push(variable);
    return variable;
  }

  /** A name that no variable has. */
  fresh(base: string): string {
    let name = base;
    for (let count = 2; this.#names.has(name) || this.#taken.has(name); count++) name = `${base}#${count}`;
    return name;
  }
}

/** Names of the variables that hold a region. */
export function leafNames(region: Region): string[] {
  return [...region.leaves.values()].flatMap(({ variable, written }) =>
    written?.array === undefined ? [variable.name] : [variable.name, written.name],
  );
}
