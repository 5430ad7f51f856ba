import { pulledLean } from "../../server/install/lean.ts";
import { leanAssistant } from "./assistant.ts";
import { embeddedLauncher } from "./embedded/launcher.ts";
import { findLean } from "./find.ts";
import { nativeLauncher } from "./native.ts";
import { staleImport } from "./project.ts";
import { type LeanReviewer, leanReviewer } from "./review/review.ts";
import type { LeanLauncher } from "./worker.ts";

/** A Lean with the judge's hand on it; both are the same program. */
export interface ChosenLean {
  readonly kind: "prover";
  readonly assistant: ReturnType<typeof leanAssistant>;
  readonly reviewer: LeanReviewer;
}

/** The user's own Lean where it is found, else the embedded one; or what to do where there is neither. */
export async function chooseLean(
  choice: "auto" | "native" | "embedded" = "auto",
): Promise<ChosenLean | { readonly kind: "missing"; readonly message: string }> {
  const launcher = await launcherFor(choice);
  if ("message" in launcher) return { kind: "missing", message: launcher.message };
  return {
    kind: "prover",
    assistant: leanAssistant(launcher),
    reviewer: leanReviewer(launcher, launcher.embedded ? () => null : staleImport),
  };
}

async function launcherFor(
  choice: "auto" | "native" | "embedded",
): Promise<LeanLauncher | { readonly message: string }> {
  const found = choice === "embedded" ? null : await findLean();
  if (found?.kind === "found" && found.how !== "pulled") return nativeLauncher(found);
  const pulled = choice === "native" ? null : await pulledLean();
  if (pulled !== null) return embeddedLauncher(pulled);
  if (found !== null && found.kind !== "found") return { message: found.message };
  return {
    message:
      "no Lean was found: run 'touchstone prover pull lean', or install elan, Lean's toolchain manager",
  };
}
