import { createHash } from "node:crypto";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { LexerClasses } from "../../../../grammars/automata/follow.ts";
import { Run } from "../../../../grammars/automata/run.ts";
import { replay } from "../../../../grammars/certificate/checker/replay.ts";
import type { Certificate, GrammarFile } from "../../../../grammars/certificate/derive/derive.ts";
import { certificate } from "../../../../grammars/certificate/write.ts";
import type { ProvedLanguage } from "../../../../grammars/proofs/language.ts";
import { LANGUAGES } from "../../../../grammars/proofs/languages.ts";
import { partsOf, prove } from "../../../../grammars/proofs/prove.ts";

type Files = ReadonlyMap<string, string>;

const small = (name: string, depth: number): ProvedLanguage => ({ ...LANGUAGES[name]!(), depths: [depth] });
const python = small("python-expression", 0);
const atom = small("invariant-atom", 1);
const smt = small("smt-term", 1);

/** The certificate of a language; of its definition rather than of its proofs when a decoder is given. */
function certified(language: ProvedLanguage, decoder?: (before: string) => string): Files {
  let files: Files = new Map();
  const parts = partsOf(language);
  prove(
    language,
    () => 0,
    decoder === undefined ? parts : { ...parts, decoder: (depth) => decoder(parts.decoder(depth)) },
    {
      found: (evidence) => {
        files = certificate(evidence);
      },
    },
  );
  return files;
}

/** What the checker says; a file that it cannot make sense of counts as refused. */
function judged(files: Files): readonly string[] {
  const name = [...files.keys()].find((file) => file.endsWith(".certificate.json"))!;
  try {
    return replay(files.get(name)!, (file) => files.get(file)!);
  } catch (error) {
    return [`it cannot be read: ${String(error)}`];
  }
}

/** Changes a file and, so that not the hash gives it away, what the certificate says of it. */
function changed(files: Files, ending: string, change: (text: string) => string): Files {
  const name = [...files.keys()].find((file) => file.endsWith(ending))!;
  const text = change(files.get(name)!);
  expect(text).not.toBe(files.get(name));
  const hash = (content: string) => createHash("sha256").update(content).digest("hex");
  return new Map(
    [...files].map(([file, content]) => [
      file,
      file === name ? text : content.replaceAll(hash(files.get(name)!), hash(text)),
    ]),
  );
}

// biome-ignore lint/suspicious/noExplicitAny: certificates and grammars are changed in ways that their types forbid.
const json = (change: (content: any) => void) => (text: string) => {
  const content = JSON.parse(text) as Certificate | GrammarFile;
  change(content);
  return JSON.stringify(content);
};

const made = new Map<ProvedLanguage, Files>();
beforeAll(() => {
  for (const language of [python, atom, smt]) made.set(language, certified(language));
});

describe.each([python, atom, smt])("the certificate of $name", (language) => {
  it("is replayed", () => {
    expect(judged(made.get(language)!)).toEqual([]);
  });

  it("holds only for the files that it names", () => {
    const files = new Map(made.get(language)!);
    for (const file of files.keys()) {
      if (file.endsWith(".certificate.json")) continue;
      const other = new Map(files).set(file, `${files.get(file)} `);
      expect(judged(other)[0]).toBe(`${file} is not the file that was certified`);
    }
  });
});

