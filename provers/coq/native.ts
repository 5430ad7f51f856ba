import type { ProofReviewer } from "../../server/engine/proof.ts";
import type { ProofAssistant } from "../../server/search/session.ts";
import { type CoqLauncher, coqAssistant } from "./assistant.ts";
import type { NativeCoq } from "./find.ts";
import { startCoqidetop } from "./native/coqidetop.ts";
import { coqReviewer } from "./review/review.ts";

/** Proof sessions on the user's own Coq. `megabytes` limits the memory of one process. */
export function nativeCoqAssistant(coq: NativeCoq, megabytes?: number): ProofAssistant {
  return coqAssistant(nativeLauncher(coq, megabytes));
}

/** The judge's hand on the user's own Coq: coqc and a fresh coqidetop; with `thorough` also coqchk. */
export function nativeCoqReviewer(coq: NativeCoq, thorough = false): ProofReviewer {
  return coqReviewer({ launcher: nativeLauncher(coq), native: coq, thorough });
}

export function nativeLauncher(coq: NativeCoq, megabytes?: number): CoqLauncher {
  return {
    name: `coq ${coq.version}`,
    launch: async (project, signal) => {
      const { coqidetop } = coq;
      if (coqidetop === null) {
        return {
          kind: "failed",
          message: `${coq.coqc} has no coqidetop beside it: install it (opam install coqide-server, or Debian's coq)`,
        };
      }
      return startCoqidetop({ ...coq, coqidetop }, project, signal, megabytes);
    },
  };
}
