import type { IToken } from "chevrotain";

/**
 * How deep constructs may nest while they are parsed: the default of clang's `-fbracket-depth`; C11 5.2.4.1 asks for 127 blocks
 * and 63 parentheses. A parser that descends by recursion must stop before the stack does.
 */
export const MAX_NESTING = 256;

/** How deep a finished tree may be: long chains such as `a + b + …` need no stack to parse, but a deep tree to hold. */
export const MAX_TREE_DEPTH = 2000;

/** Thrown inside a parser at the token where the nesting exceeds the limit; whoever runs the parser makes it a diagnostic. */
export class NestingTooDeep extends Error {
  readonly token: IToken;

  constructor(token: IToken) {
    super(`nested deeper than ${MAX_NESTING} levels: split the expression or the function`);
    this.token = token;
  }
}

/** The depth of a tree of plain objects and arrays, counted without recursion; stops counting above `limit`. */
export function treeDepth(root: unknown, limit: number): number {
  let depth = 0;
  let level: unknown[] = [root];
  while (level.length > 0 && depth <= limit) {
    const below: unknown[] = [];
    for (const node of level) {
      if (typeof node !== "object" || node === null) continue;
      for (const child of Object.values(node))
        if (typeof child === "object" && child !== null) below.push(child);
    }
    level = below;
    depth++;
  }
  return depth;
}
