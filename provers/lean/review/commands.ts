import type { Outline } from "../../../grammars/lean/outline.ts";
import type { Token } from "../../../grammars/lean/tokens.ts";
import { lineOf } from "./edited.ts";
import { hiddenCommand } from "./hidden.ts";

/** Words of programs that change what Lean believes without its kernel, or that switch the kernel off. */
const AROUND_THE_KERNEL = new Set(
  `modifyEnv setEnv addDecl addDeclCore addDeclWithoutChecking addAndCompile addDeclAux unsafeCast unsafeIO unsafeEIO unsafeBaseIO
  withoutCheckingDecls skipKernelTC evalDecl compileDecl setDelaborator ofKernelEnv`.split(/\s+/),
);
/** Attributes by which a file decides how commands are read. */
const COMMAND_ATTRIBUTES = new Set(
  "command_elab command_parser command_code_action builtin_command_elab builtin_command_parser init builtin_init macro delab app_delab builtin_delab".split(
    " ",
  ),
);
const SYNTAX = new Set(
  "macro macro_rules syntax elab elab_rules notation infix infixl infixr prefix postfix declare_syntax_cat".split(
    " ",
  ),
);
const PROGRAMS = new Set("run_cmd run_elab run_meta initialize #eval #eval! simproc".split(" "));

/** Words without which no file has code that runs while it is checked, and could declare something where `#print` does not reach. */
const RUNS_CODE =
  /#eval|\b(?:macro\w*|elab\w*|by_elab|run_\w+|syntax|declare_syntax_cat|notation\w*|(?:in|pre|post)fix[lr]?|initialize|builtin_\w+|d?simproc\w*|unsafe|extern|implemented_by|Lean|Elab|Meta\w*|\w+M)\b/;

/** Whether a text has any such word, wherever it stands: in a comment as well, since to be wrong that way costs nothing but an answer. */
export function mayRunCode(text: string): boolean {
  return RUNS_CODE.test(text);
}

export interface Commands {
  /** Why nothing that this file says of a theorem can be believed; null when it can. */
  readonly refused: string | null;
  /** What a reader should know besides. */
  readonly assumptions: readonly string[];
}

/**
 * What a file's own commands mean for the judge, who asks his questions in that file: it may not define how commands are read
 * (it could answer `#print axioms` itself), and no program of it may go around the kernel.
 */
export function examineCommands(text: string, { tokens }: Outline, embedded: boolean): Commands {
  const imports = tokens.some(({ text: word, first }) => word === "import" && first);
  const at = (token: Token) => `line ${lineOf(text, token.start)}`;
  const assumptions = new Set<string>();
  for (const [index, token] of tokens.entries()) {
    const { text: word } = token;
    const plain = word.replace(/[«»]/g, "");
    const last = plain.slice(plain.lastIndexOf(".") + 1);
    if (AROUND_THE_KERNEL.has(last) || AROUND_THE_KERNEL.has(plain))
      return refused(`${word} at ${at(token)} can change what Lean believes without its kernel`, assumptions);
    if (plain.startsWith("debug."))
      return refused(`the option ${plain} at ${at(token)} changes what is checked`, assumptions);
    if (embedded && /^(?:pp|format)\./.test(plain) && tokens[index - 1]?.text === "set_option")
      return refused(`the option ${plain} at ${at(token)} changes what Lean shows`, assumptions);
    if (word === "@[" || word === "attribute") {
      const attribute = attributesFrom(tokens, index).find((one) => COMMAND_ATTRIBUTES.has(one.text));
      if (attribute !== undefined)
        return refused(
          `the file decides how commands are read (${attribute.text}, ${at(attribute)})`,
          assumptions,
        );
    }
    if (SYNTAX.has(word)) {
      if (extendsCommands(tokens, index))
        return refused(`the file decides how commands are read (${word}, ${at(token)})`, assumptions);
      assumptions.add(`the file's own syntax (${at(token)}) is read as the file defines it`);
    }
    // With Lean's own modules a program can declare what no text shows; the embedded Lean cannot be asked for its axioms.
    if (embedded && imports && (PROGRAMS.has(word) || word === "elab" || word === "elab_rules"))
      return refused(
        `a program of the file (${word}, ${at(token)}) can declare what is not written there`,
        assumptions,
      );
    if (PROGRAMS.has(word) && token.first)
      assumptions.add(`the file runs programs of its own while it is read (${word}, ${at(token)})`);
  }
  const hidden = hiddenCommand(tokens);
  if (hidden !== null)
    return refused(
      `${hidden.text} at ${at(hidden)} stands behind another command on its line, or in brackets`,
      assumptions,
    );
  return { refused: null, assumptions: [...assumptions] };
}

function refused(reason: string, assumptions: ReadonlySet<string>): Commands {
  return {
    refused: `${reason}, so nothing that it says of the proof can be believed`,
    assumptions: [...assumptions],
  };
}

/** Words in the brackets that begin here or next. */
function attributesFrom(tokens: readonly Token[], index: number): Token[] {
  const words: Token[] = [];
  for (let at = index; at < tokens.length && at < index + 60; at++) {
    if (tokens[at]!.text === "]") break;
    if (at > index && tokens[at]!.first && tokens[at]!.column === 0) break;
    words.push(tokens[at]!);
  }
  return words;
}

/** Whether a command that defines syntax does so for commands: its category, a quotation of one, or a word that commands begin with. */
function extendsCommands(tokens: readonly Token[], index: number): boolean {
  for (let at = index + 1; at < tokens.length; at++) {
    const { text, kind, first, column } = tokens[at]!;
    if (first && column === 0 && (SYNTAX.has(text) || text.startsWith("#"))) return false;
    const before = tokens[at - 1]!.text;
    if (before === "kind" && text === ":=") return true;
    if (text.replace(/[«»]/g, "") === "command" && (before === ":" || before === "(")) return true;
    // A quotation that begins with a command's own word, and a keyword that looks like one.
    if (
      before === "(" &&
      tokens[at - 2]?.text === "`" &&
      /^(?:#|theorem$|lemma$|def$|example$|axiom$|end$)/.test(text)
    )
      return true;
    if (kind === "string" && /^"\s*(?:#|theorem|lemma|def|axiom|example|end|set_option)\b|^"\s*#/.test(text))
      return true;
  }
  return false;
}
