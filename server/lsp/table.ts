import type { Counterexample } from "../engine/verdict.ts";

/** Rows of a long run that are shown at each end. */
const ENDS = 6;
/** Columns beyond these make a hover that nobody can read. */
const WIDEST = 8;

/** A counterexample as a Markdown table: a row a state, a column a variable, what changed in bold, then the inputs. */
export function counterexampleMarkdown({ states, inputs }: Counterexample): string {
  const names = [...new Set(states.flatMap(({ values }) => Object.keys(values)))];
  const shown = names.slice(0, WIDEST);
  const lines: string[] = [];
  if (shown.length > 0) {
    lines.push(`| | ${shown.map(cell).join(" | ")} |`, `|:--|${shown.map(() => "--:").join("|")}|`);
    states.forEach((state, i) => {
      if (states.length > 2 * ENDS + 1 && i === ENDS)
        lines.push(`| … ${states.length - 2 * ENDS} more … |${shown.map(() => " |").join("")}`);
      if (states.length > 2 * ENDS + 1 && i >= ENDS && i < states.length - ENDS) return;
      const before = states[i - 1]?.values;
      const values = shown.map((name) => {
        const value = state.values[name];
        if (value === undefined) return "";
        const changed = before?.[name] !== undefined && before[name] !== value;
        return changed ? `**${cell(value)}**` : cell(value);
      });
      lines.push(`| ${cell(state.where)} | ${values.join(" | ")} |`);
    });
  }
  if (names.length > shown.length) lines.push("", `and ${names.length - shown.length} more variables`);
  if (inputs.length > 0) {
    const first = inputs.slice(0, 2 * ENDS).map(({ what, value }) => `${what} = ${value}`);
    const more = inputs.length - first.length;
    lines.push("", `with ${first.map(cell).join(", ")}${more > 0 ? `, and ${more} more` : ""}`);
  }
  return lines.join("\n");
}

/** Text from a program, that Markdown must take as text. */
export function cell(text: string): string {
  return text.replace(/[\\`*_{}[\]()<>#+!|~-]/g, (character) => `\\${character}`).replace(/\r?\n/g, " ");
}

/** Text from a program as inline code, whatever backticks it has. */
export function code(text: string): string {
  const ticks = "`".repeat(1 + Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length)));
  const pad = ticks.length > 1 ? " " : "";
  return ticks + pad + text.replace(/\r?\n/g, " ") + pad + ticks;
}
