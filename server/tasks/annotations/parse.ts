import { unwrapAnswer } from "../../../grammars/invariant/answer.ts";
import { parseInvariant, parseInvariantJson } from "../../../grammars/invariant/parse.ts";
import { printInvariant } from "../../../grammars/invariant/print.ts";
import type { InvariantTree } from "../../../grammars/invariant/tree.ts";
import type { AnnotationsCandidate, RawCandidate } from "../../engine/candidate.ts";
import type { Parsed } from "../../engine/interfaces.ts";
import type { AnnotationsTask } from "../../engine/task.ts";

/**
 * The only way from a model's text to candidates: what the invariant grammar accepts as a whole, over the names that the loop may
 * use. What is put into the text is the tree printed, and never the model's own text.
 */
export function parseAnnotations(task: AnnotationsTask, raw: RawCandidate): Parsed<"annotations"> {
  const scope = new Set(task.loops[raw.loop]?.scope ?? []);
  const results =
    raw.format === "json"
      ? [parseInvariantJson(raw.text, scope)]
      : unwrapAnswer(raw.text).map((line) => parseInvariant(line, scope));
  const trees = results.flatMap((one) => (one.kind === "ok" ? conjunctsOf(one.tree) : []));
  if (trees.length === 0) {
    const error = results.find((one) => one.kind === "error");
    const reason = error ? `${error.line}:${error.column}: ${error.message}` : "the answer is empty";
    return { kind: "rejected", reason };
  }
  return {
    kind: "parsed",
    candidates: trees.map((tree) => atom(task, raw.loop, printInvariant(tree), raw.provenance)),
  };
}

function conjunctsOf(tree: InvariantTree): InvariantTree[] {
  if (tree.kind === "and") return tree.arguments.flatMap(conjunctsOf);
  return tree.kind === "true" || tree.kind === "false" ? [] : [tree];
}

/** One conjunct for one loop. */
export function atom(
  { loops }: AnnotationsTask,
  loop: number,
  text: string,
  provenance: AnnotationsCandidate["provenance"],
): AnnotationsCandidate {
  return {
    kind: "tree",
    role: "atom",
    invariants: loops.map(({ id }) => (id === loop ? [text] : [])),
    assigns: loops.map(() => null),
    variants: loops.map(() => null),
    provenance,
  };
}