describe("a certificate that was put wrong", () => {
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  it.each<[string, ProvedLanguage, (content: any) => void]>([
    [
      "an end of a rule is left out",
      smt,
      ({ unsafe }) => unsafe.exits.find((exits: unknown[]) => exits.length > 3).pop(),
    ],
    ["no rule ends", atom, ({ unsafe }) => unsafe.exits.splice(0)],
    ["a node stands for another", python, ({ unsafe }) => (unsafe.nodes[1] = unsafe.nodes[2])],
    ["a summary is left out", smt, ({ decoders: [one] }) => one.summaries.splice(1, 1)],
    ["the first summary is left out", atom, ({ decoders: [one] }) => one.summaries.splice(-1, 1)],
    [
      "where a rule may lead is left out",
      python,
      ({ decoders: [one] }) => one.summaries.find(([, , to]: number[][]) => to!.length > 2)[2].pop(),
    ],
    [
      "a rule leads nowhere at all",
      smt,
      ({ decoders: [one] }) => one.summaries.find(([rule]: string[]) => rule === "root")[2].splice(0),
    ],
    ["a place stands for another", atom, ({ decoders: [one] }) => (one.places[2] = one.places[1])],
    ["a call returns elsewhere", python, ({ decoders: [one] }) => (one.calls[1][0][1] = 0)],
    ["a lexer state stands for another", smt, ({ decoders: [one] }) => (one.lexer[1][0] = one.lexer[0][0])],
    [
      "less is said to follow than does",
      python,
      ({ decoders: [one] }) => one.lexer.map((state: number[][]) => state[1]?.pop()),
    ],
    ["no decoder is certified under its name", smt, ({ decoders }) => (decoders[0].file = "other.gbnf")],
  ])("is refused: %s", (_, language, change) => {
    expect(judged(changed(made.get(language)!, ".certificate.json", json(change)))).not.toEqual([]);
  });

  it.each<[string, ProvedLanguage, string | RegExp, string]>([
    ["numbers may begin with 0", atom, '"0" | [1-9]', '"0" | [0-9]'],
    ["more digits than are read", atom, "[0-9]{0,9}", "[0-9]{0,29}"],
    ["a repetition without a bound", atom, "[0-9]{0,9}", "[0-9]*"],
    ["a closing bracket is dropped", smt, / "\)"/, ""],
    ["a keyword as a name", python, '"notx"', '"not"'],
    ["a space that keeps words apart is dropped", python, '" " "or" " "', '"or"'],
    ["a space that keeps minus signs apart is dropped", atom, '"-" " "', '"-"'],
    ["a number where a truth value is needed", python, /root ::= .*/, "root ::= sum-term-0"],
    ["a semicolon after the answer", atom, "root ::= atom-formula", 'root ::= atom-formula ";"'],
    ["an empty answer", smt, /root ::= (.*)/, 'root ::= $1 | ""'],
    ["a rule comes back to itself", smt, '"x" | "y"', '"x" | term-term-0'],
  ])("is refused for another decoder: %s", (_, language, from, to) => {
    expect(judged(changed(made.get(language)!, ".gbnf", (text) => text.replace(from, to)))).not.toEqual([]);
  });

  interface Token {
    readonly name: string;
    pattern: string;
  }
  const token =
    (name: string, change: (token: Token) => void) =>
    ({ tokens }: { readonly tokens: readonly Token[] }) =>
      change(tokens.find((one) => one.name === name)!);
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  it.each<[string, ProvedLanguage, (content: any) => void]>([
    ["an identifier may hold a semicolon", atom, token("Identifier", (one) => (one.pattern = "[A-Za-z_;]+"))],
    ["white space takes in line breaks", atom, token("Space", (one) => (one.pattern = "[ \\n]+"))],
    [
      "a quoted text is a token",
      python,
      token("Word", (one) => (one.pattern = '(?:\\"[a-z]*\\"|[A-Za-z_]+)')),
    ],
    [
      "the token that keeps minus signs apart is dropped",
      atom,
      (content) =>
        (content.tokens = content.tokens.filter(({ name }: { name: string }) => name !== "Decrement")),
    ],
    [
      "identifiers come before keywords",
      python,
      ({ tokens }) =>
        tokens.unshift(
          ...tokens.splice(
            tokens.findIndex(({ name }: { name: string }) => name === "Word"),
            1,
          ),
        ),
    ],
    ["a lazy quantifier", atom, token("Identifier", (one) => (one.pattern = "[a-z]+?"))],
    ["a lookahead", atom, token("Identifier", (one) => (one.pattern = "[a-z]+(?= )"))],
    [
      "an operator gives another sort",
      python,
      ({ sorts }) =>
        Object.values<{ gives: string }>(sorts.unary.operators).map((one) => (one.gives = "formula")),
    ],
    ["another sort is asked for", smt, (content) => (content.sort = "formula")],
    [
      "a rule of the parser loses an alternative",
      smt,
      ({ productions }) =>
        productions.find(({ name }: { name: string }) => name === "term").definition[0].definition.pop(),
    ],
    [
      "two alternatives begin alike",
      smt,
      ({ productions }) => {
        const { definition } = productions.find(({ name }: { name: string }) => name === "term")
          .definition[0];
        definition.push({ type: "Alternative", definition: [{ type: "NonTerminal", name: "name", idx: 9 }] });
      },
    ],
    [
      "a letter is unsafe",
      smt,
      ({ unsafe }) => unsafe.push({ what: "x", pattern: "[\\x00-\\uffff]*x[\\x00-\\uffff]*" }),
    ],
  ])("is refused for another parser: %s", (_, language, change) => {
    expect(judged(changed(made.get(language)!, ".grammar.json", json(change)))).not.toEqual([]);
  });
});

describe("a prover with a fault", () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it("that takes any two stacks for alike is found out", () => {
    vi.spyOn(Run.prototype, "weaker").mockImplementation((left, right) => left.place === right.place);
    expect(judged(certified(atom))).not.toEqual([]);
  });

  it("that takes any two states of the lexer for alike is found out", () => {
    const first = new Map<string, number>();
    vi.spyOn(LexerClasses.prototype, "representative").mockImplementation(
      (state, rule) => first.get(rule) ?? first.set(rule, state).get(rule)!,
    );
    expect(judged(certified(python))).not.toEqual([]);
  });

  it("that passes over a token that the parser rejects is found out", () => {
    const step = Run.prototype.step;
    vi.spyOn(Run.prototype, "step").mockImplementation(function (this: Run, stack, token) {
      return step.call(this, stack, token) ?? stack;
    });
    vi.spyOn(Run.prototype, "accepts").mockReturnValue(true);
    const files = certified(smt, (text) => text.replace('"x" | "y"', '"x" | ")"'));
    expect(files.size).toBeGreaterThan(0);
    expect(judged(files)).not.toEqual([]);
  });

  it("that believes any text may end anywhere is found out", () => {
    vi.spyOn(Run.prototype, "accepts").mockReturnValue(true);
    const files = certified(atom, (text) => text.replace(/root ::= .*/, "root ::= sum-term-1"));
    expect(files.size).toBeGreaterThan(0);
    expect(judged(files)).not.toEqual([]);
  });
});
