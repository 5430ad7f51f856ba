import type { Span } from "../../../grammars/c/span.ts";
import type { Block, Command, Loop, Variable } from "../program.ts";
import { foldFormula } from "../simplify.ts";
import { and, compare, FALSE, type Formula, implies, or, type Term, TRUE } from "../term.ts";
import { variablesOfTerm } from "../traverse.ts";

/** A location of an `assigns` clause: a variable, or some elements of an array. */
export interface Location {
  /** Name of the program variable. */
  readonly variable: string;
  /** For an array: the least and the greatest index in each dimension; null where the clause leaves it open. */
  readonly ranges: readonly IndexRange[];
}

export interface IndexRange {
  readonly low: Term | null;
  readonly high: Term | null;
}

/** An `assigns` clause of a contract, which binds where its premise holds, and the behavior that it belongs to. */
export interface ContractFrame {
  readonly locations: readonly Location[];
  readonly span: Span;
  readonly premise: Formula;
  readonly name: string | null;
}

/** An `assigns` clause and the blocks it speaks of. */
interface Frame {
  readonly blocks: ReadonlySet<number>;
  /** Names of program variables that must be listed when they are changed. */
  readonly restricted: ReadonlySet<string>;
  readonly locations: readonly Location[];
  /** Where the clause binds. */
  readonly premise: Formula;
  /** How a message names the clause. */
  readonly title: string;
}

/**
 * Puts an obligation before each command that changes what an `assigns` clause might not list: the contract's for globals and
 * for what parameters point to, a loop's for everything in scope there. Frames are taken from the program text, so a clause is
 * only ever checked.
 */
export function checkAssigns(
  blocks: readonly Block[],
  variables: readonly Variable[],
  loops: readonly Loop[],
  contracts: readonly ContractFrame[],
  initial: ReadonlySet<Command> = new Set(),
): Block[] {
  const outside = variables.filter(
    ({ role, array }) => role === "global" || (role === "parameter" && array?.bounds != null),
  );
  const frames: Frame[] = loops.flatMap((loop) => {
    if (loop.assigns === null) return [];
    const title = `loop assigns at line ${loop.assigns.span.line}`;
    // What a local hides is changed all the same.
    const restricted = new Set([
      ...loop.scope,
      ...(loop.pointers ?? []),
      ...outside.map((variable) => variable.name),
    ]);
    const locations = loop.assigns.locations.map((location) => openWhereModified(location, loop));
    return [{ blocks: new Set(loop.blocks), restricted, locations, premise: TRUE, title }];
  });
  for (const { locations, span, premise, name } of contracts) {
    const restricted = new Set(outside.map((variable) => variable.name));
    const everywhere = new Set(blocks.map((block) => block.id));
    const title = `assigns${name === null ? "" : ` of behavior ${name}`} at line ${span.line}`;
    frames.push({ blocks: everywhere, restricted, locations, premise, title });
  }
  if (frames.length === 0) return [...blocks];
  const texts = new Map(variables.map(({ name, text, assigned }) => [name, assigned ?? text]));
  return blocks.map((block) => {
    const here = frames.filter((frame) => frame.blocks.has(block.id));
    if (here.length === 0) return block;
    return {
      ...block,
      commands: block.commands.flatMap((command) =>
        // What globals hold before the function runs is no assignment of its.
        initial.has(command) ? [command] : [...violations(command, here, texts), command],
      ),
    };
  });
}

/** True when the loop changes a bound of the location. */
export function isMoving(location: Location, loop: Loop): boolean {
  return openWhereModified(location, loop).ranges.some(
    ({ low, high }, index) => low !== location.ranges[index]!.low || high !== location.ranges[index]!.high,
  );
}

/** A bound that the loop itself moves has no one value: the clause is read as leaving that end open, and the evidence says so. */
function openWhereModified(location: Location, loop: Loop): Location {
  const moving = new Set(loop.modified);
  const kept = (term: Term | null) =>
    term !== null && [...variablesOfTerm(term)].some((name) => moving.has(name)) ? null : term;
  return {
    ...location,
    ranges: location.ranges.map(({ low, high }) => ({ low: kept(low), high: kept(high) })),
  };
}

function violations(
  command: Command,
  frames: readonly Frame[],
  texts: ReadonlyMap<string, string | null>,
): Command[] {
  if (command.kind !== "assign" && command.kind !== "havoc") return [];
  const text = texts.get(command.target) ?? null;
  if (text === null || text.startsWith("\\initialized")) return [];
  return frames.flatMap(({ restricted, locations, premise, title }): Command[] => {
    if (!restricted.has(command.target)) return [];
    const listed = or(
      ...locations.filter(({ variable }) => variable === command.target).map((one) => permits(one, command)),
    );
    const condition = implies(premise, or(listed, keeps(command)));
    if (condition.kind === "truth" && condition.value) return [];
    const what = text.replaceAll("[]", "[…]");
    return [
      { kind: "assert", condition, what: "assigns", text: `${title} lists ${what}`, span: command.span },
    ];
  });
}

/** That every part which a callee may change lies in the location; an empty part does. */
function contains(location: Location, parts: readonly Location[]): Formula {
  return and(
    ...parts.map((part) =>
      or(
        ...part.ranges.flatMap(({ low, high }) => (low && high ? [compare("<", high, low)] : [])),
        and(
          ...location.ranges.flatMap(({ low, high }, dimension) => {
            const inner = part.ranges[dimension]!;
            return [
              ...(low === null ? [] : [inner.low === null ? FALSE : compare("<=", low, inner.low)]),
              ...(high === null ? [] : [inner.high === null ? FALSE : compare("<=", inner.high, high)]),
            ];
          }),
        ),
      ),
    ),
  );
}

/** That a write leaves what was there: memory with its old value is none that is assigned (ACSL 1.17, 2.3.2). */
function keeps(command: Command): Formula {
  if (command.kind !== "assign") return FALSE;
  const { target, value } = command;
  if (value.kind === "variable") return value.name === target ? TRUE : FALSE;
  const here = value.kind === "store" && value.array.kind === "variable" && value.array.name === target;
  if (!here || value.value.kind !== "select") return FALSE;
  const { array, indices } = value.value;
  if (array.kind !== "variable" || array.name !== target) return FALSE;
  return and(
    ...indices.map((index, dimension) => foldFormula(compare("==", index, value.indices[dimension]!))),
  );
}

function permits(location: Location, command: Command): Formula {
  if (command.kind === "havoc" && command.within !== undefined) return contains(location, command.within);
  const value = command.kind === "assign" ? command.value : null;
  const open = location.ranges.every(({ low, high }) => low === null && high === null);
  if (open) return TRUE;
  const single =
    value?.kind === "store" && value.array.kind === "variable" && value.array.name === location.variable;
  if (!single) return FALSE;
  return and(
    ...location.ranges.flatMap(({ low, high }, dimension) => {
      const index = value.indices[dimension]!;
      return [
        ...(low === null ? [] : [compare("<=", low, index)]),
        ...(high === null ? [] : [compare("<=", index, high)]),
      ];
    }),
  );
}
