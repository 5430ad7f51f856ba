import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ProofReviewer, Review, ReviewRequest } from "../../../server/engine/proof.ts";
import type { CoqLauncher } from "../assistant.ts";
import type { NativeCoq } from "../find.ts";
import { type Project, readProject, unusableOption } from "../project.ts";
import type { Limits } from "../toplevel.ts";
import { compile } from "./compile.ts";
import { readEdited } from "./edited.ts";
import { inspect } from "./inspect.ts";
import { disagreement, pathAtEnd } from "./lasting.ts";

export interface ReviewerParts {
  readonly launcher: CoqLauncher;
  /** The compiler, where it is native; the embedded Coq has its toplevel only. */
  readonly native: NativeCoq | null;
  /** Runs coqchk as the last gate. */
  readonly thorough?: boolean;
  /** Milliseconds for the whole file. */
  readonly deadlineMs?: number;
}

/**
 * Judges a proof on the text as it will stand (safety.md 11, 13): coqc compiles the edited file, and a fresh toplevel tells what
 * the theorem assumes, that its statement is the same term as before, and that nothing new was defined.
 */
export function coqReviewer(parts: ReviewerParts): ProofReviewer {
  return { review: (request, signal) => review(parts, request, signal) };
}

async function review(parts: ReviewerParts, request: ReviewRequest, signal: AbortSignal): Promise<Review> {
  const { document, edit, offset } = request;
  const edited = readEdited(document.text, edit, offset);
  if (edited.kind === "rejected") return edited;
  const project = readProject(document.file);
  const unusable = unusableOption(project);
  if (unusable !== null) return { kind: "rejected", reason: unusable, final: true };
  // One that fails ends the other.
  const ending = new AbortController();
  const limits: Limits = {
    deadlineMs: parts.deadlineMs ?? 300_000,
    signal: AbortSignal.any([signal, ending.signal]),
  };
  const scratch = mkdtempSync(join(tmpdir(), "touchstone-coqc-"));
  const { native, thorough = false } = parts;
  const compiling =
    native === null ? null : compile({ coq: native, project, text: edited.text, thorough, limits, scratch });
  compiling?.catch(() => {});
  try {
    const inspected = await inspect(parts.launcher, project, edited, limits, compiling === null);
    if (inspected.kind === "rejected") return inspected;
    const compiled = await compiling;
    if (compiled?.kind === "failed") {
      // No proof mends what is wrong behind it, and the search need not go on.
      const { text } = document;
      const old = await compile({ coq: native!, project, text, thorough: false, limits, scratch });
      return old.kind === "failed"
        ? { kind: "rejected", reason: `the file does not compile as it is: ${old.message}`, final: true }
        : { kind: "rejected", reason: `the edited file does not compile: ${compiled.message}` };
    }
    const { theorem } = edited;
    const path = pathAtEnd(theorem, inspected.name);
    if (compiled !== null && path !== null) {
      const differs = disagreement(await compiled.assumptions(path), inspected.listed, theorem);
      if (differs !== null) return { kind: "rejected", reason: differs };
    }
    const { checkedBy, assumptions } = inspected;
    return {
      kind: "proved",
      evidence: {
        obligations: [],
        checkedBy: [...(compiled?.checkedBy ?? []), checkedBy],
        assumptions: [...new Set([...assumptions, ...optionAssumptions(project)])],
        terminates: false,
      },
    };
  } finally {
    ending.abort();
    await compiling?.catch(() => {});
    rmSync(scratch, { recursive: true, force: true });
  }
}

function optionAssumptions({ options }: Project): string[] {
  return options.includes("-impredicative-set") ? ["Set is impredicative"] : [];
}
