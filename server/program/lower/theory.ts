import type { AcslDefinition, AcslLemma } from "../../../grammars/acsl/definitions.ts";
import type { AcslBinder, AcslPredicate } from "../../../grammars/acsl/tree.ts";
import type { Span } from "../../../grammars/c/span.ts";
import { integerType } from "../integer.ts";
import type { Axiom, LogicFunction, Theory, TheoryVariable } from "../program.ts";
import { simplifyFormula, simplifyTerm } from "../simplify.ts";
import { and, compare, type Formula, implies, integer, type Term, variable } from "../term.ts";
import { formulaOf } from "./annotation.ts";
import { termOf } from "./annotation-term.ts";
import type { Context } from "./context.ts";
import { isRecursive, namesApplied, signatureOf } from "./logic-function.ts";
import type { LogicPointer } from "./logic-memory.ts";
import { within } from "./obligation.ts";
import type { Reader, Reading } from "./reader.ts";
import type { Region } from "./region.ts";
import { rangeIn } from "./value.ts";

/**
 * The logic functions that the lowered function mentions, directly or through axioms, and what the file supposes of them. All
 * of it is noted as an assumption. Undefined where nothing is mentioned and the file has no lemma.
 */
export function lowerTheory(ctx: Context): Theory | undefined {
  const { definitions, lemmas } = ctx.file;
  const needed = new Set(ctx.applied);
  const chosen = new Set<AcslLemma>();
  const names = new Map(lemmas.map((lemma) => [lemma, functionsIn(ctx, lemma.predicate)]));
  for (let size = -1; size !== needed.size + chosen.size; ) {
    size = needed.size + chosen.size;
    for (const name of [...needed]) {
      const { body } = definitions.get(name)!;
      if (body !== null) for (const used of functionsIn(ctx, body)) needed.add(used);
    }
    for (const [lemma, used] of names) {
      const relevant = used.size === 0 || [...used].some((name) => needed.has(name));
      if (!relevant) continue;
      chosen.add(lemma);
      for (const name of used) needed.add(name);
    }
  }
  if (needed.size + chosen.size === 0) return undefined;
  const functions = [...needed].flatMap((name) => functionOf(ctx, definitions.get(name)!) ?? []);
  const axioms = lemmas.filter((lemma) => chosen.has(lemma)).map((lemma) => axiomOf(ctx, lemma));
  return { functions, axioms: [...functions.flatMap((one) => definitionAxiom(ctx, one) ?? []), ...axioms] };
}

/** Names of declared and recursive functions in a tree of ACSL, through the definitions that are written out where they are used. */
function functionsIn(ctx: Context, tree: unknown): Set<string> {
  const { definitions } = ctx.file;
  const found = new Set<string>();
  const seen = new Set<string>();
  const open = [...namesApplied(tree)];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const definition = definitions.get(name);
    if (definition === undefined || seen.has(name)) continue;
    seen.add(name);
    if (definition.body === null || isRecursive(ctx.file, name)) found.add(name);
    else open.push(...namesApplied(definition.body));
  }
  return found;
}

/** Variables of an axiom or of a function's parameters, and a reader in which they are what names denote. */
class Binding {
  readonly variables: TheoryVariable[] = [];
  readonly premises: Formula[] = [];
  readonly #bound = new Map<string, Reading>();
  readonly #pointers = new Map<string, LogicPointer>();
  readonly #ctx: Context;
  readonly #labels: readonly string[];
  readonly #span: Span;

  constructor(ctx: Context, labels: readonly string[], span: Span) {
    this.#ctx = ctx;
    this.#labels = labels.length === 0 ? ["here"] : labels;
    this.#span = span;
  }

  add({ name, type, pointer }: AcslBinder): void {
    const ctx = this.#ctx;
    const integer_ = type === "integer" ? null : integerType(type, ctx.reading);
    if ((type !== "integer" || pointer) && integer_ === null) {
      ctx.unsupported(
        `\`${name}\` has type \`${type}${pointer ? " *" : ""}\`, which logic functions and axioms cannot have yet; use integers and pointers to them`,
        this.#span,
      );
    }
    // A name that is bound again hides the first.
    const base = this.variables.some((one) => one.name.split("@")[0] === `?${name}`)
      ? `?${name}~${this.variables.length}`
      : `?${name}`;
    if (!pointer || integer_ === null) {
      this.variables.push({ name: base, dimensions: 0 });
      const range = integer_ && rangeIn(integer_, ctx.reading);
      if (range !== null) this.premises.push(within(variable(base), range, null));
      this.#pointers.delete(name);
      this.#bound.set(name, { term: variable(base), range });
      return;
    }
    const arrays = this.#labels.map((_, state) => stateName(base, state));
    this.variables.push(...arrays.map((one) => ({ name: one, dimensions: 1 })), {
      name: `${base}@at`,
      dimensions: 0,
    });
    const region: Region = {
      name,
      element: { kind: "integer", name: type },
      single: false,
      size: null,
      origin: "parameter",
      leaves: new Map([
        [
          "",
          {
            variable: {
              name: arrays[0]!,
              type: integer_,
              role: "parameter",
              text: null,
              span: this.#span,
              array: { sizes: [null], bounds: null },
            },
            inner: [],
            written: null,
          },
        ],
      ]),
      bounds: null,
      depth: 0,
      abstract: true,
      span: this.#span,
    };
    this.#bound.delete(name);
    this.#pointers.set(name, { kind: "element", region, offset: variable(`${base}@at`), to: region.element });
  }

