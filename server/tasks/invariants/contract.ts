import { readC } from "../../../grammars/c/read.ts";
import type { CFunction, CStatement } from "../../../grammars/c/tree.ts";
import type { Outcome } from "../../engine/outcome.ts";
import type { Document, InvariantsTask } from "../../engine/task.ts";
import { findPrecondition, type Trying, tryOn } from "./precondition.ts";

/** So many helpers without a contract are looked at in one function. */
const MOST_HELPERS = 3;

/** Contracts of static helpers with which a function would be proved that calls them. Nobody wrote them, and nothing is inserted. */
export interface ContractSuggestion {
  readonly contracts: readonly {
    readonly function: string;
    /** 1-based line of the helper. */
    readonly line: number;
    /** ACSL clauses, each with its keyword and semicolon. */
    readonly clauses: readonly string[];
  }[];
  readonly checkedBy: readonly string[];
}

/**
 * Looks for contracts of the static functions that `group` calls and that have none. Each helper is proved to keep its contract,
 * clause by clause and then as a whole, and the caller is proved with what remains, by the same search and the same judge.
 */
export async function findContracts(
  document: Document,
  group: string,
  trying: Trying,
): Promise<ContractSuggestion | null> {
  const { file, text, version, expansion } = document;
  const { functions } = readC(file, text, expansion);
  const caller = functions.find(({ name }) => name === group);
  if (caller === undefined) return null;
  const helpers = functions.filter((one) => one !== caller && lacksContract(one, caller, text));
  if (helpers.length === 0 || helpers.length > MOST_HELPERS) return null;
  const search = new Search(trying, { file, version, text });
  const contracts = new Map<CFunction, readonly string[]>();
  for (const helper of helpers) {
    const clauses = await search.contractOf(helper);
    if (clauses === null) return null;
    contracts.set(helper, clauses);
  }
  if ((await search.proves(contracts, group)) === null) return null;
  // What the caller does not need would only be more to keep.
  for (const [helper, clauses] of contracts) {
    for (const clause of clauses.filter((one) => one.startsWith("ensures"))) {
      const fewer = contracts.get(helper)!.filter((one) => one !== clause);
      const lighter = new Map([...contracts, [helper, fewer]]);
      if (await search.proves(lighter, group)) contracts.set(helper, fewer);
    }
  }
  let checkedBy: readonly string[] = [];
  for (const name of [group, ...helpers.map((one) => one.name)]) {
    const proof = await search.proves(contracts, name);
    if (proof === null) return null;
    checkedBy = proof;
  }
  return {
    contracts: [...contracts].map(([helper, clauses]) => ({
      function: helper.name,
      line: helper.nameSpan.line,
      clauses,
    })),
    checkedBy,
  };
}

function lacksContract(one: CFunction, caller: CFunction, text: string): boolean {
  const called = new RegExp(`\\b${one.name}\\s*\\(`).test(text.slice(caller.nameSpan.end, caller.span.end));
  const before = text.slice(one.span.start, one.nameSpan.start);
  return called && one.contract === null && /\bstatic\b/.test(before);
}

class Search {
  readonly #trying: Trying;
  readonly #document: Document;
  readonly #started = performance.now();

  constructor(trying: Trying, document: Document) {
    this.#trying = trying;
    this.#document = document;
  }

