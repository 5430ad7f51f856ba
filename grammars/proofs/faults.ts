import { createToken, type EmbeddedActionsParser, Lexer, type TokenType } from "chevrotain";
import type { Definition, Rule, TokenDefinition } from "../definition/definition.ts";
import { literal } from "../definition/pattern.ts";
import { gbnf } from "../emit/gbnf.ts";
import { chevrotainParser } from "../emit/parser.ts";
import { jsonSchema } from "../emit/schema.ts";
import { type Chain, checkChain } from "./chain.ts";
import type { ProvedLanguage } from "./language.ts";
import { LANGUAGES } from "./languages.ts";
import { type Parts, partsOf, prove } from "./prove.ts";
import { checkTable, type Roles, type Step } from "./table.ts";

/** Something put wrong on purpose, and what the proofs said to it. */
export interface Fault {
  readonly where: "decoder" | "lexer" | "parser" | "definition" | "schema" | "table" | "chain";
  readonly what: string;
  /** What failed because of it; null: it was not noticed. */
  readonly caught: () => string | null;
}

/** Every fault that the proofs are tried with. The table's are made of the given one. */
export function seededFaults(
  table: readonly Step[],
  states: readonly string[],
  roles: Roles,
): readonly Fault[] {
  return [...languageFaults(), ...tableFaults(table, states, roles), ...chainFaults()];
}

