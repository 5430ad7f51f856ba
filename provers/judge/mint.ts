import type { Evidence } from "../../server/engine/verdict.ts";
import type { Edit, Verified } from "../../server/engine/verified.ts";

const minted = new WeakSet<object>();

/**
 * The only place where a `Verified` comes from. A dependency rule keeps every module outside provers/judge from importing
 * this one, and a test keeps the cast from appearing anywhere else.
 */
export function mint(fields: {
  readonly edit: Edit;
  readonly textHash: string;
  readonly baseHash: string;
  readonly evidence: Evidence;
}): Verified {
  const verified = frozen({ ...fields }) as unknown as Verified;
  minted.add(verified);
  return verified;
}

/** What was judged stays as it was, down to the last offset. */
function frozen<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) frozen(part);
  }
  return value;
}

/** True for what `mint` made in this process, and for nothing else, whatever it looks like. */
export function isMinted(value: object): value is Verified {
  return minted.has(value);
}
