import { isTacticAt } from "./position.ts";
import { readTokens, type Token, type Tokens } from "./tokens.ts";

/** A declaration of a Lean file. Offsets are UTF-16. */
export interface Declaration {
  /** `theorem`, `lemma`, `def`, `example`, `instance`, `inductive`, … */
  readonly keyword: string;
  /** As the source writes it; null for `example` and unnamed instances. */
  readonly name: string | null;
  /** With its namespaces. */
  readonly fullName: string | null;
  /** The namespaces around it, outermost first. */
  readonly namespaces: readonly string[];
  readonly isPrivate: boolean;
  /** Where the keyword stands; `from` includes modifiers and attributes. */
  readonly start: number;
  readonly from: number;
  /** The end of its last token. */
  readonly end: number;
  /** The end of the `mutual` block around it, or `end`. */
  readonly outerEnd: number;
  /** Where the statement ends: the `:=`, `where` or first `|` that begins the body; null where there is none. */
  readonly body: number | null;
}

/** A `sorry`, in a proof or a term. */
export interface Hole {
  readonly kind: "tactic" | "term";
  readonly start: number;
  readonly end: number;
  readonly declaration: Declaration;
  /** Its index among the outline's tokens. */
  readonly token: number;
}

export interface Outline extends Tokens {
  readonly declarations: readonly Declaration[];
  readonly holes: readonly Hole[];
}

const DECLARATIONS = new Set(
  "theorem lemma def abbrev example instance structure inductive class axiom opaque coinductive".split(" "),
);
const MODIFIERS = new Set(
  "private protected public noncomputable unsafe partial nonrec local scoped meta".split(" "),
);
/** They begin a command wherever a line begins with them. */
const COMMANDS = new Set(
  `namespace section mutual end variable universe universes open export import attribute set_option macro macro_rules syntax elab
  elab_rules notation infix infixl infixr prefix postfix declare_syntax_cat initialize builtin_initialize run_cmd run_elab run_meta
  deriving omit include recommended_spelling suppress_compilation module add_decl_doc register_simp_attr grind_pattern`.split(
    /\s+/,
  ),
);

/** The declarations of a text and the holes in them. Reads as far as the tokens go. */
export function readOutline(text: string): Outline {
  const read = readTokens(text);
  const { tokens } = read;
  const starts = commandStarts(tokens);
  const scope: { readonly kind: "namespace" | "section" | "mutual"; readonly name: string }[] = [];
  const open: { declaration: Declaration; range: readonly [number, number] }[] = [];
  let mutual: (typeof open)[number][] = [];
  for (const [index, start] of starts.entries()) {
    const next = starts[index + 1] ?? tokens.length;
    const at = afterModifiers(tokens, start, next);
    const token = tokens[at];
    if (token === undefined) continue;
    const argument = tokens[at + 1];
    const named = argument !== undefined && at + 1 < next && argument.kind === "word";
    const parts = named && token.text !== "mutual" ? argument.text.split(".") : [""];
    if (token.text === "namespace" || token.text === "section" || token.text === "mutual") {
      for (const name of parts) scope.push({ kind: token.text, name });
    } else if (token.text === "end") {
      // `end A.B` ends as many as it names, however they were begun.
      for (const _ of parts) {
        const ended = scope.pop();
        if (ended?.kind !== "mutual") continue;
        for (const one of mutual) one.declaration = { ...one.declaration, outerEnd: token.end };
        mutual = [];
      }
    } else if (DECLARATIONS.has(token.text)) {
      const one = { declaration: declarationAt(tokens, start, at, next, scope), range: [at, next] as const };
      open.push(one);
      if (scope.at(-1)?.kind === "mutual") mutual.push(one);
    }
  }
  const holes = open.flatMap(({ declaration, range: [from, to] }) => holesOf(tokens, from, to, declaration));
  return { ...read, declarations: open.map(({ declaration }) => declaration), holes };
}

