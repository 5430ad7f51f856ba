import type { Checker } from "../engine/interfaces.ts";

/** A checker that opens when it is first used: refutation and sampling come before any solver. */
export function lazyChecker(start: () => Promise<Checker>): Checker {
  let opened: Promise<Checker> | null = null;
  const open = () => {
    opened ??= start();
    return opened;
  };
  return {
    check: async (candidate, signal) => (await open()).check(candidate, signal),
    houdini: async (pool, signal) => (await open()).houdini(pool, signal),
    violation: async (depth, signal) => (await open()).violation(depth, signal),
    arrivals: async (depth, signal) => (await open()).arrivals(depth, signal),
    simplify: async (candidate, signal) => (await open()).simplify(candidate, signal),
    condense: async (candidate, signal) => (await open()).condense(candidate, signal),
    close: async () => {
      const checker = await opened?.catch(() => null);
      await checker?.close();
    },
  };
}
