import type { Tree } from "../definition/definition.ts";
import { printer } from "../emit/printer.ts";
import { coqTacticDefinition } from "./definition.ts";

const printProof = printer(coqTacticDefinition("proof", []));
const printOne = printer(coqTacticDefinition("tactic", []));

/** A tactic without its full stop, or a proof a sentence a line. It parses back to the same tree. */
export function printCoqTactic(tree: Tree): string {
  return tree.kind === "proof" ? printProof(tree).trimEnd() : printOne(tree);
}

/** A proof as the sentences that Coq is to be given one at a time: `intros n.`, `-`, `{`, `lia.`, `}`. */
export function coqSentences(proof: Tree): readonly string[] {
  return (proof.items as readonly Tree[]).flatMap((item) => {
    switch (item.kind) {
      case "sentence":
        return [`${printOne(item.tactic as Tree)}.`];
      case "bullet":
        return [item.mark as string];
      default:
        return ["{", ...coqSentences(item), "}"];
    }
  });
}