/** Token indices at which commands begin, modifiers and attributes included. */
function commandStarts(tokens: readonly Token[]): number[] {
  const starts: number[] = [];
  let modified = false;
  for (const [index, token] of tokens.entries()) {
    const begins =
      (token.first &&
        (DECLARATIONS.has(token.text) ||
          COMMANDS.has(token.text) ||
          (MODIFIERS.has(token.text) && token.column <= 2) ||
          token.text === "@[" ||
          (token.column === 0 && /^#\w/.test(token.text)))) ||
      // `open Nat in theorem …`: what follows is a command of its own.
      (tokens[index - 1]?.text === "in" && (DECLARATIONS.has(token.text) || MODIFIERS.has(token.text)));
    if (!begins) continue;
    if (!modified) starts.push(index);
    modified = isModifier(tokens, index);
  }
  return starts;
}

/** Whether the line that begins here holds modifiers or attributes only, for a declaration on the next line. */
function isModifier(tokens: readonly Token[], index: number): boolean {
  let at = index;
  do {
    at = afterOneModifier(tokens, at) ?? at;
    if (tokens[at]?.first) return at > index;
  } while (afterOneModifier(tokens, at) !== null);
  return false;
}

function afterModifiers(tokens: readonly Token[], start: number, next: number): number {
  let at = start;
  for (
    let after = afterOneModifier(tokens, at);
    after !== null && after < next;
    after = afterOneModifier(tokens, at)
  )
    at = after;
  return at;
}

function afterOneModifier(tokens: readonly Token[], at: number): number | null {
  const token = tokens[at];
  if (token === undefined) return null;
  if (MODIFIERS.has(token.text)) return at + 1;
  if (token.text !== "@[") return null;
  let depth = 0;
  for (let index = at; index < tokens.length; index++) {
    const { text } = tokens[index]!;
    if (text === "[" || text === "@[") depth++;
    else if (text === "]" && --depth === 0) return index + 1;
  }
  return null;
}

function declarationAt(
  tokens: readonly Token[],
  start: number,
  at: number,
  next: number,
  scope: readonly { readonly kind: string; readonly name: string }[],
): Declaration {
  const token = tokens[at]!;
  const argument = tokens[at + 1];
  const named = argument?.kind === "word" && at + 1 < next && token.text !== "example";
  const name = named ? argument.text : null;
  const namespaces = scope.filter(({ kind }) => kind === "namespace").map((one) => one.name);
  const fullName =
    name === null ? null : name.startsWith("_root_.") ? name.slice(7) : [...namespaces, name].join(".");
  const end = tokens[next - 1]!.end;
  const body = bodyOf(tokens, at + 1, next);
  return {
    keyword: token.text,
    name,
    fullName,
    namespaces,
    isPrivate: tokens.slice(start, at).some(({ text }) => text === "private"),
    start: token.start,
    from: tokens[start]!.start,
    end,
    outerEnd: end,
    body,
  };
}

function bodyOf(tokens: readonly Token[], from: number, to: number): number | null {
  let depth = 0;
  for (let index = from; index < to; index++) {
    const { text, start, first } = tokens[index]!;
    if (/^[([{⟨⦃]$/.test(text) || text === "@[") depth++;
    else if (/^[)\]}⟩⦄]$/.test(text)) depth--;
    else if (depth === 0 && (text === ":=" || text === "where" || (text === "|" && first))) return start;
  }
  return null;
}

function holesOf(tokens: readonly Token[], from: number, to: number, declaration: Declaration): Hole[] {
  const holes: Hole[] = [];
  for (let index = from; index < to; index++) {
    const token = tokens[index]!;
    if (token.kind !== "word" || (token.text !== "sorry" && token.text !== "admit")) continue;
    if (tokens[index - 1]?.text === "." || tokens[index - 1]?.text === "`") continue;
    const isTactic = isTacticAt(tokens, index, from);
    if (token.text === "admit" && !isTactic) continue;
    holes.push({
      kind: isTactic ? "tactic" : "term",
      start: token.start,
      end: token.end,
      declaration,
      token: index,
    });
  }
  return holes;
}
