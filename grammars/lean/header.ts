import type { Token } from "./tokens.ts";

/** The header of a Lean file: `module`, `prelude`, and imports with their modifiers. */
export interface Header {
  /** Offset behind its last token; 0 where there is none. */
  readonly end: number;
  readonly imports: boolean;
}

/** Reads the header as Lean's own grammar has it: a modifier that no import follows begins a declaration. */
export function readHeader(tokens: readonly Token[]): Header {
  let at = 0;
  let imports = false;
  if (tokens[at]?.text === "module") at++;
  if (tokens[at]?.text === "prelude") at++;
  for (;;) {
    let next = at;
    while (/^(?:public|private|meta)$/.test(tokens[next]?.text ?? "")) next++;
    if (tokens[next]?.text !== "import") break;
    next++;
    if (tokens[next]?.text === "all") next++;
    if (tokens[next]?.kind !== "word") break;
    imports = true;
    at = next + 1;
  }
  return { end: tokens[at - 1]?.end ?? 0, imports };
}
