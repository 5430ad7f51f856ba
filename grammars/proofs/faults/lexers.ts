import { createToken, Lexer, type TokenType } from "chevrotain";
import type { ProvedLanguage } from "../language.ts";
import { type Fault, fault, tried } from "./seed.ts";

const lexer = (
  what: string,
  language: ProvedLanguage,
  change: (tokens: readonly TokenType[]) => readonly TokenType[],
  recoveryEnabled = false,
): Fault =>
  fault("lexer", what, language, ({ parser }) => {
    const tokens = (parser.lexer as unknown as { readonly lexerDefinition: readonly TokenType[] })
      .lexerDefinition;
    return {
      parser: {
        ...parser,
        lexer: new Lexer([...change(tokens)], {
          recoveryEnabled,
          positionTracking: "onlyOffset",
          skipValidations: true,
        }),
      },
    };
  });
const pattern = (what: string, language: ProvedLanguage, name: string, source: RegExp | string): Fault =>
  lexer(what, language, (tokens) =>
    tokens.map((token) => (token.name === name ? { ...token, PATTERN: source } : token)),
  );

export function lexerFaults(): readonly Fault[] {
  const python = tried.python();
  const atom = tried.atom();
  return [
    lexer("the lexer recovers, and drops characters", atom, (tokens) => tokens, true),
    pattern("a lazy quantifier", atom, "Identifier", /[A-Za-z_][A-Za-z0-9_]*?/),
    pattern("a lookahead", atom, "Identifier", /[A-Za-z_]+(?= )/),
    pattern("a backreference", atom, "Identifier", /([a-z])\1*/),
    pattern("a flag", atom, "Identifier", /[a-z_]+/i),
    pattern("a shorter alternative first", atom, "Integer", /(?:1|12|[1-9])/),
    pattern("a token that may be empty", atom, "Identifier", /[a-z]*/),
    pattern("an identifier may hold a semicolon", atom, "Identifier", /[A-Za-z_;]+/),
    pattern("an identifier may be in another script", atom, "Identifier", /[a-z\u0430-\u044f]+/),
    pattern("white space takes in line breaks", atom, "Space", /[ \n]+/),
    pattern("a text in quotes becomes a token", python, "Word", /(?:"[a-z]*"|[A-Za-z_][A-Za-z0-9_]*)/),
    lexer("the token that keeps two minus signs apart is dropped", atom, (tokens) =>
      tokens.filter(({ name }) => name !== "Decrement"),
    ),
    lexer("identifiers come before keywords", python, (tokens) =>
      [...tokens].sort((a, b) => Number(b.name === "Word") - Number(a.name === "Word")),
    ),
    lexer("a keyword is read out of the front of a longer word", python, (tokens) =>
      tokens.filter(({ name }) => !/^Word\d/.test(name)),
    ),
    lexer("a token has a longer alternative", atom, (tokens) => {
      const identifier = tokens.find(({ name }) => name === "Identifier")!;
      return tokens.map((one) =>
        one.name === "True"
          ? { ...createToken({ name: "True", pattern: "\\true", longer_alt: identifier }) }
          : one,
      );
    }),
  ];
}
