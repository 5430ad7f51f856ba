import { readHeader } from "../../../grammars/lean/header.ts";
import type { Outline } from "../../../grammars/lean/outline.ts";
import type { Token } from "../../../grammars/lean/tokens.ts";
import { LEAN_AXIOMS } from "../axioms.ts";
import { lineOf } from "./edited.ts";
import { hiddenCommand } from "./hidden.ts";
import { computedSyntax, extendsCommands, SYNTAX, strangeAtom } from "./syntax.ts";

/** Words of programs that change what Lean believes without its kernel, or that switch the kernel off. */
const AROUND_THE_KERNEL = new Set(
  `modifyEnv setEnv addDecl addDeclCore addDeclWithoutChecking addAndCompile addDeclAux unsafeCast unsafeIO unsafeEIO unsafeBaseIO
  withoutCheckingDecls skipKernelTC evalDecl compileDecl setDelaborator ofKernelEnv`.split(/\s+/),
);
/** Words of programs that reach Lean's own tables of commands, parsers and linters: a linter may put other messages in the place of Lean's. */
const TABLES = new Set(
  `addLinter lintersRef addBuiltin addBuiltinParser addParser addParserTokens parserExtension addEntry addScopedEntry addLocalEntry
  commandElabAttribute commandParserAttribute macroAttribute builtinMacros builtinCommandElabAttribute`.split(
    /\s+/,
  ),
);
/** Attributes by which a file decides how commands are read. */
const COMMAND_ATTRIBUTES = new Set(
  "command_elab command_parser command_code_action builtin_command_elab builtin_command_parser init builtin_init macro delab app_delab builtin_delab".split(
    " ",
  ),
);
const PROGRAMS = new Set(
  "run_cmd run_elab run_meta run_tac by_elab initialize builtin_initialize #eval #eval! simproc dsimproc simproc_decl dsimproc_decl".split(
    " ",
  ),
);
/** Attributes with which a function of the file becomes a part of Lean that runs while the file is read. */
const PROGRAM_ATTRIBUTE =
  /(?:^|_)(?:elab(?:_\w+)?|parser|tactic|d?simproc|unexpander|formatter|parenthesizer|handler|linter|provider|method)$/;
/** Parts of names with which a program comes to the streams over which Lean answers, or to a thread where these are not its own any more. */
const STREAMS = new Set(
  "FS Handle getStdin getStdout getStderr setStdin setStdout setStderr asTask mapTask mapTasks bindTask bindTasks chainTask spawn dedicated Async extern".split(
    " ",
  ),
);

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
export function examineCommands(text: string, outline: Outline, embedded: boolean): Commands {
  const { tokens } = outline;
  const { imports, end: headerEnd } = readHeader(tokens);
  const runsCode = mayRunCode(text);
  const at = (token: { readonly start: number }) => `line ${lineOf(text, token.start)}`;
  const assumptions = new Set<string>();
  const computed = definesSyntax(tokens) ? computedSyntax(tokens) : null;
  if (computed !== null)
    return refused(
      `a macro of the file computes what it stands for (${computed.text}, ${at(computed)})`,
      assumptions,
    );
  const unsure = readingInDoubt(outline, imports);
  if (unsure !== null)
    return refused(
      `what stands behind ${unsure.what} at line ${lineOf(text, unsure.at)} can be read in two ways`,
      assumptions,
    );
  for (const [index, token] of tokens.entries()) {
    const { text: word } = token;
    const plain = word.replace(/[«»]/g, "");
    const last = plain.slice(plain.lastIndexOf(".") + 1);
    if (AROUND_THE_KERNEL.has(last) || AROUND_THE_KERNEL.has(plain))
      return refused(`${word} at ${at(token)} can change what Lean believes without its kernel`, assumptions);
    const table =
      runsCode && token.kind === "word" ? plain.split(".").find((part) => TABLES.has(part)) : undefined;
    if (table !== undefined)
      return refused(
        `the file decides how commands are read or what is said of them (${table}, ${at(token)})`,
        assumptions,
      );
    const stream =
      runsCode && token.kind === "word" ? plain.split(".").find((part) => STREAMS.has(part)) : undefined;
    if (stream !== undefined)
      return refused(
        `a program that can write where Lean's answers come from (${stream}, ${at(token)}) may run while the file is read`,
        assumptions,
      );
    if (word === "#exit" && token.first)
      return refused(`Lean reads nothing behind the #exit at ${at(token)}`, assumptions);
    if (plain === "warningAsError" && tokens[index + 1]?.text === "true")
      return refused(`with warningAsError (${at(token)}) a file with a hole has an error`, assumptions);
    if (plain.startsWith("debug."))
      return refused(`the option ${plain} at ${at(token)} changes what is checked`, assumptions);
    if (embedded && /^(?:pp|format)\./.test(plain) && tokens[index - 1]?.text === "set_option")
      return refused(`the option ${plain} at ${at(token)} changes what Lean shows`, assumptions);
    if (word === "@[" || word === "attribute") {
      const attribute = attributesFrom(tokens, index).find(
        ({ text: one }) =>
          COMMAND_ATTRIBUTES.has(one) || (embedded && imports && PROGRAM_ATTRIBUTE.test(one)),
      );
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
    const isProgram = PROGRAMS.has(word) || /^(?:elab|elab_rules|meta)$/.test(word);
    if (embedded && imports && isProgram && token.start >= headerEnd)
      return refused(
        `a program of the file (${word}, ${at(token)}) can declare what is not written there`,
        assumptions,
      );
    if (PROGRAMS.has(word) && token.first)
      assumptions.add(`the file runs programs of its own while it is read (${word}, ${at(token)})`);
  }
  // In what `#print axioms` says one name stands for another where a namespace is open, or where Lean's own is not imported.
  const taken = embedded ? undefined : outline.declarations.find(({ fullName }) => namesAnAxiom(fullName));
  if (taken !== undefined)
    return refused(`${taken.fullName} at ${at(taken)} has the name of an axiom of Lean's`, assumptions);
  const hidden = hiddenCommand(tokens);
  if (hidden !== null)
    return refused(
      `${hidden.text} at ${at(hidden)} stands behind another command on its line, or in brackets`,
      assumptions,
    );
  return { refused: null, assumptions: [...assumptions] };
}

function namesAnAxiom(fullName: string | null): boolean {
  const plain = `.${fullName?.replace(/[«»]/g, "")}`;
  return [...LEAN_AXIOMS].some((one) => plain.endsWith(`.${one}`));
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
  let depth = 0;
  for (let at = index; at < tokens.length; at++) {
    const { text } = tokens[at]!;
    if (text === "[" || text === "@[") depth++;
    else if (text === "]" && --depth <= 0) break;
    words.push(tokens[at]!);
  }
  return words;
}

function definesSyntax(tokens: readonly Token[]): boolean {
  return tokens.some(({ text, kind }) => kind === "word" && SYNTAX.has(text));
}

/** Where this reading of the text may not be Lean's own; null when it is. */
function readingInDoubt(
  { tokens, doubtful, twoWays }: Outline,
  imports: boolean,
): { readonly what: string; readonly at: number } | null {
  const own = definesSyntax(tokens);
  const atom = own ? strangeAtom(tokens) : null;
  if (atom !== null) return { what: `the syntax ${atom.text}`, at: atom.start };
  const [glued] = doubtful;
  if (glued !== undefined) return { what: "a comment or a character without a blank before it", at: glued };
  // Which words interpolate is known where nothing is imported and nothing defined.
  const [string] = own || imports ? twoWays : [];
  return string === undefined ? null : { what: "a string with a brace in it", at: string };
}
