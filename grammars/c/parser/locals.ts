import type { Source } from "../source.ts";
import type { CDeclarator, CStatement } from "../tree.ts";
import type { Declaration } from "./declarations.ts";
import { functionOf, typeOf } from "./shapes.ts";

/** Storage classes that change what a local variable means. */
const STRANGE = new Map([
  ["static", "static local variable"],
  ["extern", "extern declaration inside a function"],
  ["typedef", "typedef inside a function"],
  ["_Thread_local", "thread-local variable"],
  ["thread", "thread-local variable"],
]);

/** The statement that a declaration in a block is; a part that is not supported yet is a statement of its own that names it. */
export function localDeclaration(declaration: Declaration, source: Source): CStatement[] {
  const { specifiers, declarators, span } = declaration;
  const strange = specifiers.storage.map((word) => STRANGE.get(word)).find((what) => what !== undefined);
  if (declarators.length === 0) {
    const { type } = specifiers;
    if (type.kind === "structure" || specifiers.isTagged) return [];
    if (type.kind !== "other") source.error("the declaration declares nothing: add a name", span);
    return [
      { kind: "unsupported", construct: type.kind === "other" ? type.text : "empty declaration", span },
    ];
  }
  const first = declarators[0]!.declarator.name?.image ?? "";
  if (strange !== undefined) return [{ kind: "unsupported", construct: `${strange} '${first}'`, span }];
  const called = declarators.find(({ declarator }) => functionOf(specifiers, declarator) !== null);
  if (called !== undefined) {
    const name = called.declarator.name?.image ?? "";
    return [
      { kind: "unsupported", construct: `declaration of the function '${name}' inside a function`, span },
    ];
  }
  return [{ kind: "declaration", declarators: variables(declaration), span }];
}

/** The variables of a declaration, each with its own type. */
export function variables({ specifiers, declarators }: Declaration): CDeclarator[] {
  return declarators.map(({ declarator, initializer, span }) => ({
    name: declarator.name?.image ?? "",
    type: typeOf(specifiers, declarator),
    initializer,
    span,
    ...(specifiers.isConst && declarator.pointers === 0 && { constant: true as const }),
  }));
}
