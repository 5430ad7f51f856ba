import { notationOf } from "../tasks/exchange/notation.ts";

/** What to say of a file that another command is for, by its name; null where the command reads files of that kind. */
export function otherCommand(command: "suggest" | "verify" | "fill", file: string): string | null {
  const proof = /\.(?:v|lean)$/i.test(file);
  const problem = notationOf({ file, text: "" }) !== null;
  if (command === "fill") {
    if (!problem && !/\.[ch]$/i.test(file)) return null;
    return `${file}:1:1: this is no Coq file (.v) and no Lean file (.lean); 'touchstone suggest' looks for loop invariants in C`;
  }
  if (proof)
    return `${file}:1:1: '${command}' reads C; 'touchstone fill' looks for the proofs that a Coq or Lean file lacks`;
  if (command === "suggest" || !problem) return null;
  return `${file}:1:1: a problem of this kind asks for an invariant and states none; 'touchstone suggest' looks for one`;
}
