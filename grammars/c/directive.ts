/** What a preprocessing directive says; `unsupported` names it as it is written. */
export type DirectiveReading =
  | { readonly kind: "include"; readonly header: string }
  | { readonly kind: "define"; readonly name: string; readonly functionLike: boolean; readonly body: string }
  | { readonly kind: "undef"; readonly name: string }
  /** `condition` null: it is none that can be decided without the headers. */
  | { readonly kind: "if"; readonly condition: Condition | null; readonly text: string }
  | { readonly kind: "elif"; readonly condition: Condition | null; readonly text: string }
  | { readonly kind: "else" }
  | { readonly kind: "endif" }
  | { readonly kind: "pragma"; readonly text: string }
  | { readonly kind: "empty" }
  | { readonly kind: "error"; readonly text: string }
  | { readonly kind: "unsupported"; readonly text: string };

/** `defined NAME`, or a constant. */
export type Condition =
  | { readonly kind: "defined"; readonly name: string; readonly negated: boolean }
  | { readonly kind: "constant"; readonly value: boolean };

/**
 * Names that compilers may define: all that C reserves for them, and a few more. Taking one for undefined reads code that is not
 * what is compiled (seen). Header guards look similar.
 */
const PREDEFINED = /^(?:_(?:_|[A-Z])\w*(?<!_H_{0,2})|_STDC_PREDEF_H|unix|linux|i386)$/;

/** Reserved names that mean something else. */
const KNOWN: ReadonlySet<string> = new Set(["__cplusplus", "__FRAMAC__"]);

/** Whether the compiler itself decides if a name is defined, by the machine that it compiles for. */
export function isPredefined(name: string): boolean {
  return PREDEFINED.test(name) && !KNOWN.has(name);
}

/** Whether a `#` at this offset is the first of its line, where alone it begins a directive; a comment may stand before it. */
export function beginsLine(text: string, hash: number): boolean {
  let offset = hash - 1;
  while (offset >= 0 && (text[offset] === " " || text[offset] === "\t")) offset--;
  if (offset < 0 || text[offset] === "\n" || text[offset] === "\r" || text[offset] === "\ufeff") return true;
  return text[offset] === "/" && text[offset - 1] === "*";
}

/** Reads a directive from its image, `#` to the end of its last line. */
export function readDirective(image: string): DirectiveReading {
  const line = withoutComments(image).slice(1).trim();
  const match = /^([A-Za-z_]*)([^]*)$/.exec(line)!;
  const word = match[1]!;
  const rest = match[2]!;
  const argument = rest.trim();
  const name = /^[A-Za-z_]\w*/.exec(argument)?.[0];
  switch (word) {
    case "":
      // A lone `#` does nothing; `# 12 "file.c"` is a line marker of a preprocessor's output.
      return argument === "" ? { kind: "empty" } : { kind: "unsupported", text: `#${shortLine(argument)}` };
    case "include": {
      const header = /^(?:<([^>]*)>|"([^"]*)")/.exec(argument);
      if (header === null) return { kind: "unsupported", text: `#include ${shortLine(argument)}` };
      return { kind: "include", header: (header[1] ?? header[2])!.trim() };
    }
    case "define": {
      if (name === undefined) break;
      const after = argument.slice(name.length);
      return { kind: "define", name, functionLike: after.startsWith("("), body: after.trim() };
    }
    case "undef":
      if (name === undefined) break;
      return { kind: "undef", name };
    case "ifdef":
    case "ifndef":
      if (name === undefined) break;
      return {
        kind: "if",
        condition: { kind: "defined", name, negated: word === "ifndef" },
        text: `#${word} ${name}`,
      };
    case "if":
    case "elif":
      return { kind: word, condition: readCondition(argument), text: `#${word} ${shortLine(argument)}` };
    case "elifdef":
    case "elifndef":
      // Some compilers take these, others skip them (C23 6.10.2).
      return { kind: "elif", condition: null, text: `#${word} ${shortLine(argument)}` };
    case "else":
      return { kind: "else" };
    case "endif":
      return { kind: "endif" };
    case "pragma":
    case "ident":
      return { kind: "pragma", text: `#${word} ${shortLine(argument)}`.trim() };
    case "error":
      return { kind: "error", text: shortLine(argument) };
  }
  return { kind: "unsupported", text: `#${word} ${shortLine(argument)}`.trim() };
}

function readCondition(text: string): Condition | null {
  const constant = /^\(?\s*([0-9]+)[uUlL]*\s*\)?$/.exec(text);
  if (constant !== null) return { kind: "constant", value: !/^0+$/.test(constant[1]!) };
  const defined = /^(!?)\s*defined\s*(?:\(\s*([A-Za-z_]\w*)\s*\)|([A-Za-z_]\w*))$/.exec(text);
  if (defined === null) return null;
  return { kind: "defined", name: (defined[2] ?? defined[3])!, negated: defined[1] === "!" };
}

/** A directive's image on one line, its comments as spaces. */
export function withoutComments(image: string): string {
  const parts =
    /"(?:[^"\\\r\n]|\\[^\r\n])*"|'(?:[^'\\\r\n]|\\[^\r\n])*'|\/\*[\s\S]*?\*\/|\/\/[\s\S]*|\\[ \t]*(?:\r\n|\n|\r)/g;
  return image.replace(parts, (part) => (part.startsWith("/") ? " " : part.startsWith("\\") ? "" : part));
}

function shortLine(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}

/** Whether a pragma places the members of structures otherwise than usual. */
export function movesMembers(pragma: string): boolean {
  return /\b(?:pack|options|ms_struct|scalar_storage_order)\b/.test(pragma);
}
