import type { Span } from "../../../grammars/c/span.ts";
import type { CFile, CType } from "../../../grammars/c/tree.ts";
import { standardTypedefs, typeOfWords } from "../../../grammars/c/types.ts";

const STORAGE = /^(?:extern|static|auto|register|inline|_Noreturn|const|__const|__const__)$/;

/**
 * The words in front of a declarator outside functions, as written: storage class, qualifiers, type. The tree keeps the type of
 * variables only; storage classes and the types of prototypes are read off the text.
 */
export function specifierWords(file: CFile, declarator: Span): readonly string[] {
  const before = file.text
    .slice(0, declarator.start)
    .replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, " ")
    .replace(/^[ \t]*#(?:[^\n\\]|\\[\s\S])*/gm, " ");
  const start = Math.max(before.lastIndexOf(";"), before.lastIndexOf("}"), before.lastIndexOf("{")) + 1;
  return before
    .slice(start)
    .split(/\s+/)
    .filter((word) => word !== "");
}

/** True when the variable is declared here but may be defined, with any value, elsewhere. */
export function isExternal(file: CFile, declarator: Span): boolean {
  return specifierWords(file, declarator).includes("extern");
}

/** What a function of this name returns as the file declares it; undefined when it does not, null when that cannot be told. */
export function declaredResult(file: CFile, name: string): CType | null | undefined {
  const defined = file.functions.find((fn) => fn.name === name);
  if (defined) return defined.returnType;
  if (file.broken.some((fn) => fn.name === name)) return null;
  const prototype = file.prototypes.find((candidate) => candidate.name === name);
  if (prototype === undefined) return undefined;
  if (file.text.startsWith("*", prototype.span.start)) return null;
  const words = specifierWords(file, prototype.span).filter((word) => !STORAGE.test(word));
  const alias = words.length === 1 ? standardTypedefs().get(words[0]!) : undefined;
  return alias ?? typeOfWords(words);
}
