import { createHash } from "node:crypto";
import type { Verified } from "../../server/engine/verified.ts";
import { applyEdit } from "../../server/tasks/invariants/edit.ts";
import { isMinted } from "./mint.ts";

/** SHA-256 of a text's UTF-8 bytes, hex. */
export function hashText(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

/**
 * The text with a verified edit applied: the only way from a `Verified` to a changed document. `stale` when the text is not
 * the one that the edit was made for (safety.md 14); then nothing may be written.
 */
export function applyVerified(
  text: string,
  verified: Verified,
): { readonly kind: "applied"; readonly text: string } | { readonly kind: "stale" } {
  if (!isMinted(verified)) throw new Error("Only what the judge made can be applied.");
  if (hashText(text) !== verified.baseHash) return { kind: "stale" };
  const edited = applyEdit(text, verified.edit);
  if (hashText(edited) !== verified.textHash)
    throw new Error("The edit does not give the text that was judged.");
  return { kind: "applied", text: edited };
}
