import type { Tree } from "../definition/definition.ts";
import { printer } from "../emit/printer.ts";
import { leanTacticDefinition } from "./definition.ts";
import { toUnicode } from "./unicode.ts";

const onOneLine = {
  proof: printer(leanTacticDefinition("proof", [])),
  tactic: printer(leanTacticDefinition("tactic", [])),
};

/** A tree in the language's own spelling: ASCII, on one line, with braces. It parses back to the same tree. */
export function printLeanAscii(tree: Tree): string {
  return onOneLine[tree.kind === "proof" ? "proof" : "tactic"](tree);
}

/**
 * A tree as Lean reads it: a line a tactic from column 0 on, blocks by indentation, symbols in Unicode. The caller indents
 * the lines to where they are inserted. It parses back to the same tree.
 */
export function printLeanTactic(tree: Tree): string {
  const reader = { text: printLeanAscii(tree), at: 0 };
  return toUnicode(
    readStatements(reader)
      .map((statement) => render(statement, 0))
      .join("\n"),
  );
}

type Piece = string | readonly Statement[];
type Statement = readonly Piece[];

/** Blocks are told by their braces, which stand for nothing else in the language. */
function readStatements(reader: { readonly text: string; at: number }): readonly Statement[] {
  const statements: Piece[][] = [[]];
  let text = "";
  let depth = 0;
  const flush = (): void => {
    if (text !== "") statements.at(-1)!.push(text);
    text = "";
  };
  while (reader.at < reader.text.length) {
    const rest = reader.text.slice(reader.at);
    if (rest.startsWith("{ ")) {
      flush();
      reader.at += 2;
      statements.at(-1)!.push(readStatements(reader));
    } else if (rest.startsWith(" }")) {
      reader.at += 2;
      break;
    } else if (depth === 0 && rest.startsWith("; ")) {
      flush();
      statements.push([]);
      reader.at += 2;
    } else {
      const mark = /^(?:\(\||\|\)|[\s\S])/.exec(rest)![0];
      if (/^[([]/.test(mark)) depth += 1;
      else if (/[)\]]$/.test(mark)) depth -= 1;
      text += mark;
      reader.at += mark.length;
    }
  }
  flush();
  return statements;
}

function render(statement: Statement, indent: number): string {
  const margin = `\n${" ".repeat(indent)}`;
  const deeper = `\n${" ".repeat(indent + 2)}`;
  let out = "";
  let last: "block" | "text" = "text";
  for (const piece of statement) {
    if (typeof piece === "string") {
      let text = piece.replaceAll("<;>", " <;>");
      // The bars of alternatives stand behind `with`, `first` or a block, outside brackets; the others belong to patterns.
      const bar =
        last === "block" && text.startsWith(" |") ? 0 : text.search(/(?<=(?:^| )(?:with|first)) \| /);
      if (bar >= 0 && balanced(out + text.slice(0, bar)))
        text = text.slice(0, bar) + margin + text.slice(bar + 1);
      out += text;
      last = "text";
      continue;
    }
    last = "block";
    const bullet = out === ". ";
    const inner = piece.map((one) => render(one, indent + 2));
    if (bullet || /(?:^|\n *)calc $/.test(out)) out += inner.join(deeper);
    else if (inner.length === 1 && !inner[0]!.includes("\n")) out += inner[0]!;
    else out = `${out.trimEnd()}${deeper}${inner.join(deeper)}`;
  }
  return out;
}

function balanced(text: string): boolean {
  return text.replace(/[^([]/g, "").length === text.replace(/[^)\]]/g, "").length;
}
