import { createToken, Lexer, type TokenType } from "chevrotain";
import { Character, Text } from "../c/tokens.ts";

export { Character, Text };

/** Tokens of ACSL annotations; as in C, one type for each role in the grammar. */

const skipped = Lexer.SKIPPED;

/** `@` counts as a blank inside an annotation (ACSL 1.17, 2.1). */
export const Blank = createToken({
  name: "Blank",
  pattern: /[ \t\r\n\f\v@]+|\\[ \t]*(?:\r\n|\n|\r)/,
  group: skipped,
});
export const Comment = createToken({ name: "Comment", pattern: /\/\/[^\r\n]*/, group: skipped });
export const Real = createToken({
  name: "Real",
  label: "a number",
  pattern: /(?:[0-9]+\.[0-9]+(?:[eE][-+]?[0-9]+)?|[0-9]+[eE][-+]?[0-9]+)[fFlLdD]?/,
});
export const Integer = createToken({ name: "Integer", label: "a number", pattern: /[0-9][0-9A-Za-z_]*/ });
/** `\forall`, `\result`, …; the most used are told apart after lexing. */
export const Builtin = createToken({
  name: "Builtin",
  label: "a built-in",
  pattern: /\\[A-Za-z_][0-9A-Za-z_]*/,
});
export const Word = createToken({ name: "Word", label: "a name", pattern: /[A-Za-z_][0-9A-Za-z_]*/ });
export const Range = createToken({ name: "Range", label: "'..'", pattern: /\.\.\.?/ });
export const Infix = createToken({
  name: "AcslInfix",
  label: "an operator",
  pattern: /<==>|==>|<-->|-->|<<|>>|<=|>=|==|!=|&&|\|\||\^\^|[/%<>^|]/,
});
export const Member = createToken({ name: "AcslMember", label: "'.' or '->'", pattern: /->|\./ });
export const Equals = createToken({ name: "AcslEquals", label: "'='", pattern: /=/ });
export const Sign = createToken({ name: "AcslSign", label: "an operator", pattern: /[-+&]/ });
export const Star = createToken({ name: "AcslStar", label: "'*'", pattern: /\*/ });
export const Prefix = createToken({ name: "AcslPrefix", label: "an operator", pattern: /[~!]/ });
export const Question = createToken({ name: "AcslQuestion", label: "'?'", pattern: /\?/ });
export const Colon = createToken({ name: "AcslColon", label: "':'", pattern: /:/ });
export const Semicolon = createToken({ name: "AcslSemicolon", label: "';'", pattern: /;/ });
export const Comma = createToken({ name: "AcslComma", label: "','", pattern: /,/ });
export const LeftParen = createToken({ name: "AcslLeftParen", label: "'('", pattern: /\(/ });
export const RightParen = createToken({ name: "AcslRightParen", label: "')'", pattern: /\)/ });
export const LeftBracket = createToken({ name: "AcslLeftBracket", label: "'['", pattern: /\[/ });
export const RightBracket = createToken({ name: "AcslRightBracket", label: "']'", pattern: /\]/ });
export const LeftBrace = createToken({ name: "AcslLeftBrace", label: "'{'", pattern: /\{/ });
export const RightBrace = createToken({ name: "AcslRightBrace", label: "'}'", pattern: /\}/ });
export const Stray = createToken({ name: "AcslStray", pattern: /[\u0000-\uffff]/ });

function word(name: string, label: string): TokenType {
  return createToken({ name, label, pattern: Lexer.NA });
}

/** A word of a type: `int`, `unsigned`, `integer`, `real`. */
export const TypeWord = word("AcslTypeWord", "a type");
/** A typedef name. */
export const TypeName = word("AcslTypeName", "a type");
export const Binder = word("Binder", "a quantifier");
export const Let = word("Let", "'\\let'");
export const At = word("At", "'\\at' or '\\old'");
export const Sizeof = word("AcslSizeof", "'sizeof'");

export const LEXED: TokenType[] = [
  Blank,
  Comment,
  Real,
  Integer,
  Builtin,
  Character,
  Text,
  Word,
  Range,
  Infix,
  Member,
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

export const PARSED: TokenType[] = [
  Real,
  Integer,
  Builtin,
  Character,
  Text,
  Word,
  Range,
  Infix,
  Member,
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
  TypeWord,
  TypeName,
  Binder,
  Let,
  At,
  Sizeof,
];

/** Words of annotations that the lexer's patterns do not tell from names. */
export const KEYWORDS: ReadonlyMap<string, TokenType> = new Map<string, TokenType>([
  ...["void", "char", "short", "int", "long", "signed", "unsigned", "float", "double", "_Bool"].map(typeWord),
  ...["integer", "real", "boolean", "struct", "union", "enum"].map(typeWord),
  ["\\forall", Binder],
  ["\\exists", Binder],
  ["\\lambda", Binder],
  ["\\let", Let],
  ["\\at", At],
  ["\\old", At],
  ["sizeof", Sizeof],
]);

function typeWord(image: string): [string, TokenType] {
  return [image, TypeWord];
}
