import type { CoqLauncher } from "../../../provers/coq/assistant.ts";
import {
  embeddedCoqAssistant,
  embeddedCoqReviewer,
  embeddedLauncher,
} from "../../../provers/coq/embedded.ts";
import { findNativeCoq } from "../../../provers/coq/find.ts";
import { nativeCoqAssistant, nativeCoqReviewer, nativeLauncher } from "../../../provers/coq/native.ts";
import type { ProofReviewer } from "../../../server/engine/proof.ts";
import { pulledCoq } from "../../../server/install/coq.ts";
import type { ProofAssistant } from "../../../server/search/session.ts";

/** A Coq that the tests run on; `start` and `reviewer` are null where it is not on this machine, and `title` says so. */
export interface AvailableCoq {
  readonly title: string;
  readonly start: ((megabytes?: number) => ProofAssistant) | null;
  readonly reviewer: ProofReviewer | null;
  readonly launcher: CoqLauncher | null;
  /** Milliseconds for a test: the embedded Coq takes seconds to start, and it is started anew after each time-out. */
  readonly patience: number;
}

const found = await findNativeCoq();

/** The native Coq, or null. */
export const nativeCoq = found.kind === "found" && found.coq.coqidetop !== null ? found.coq : null;

const native: AvailableCoq =
  nativeCoq !== null
    ? {
        title: "native Coq",
        start: (megabytes) => nativeCoqAssistant(nativeCoq, megabytes),
        reviewer: nativeCoqReviewer(nativeCoq),
        launcher: nativeLauncher(nativeCoq),
        patience: 60_000,
      }
    : {
        title: `native Coq (skipped: ${found.kind === "none" ? found.message : "no coqidetop"})`,
        start: null,
        reviewer: null,
        launcher: null,
        patience: 1,
      };

const pulled = await pulledCoq();
const embedded: AvailableCoq =
  pulled !== null
    ? {
        title: "embedded Coq",
        start: (megabytes) => embeddedCoqAssistant(pulled, megabytes),
        reviewer: embeddedCoqReviewer(pulled),
        launcher: embeddedLauncher(pulled),
        patience: 300_000,
      }
    : {
        title: "embedded Coq (skipped: run 'touchstone prover pull coq')",
        start: null,
        reviewer: null,
        launcher: null,
        patience: 1,
      };

/** Every test of sessions runs on each. */
export const coqs: readonly AvailableCoq[] = [native, embedded];

/**
 * Every test of the judge runs on each. A judge starts a process for each verdict, which takes minutes in all on the embedded
 * Coq: that is done by night, and where there is no other; by day it has a few tests of its own.
 */
const both = process.env.TOUCHSTONE_NIGHTLY !== undefined || nativeCoq === null;
export const judges: readonly AvailableCoq[] = both ? coqs : [native];
export { embedded };
