import type { Tree } from "../definition/definition.ts";
import { printer } from "../emit/printer.ts";
import { invariantDefinition } from "./definition.ts";
import type { InvariantTree } from "./tree.ts";

const print = printer(invariantDefinition("invariant", { names: [], initial: [] }));

/** The tree as canonical ACSL on one line: only the brackets it needs, one space around every infix operator. */
export function printInvariant(tree: InvariantTree): string {
  return print(tree as unknown as Tree);
}
