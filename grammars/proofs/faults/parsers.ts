import type { EmbeddedActionsParser } from "chevrotain";
import type { Definition, Rule, TokenDefinition } from "../../definition/definition.ts";
import { literal } from "../../definition/pattern.ts";
import { chevrotainParser } from "../../emit/parser.ts";
import type { ProvedLanguage } from "../language.ts";
import type { Parts } from "../prove.ts";
import { type Fault, fault, tried } from "./seed.ts";

/** The parser is that of another definition than the decoder's and the tree's. */
const parsed = (
  what: string,
  language: ProvedLanguage,
  change: (definition: Definition) => Definition,
): Fault =>
  fault("parser", what, language, ({ definition }) => ({ parser: chevrotainParser(change(definition)) }));
const defined = (
  what: string,
  language: ProvedLanguage,
  change: (definition: Definition) => Definition,
): Fault => fault("definition", what, language, ({ definition }) => ({ definition: change(definition) }));
const rule = (definition: Definition, name: string, change: (rule: Rule) => Rule): Definition => ({
  ...definition,
  rules: definition.rules.map((one) => (one.name === name ? change(one) : one)),
});
const token = (
  definition: Definition,
  name: string,
  change: (token: TokenDefinition) => TokenDefinition,
): Definition => ({
  ...definition,
  tokens: definition.tokens.map((one) => (one.name === name ? change(one) : one)),
});

export function parserFaults(): readonly Fault[] {
  const python = tried.python();
  const atom = tried.atom();
  const smt = tried.smt();
  return [
    fault("parser", "the parser recovers, and makes tokens up", python, ({ parser }) => ({
      parser: {
        ...parser,
        parser: Object.assign(Object.create(parser.parser), {
          recoveryEnabled: true,
        }) as EmbeddedActionsParser,
      },
    })),
    fault("parser", "the parser looks two tokens ahead", python, ({ parser }) => ({
      parser: {
        ...parser,
        parser: Object.assign(Object.create(parser.parser), { maxLookahead: 2 }) as EmbeddedActionsParser,
      },
    })),
    parsed("an alternative is dropped", python, (definition) =>
      rule(
        {
          ...definition,
          rules: definition.rules.filter(({ name }) => name !== "initial"),
          tokens: definition.tokens.map((one) =>
            one.name.startsWith("Old") ? { ...one, role: "reserved" } : one,
          ),
        },
        "primary",
        (one) => (one.kind === "choice" ? { ...one, of: one.of.filter((name) => name !== "initial") } : one),
      ),
    ),
    parsed("an operator is dropped", python, (definition) =>
      token(
        rule(definition, "product", (one) =>
          one.kind === "infix" ? { ...one, operators: one.operators.slice(0, 2) } : one,
        ),
        "Modulo",
        (one) => ({ ...one, role: "reserved" }),
      ),
    ),
    parsed("comparisons no longer chain", python, (definition) =>
      rule(definition, "comparison", (one) =>
        one.kind === "relation"
          ? { ...one, families: one.families.map((family) => ({ ...family, chains: false })) }
          : one,
      ),
    ),
    defined("an operator gives another sort", python, (definition) =>
      rule(definition, "unary", (one) =>
        one.kind === "prefix"
          ? { ...one, operators: one.operators.map((operator) => ({ ...operator, gives: "formula" })) }
          : one,
      ),
    ),
    defined("a space behind a word is not printed", python, (definition) => ({
      ...definition,
      rules: definition.rules.map((one) =>
        one.kind === "prefix"
          ? { ...one, operators: one.operators.map((operator) => ({ ...operator, word: false })) }
          : one,
      ),
    })),
    defined("a rule that nothing reaches", atom, (definition) => ({
      ...definition,
      rules: [...definition.rules, { kind: "choice", name: "lost", of: ["integer"] }],
    })),
    defined("a rule that can begin with itself", atom, (definition) =>
      rule(definition, "primary", (one) =>
        one.kind === "choice" ? { ...one, of: ["sum", ...one.of] } : one,
      ),
    ),
    defined("a reference to a rule that is not there", atom, (definition) =>
      rule(definition, "group", (one) => (one.kind === "group" ? { ...one, rule: "nowhere" } : one)),
    ),
    defined("a token behind its own prefix", atom, (definition) => ({
      ...definition,
      tokens: [...definition.tokens].reverse(),
    })),
    defined("a token outside ASCII", atom, (definition) =>
      token(definition, "Less", (one) => ({ ...one, pattern: literal("\u2264") })),
    ),
    fault("parser", "two alternatives begin alike", smt, ({ definition }) => {
      const twice = {
        ...definition,
        rules: [
          ...definition.rules,
          { ...definition.rules.find(({ name }) => name === "name")!, name: "again" },
        ],
      } as Definition;
      const changed = rule(twice, "term", (one) =>
        one.kind === "choice" ? { ...one, of: [...one.of, "again"] } : one,
      );
      return { definition: changed, parser: { ...chevrotainParser(definition), ...ambiguous(definition) } };
    }),
  ];
}

/** A parser whose grammar cannot be told by one token; Chevrotain is told not to look. */
function ambiguous(definition: Definition): Pick<Parts["parser"], "parser"> {
  const { parser } = chevrotainParser(definition);
  // biome-ignore lint/suspicious/noExplicitAny: plain data, changed as no parser would give it out.
  const productions = structuredClone((parser as any).getSerializedGastProductions());
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  const copy = structuredClone(productions.find(({ name }: any) => name === "name"));
  copy.name = "again";
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  const term = productions.find(({ name }: any) => name === "term");
  term.definition[0].definition.push({
    type: "Alternative",
    definition: [{ type: "NonTerminal", name: "again", idx: 9 }],
  });
  return {
    parser: Object.assign(Object.create(parser), {
      getSerializedGastProductions: () => [...productions, copy],
    }) as EmbeddedActionsParser,
  };
}
