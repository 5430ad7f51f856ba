import { findNativeCoq } from "../../../provers/coq/find.ts";
import { nativeCoqAssistant } from "../../../provers/coq/native.ts";
import type { ProofAssistant } from "../../../server/search/session.ts";

/** A Coq that the tests run on; `start` is null where it is not on this machine, and `title` says so. */
export interface AvailableCoq {
  readonly title: string;
  readonly start: ((megabytes?: number) => ProofAssistant) | null;
}

const found = await findNativeCoq();

export const nativeCoq = found.kind === "found" ? found.coq : null;

const native: AvailableCoq =
  found.kind === "found" && found.coq.coqidetop !== null
    ? { title: "native Coq", start: (megabytes) => nativeCoqAssistant(found.coq, megabytes) }
    : {
        title: `native Coq (skipped: ${found.kind === "none" ? found.message : "no coqidetop"})`,
        start: null,
      };

/** Every test of a session runs on each. */
export const coqs: readonly AvailableCoq[] = [native];
