import type { TextDocument } from "vscode";

/** Languages that the server works on. None of them is claimed: C, Coq and Lean have extensions of their own. */
export const LANGUAGES = ["c", "coq", "rocq", "lean4"] as const;

/** Whether a document is one that the server works on. */
export function isOurs({ languageId, fileName }: TextDocument): boolean {
  return (
    LANGUAGES.some((language) => language === languageId) ||
    (languageId === "plaintext" && /\.(?:v|lean)$/.test(fileName))
  );
}
