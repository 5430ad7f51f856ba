import type { Counterexample, State } from "../engine/verdict.ts";
import type { Paint } from "./paint.ts";

/** Rows shown of a long run; what is between is counted. */
const FIRST = 6;
const LAST = 6;

/** A counterexample as an aligned table: a row a state, a column a variable, then the inputs. Lines without newlines. */
export function counterexampleTable({ states, inputs }: Counterexample, paint: Paint): string[] {
  const names = columnNames(states);
  const head = ["", ...names];
  const rows = shorten(states).map((state) =>
    state.kind === "gap" ? null : [state.state.where, ...names.map((name) => state.state.values[name] ?? "")],
  );
  const skipped = states.length - rows.filter((row) => row !== null).length;
  const widths = head.map((name, i) => Math.max(name.length, ...rows.map((row) => row?.[i]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
      .join("  ")
      .trimEnd();
  return [
    ...(names.length > 0 ? [paint("bold", line(head))] : []),
    ...rows.map((row) => (row === null ? paint("dim", `… ${skipped} more …`) : line(row))),
    ...inputLines(inputs),
  ];
}

function columnNames(states: readonly State[]): string[] {
  return [...new Set(states.flatMap(({ values }) => Object.keys(values)))];
}

function shorten(states: readonly State[]): ({ kind: "state"; state: State } | { kind: "gap" })[] {
  const all = states.map((state) => ({ kind: "state" as const, state }));
  if (all.length <= FIRST + LAST + 1) return all;
  return [...all.slice(0, FIRST), { kind: "gap" }, ...all.slice(-LAST)];
}

function inputLines(inputs: Counterexample["inputs"]): string[] {
  if (inputs.length === 0) return [];
  const shown = inputs.slice(0, FIRST + LAST).map(({ what, value }) => `${what} = ${value}`);
  const more = inputs.length - shown.length;
  return [`with ${shown.join(", ")}${more > 0 ? `, and ${more} more` : ""}`];
}
