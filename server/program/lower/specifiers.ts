import type { CFile, CType } from "../../../grammars/c/tree.ts";

/** What a function of this name returns as the file declares it; undefined when it does not, null when that cannot be told. */
export function declaredResult(file: CFile, name: string): CType | null | undefined {
  const defined = file.functions.find((fn) => fn.name === name);
  if (defined) return defined.returnType;
  if (file.broken.some((fn) => fn.name === name)) return null;
  return file.prototypes.find((candidate) => candidate.name === name)?.returnType;
}
