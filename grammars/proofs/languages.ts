import { coqTacticDefinition } from "../coq-tactic/definition.ts";
import { parseCoqTactic } from "../coq-tactic/parse.ts";
import { printCoqTactic } from "../coq-tactic/print.ts";
import { FORBIDDEN as COQ_FORBIDDEN } from "../coq-tactic/words.ts";
import type { Definition, Tree } from "../definition/definition.ts";
import { chevrotainParser } from "../emit/parser.ts";
import { printer } from "../emit/printer.ts";
import { type Entry, invariantDefinition } from "../invariant/definition.ts";
import { leanTacticDefinition } from "../lean-tactic/definition.ts";
import { parseLeanTactic } from "../lean-tactic/parse.ts";
import { printLeanAscii } from "../lean-tactic/print.ts";
import { FORBIDDEN as LEAN_FORBIDDEN } from "../lean-tactic/words.ts";
import { pythonExpressionDefinition } from "../python-expression/definition.ts";
import { smtTermDefinition } from "../smt-term/definition.ts";
import { containing, type ProvedLanguage, word } from "./language.ts";

const CONTROL = containing("a control character", "[\\x00-\\x1f\\x7f]");
const CONTROL_BUT_NEWLINE = containing("a control character", "[\\x00-\\x09\\x0b-\\x1f\\x7f]");
const FOREIGN = containing("a character outside ASCII", "[\\x80-\\uffff]");
const QUOTE = containing("a quotation mark or a backquote", '["`]');

/** Made when asked for: each has a parser. */
export const LANGUAGES: Readonly<Record<string, () => ProvedLanguage>> = {
  "invariant-atom": () => invariant("atom"),
  invariant: () => invariant("invariant"),
  "python-expression": () =>
    direct(
      pythonExpressionDefinition({ names: ["i", "n", "notx", "an", "oldest"], initial: ["n"] }),
      [0, 1, 2],
      [
        CONTROL,
        FOREIGN,
        QUOTE,
        containing("a comment", "#"),
        containing("a call, an attribute, an assignment or a separator", "\\.|;|[^=<>!]=[^=]"),
        word("a keyword that is no operator", ["lambda", "import", "if", "await", "yield"], "[A-Za-z0-9_]"),
      ],
    ),
  "smt-term": () =>
    direct(
      smtTermDefinition({ constants: ["x", "y", "let1"], functions: ["f", "+", "-", "as-f"] }),
      [0, 1, 3],
      [
        CONTROL_BUT_NEWLINE,
        FOREIGN,
        QUOTE,
        containing("a comment or a quoted symbol", "[;|]"),
        word(
          "a command or a binder",
          ["assert", "check-sat", "define-fun", "set-option", "exit", "let", "forall", "reset"],
          "[A-Za-z0-9~!@$%^&*_+=<>.?/-]",
        ),
      ],
    ),
  "coq-tactic": () => coq("tactic"),
  "coq-proof": () => coq("proof"),
  "lean-tactic": () => lean("tactic"),
  "lean-proof": () => lean("proof"),
};

function direct(
  definition: Definition,
  depths: readonly number[],
  unsafe: ProvedLanguage["unsafe"],
): ProvedLanguage {
  const parser = chevrotainParser(definition);
  return {
    name: definition.name,
    definition,
    depths,
    unsafe,
    parse: (text) => parser.parse(text),
    print: printer(definition),
  };
}

function invariant(entry: Entry): ProvedLanguage {
  return direct(
    invariantDefinition(entry, { names: ["i", "n", "in", "Pre"], initial: ["n"] }),
    entry === "atom" ? [0, 1] : [0, 1, 2],
    [
      CONTROL,
      FOREIGN,
      QUOTE,
      containing("a comment, or the end of the one that annotations stand in", "/\\*|\\*/|//"),
      containing("the end of a clause, a block or an annotation", "[;{}@#]"),
      containing("a side effect", "\\+\\+|--|[^=<>!]=[^=]"),
    ],
  );
}

function coq(entry: "tactic" | "proof"): ProvedLanguage {
  const definition = coqTacticDefinition(entry, ["n", "H", "IHn", "introx", "byH"]);
  const commands =
    "Axiom Parameter Variable Hypothesis Conjecture Set Unset Definition Notation Hint Ltac Require Load Redirect Cd Extraction Declare Reset Restart Undo Optimize Qed Admitted Abort";
  return {
    name: definition.name,
    definition,
    depths: [1, 2],
    unsafe: [
      CONTROL_BUT_NEWLINE,
      FOREIGN,
      QUOTE,
      containing("a comment, or the end of one", "\\(\\*|\\*\\)"),
      word("a tactic that gives up, or a command that ends the proof", COQ_FORBIDDEN, "[A-Za-z0-9_'.]"),
      containing(
        "a command at the head of a sentence",
        `\\.[ \\n][-+*{} \\n]*(?:${commands.split(" ").join("|")}|#|all|[0-9])[^A-Za-z0-9_'.]`,
      ),
      ...(entry === "tactic" ? [containing("the end of a sentence", "\\.[ \\n]")] : []),
    ],
    parse: (text) => parseCoqTactic(text, { entry }),
    print: printCoqTactic,
  };
}

function lean(entry: "tactic" | "proof"): ProvedLanguage {
  const definition = leanTacticDefinition(entry, ["n", "h", "ih", "byx", "simpx"]);
  return {
    name: definition.name,
    definition,
    depths: [1, 2, 3],
    unsafe: [
      CONTROL_BUT_NEWLINE,
      FOREIGN,
      QUOTE,
      containing("a comment, or the end of one", "/-|-/|--"),
      containing("a command of the interpreter", "#|\\$\\("),
      word("what admits, searches, runs, or begins a command", LEAN_FORBIDDEN, "[A-Za-z0-9_'!?.]"),
    ],
    parse: (text) => parseLeanTactic(text, { entry }),
    print: (tree: Tree) => printLeanAscii(tree),
  };
}