function languageFaults(): readonly Fault[] {
  const small = (name: string, depth: number): ProvedLanguage => ({ ...LANGUAGES[name]!(), depths: [depth] });
  const python = small("python-expression", 1);
  const atom = small("invariant-atom", 1);
  const smt = small("smt-term", 1);
  const fault = (
    where: Fault["where"],
    what: string,
    language: ProvedLanguage,
    change: (parts: Parts) => Partial<Parts>,
  ): Fault => ({
    where,
    what,
    caught: () => {
      const parts = partsOf(language);
      const changed = { ...parts, ...change(parts) };
      const failed = prove(language, () => 0, changed, { stopAtFirst: true }).find(({ holds }) => !holds);
      if (failed === undefined) return null;
      const { message, text } = failed.failures[0]!;
      return `${failed.claim}: ${message}${text === undefined ? "" : ` ${JSON.stringify(text)}`}`;
    },
  });
  const decoder = (what: string, language: ProvedLanguage, from: string | RegExp, to: string): Fault =>
    fault("decoder", what, language, ({ definition }) => ({
      decoder: (depth) => {
        const before = gbnf(definition, { maxDepth: depth });
        const after = before.replace(from, to);
        if (after === before) throw new Error(`the fault changes nothing: ${what}`);
        return after;
      },
    }));
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
  // biome-ignore lint/suspicious/noExplicitAny: the schema is changed in ways that its type forbids.
  const schema = (what: string, language: ProvedLanguage, change: (schema: any) => void): Fault =>
    fault("schema", what, language, ({ definition }) => ({
      schema: () => {
        const copy = structuredClone(jsonSchema(definition));
        change(copy);
        return copy;
      },
    }));
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

  return [
    decoder("a class is widened: numbers may begin with 0", atom, '"0" | [1-9]', '"0" | [0-9]'),
    decoder("a bound is raised: more digits than are read", atom, "[0-9]{0,9}", "[0-9]{0,29}"),
    decoder("a repetition loses its bound", python, "{0,3}", "*"),
    decoder("a repetition of a class loses its bound", atom, "[0-9]{0,9}", "[0-9]+"),
    decoder("a bound that llama.cpp does not handle", atom, "[0-9]{0,9}", "[0-9]{0,5000}"),
    decoder("a rule comes back to itself", smt, '"x" | "y"', '"x" | term-term-0'),
    decoder("a rule is missing", smt, "name-term ::=", "name-terms ::="),
    decoder("a rule is there twice", smt, "name-term ::=", 'name-term ::= "x"\nname-term ::='),
    decoder("an escape is missing", atom, '"\\\\at"', '"\\at"'),
    decoder("a closing bracket is dropped", smt, / "\)"/, ""),
    decoder("an operator that is not the language's", python, '"//"', '"**"'),
    decoder("a keyword as a name", python, '"notx"', '"not"'),
    decoder("a name that needs quoting", smt, '"x" | "y"', '"x" | "let"'),
    decoder("a space that keeps words apart is dropped", python, '" " "or" " "', '"or"'),
    decoder("a space that keeps minus signs apart is dropped", atom, '"-" " "', '"-"'),
    decoder("a number where a truth value is needed", python, /root ::= .*/, "root ::= sum-term-1"),
    decoder("a truth value where a number is needed", python, '"-" primary-term-1', '"-" primary-formula-1'),
    decoder("a semicolon after the answer", atom, "root ::= atom-formula", 'root ::= atom-formula ";"'),
    decoder("a line break after the answer", python, /root ::= (.*)/, 'root ::= $1 "\\n"'),
    decoder("a comment in the answer", atom, '"/" " "?', '"/* */" " "?'),
    decoder("a character of another script", python, '"i"', '"\u0456"'),
    decoder("a negated class", atom, "[0-9]{0,9}", "[^ ]{0,9}"),
    decoder("an empty answer", smt, /root ::= (.*)/, 'root ::= $1 | ""'),

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
    schema("a kind of node that is none", smt, (one) => {
      one.$defs.integer.properties.kind.enum.push("shell");
    }),
    schema("an object that is open", smt, (one) => {
      one.$defs.integer.additionalProperties = true;
    }),
    schema("a field that is not required", smt, (one) => {
      one.$defs.integer.required.pop();
    }),
    schema("numbers with a sign", smt, (one) => {
      one.$defs.integer.properties.digits.pattern = "^-?[0-9]+$";
    }),
    schema("a reserved word as a name", smt, (one) => {
      one.$defs.name.properties.name.enum.push("assert");
    }),
    schema("an application to nothing", smt, (one) => {
      for (const definition of Object.values(one.$defs) as {
        readonly anyOf?: readonly { readonly properties?: { readonly arguments?: { minItems: number } } }[];
      }[]) {
        for (const option of definition.anyOf ?? [])
          if (option.properties?.arguments !== undefined) option.properties.arguments.minItems = 0;
      }
    }),
    schema("a kind of node is left out below the top", smt, (one) => {
      one.$defs[one.properties.answer.$ref.split("/").at(-1).replace(/_\d+$/, "_7")].anyOf.pop();
    }),
    schema("a shorter list than decoders write", smt, (one) => {
      for (const definition of Object.values(one.$defs) as {
        readonly anyOf?: readonly { readonly properties?: { readonly arguments?: { maxItems: number } } }[];
      }[]) {
        for (const option of definition.anyOf ?? [])
          if (option.properties?.arguments !== undefined) option.properties.arguments.maxItems = 1;
      }
    }),
    schema("a name that decoders write is left out", smt, (one) => {
      one.$defs.name.properties.name.enum.pop();
    }),
    schema("numbers of fewer digits than decoders write", smt, (one) => {
      one.$defs.integer.properties.digits.pattern = "^(0|[1-9][0-9]{0,2})$";
    }),
    schema("a kind of node is left out", smt, (one) => {
      const top = one.$defs[one.properties.answer.$ref.split("/").at(-1)];
      top.anyOf = top.anyOf.slice(1);
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

function tableFaults(table: readonly Step[], states: readonly string[], roles: Roles): readonly Fault[] {
  const { judge, offer, stopped, start, reads } = roles;
  const fault = (
    what: string,
    change: (table: readonly Step[]) => readonly Step[],
    all: readonly string[] = states,
  ): Fault => ({
    where: "table",
    what,
    caught: () => checkTable(change(table), all, roles)[0] ?? null,
  });
  const edge = (from: string, on: string, change: (step: Step) => Step) => (all: readonly Step[]) =>
    all.map((step) => (step.from === from && step.on === on ? change(step) : step));
  return [
    fault(
      "the judge is skipped",
      edge("check", "proved", (step) => ({ ...step, to: offer })),
    ),
    fault(
      "what the judge rejects is offered",
      edge(judge, "rejected", (step) => ({ ...step, to: offer })),
    ),
    fault(
      "what the judge proved is offered by another name",
      edge(judge, "proved", (step) => ({ ...step, on: "done" })),
    ),
    fault("asking costs nothing", (all) =>
      all.map((step) => (step.from === start ? { ...step, spends: "none" } : step)),
    ),
    fault("a refutation is asked about again for nothing", (all) => [
      ...all,
      { from: "refine", on: "again", to: "refine", spends: "none" },
    ]),
    fault("a state cannot be cancelled", (all) =>
      all.filter(({ from, on }) => from !== "check" || on !== "cancelled"),
    ),
    fault(
      "cancelling leads elsewhere",
      edge("judge", "cancelled", (step) => ({ ...step, to: start })),
    ),
    fault(
      "a spent budget leads elsewhere",
      edge("screen", "exhausted", (step) => ({ ...step, to: start })),
    ),
    fault("a text that does not parse has no way on", (all) =>
      all.filter(({ from, on }) => from !== reads || on !== "rejected"),
    ),
    fault("the end is left", (all) => [
      ...all,
      { from: stopped, on: "text", to: start, spends: "candidates" },
    ]),
    fault("one answer has two ways on", (all) => [
      ...all,
      { from: "check", on: "proved", to: "refine", spends: "checks" },
    ]),
    fault("a state that cannot be reached", (all) => all, [...states, "limbo"]),
    fault("a state that is none", (all) => [
      ...all,
      { from: start, on: "odd", to: "limbo", spends: "candidates" },
    ]),
  ];
}

function chainFaults(): readonly Fault[] {
  const regex = (source: string) => ({ kind: "regex", source }) as const;
  const base: Chain = {
    start: "ask",
    steps: {
      ask: { next: [{ to: "read", writes: regex("[0-9]{1,3}") }] },
      read: {
        reads: regex("[0-9]+"),
        next: [
          { to: "ask", atMost: 2 },
          { to: "end", writes: regex("ok") },
        ],
      },
      end: { reads: regex("[a-z]+"), final: true },
    },
  };
  const fault = (what: string, steps: Chain["steps"]): Fault => ({
    where: "chain",
    what,
    caught: () => {
      const [problem] = checkChain({ ...base, steps: { ...base.steps, ...steps } });
      return problem === undefined
        ? null
        : `${problem.at}: ${problem.message}${problem.text === undefined ? "" : ` ${JSON.stringify(problem.text)}`}`;
    },
  });
  return [
    fault("more is written than is read", { ask: { next: [{ to: "read", writes: regex("[0-9]{0,3}") }] } }),
    fault("a grammar writes what is not read", {
      ask: { next: [{ to: "read", writes: { kind: "gbnf", source: 'root ::= [0-9] "." [0-9]' } }] },
    }),
    fault("a retry without a bound", {
      read: { ...base.steps.read, next: [{ to: "ask" }, { to: "end", writes: regex("ok") }] },
    }),
    fault("a retry with a bound of none", {
      read: {
        ...base.steps.read,
        next: [
          { to: "ask", atMost: 0 },
          { to: "end", writes: regex("ok") },
        ],
      },
    }),
    fault("a step that nothing leads to", { lost: { final: true } }),
    fault("a step that leads nowhere", { end: { reads: regex("[a-z]+") } }),
    fault("a step that is not there", { ask: { next: [{ to: "reed", writes: regex("1") }] } }),
    fault("nothing is said of what is handed on", { ask: { next: [{ to: "read" }] } }),
    fault("two languages that are not shared", {
      ask: { next: [{ to: "read", writes: { kind: "language", name: "invariant" } }] },
      read: { ...base.steps.read, reads: { kind: "language", name: "smt-term" } },
    }),
    fault("anything may be written", { ask: { next: [{ to: "read", writes: { kind: "anything" } }] } }),
    fault("a grammar without a bound", {
      ask: { next: [{ to: "read", writes: { kind: "gbnf", source: "root ::= [0-9]+" } }] },
    }),
  ];
}
