import type { Program } from "../../program/program.ts";

/** Variables that an annotation of the loop can mention. */
export function scopeNames(program: Program, loop: number): string[] {
  const scope = new Set(program.loops[loop]!.scope);
  return program.variables.filter((one) => scope.has(one.name) && one.text !== null).map((one) => one.name);
}
