import { startChild } from "../process/child.ts";
import type { NativeCvc5 } from "./cvc5.ts";

/** Steps as small as cvc5 can make them: larger ones have no name in Alethe. */
const OPTIONS = [
  "--lang=smt2",
  "--dump-proofs",
  "--proof-format-mode=alethe",
  "--proof-granularity=theory-rewrite",
  "--simplification=none",
  "--dag-thresh=0",
];
const MEGABYTES = 2_256;
/** A proof that is longer is of no use to anybody. */
const LONGEST = 64 * 1024 * 1024;

export type AletheProof =
  /** `undefined`: steps for which this cvc5 has no Alethe rule, so that a proof checker must take them on trust. */
  | { readonly kind: "proof"; readonly text: string; readonly undefined: number }
  | { readonly kind: "none"; readonly reason: string };

/** cvc5's proof that a script is unsatisfiable, in the Alethe format. */
export async function aletheProof(
  { path }: NativeCvc5,
  script: string,
  options: { readonly deadlineMs: number; readonly signal: AbortSignal },
): Promise<AletheProof> {
  options.signal.throwIfAborted();
  const child = startChild({
    command: path,
    args: [...OPTIONS, `--tlimit=${options.deadlineMs}`],
    memory: { megabytes: MEGABYTES, of: "address-space" },
    signal: options.signal,
  });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (piece: string) => {
    text += piece;
    if (text.length > LONGEST) child.kill();
  });
  const ended = new Promise((resolve) => child.stdout.once("close", resolve));
  const timer = setTimeout(() => child.kill(), options.deadlineMs + 500);
  child.stdin.end(script);
  const exit = await child.exited;
  clearTimeout(timer);
  if (exit.kind !== "notStarted") await ended;
  options.signal.throwIfAborted();
  const proof = /^unsat\s*\n([\s\S]*)$/.exec(text)?.[1];
  if (exit.kind === "exited" && proof !== undefined && /^\(/.test(proof))
    return { kind: "proof", text: proof, undefined: proof.split(":rule undefined").length - 1 };
  const said = /^(sat|unknown)\s*$/m.exec(text)?.[1];
  return { kind: "none", reason: said ? `cvc5 says ${said}` : "cvc5 gave no proof in time" };
}
