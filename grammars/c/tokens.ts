import { createToken, Lexer, type TokenType } from "chevrotain";

/**
 * Tokens of C, one type for each role in the grammar and not one for each spelling: the parser needs few alternatives, and the
 * actions read the spelling from the token's image. Keywords are told from identifiers after lexing (`KEYWORDS`).
 */

const skipped = Lexer.SKIPPED;

export const WhiteSpace = createToken({ name: "WhiteSpace", pattern: /[ \t\r\n\f\v]+/, group: skipped });
/** A backslash that joins two lines; dropped later, unless it splits a word. */
export const Continuation = createToken({ name: "Continuation", pattern: /\\[ \t]*(?:\r\n|\n|\r)/ });
export const AnnotationBlock = createToken({ name: "AnnotationBlock", pattern: /\/\*@[\s\S]*?\*\// });
/** A backslash at the end of its line lets it go on, as in any such comment. */
export const AnnotationLine = createToken({
  name: "AnnotationLine",
  pattern: /\/\/@(?:[^\r\n]*\\[ \t]*(?:\r\n|\n|\r))*[^\r\n]*/,
});
export const BlockComment = createToken({
  name: "BlockComment",
  pattern: /\/\*[\s\S]*?\*\//,
  group: skipped,
});
export const UnterminatedComment = createToken({ name: "UnterminatedComment", pattern: /\/\*[\s\S]*/ });
/** Continues on the next line after a backslash, as C11 5.1.1.2 wants. */
export const LineComment = createToken({
  name: "LineComment",
  pattern: /\/\/(?:[^\r\n]*\\[ \t]*(?:\r\n|\n|\r))*[^\r\n]*/,
  group: skipped,
});
/** A whole directive, with its comments and continued lines. */
export const Directive = createToken({
  name: "Directive",
  pattern:
    /#(?:[^\r\n\\/"]+|\\[ \t]*(?:\r\n|\n|\r)|"(?:[^"\\\r\n]|\\[^\r\n])*"|\/\*[\s\S]*?\*\/|\/\/(?:[^\r\n]*\\[ \t]*(?:\r\n|\n|\r))*[^\r\n]*|[\\/"])*/,
});

export const Character = createToken({
  name: "Character",
  label: "a character constant",
  pattern: /(?:u8|[LuU])?'(?:[^'\\\r\n]|\\[^\r\n])+'/,
});
export const Text = createToken({
  name: "Text",
  label: "a string",
  pattern: /(?:u8|[LuU])?"(?:[^"\\\r\n]|\\[^\r\n])*"/,
});
export const OpenQuote = createToken({ name: "OpenQuote", pattern: /['"][^\r\n]*/ });
/** A preprocessing number, C11 6.4.8. */
export const NumberWord = createToken({
  name: "NumberWord",
  label: "a number",
  pattern: /\.?[0-9](?:[eEpP][+-]|[0-9A-Za-z_.])*/,
});
export const Identifier = createToken({
  name: "Identifier",
  label: "a name",
  pattern: /[A-Za-z_][0-9A-Za-z_]*/,
});

export const Ellipsis = createToken({ name: "Ellipsis", label: "'...'", pattern: /\.\.\./ });
export const CompoundAssign = createToken({
  name: "CompoundAssign",
  label: "an assignment operator",
  pattern: /(?:[-+*/%&^|]|<<|>>)=/,
});
export const Member = createToken({ name: "Member", label: "'.' or '->'", pattern: /->|\./ });
export const Step = createToken({ name: "Step", label: "'++' or '--'", pattern: /\+\+|--/ });
/** Operators that are only binary. */
export const Infix = createToken({
  name: "Infix",
  label: "an operator",
  pattern: /<<|>>|<=|>=|==|!=|&&|\|\||[/%<>^|]/,
});
export const Equals = createToken({ name: "Equals", label: "'='", pattern: /=/ });
/** Operators that are unary or binary, `*` apart: declarators have it too. */
export const Sign = createToken({ name: "Sign", label: "an operator", pattern: /[-+&]/ });
export const Star = createToken({ name: "Star", label: "'*'", pattern: /\*/ });
export const Prefix = createToken({ name: "Prefix", label: "an operator", pattern: /[~!]/ });
export const Question = createToken({ name: "Question", label: "'?'", pattern: /\?/ });
export const Colon = createToken({ name: "Colon", label: "':'", pattern: /:/ });
export const Semicolon = createToken({ name: "Semicolon", label: "';'", pattern: /;/ });
export const Comma = createToken({ name: "Comma", label: "','", pattern: /,/ });
export const LeftParen = createToken({ name: "LeftParen", label: "'('", pattern: /\(/ });
export const RightParen = createToken({ name: "RightParen", label: "')'", pattern: /\)/ });
export const LeftBracket = createToken({ name: "LeftBracket", label: "'['", pattern: /\[/ });
export const RightBracket = createToken({ name: "RightBracket", label: "']'", pattern: /\]/ });
export const LeftBrace = createToken({ name: "LeftBrace", label: "'{'", pattern: /\{/ });
export const RightBrace = createToken({ name: "RightBrace", label: "'}'", pattern: /\}/ });
/** Any character that begins no token of C: the lexer itself never fails and never drops one. */
export const Stray = createToken({ name: "Stray", pattern: /[\u0000-\uffff]/ });

function word(name: string, label: string): TokenType {
  return createToken({ name, label, pattern: Lexer.NA });
}

/** `int`, `unsigned`, `float`, … */
export const TypeWord = word("TypeWord", "a type");
/** An identifier that a typedef, or a standard header, declares. */
export const TypeName = word("TypeName", "a type");
export const Tag = word("Tag", "a type");
export const Qualifier = word("Qualifier", "a type");
export const Storage = word("Storage", "a declaration");
export const Attribute = word("Attribute", "an attribute");
export const Alignas = word("Alignas", "'_Alignas'");
export const TypeOf = word("TypeOf", "'typeof'");
export const Sizeof = word("Sizeof", "'sizeof'");
export const Generic = word("Generic", "'_Generic'");
export const StaticAssert = word("StaticAssert", "'_Static_assert'");
export const Asm = word("Asm", "'asm'");
export const If = word("If", "'if'");
export const Else = word("Else", "'else'");
export const While = word("While", "'while'");
export const Do = word("Do", "'do'");
export const For = word("For", "'for'");
export const Switch = word("Switch", "'switch'");
export const Case = word("Case", "'case'");
export const Default = word("Default", "'default'");
export const Break = word("Break", "'break'");
export const Continue = word("Continue", "'continue'");
export const Return = word("Return", "'return'");
export const Goto = word("Goto", "'goto'");

/** ACSL comments by what they hold; the payload is an `Annotation`. */
export const LoopAnnotation = word("LoopAnnotation", "a loop annotation");
export const CodeAnnotation = word("CodeAnnotation", "an annotation");
export const ContractAnnotation = word("ContractAnnotation", "a contract");
export const GlobalAnnotation = word("GlobalAnnotation", "a global annotation");
/** Around the C tokens of ghost code; the first one's payload is the `Annotation` that they stand in. */
export const GhostOpen = word("GhostOpen", "ghost code");
export const GhostClose = word("GhostClose", "the end of ghost code");
/** Something that cannot be read; the payload says why. */
export const Problem = word("Problem", "a problem");

/** Keywords of C11 and the GNU spellings that headers and generated programs use. */
export const KEYWORDS: ReadonlyMap<string, TokenType> = new Map([
  ...all(TypeWord, "void char short int long signed unsigned float double _Bool _Complex _Imaginary"),
  ...all(TypeWord, "__signed __signed__ __int128 _Float128 __float128 __builtin_va_list"),
  ...all(
    Qualifier,
    "const volatile restrict _Atomic __const __const__ __volatile __volatile__ __restrict __restrict__",
  ),
  ...all(Storage, "typedef extern static auto register inline _Noreturn _Thread_local __thread"),
  ...all(Storage, "__inline __inline__ __extension__"),
  ...all(Tag, "struct union enum"),
  ...all(Attribute, "__attribute__ __attribute"),
  ...all(Alignas, "_Alignas"),
  ...all(TypeOf, "typeof __typeof __typeof__"),
  ...all(Sizeof, "sizeof _Alignof __alignof__ __alignof"),
  ...all(Generic, "_Generic"),
  ...all(StaticAssert, "_Static_assert"),
  ...all(Asm, "asm __asm __asm__"),
  ["if", If],
  ["else", Else],
  ["while", While],
  ["do", Do],
  ["for", For],
  ["switch", Switch],
  ["case", Case],
  ["default", Default],
  ["break", Break],
  ["continue", Continue],
  ["return", Return],
  ["goto", Goto],
]);

function all(type: TokenType, words: string): [string, TokenType][] {
  return words.split(" ").map((image) => [image, type]);
}

/** What the lexer looks for, in its order: the first that matches wins. */
export const LEXED: TokenType[] = [
  WhiteSpace,
  Continuation,
  AnnotationBlock,
  AnnotationLine,
  BlockComment,
  UnterminatedComment,
  LineComment,
  Directive,
  Character,
  Text,
  OpenQuote,
  NumberWord,
  Identifier,
  Ellipsis,
  CompoundAssign,
  Member,
  Step,
  Infix,
  Equals,
  Sign,
  Star,
  Prefix,
  Question,
  Colon,
  Semicolon,
  Comma,
  LeftParen,
  RightParen,
  LeftBracket,
  RightBracket,
  LeftBrace,
  RightBrace,
  Stray,
];

/** The parser's vocabulary. */
export const PARSED: TokenType[] = [
  ...new Set<TokenType>([
    ...KEYWORDS.values(),
    TypeName,
    LoopAnnotation,
    CodeAnnotation,
    ContractAnnotation,
    GlobalAnnotation,
    GhostOpen,
    GhostClose,
    Character,
    Text,
    NumberWord,
    Identifier,
    Ellipsis,
    CompoundAssign,
    Member,
    Step,
    Infix,
    Equals,
    Sign,
    Star,
    Prefix,
    Question,
    Colon,
    Semicolon,
    Comma,
    LeftParen,
    RightParen,
    LeftBracket,
    RightBracket,
    LeftBrace,
    RightBrace,
  ]),
];
