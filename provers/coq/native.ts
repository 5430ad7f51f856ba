import type { ProofAssistant } from "../../server/search/session.ts";
import { coqAssistant } from "./assistant.ts";
import type { NativeCoq } from "./find.ts";
import { startCoqidetop } from "./native/coqidetop.ts";

/** Proof sessions on the user's own Coq. `megabytes` limits the memory of one process. */
export function nativeCoqAssistant(coq: NativeCoq, megabytes?: number): ProofAssistant {
  return coqAssistant({
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
  });
}
