import { findNativeCoq } from "../../../provers/coq/find.ts";
import { nativeCoqAssistant, nativeCoqReviewer } from "../../../provers/coq/native.ts";
import type { ProofReviewer } from "../../../server/engine/proof.ts";
import type { ProofAssistant } from "../../../server/search/session.ts";

/** A Coq that the tests run on; `start` and `reviewer` are null where it is not on this machine, and `title` says so. */
export interface AvailableCoq {
  readonly title: string;
  readonly start: ((megabytes?: number) => ProofAssistant) | null;
  readonly reviewer: ProofReviewer | null;
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
      }
    : {
        title: `native Coq (skipped: ${found.kind === "none" ? found.message : "no coqidetop"})`,
        start: null,
        reviewer: null,
      };

/** Every test of sessions and of the judge runs on each. */
export const coqs: readonly AvailableCoq[] = [native];
