import { embeddedLauncher } from "../../../provers/lean/embedded/launcher.ts";
import { pulledLean } from "../../../server/install/lean.ts";

const pulled = await pulledLean();

/** The embedded Lean that the tests run on; null where it was not pulled, and `title` says so. */
export const embedded =
  pulled === null
    ? { title: "embedded Lean (skipped: run 'touchstone prover pull lean')", launcher: null }
    : { title: "embedded Lean", launcher: embeddedLauncher(pulled) };
