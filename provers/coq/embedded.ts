import type { ProofReviewer } from "../../server/engine/proof.ts";
import type { ProofAssistant } from "../../server/search/session.ts";
import { type CoqLauncher, coqAssistant } from "./assistant.ts";
import { type EmbeddedCoq, startEmbedded } from "./embedded/jscoq.ts";
import { coqReviewer } from "./review/review.ts";

/** Proof sessions on the pulled jsCoq. `megabytes` limits the memory of one process. */
export function embeddedCoqAssistant(coq: EmbeddedCoq, megabytes?: number): ProofAssistant {
  return coqAssistant(embeddedLauncher(coq, megabytes));
}

/** The judge's hand on the embedded Coq: a fresh process reads the whole file. */
export function embeddedCoqReviewer(coq: EmbeddedCoq): ProofReviewer {
  return coqReviewer({ launcher: embeddedLauncher(coq), native: null });
}

export function embeddedLauncher(coq: EmbeddedCoq, megabytes?: number): CoqLauncher {
  return {
    name: `coq ${coq.version} (embedded)`,
    launch: (project, signal) => startEmbedded(coq, project, signal, megabytes),
  };
}
