// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are pieces of source text.
import type { Fault } from "./faults.ts";

/** Faults in how arrays, pointers, quantifiers and calls are read. */
export const MEMORY_FAULTS: readonly Fault[] = [
  {
    name: "an index may be one too large",
    file: "server/program/lower/place.ts",
    replace: `foldComparison("<", index, high)`,
    by: `foldComparison("<=", index, high)`,
  },
  {
    name: "an index may be negative",
    file: "server/program/lower/place.ts",
    replace: `const parts = [foldComparison("<=", low, index),`,
    by: `const parts = [`,
  },
  {
    name: "memory obligations are dropped",
    file: "server/program/lower/context.ts",
    replace: `this.assert(condition, "memory", text, span);`,
    by: "void text;",
  },
  {
    name: "writing needs no permission",
    file: "server/program/lower/access.ts",
    replace: `...(writes ? [mayWrite(region)] : [])`,
    by: `...(writes ? [] : [])`,
  },
  {
    name: "\\valid_read permits writing",
    file: "server/program/lower/application.ts",
    replace: `validity(reader, terms, name === "\\\\valid")`,
    by: `validity(reader, terms, true)`,
  },
  {
    name: "an element need not be initialised",
    file: "server/program/lower/access.ts",
    replace: `if (written === null) return;`,
    by: `if (written !== null) return;`,
  },
  {
    name: "a pointer's step is lost",
    file: "server/program/lower/pointer-variable.ts",
    replace: `ctx.assign(offset.name, chosen(terms.slice(0, -1), last(terms)), span);`,
    by: ``,
  },
  {
    name: "the end of a valid range is not looked at",
    file: "server/program/lower/memory-claims.ts",
    replace: `and(inExtent(region, plus(offset, low)), inExtent(region, plus(offset, high)), ...may)`,
    by: `and(inExtent(region, plus(offset, low)), ...may)`,
  },
  {
    name: "the old element is the new one",
    file: "server/program/lower/logic-place.ts",
    replace: `const entry = reader.state === "pre" || (reader.place === "ensures" && byValue);`,
    by: `const entry = reader.place === "ensures" && byValue;`,
  },
  {
    name: "a frame of an array is any of it",
    file: "server/program/lower/assigns.ts",
    replace: `if (open) return TRUE;`,
    by: `return TRUE;`,
  },
  {
    name: "all of a range is one of it",
    file: "server/program/lower/annotation.ts",
    replace: `if (predicate.quantifier === "forall") return quantified("forall",`,
    by: `if (predicate.quantifier === "forall") return quantified("exists",`,
  },
  {
    name: "a goal is instantiated, not refuted",
    file: "server/conditions/ground.ts",
    replace: `return (formula.kind === "forall") === positive`,
    by: `return formula.kind === "forall"`,
  },
  {
    name: "the negation of a quantifier is forgotten",
    file: "server/conditions/ground.ts",
    replace: `return { kind: "not", argument: go(formula.argument, !positive) };`,
    by: `return { kind: "not", argument: go(formula.argument) };`,
  },
  {
    name: "Skolem constants of a conjunction are shared",
    file: "server/conditions/ground.ts",
    replace: `const alternatives = (formula.kind === "or") === positive;`,
    by: `const alternatives = true;`,
  },
  {
    name: "a postcondition of a callee is an obligation of nobody, a precondition neither",
    file: "server/program/lower/contract-call.ts",
    replace: `else ctx.assert(condition, "requires", text, call.span);`,
    by: ``,
  },
  {
    name: "a call changes nothing",
    file: "server/program/lower/contract-call.ts",
    replace: `const locations =
    contract.assigns === null`,
    by: `const locations: Location[] = true
      ? []
      : contract.assigns === null`,
  },
  {
    name: "a call changes only what is outside its range",
    file: "server/program/lower/contract-call.ts",
    replace: `implies(not(inside), same)`,
    by: `implies(inside, same)`,
  },
  {
    name: "a callee without assigns changes nothing",
    file: "server/program/lower/contract-call.ts",
    replace: `? everything(ctx, before)`,
    by: `? []`,
  },
  {
    name: "an old value in a callee's contract is the new one",
    file: "server/program/lower/contract-call.ts",
    replace: `before: (name) => snapshots.get(name) ?? null`,
    by: `before: () => null`,
  },
  {
    name: "the measure of a recursion is not compared",
    file: "server/program/lower/contract-call.ts",
    replace: `and(compare(">=", entry, integer(0)), compare("<", here, entry))`,
    by: `compare(">=", entry, integer(0))`,
  },
  {
    name: "a copied structure is not stored",
    file: "server/program/lower/access.ts",
    replace: `if (value) store(ctx, target, value, span);`,
    by: `if (value && index < 0) store(ctx, target, value, span);`,
  },
  {
    name: "a definition is read in the state where it is used",
    file: "server/program/lower/application.ts",
    replace: `const here = states[0]!;`,
    by: `const here = reader.place === "ensures" ? "pre" : states[0]!;`,
  },
  {
    name: "a row of a matrix is stored from the outside",
    file: "server/conditions/smtlib.ts",
    replace: `stored(\`(select \${array} \${index})\`, rest, value)`,
    by: `stored(array, rest, value)`,
  },
];
