import type { AcslDefinition } from "../../../grammars/acsl/definitions.ts";
import type { AcslTerm } from "../../../grammars/acsl/tree.ts";
import type { Span } from "../../../grammars/c/span.ts";
import type { CFile } from "../../../grammars/c/tree.ts";
import { integer, type Signature, type Term } from "../term.ts";
import { termOf } from "./annotation-term.ts";
import { logicPointer } from "./logic-memory.ts";
import { inState } from "./logic-place.ts";
import type { Reader } from "./reader.ts";

const recursive = new WeakMap<CFile, Map<string, boolean>>();

/** True when the definition of a logic function or predicate leads back to itself; it is then not written out where it is used. */
export function isRecursive(file: CFile, name: string): boolean {
  let known = recursive.get(file);
  if (known === undefined) {
    known = new Map();
    recursive.set(file, known);
  }
  const answer = known.get(name) ?? reaches(file, name);
  known.set(name, answer);
  return answer;
}

function reaches(file: CFile, name: string): boolean {
  const seen = new Set<string>();
  const open = [name];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const used of namesApplied(file.definitions.get(next)?.body)) {
      if (used === name) return true;
      if (!seen.has(used)) open.push(used);
      seen.add(used);
    }
  }
  return false;
}

/** Names of logic functions and predicates that are applied in a tree of ACSL. */
export function namesApplied(tree: unknown): Set<string> {
  const names = new Set<string>();
  const open: unknown[] = [tree];
  while (open.length > 0) {
    const node = open.pop();
    if (typeof node !== "object" || node === null) continue;
    const { kind, name } = node as { kind?: unknown; name?: unknown };
    // A constant is applied without parentheses.
    if ((kind === "apply" || kind === "name") && typeof name === "string") names.add(name);
    open.push(...Object.values(node));
  }
  return names;
}

export function signatureOf(definition: AcslDefinition): Signature {
  return {
    parameters: definition.parameters.map(({ pointer }) => (pointer ? "pointer" : "integer")),
    states: Math.max(1, definition.labels.length),
  };
}

/** The states in which an application reads the memory, one for each label of the definition; null after a message. */
export function argumentStates(
  reader: Reader,
  { name, parameters, labels: own }: AcslDefinition,
  labels: readonly string[],
  terms: readonly AcslTerm[],
  span: Span,
): string[] | null {
  if (terms.length !== parameters.length) {
    reader.ctx.unsupported(
      `\`${name}\` takes ${parameters.length} arguments, here it has ${terms.length}`,
      span,
    );
    return null;
  }
  if (labels.length === 0 && own.length <= 1) return [reader.state];
  // Where no label is declared there is one all the same, which an application may give.
  if (labels.length !== Math.max(1, own.length)) {
    const form = own.length === 0 ? name : `${name}{${own.join(", ")}}`;
    reader.ctx.unsupported(
      `\`${name}\` is declared as \`${form}\`: write as many labels where it is used`,
      span,
    );
    return null;
  }
  const states = labels.map((label) => reader.stateAt(label, span));
  return states.some((state) => state === null) ? null : states.map((state) => state!.state);
}

/** A function that is declared only, or recursive, applied: a term that the axioms speak of. */
export function appliedFunction(
  reader: Reader,
  definition: AcslDefinition,
  labels: readonly string[],
  terms: readonly AcslTerm[],
  span: Span,
): Term {
  const { ctx } = reader;
  const { name, parameters } = definition;
  ctx.applied.add(name);
  const nothing = integer(0);
  const states = argumentStates(reader, definition, labels, terms, span);
  if (states === null) return nothing;
  const arguments_: Term[] = [];
  for (const [index, parameter] of parameters.entries()) {
    const term = terms[index]!;
    if (!parameter.pointer) {
      arguments_.push(termOf(reader, term).term);
      continue;
    }
    const pointer = logicPointer(reader, term);
    if (pointer === null) return nothing;
    const leaf = pointer.kind === "element" ? pointer.region.leaves.get("") : undefined;
    if (pointer.kind !== "element" || leaf === undefined || leaf.inner.length > 0 || pointer.region.single) {
      ctx.unsupported(
        `\`${ctx.text(term.span)}\` is no array of integers, and \`${name}\` is supported for those only`,
        span,
      );
      return nothing;
    }
    if (pointer.to.kind !== "integer" || pointer.to.name !== parameter.type) {
      ctx.unsupported(
        `\`${name}\` takes a pointer to \`${parameter.type}\`, and \`${ctx.text(term.span)}\` points to another type`,
        span,
      );
      return nothing;
    }
    for (const state of states) {
      const array = inState({ ...reader, state }, leaf, pointer.region, term.span);
      if (array === null) return nothing;
      arguments_.push(array);
    }
    arguments_.push(pointer.offset);
  }
  return { kind: "apply", name, arguments: arguments_, signature: signatureOf(definition) };
}
