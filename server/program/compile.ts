import { Emitter, POWER_TABLE, SAFE, wideBits } from "./emit.ts";
import type { Formula } from "./term.ts";

/**
 * True when the formula holds in the state, *or* when that cannot be told with doubles: a value is undefined or leaves the safe
 * integers. `state` holds safe integers from `offset` on.
 */
export type StateTest = (state: Float64Array, offset: number) => boolean;

/**
 * A formula as a function on states. `index` says where in a state each variable lies; a formula about another variable cannot be
 * told. Compiling costs some ten microseconds, so it pays for formulas that meet many states one at a time; for many formulas
 * against one table of states there is `StateTable.screen`.
 */
export function compileFormula(formula: Formula, index: ReadonlyMap<string, number>): StateTest {
  const emitter = new Emitter((name) => {
    const position = index.get(name);
    return position === undefined ? null : { code: `s[o+${position}]`, magnitude: SAFE };
  });
  const truth = emitter.formula(formula);
  const text = `return (s,o)=>{${emitter.declarations()}const r=${truth};return r||u!==0;};`;
  return new Function("P", "W", text)(POWER_TABLE, wideBits) as StateTest;
}
