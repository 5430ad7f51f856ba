import { findNativeCoq } from "../provers/coq/find.ts";
import type { ProofReviewer } from "./engine/proof.ts";
import type { ProofAssistant } from "./search/session.ts";

/** Which build of a proof assistant: the user's own, the pulled one, or the first of them that is there. */
export type ProverChoice = "auto" | "native" | "embedded";

/** A proof assistant and the judge's hand on it; both are the same program. */
export type Prover =
  | { readonly kind: "prover"; readonly assistant: ProofAssistant; readonly reviewer: ProofReviewer }
  | { readonly kind: "missing"; readonly message: string };

/**
 * Coq, native or embedded. Nothing is started before the first hole is opened. `thorough`: the judge has coqchk read the
 * compiled file as the last gate; the embedded Coq has none, and is missing then.
 */
export async function openCoq(
  choice: ProverChoice = "auto",
  { thorough = false }: { readonly thorough?: boolean } = {},
): Promise<Prover> {
  const native = choice === "embedded" ? null : await findNativeCoq();
  if (native?.kind === "found" && (native.coq.coqidetop !== null || choice === "native")) {
    const { nativeCoqAssistant, nativeCoqReviewer } = await import("../provers/coq/native.ts");
    return {
      kind: "prover",
      assistant: nativeCoqAssistant(native.coq),
      reviewer: nativeCoqReviewer(native.coq, thorough),
    };
  }
  if (choice === "native") return { kind: "missing", message: native?.kind === "none" ? native.message : "" };
  if (thorough)
    return {
      kind: "missing",
      message: "only an installed Coq has coqchk: install Coq (Debian: apt install coq)",
    };
  const { pulledCoq } = await import("./install/coq.ts");
  const pulled = await pulledCoq();
  if (pulled !== null) {
    const { embeddedCoqAssistant, embeddedCoqReviewer } = await import("../provers/coq/embedded.ts");
    return {
      kind: "prover",
      assistant: embeddedCoqAssistant(pulled),
      reviewer: embeddedCoqReviewer(pulled),
    };
  }
  const message =
    native?.kind === "none" ? native.message : "no Coq is in the cache: run 'touchstone prover pull coq'";
  return { kind: "missing", message };
}

/**
 * Lean, native or embedded. The embedded one is started ahead, since that takes seconds: for the search before this resolves, so
 * that no theorem's time goes into it, and for the judge meanwhile.
 */
export async function openLean(choice: ProverChoice = "auto"): Promise<Prover & { close?(): Promise<void> }> {
  const { chooseLean } = await import("../provers/lean/choose.ts");
  const chosen = await chooseLean(choice);
  if (chosen.kind === "missing") return chosen;
  const ending = new AbortController();
  await chosen.assistant.prepare(ending.signal);
  chosen.reviewer.prepare(ending.signal);
  return {
    ...chosen,
    async close() {
      ending.abort(new DOMException("Lean is not needed any more.", "AbortError"));
      await Promise.all([chosen.assistant.close(), chosen.reviewer.close()]);
    },
  };
}