  reader(): Reader {
    const labels = this.#labels;
    const ctx = this.#ctx;
    return {
      ctx,
      place: "statement",
      state: "here",
      bound: this.#bound,
      pointers: this.#pointers,
      elsewhere: {
        result: null,
        closed: this.#span,
        before: (name, state) => stateName(name.replace(/@0$/, ""), labels.indexOf(state)),
      },
      stateAt(label, span) {
        const index = labels.indexOf(label);
        if (index === 0 || label === "Here") return { state: "here" };
        if (index > 0) return { state: label };
        ctx.unsupported(`the label ${label} is not declared here; write it in braces behind the name`, span);
        return null;
      },
    };
  }
}

function stateName(base: string, state: number): string {
  return `${base}@${state}`;
}

function ofParameters(ctx: Context, { parameters, labels, span }: AcslDefinition): Binding {
  const binding = new Binding(ctx, labels, span);
  for (const { pointer, ...rest } of parameters) binding.add(pointer ? { ...rest, pointer } : rest);
  return binding;
}

/** A function with its parameters; null after a message. */
function functionOf(ctx: Context, definition: AcslDefinition): LogicFunction | null {
  const { name, returns, parameters, labels, body, reads, span } = definition;
  if (
    returns !== null &&
    returns !== "integer" &&
    returns !== "boolean" &&
    !integerType(returns, ctx.reading)
  ) {
    ctx.unsupported(
      `\`${name}\` returns \`${returns}\`, which logic functions cannot yet; return an integer`,
      span,
    );
    return null;
  }
  const binding = ofParameters(ctx, definition);
  const shape = { name, parameters: binding.variables };
  if (body === null) {
    checkReads(ctx, definition);
    if (parameters.some(({ pointer }) => pointer))
      ctx.assume(`\`${name}\` depends on its pointers only through the values that they point to`);
    else if (labels.length > 0 && reads === null)
      ctx.assume(`\`${name}\` depends on its arguments only, and on no memory`);
    return { ...shape, body: null };
  }
  const reader = binding.reader();
  const value: Term =
    body.kind === "term"
      ? termOf(reader, body.term).term
      : {
          kind: "choose",
          condition: simplifyFormula(formulaOf(reader, body.predicate)),
          then: integer(1),
          else: integer(0),
        };
  ctx.assume(`the recursive definition of \`${name}\` at line ${span.line} has a meaning (it ends)`);
  return { ...shape, body: simplifyTerm(value) };
}

/** What a declared function reads has to be reached from its parameters: its value is taken to depend on nothing else. */
function checkReads(ctx: Context, { name, parameters, reads, span }: AcslDefinition): void {
  const known = new Set(parameters.map((one) => one.name));
  for (const term of reads ?? []) {
    const outside = [...namesApplied(term)].filter(
      (one) => !known.has(one) && ctx.resolveGlobal(one) !== null,
    );
    if (outside.some((one) => ctx.resolveGlobal(one)!.kind !== "constant"))
      ctx.unsupported(
        `\`${name}\` reads the global \`${outside[0]}\`, which is not supported yet; make it a parameter`,
        span,
      );
  }
}

function definitionAxiom(ctx: Context, { name, parameters, body }: LogicFunction): Axiom | null {
  if (body === null) return null;
  const definition = ctx.file.definitions.get(name)!;
  const applied: Term = {
    kind: "apply",
    name,
    arguments: parameters.map((one) => variable(one.name)),
    signature: signatureOf(definition),
  };
  const binding = ofParameters(ctx, definition);
  return {
    text: `the definition of ${name} at line ${definition.span.line}`,
    variables: parameters,
    body: implies(and(...binding.premises), compare("==", applied, body)),
  };
}

/** An axiom or a lemma: the variables of the quantifiers at its front, and what is left. */
function axiomOf(ctx: Context, { kind, name, labels, predicate, span }: AcslLemma): Axiom {
  const binding = new Binding(ctx, labels, span);
  let body: AcslPredicate = predicate;
  while (body.kind === "quantified" && body.quantifier === "forall") {
    for (const binder of body.binders) binding.add(binder);
    body = body.body;
  }
  const formula = simplifyFormula(formulaOf(binding.reader(), body));
  const text = `${kind} ${name} at line ${span.line}`;
  ctx.assume(`${text}${kind === "lemma" ? ", which is not proved here" : ""}`);
  return { text, variables: binding.variables, body: implies(and(...binding.premises), formula) };
}