  /** The strongest contract among the candidates that the helper keeps; null when it keeps none. */
  async contractOf(helper: CFunction): Promise<readonly string[] | null> {
    for (const assigns of assignsOf(helper, this.#document.text)) {
      const frame = [`assigns ${assigns};`];
      const outcome = await this.#outcome(new Map([[helper, frame]]), helper.name);
      const base = outcome?.outcome.kind === "proved" ? frame : await this.#withRequires(outcome, frame);
      if (base === null) continue;
      const kept = [...base];
      for (const clause of ensuresOf(helper, this.#document.text)) {
        const holds = await this.proves(new Map([[helper, [...base, clause]]]), helper.name);
        if (holds) kept.push(clause);
        // An exact one says everything.
        if (holds && /^ensures \\result == [^=&|]+;$/.test(clause)) break;
      }
      return kept;
    }
    return null;
  }

  /** Who checked that the function is proved with these contracts in the text; null when it is not. */
  async proves(
    contracts: ReadonlyMap<CFunction, readonly string[]>,
    name: string,
  ): Promise<readonly string[] | null> {
    const tried = await this.#outcome(contracts, name);
    return tried?.outcome.kind === "proved" ? tried.outcome.verified.evidence.checkedBy : null;
  }

  async #withRequires(
    tried: { readonly task: InvariantsTask; readonly outcome: Outcome } | null,
    frame: readonly string[],
  ): Promise<readonly string[] | null> {
    if (tried === null) return null;
    const found = await findPrecondition(tried.task, tried.outcome, {
      ...this.#trying,
      withinMs: this.#left(),
    });
    return found === null ? null : [...found.requires.map((text) => `requires ${text};`), ...frame];
  }

  async #outcome(
    contracts: ReadonlyMap<CFunction, readonly string[]>,
    name: string,
  ): Promise<{ readonly task: InvariantsTask; readonly outcome: Outcome } | null> {
    if (this.#left() <= 0) return null;
    const edited = { ...this.#document, text: withContracts(this.#document.text, contracts) };
    return tryOn(this.#trying, edited, name, this.#left());
  }

  #left(): number {
    return Math.max(0, this.#trying.withinMs - (performance.now() - this.#started));
  }
}

/** The text with each contract in front of its function, on the function's own line. */
function withContracts(text: string, contracts: ReadonlyMap<CFunction, readonly string[]>): string {
  return [...contracts]
    .sort(([a], [b]) => b.span.start - a.span.start)
    .reduce(
      (edited, [{ span }, clauses]) =>
        `${edited.slice(0, span.start)}/*@ ${clauses.join(" ")} */ ${edited.slice(span.start)}`,
      text,
    );
}

/** What a helper may assign, the least first: nothing, or the names that its code writes outside its own. */
function assignsOf({ parameters, body, span }: CFunction, text: string): string[] {
  const code = text.slice(span.start, span.end);
  const own = new Set([...parameters.map(({ name }) => name), ...localsOf(body)]);
  const written = [...code.matchAll(/(?<![\w.>*])([A-Za-z_]\w*)\s*(?:(?:[-+*/%&|^]|<<|>>)?=(?!=)|\+\+|--)/g)]
    .map(([, name]) => name!)
    .filter((name) => !own.has(name));
  const pointed = parameters
    .filter(
      ({ type, name }) =>
        type.kind === "pointer" && new RegExp(`\\*\\s*${name}\\s*(?:[-+*/%&|^])?=(?!=)`).test(code),
    )
    .map(({ name }) => `*${name}`);
  const all = [...new Set([...written, ...pointed])];
  return all.length === 0 ? ["\\nothing"] : ["\\nothing", all.join(", ")];
}

function localsOf(body: readonly CStatement[]): string[] {
  return body.flatMap((statement): string[] => {
    switch (statement.kind) {
      case "declaration":
        return statement.declarators.map(({ name }) => name);
      case "block":
        return localsOf(statement.body);
      case "if":
        return localsOf([statement.then, ...(statement.else ? [statement.else] : [])]);
      case "while":
      case "do":
        return localsOf([statement.body]);
      case "for":
        return localsOf([...(statement.init ? [statement.init] : []), statement.body]);
      default:
        return [];
    }
  });
}

/** What a helper's result may be: what it returns outright, what it returns where its branches lead, and bounds of it. */
function ensuresOf({ returnType, parameters, body }: CFunction, text: string): string[] {
  if (returnType.kind !== "integer") return [];
  const quote = (span: { readonly start: number; readonly end: number }) => text.slice(span.start, span.end);
  const integers = parameters.filter(({ type }) => type.kind === "integer").map(({ name }) => name);
  const exact = returnsOf(body, [], quote);
  const bounds = ["0", "1", ...integers].flatMap((term) => [`\\result >= ${term}`, `\\result <= ${term}`]);
  const either = integers.flatMap((a, i) =>
    integers.slice(i + 1).map((b) => `\\result == ${a} || \\result == ${b}`),
  );
  return [...exact, ...either, ...bounds].map((one) => `ensures ${one};`);
}

/** `c ==> \result == e` for each `return e` that the conditions of `if` alone decide. */
function returnsOf(
  body: readonly CStatement[],
  path: readonly string[],
  quote: (span: { readonly start: number; readonly end: number }) => string,
): string[] {
  const found: string[] = [];
  let here = path;
  for (const statement of body) {
    if (statement.kind === "block") return [...found, ...returnsOf(statement.body, here, quote)];
    if (statement.kind === "return" && statement.value !== null) {
      const premise = here.length === 0 ? "" : `${here.join(" && ")} ==> `;
      return [
        ...found,
        `${premise}\\result == ${premise === "" ? quote(statement.value.span) : `(${quote(statement.value.span)})`}`,
      ];
    }
    if (statement.kind !== "if") return found;
    const condition = `(${quote(statement.condition.span)})`;
    found.push(...returnsOf([statement.then], [...here, condition], quote));
    if (statement.else) found.push(...returnsOf([statement.else], [...here, `!${condition}`], quote));
    here = [...here, `!${condition}`];
  }
  return found;
}
