import type { AcslAssigns, AcslTerm } from "../../../grammars/acsl/tree.ts";
import type { Term } from "../term.ts";
import { termOf } from "./annotation-term.ts";
import type { IndexRange, Location } from "./assigns.ts";
import type { Context } from "./context.ts";
import { isLogicPointer, logicLocations } from "./logic-memory.ts";
import { casesOf } from "./pointed.ts";
import { elementFor } from "./pointer-variable.ts";
import { type Place, type Reader, reader, resolveIn } from "./reader.ts";
import type { Region } from "./region.ts";

/** An assumption of texts that use `\from`: nothing rests on it. */
export const NOT_PROVED = "what \\from says of where values come from is not proved";

/** The locations that an `assigns` clause lists; what cannot be read is reported. Terms of a contract's are about its entry. */
export function lowerLocations(
  ctx: Context,
  assigns: AcslAssigns,
  clause: string,
  place: Place,
  here: Reader = reader(ctx, place, place === "statement" ? "here" : "pre"),
): Location[] {
  return assigns.terms.flatMap((term, index) => {
    if (term.kind === "result") return [];
    const found = locationsOf(here, term, clause);
    if (found !== null) return found;
    ctx.unsupported(
      `\`${assigns.locations[index]}\` in ${clause} is not supported yet; list variables and array ranges`,
      assigns.span,
    );
    return [];
  });
}

function locationsOf(here: Reader, term: AcslTerm, clause: string): Location[] | null {
  const { ctx } = here;
  if (term.kind === "name") {
    const entity = resolveIn(here, term.name);
    if (entity === null) {
      ctx.unsupported(
        `\`${term.name}\` in ${clause} is not declared here; list variables that are in scope`,
        term.span,
      );
      return [];
    }
    if (entity.kind === "variable") return [{ variable: entity.variable.name, ranges: [] }];
    if (entity.kind === "object") return wholeRegion(entity.region);
    if (entity.kind === "pointer") {
      const { offset, base } = entity.pointer;
      return [offset, base].flatMap((one) => (one === null ? [] : [{ variable: one.name, ranges: [] }]));
    }
    return null;
  }
  return elementTarget(here, term);
}

/** Everything in a region. */
function wholeRegion(region: Region): Location[] {
  return [...region.leaves.values()].map(({ variable }) => ({
    variable: variable.name,
    ranges: (variable.array?.sizes ?? []).map(() => ({ low: null, high: null })),
  }));
}

interface Target {
  readonly region: Region;
  readonly outer: IndexRange | null;
  readonly path: string;
  readonly inner: readonly IndexRange[];
}

function elementTarget(here: Reader, term: AcslTerm): Location[] | null {
  const targets = targetsOf(here, term);
  const found = targets?.map(elementsIn) ?? null;
  return found?.every((one) => one.length > 0) ? found.flat() : null;
}

/** Of a pointer that may lead to several places all are listed, whichever it is. */
function elementsIn(target: Target): Location[] {
  const found: Location[] = [];
  for (const [path, leaf] of target.region.leaves) {
    if (path !== target.path && !path.startsWith(`${target.path}.`)) continue;
    const outer = target.region.single ? [] : [target.outer ?? { low: null, high: null }];
    const rest = leaf.inner.slice(target.inner.length).map(() => ({ low: null, high: null }));
    found.push({ variable: leaf.variable.name, ranges: [...outer, ...target.inner, ...rest] });
  }
  return found;
}

/** The parts of memory that a term names; null where it names none. */
function targetsOf(here: Reader, term: AcslTerm): Target[] | null {
  const value = (one: AcslTerm | null): Term | null => one && termOf(here, one).term;
  switch (term.kind) {
    case "name": {
      const entity = resolveIn(here, term.name);
      if (entity?.kind !== "object" || !entity.region.single) return null;
      return [{ region: entity.region, outer: null, path: "", inner: [] }];
    }
    case "dereference":
      return pointed(here, term.argument);
    case "index": {
      if (isLogicPointer(here, term.array)) {
        return pointed(here, {
          kind: "binary",
          operator: "+",
          left: term.array,
          right: term.index,
          span: term.span,
        });
      }
      const bases = targetsOf(here, term.array);
      if (bases === null) return null;
      const { index } = term;
      const range: IndexRange =
        index.kind === "range"
          ? { low: value(index.low), high: value(index.high) }
          : { low: value(index), high: value(index) };
      return bases.map((base) => ({ ...base, inner: [...base.inner, range] }));
    }
    case "member": {
      const bases = term.arrow ? pointed(here, term.object) : targetsOf(here, term.object);
      return bases?.map((base) => ({ ...base, path: `${base.path}.${term.name}` })) ?? null;
    }
    default:
      return null;
  }
}

function pointed(here: Reader, term: AcslTerm): Target[] | null {
  if (!isLogicPointer(here, term) && term.kind !== "binary") return null;
  const found = logicLocations(here, term);
  if (found === null || (found.pointer.kind === "choice" && found.pointer.open)) return null;
  return casesOf(found.pointer).flatMap(({ target }): Target[] => {
    const one = elementFor(here.ctx, target);
    if (one.kind === "null") return [];
    const { region, offset } = one;
    const end = (bound: Term | null): Term | null =>
      bound &&
      (offset.kind === "integer" && offset.value === 0n
        ? bound
        : { kind: "add", left: offset, right: bound });
    const low = end(found.low);
    const high = found.low === found.high ? low : end(found.high);
    return [{ region, outer: region.single ? null : { low, high }, path: "", inner: [] }];
  });
}

/** The text by which a suggested `loop assigns` lists all of an array variable. */
export function wholeText(text: string, sizes: readonly (bigint | null)[]): string {
  let result = text;
  for (const size of sizes)
    result = result.replace("[]", () => (size === null ? "[..]" : `[0..${size - 1n}]`));
  return result;
}
