import { framaC } from "../../../provers/frama-c/checker.ts";

/** With little time for a goal, for what is not going to be proved anyway. */
const [found, hasty] = await Promise.all([framaC(), framaC(2)]);

/** Frama-C with its solvers; null where it is not on this machine, and `title` says so. */
export const frama = {
  title: found.kind === "found" ? found.checker.name : `Frama-C (skipped: ${found.message})`,
  checker: found.kind === "found" ? found.checker : null,
  hasty: hasty.kind === "found" ? hasty.checker : null,
};
