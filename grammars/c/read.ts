import type { IToken } from "chevrotain";
import { nameClauses, readContract } from "../acsl/contract.ts";
import { type AcslDefinition, type AcslLemma, readDeclarations } from "../acsl/definitions.ts";
import type { AcslContract } from "../acsl/tree.ts";
import { annotationOf, type Header, type PlacedToken } from "./annotations.ts";
import { withoutComments } from "./directive.ts";
import type { Expansion } from "./expansion.ts";
import { type Item, splitItems } from "./items.ts";
import { parseDeclaration, parseDefinition } from "./parser/items.ts";
import { variables } from "./parser/locals.ts";
import { functionOf, typeOf } from "./parser/shapes.ts";
import { preprocess } from "./preprocess.ts";
import { Source } from "./source.ts";
import type { Diagnostic } from "./span.ts";
import { ContractAnnotation, GlobalAnnotation, Problem } from "./tokens.ts";
import type { CBrokenFunction, CDeclarator, CFile, CFunction } from "./tree.ts";
import { standardTypedefs } from "./types.ts";

/** Longer texts are refused: nobody annotates them by hand, and every later stage would be slow. UTF-16 units. */
export const MAX_LENGTH = 2_000_000;

/** The trigraph for a backslash (C11 5.2.1.1), in front of a line's end: with `-std=c11` or `-trigraphs` it joins two lines. */
const TRIGRAPH_JOIN = /\?\?\/[ \t]*(?=[\r\n])/;

