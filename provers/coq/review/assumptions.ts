/** One line of what `Print Assumptions` lists. */
export interface Assumption {
  /**
   * `variable`: of a section, part of the statement once it is closed. `theory`: an option of the logic that can be relied on.
   * The others but `axiom` say that a check of the kernel was switched off for `name`; `unknown` is a line that no version known here prints.
   */
  readonly kind: "axiom" | "variable" | "theory" | "guarded" | "positive" | "hierarchy" | "unknown";
  readonly name: string;
  /** As printed, on one line. */
  readonly text: string;
}

/** What `Print Assumptions` printed; null when that is not its answer. */
export function readAssumptions(texts: readonly string[]): Assumption[] | null {
  const text = texts.map((one) => one.trim()).find((one) => START.test(one));
  if (text === undefined) return null;
  if (/^Closed under the global context/.test(text)) return [];
  const assumptions: Assumption[] = [];
  let section: "variable" | "axiom" = "axiom";
  for (const line of entries(text)) {
    if (line === "Section Variables:") section = "variable";
    else if (line === "Axioms:" || line === "Theory:") section = "axiom";
    else assumptions.push(readEntry(line, section));
  }
  return assumptions;
}

const START =
  /^(?:Closed under the global context|Axioms:|Section Variables:|Theory:|Transparent constants:|Opaque constants:)/;

/** Lines with those that continue them: indented ones, and those that begin with the colon before a type. */
function entries(text: string): string[] {
  const joined: string[] = [];
  for (const line of text.split("\n")) {
    if (line.trim() === "") continue;
    if (joined.length > 0 && /^\s|^:/.test(line)) joined.push(`${joined.pop()} ${line.trim()}`);
    else joined.push(line.trim());
  }
  return joined;
}

function readEntry(line: string, section: "variable" | "axiom"): Assumption {
  if (line === "Set is impredicative") return { kind: "theory", name: line, text: line };
  const name = /^[^\s:]+/.exec(line)?.[0] ?? line;
  const rest = line.slice(name.length).trim();
  if (/^is assumed to be guarded/.test(rest)) return { kind: "guarded", name, text: line };
  if (/^is assumed to be positive/.test(rest)) return { kind: "positive", name, text: line };
  if (/^relies on an unsafe hierarchy/.test(rest)) return { kind: "hierarchy", name, text: line };
  if (rest.startsWith(":")) return { kind: section, name, text: line };
  return { kind: "unknown", name, text: line };
}
