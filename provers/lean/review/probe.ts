import type { Declaration, Outline } from "../../../grammars/lean/outline.ts";
import { variablesAt } from "../../../grammars/lean/variables.ts";
import type { LeanMessage } from "../server.ts";

/** A text with questions about a declaration at its end, and the lines (from 0) where the answers are. */
export interface Probed {
  readonly text: string;
  /** The text without the questions; an `example` has a name in it. */
  readonly asked: string;
  readonly statementLine: number;
  /** Where Lean tells that the declaration stands in the namespace that it was taken to stand in. */
  readonly placeLine: number;
  readonly axiomsLine: number;
  /** Its full name. */
  readonly name: string;
  /** A private name is asked for as it stands, and so another may be meant where a namespace is open. */
  readonly isOpen: boolean;
}

/**
 * Null when the declaration has no name that could be asked about. `axioms`: whether they are asked for. `uses`: variables that the proof
 * of an `example` speaks of, since a theorem has only those of its statement.
 */
export function probe(
  text: string,
  declaration: Declaration,
  axioms: boolean,
  uses: readonly string[],
): Probed | null {
  const { keyword, namespaces, isPrivate, start, from, outerEnd } = declaration;
  if (declaration.fullName === null && keyword !== "example") return null;
  // An `example` is given a name for the questions about it.
  const given = unusedIn(text, "touchstone_example");
  const includes = uses.length > 0 ? `include ${uses.join(" ")} in ` : "";
  const asked =
    declaration.fullName === null
      ? `${text.slice(0, from)}${includes}${text.slice(from, start)}theorem ${given}${text.slice(start + keyword.length)}`
      : text;
  const fullName = declaration.fullName ?? [...namespaces, given].join(".");
  const isOpen = isPrivate && declaration.fullName !== null;
  const name = isOpen ? fullName : `_root_.${fullName}`;
  // What was read as `namespace` may be a part of a string to Lean: then the name would be another declaration's.
  const marker = unusedIn(text, "touchstone_place");
  const after = outerEnd + asked.length - text.length;
  const body =
    `${asked.slice(0, after)} theorem ${marker} : True := True.intro${asked.slice(after)}`.trimEnd();
  const line = body.split("\n").length;
  const place = ["_root_", ...namespaces, marker].join(".");
  // A name alone, since a macro of the file may read `@name` as it likes.
  return {
    text: `${body}\n\nset_option pp.all true in\n#check ${name}\n#check ${place}\n${axioms ? `set_option pp.fullNames true in #print axioms ${name}\n` : ""}`,
    asked,
    statementLine: line + 2,
    placeLine: line + 3,
    axiomsLine: line + 4,
    name: fullName,
    isOpen,
  };
}

/** The variables around an `example` that stand in its proof and not in its statement. */
export function usedVariables({ tokens }: Outline, { keyword, start, body, end }: Declaration): string[] {
  if (keyword !== "example" || body === null) return [];
  const variables = variablesAt(tokens, start);
  const words = (from: number, to: number) =>
    tokens.filter((one) => from <= one.start && one.start < to).map(({ text }) => text.split(".")[0]!);
  const stated = new Set(words(start, body));
  return [...new Set(words(body, end))].filter((word) => variables.has(word) && !stated.has(word));
}

/** A name that the text cannot have declared. */
export function unusedIn(text: string, wanted: string): string {
  let name = wanted;
  for (let count = 1; text.includes(name); count++) name = `${wanted}_${count}`;
  return name;
}

/** The one answer at a line: anything else there is no answer. */
export function answerAt(messages: readonly LeanMessage[], line: number): string | null {
  const here = messages.filter(({ start, end }) => start.line <= line && line <= end.line);
  return here.length === 1 && here[0]!.severity === "information" ? here[0]!.text : null;
}

/** Whether what `#check` says is said of this name, and not of another that is read in its place. */
export function speaksOf(answer: string, name: string): boolean {
  const said = withoutPrivate(answer.replace(/^@/, ""));
  return said.startsWith(name) && /^(?:\.\{|\s)/.test(said.slice(name.length));
}

/** A full name without the mark that makes it private to its file. */
function withoutPrivate(name: string): string {
  return name.replace(/^_private\.(?:«[^»\n]*»|[^\s«»()]+?)\.\d+\./, "");
}

/** The axioms in what `#print axioms` says of this theorem; null when it is not such an answer. */
export function readAxioms(answer: string, name: string): readonly string[] | null {
  const said =
    /^'([^'\n]*(?:'[^'\n]*)*)' (?:does not depend on any axioms|depends on axioms: \[([\s\S]*)\])$/.exec(
      answer.trim(),
    );
  if (!said) return null;
  const told = said[1]!.replace(/^_root_\./, "");
  if (withoutPrivate(told) !== name) return null;
  return said[2] === undefined ? [] : said[2].split(",").map((axiom) => axiom.trim());
}