/** The other trigraphs, which are what they look like in comments. */
const TRIGRAPH = /\?\?[=/'()!<>-]/;

/** More problems than this outside functions are not told one by one. */
const MAX_DIAGNOSTICS = 100;

/**
 * Reads a C file with its ACSL annotations. It takes any text: what cannot be read becomes diagnostics, of the file or of the
 * function it stands in, and the other functions are read all the same. `expansion`: what a preprocessor made of the text.
 */
export function readC(name: string, text: string, expansion: Expansion | null = null): CFile {
  const source = new Source(text.length > MAX_LENGTH ? "" : text, standardTypedefs());
  const refusal = refuse(text, source);
  if (refusal !== null) return { ...empty(name, text), diagnostics: [refusal] };
  return new Reader(name, source).read(expansion);
}

function empty(name: string, text: string): CFile {
  return {
    name,
    text,
    functions: [],
    broken: [],
    globals: [],
    prototypes: [],
    diagnostics: [],
    definitions: new Map(),
    lemmas: [],
    structures: new Map(),
    usualLayout: true,
    oddStructures: new Set(),
    enumerators: new Map(),
    includes: [],
  };
}

function refuse(text: string, source: Source): Diagnostic | null {
  if (text.length > MAX_LENGTH) {
    const message = `the file has ${text.length} characters, and more than ${MAX_LENGTH} are not read: split it`;
    return { severity: "error", message, span: source.lines.span(0, 0) };
  }
  const joined = TRIGRAPH_JOIN.exec(text);
  if (joined !== null) {
    const message =
      "'??/' at the end of a line is a backslash to some compilers, and then the next line belongs to this one: write something else between them";
    return { severity: "error", message, span: source.lines.span(joined.index, joined.index + 3) };
  }
  const trigraph = TRIGRAPH.exec(withoutComments(text));
  if (trigraph !== null) {
    const [image] = trigraph;
    const at = text.indexOf(image);
    const message = `'${image}' is another character to some compilers: write it otherwise ('? ?')`;
    return { severity: "error", message, span: source.lines.span(at, at + 3) };
  }
  const zero = text.indexOf("\0");
  if (zero < 0) return null;
  const message = "this is no C source but a binary file: it has a NUL character here";
  return { severity: "error", message, span: source.lines.span(zero, zero + 1) };
}

class Reader {
  readonly #name: string;
  readonly #source: Source;
  readonly #functions: CFunction[] = [];
  readonly #broken: CBrokenFunction[] = [];
  readonly #globals: CDeclarator[] = [];
  readonly #prototypes: CFile["prototypes"][number][] = [];
  readonly #diagnostics: Diagnostic[] = [];
  readonly #definitions = new Map<string, AcslDefinition>();
  readonly #ambiguous = new Set<string>();
  readonly #lemmas: AcslLemma[] = [];

  constructor(name: string, source: Source) {
    this.#name = name;
    this.#source = source;
  }

  read(expansion: Expansion | null): CFile {
    const { tokens, includes } = preprocess(this.#source, expansion);
    this.#tell(this.#source.take());
    for (const item of splitItems(tokens, this.#source)) this.#item(item);
    return {
      name: this.#name,
      text: this.#source.text,
      functions: this.#functions.map((fn) => this.#asDeclared(fn)),
      broken: this.#broken,
      globals: this.#globals,
      prototypes: this.#prototypes,
      diagnostics: this.#ordered(),
      definitions: this.#definitions,
      lemmas: this.#lemmas,
      structures: this.#source.structures,
      usualLayout: this.#source.usualLayout,
      oddStructures: this.#source.oddStructures,
      enumerators: this.#source.enumerators,
      includes,
    };
  }

  /**
   * A definition owes what its declaration states (ACSL 2.3): callers rely on it. Two contracts of one function are refused, since
   * each would have to be proved.
   */
  #asDeclared(fn: CFunction): CFunction {
    const stated = this.#prototypes.filter((one) => one.name === fn.name && one.contract !== null);
    const contract = fn.contract ?? stated[0]?.contract ?? null;
    if (stated.length === 0 || contract === null) return fn;
    const unsupported = [...contract.unsupported];
    const refuse = (construct: string) => unsupported.push({ construct, span: contract.span });
    const other = fn.contract === null ? stated[1] : stated[0];
    if (other) refuse(`a second contract (at line ${other.contract!.span.line})`);
    const names = (of: { readonly parameters: CFunction["parameters"] }) =>
      of.parameters.map(({ name }) => name).join();
    if (names(stated[0]!) !== names(fn))
      refuse(`a declaration (at line ${stated[0]!.contract!.span.line}) that names its parameters otherwise`);
    return { ...fn, contract: { ...contract, unsupported } };
  }

  #ordered(): Diagnostic[] {
    const all = this.#diagnostics.toSorted((a, b) => a.span.start - b.span.start);
    if (all.length <= MAX_DIAGNOSTICS) return all;
    const { span } = all[MAX_DIAGNOSTICS]!;
    const message = `${all.length - MAX_DIAGNOSTICS} more problems follow`;
    return [...all.slice(0, MAX_DIAGNOSTICS), { severity: "error", message, span }];
  }

  #tell(diagnostics: readonly Diagnostic[]): void {
    for (const diagnostic of diagnostics) this.#diagnostics.push(diagnostic);
  }

  #item(item: Item): void {
    const header = headerOf(item);
    if (header === null) this.#read(item);
    else this.#included(item, header);
  }

  /** Of an included file its declarations count; what a system's header has that cannot be read is nobody's mistake. */
  #included(item: Item, header: Header): void {
    const [before, broken] = [this.#diagnostics.length, this.#broken.length];
    this.#read(item);
    const told = [
      ...this.#diagnostics.splice(before),
      ...this.#broken.splice(broken).flatMap(({ diagnostics }) => diagnostics),
    ];
    if (header.system) return;
    this.#tell(told.map((one) => ({ ...one, message: `${header.file}:${header.line}: ${one.message}` })));
  }

  #read(item: Item): void {
    const contracts = this.#annotations(item);
    if (item.kind === "function") this.#function(item, contracts);
    else if (item.kind === "declaration") this.#declaration(item, contracts);
    else {
      if (item.kind === "stray")
        this.#source.error("this '}' closes nothing: remove it", this.#source.span(item.tokens[0]!));
      this.#misplaced(contracts);
      this.#tell(this.#source.take());
    }
  }

  /** Names the annotations in front of an item that are no contract; the contracts are left to the item. */
  #annotations(item: Item): IToken[] {
    const contracts: IToken[] = [];
    for (const token of item.annotations) {
      if (token.tokenType === ContractAnnotation) contracts.push(token);
      else if (token.tokenType === GlobalAnnotation) {
        const declared = readDeclarations(annotationOf(token), this.#source);
        for (const one of declared.definitions) this.#define(one);
        this.#lemmas.push(...declared.lemmas);
        for (const { construct, span } of nameClauses(declared.rest)) {
          this.#source.report({
            severity: severityOf(construct),
            message: `ACSL ${construct} is not supported yet`,
            span,
          });
        }
      } else {
        const first = annotationOf(token).tokens[0]!;
        this.#source.error(
          `the annotation '${first.image}' can stand only inside functions`,
          this.#source.span(token),
        );
      }
    }
    this.#tell(this.#source.take());
    return contracts;
  }

  /** ACSL tells definitions of one name apart by the types of their arguments, which is not read: none of them can be used. */
  #define(one: AcslDefinition): void {
    const known = this.#definitions.has(one.name) || this.#ambiguous.has(one.name);
    if (!known) this.#definitions.set(one.name, one);
    else {
      this.#definitions.delete(one.name);
      this.#ambiguous.add(one.name);
      this.#source.error(
        `\`${one.name}\` is defined twice, which is not supported yet: rename one`,
        one.span,
      );
    }
  }

  #misplaced(contracts: readonly IToken[]): void {
    for (const token of contracts) {
      this.#source.error(
        "this contract stands before no function: put it directly before one",
        this.#source.span(token),
      );
    }
  }

  /** The contract in these annotations. One that has an error says less than it should, and nobody can rely on it. */
  #contract(tokens: readonly IToken[]): AcslContract | null {
    if (tokens.length === 0) return null;
    const before = this.#source.count;
    const contract = readContract(tokens.map(annotationOf), this.#source);
    if (this.#source.count === before) return contract;
    const { span } = contract;
    return { ...contract, unsupported: [...contract.unsupported, { construct: "an error", span }] };
  }

  #function(item: Item, contracts: readonly IToken[]): void {
    const contract = this.#contract(contracts);
    const parsed = this.#unreadable(item) ? null : parseDefinition(item.tokens, this.#source);
    const shape = parsed === null ? null : functionOf(parsed.specifiers, parsed.declarator);
    if (parsed !== null && shape === null)
      this.#source.error(`'${item.name}' is no function, yet a body follows`, parsed.span);
    shape?.parameters.forEach((parameter, index) => {
      if (parameter.name === "")
        this.#source.error(`parameter ${index + 1} of '${item.name}' has no name`, parameter.span);
    });
    const problems = this.#source.take();
    if (parsed === null || shape === null || problems.some((problem) => problem.severity === "error")) {
      const span = this.#source.between(item.tokens[0]!, item.tokens.at(-1)!);
      this.#broken.push({ name: item.name === "" ? "(unnamed)" : item.name, span, diagnostics: problems });
      return;
    }
    this.#tell(problems);
    const nameToken = parsed.declarator.name!;
    if (headerOf(item) !== null) {
      // It is proved where it stands; here it is called by its contract.
      const { returnType, parameters } = shape;
      this.#prototypes.push({ name: nameToken.image, returnType, parameters, contract, span: parsed.span });
      return;
    }
    this.#functions.push({
      name: nameToken.image,
      returnType: shape.returnType,
      parameters: shape.parameters,
      contract,
      body: parsed.body,
      span: parsed.span,
      nameSpan: this.#source.span(nameToken),
    });
  }

  #declaration(item: Item, contracts: readonly IToken[]): void {
    const attributes = this.#source.layoutAttributes;
    const parsed = this.#unreadable(item) ? null : parseDeclaration(item.tokens, this.#source);
    let declaresFunction = false;
    if (parsed?.specifiers.storage.includes("typedef")) {
      if (this.#source.layoutAttributes > attributes) this.#source.usualLayout = false;
      for (const { declarator } of parsed.declarators) {
        if (declarator.name === null) continue;
        const name = declarator.name.image;
        this.#source.typedefs.set(name, typeOf(parsed.specifiers, declarator));
        if (parsed.specifiers.isConst && declarator.pointers === 0) this.#source.constantTypes.add(name);
      }
    } else if (parsed !== null) {
      if (parsed.declarators.length === 0 && parsed.specifiers.type.kind === "other") {
        const message = `'${parsed.specifiers.type.text}' is not supported yet: functions that use it cannot be handled`;
        this.#source.report({ severity: "warning", message, span: parsed.span });
      }
      for (const one of parsed.declarators) {
        const shape = functionOf(parsed.specifiers, one.declarator);
        if (shape === null) {
          const external = parsed.specifiers.storage.includes("extern") && { external: true as const };
          const declared = variables({ ...parsed, declarators: [one] });
          this.#globals.push(...declared.map((variable) => ({ ...variable, ...external })));
        } else {
          declaresFunction = true;
          this.#prototypes.push({
            name: one.declarator.name!.image,
            returnType: shape.returnType,
            parameters: shape.parameters,
            contract: this.#contract(contracts),
            span: one.span,
          });
        }
      }
    }
    if (!declaresFunction) this.#misplaced(contracts);
    this.#tell(this.#source.take());
  }

  /** Reports the tokens of an item that cannot be read at all. */
  #unreadable(item: Item): boolean {
    const problems = item.tokens.filter((token) => token.tokenType === Problem);
    for (const token of problems.slice(0, 10)) this.#source.error(token.payload, this.#source.span(token));
    if (item.problem !== null) this.#source.report(item.problem);
    return problems.length > 0 || item.problem !== null;
  }
}

/** The included file that an item begins in; null for the file's own. */
function headerOf({ annotations, tokens }: Item): Header | null {
  return ((tokens[0] ?? annotations[0]) as PlacedToken | undefined)?.header ?? null;
}

/** What only declares names can be left out safely; anything else would be a promise that is not kept. */
function severityOf(construct: string): Diagnostic["severity"] {
  return /^(?:predicate|logic|axiomatic|lemma|check lemma|admit lemma|inductive|axiom|type) ?'?/.test(
    construct,
  ) && construct !== "type invariant"
    ? "warning"
    : "error";
}
