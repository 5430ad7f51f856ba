import { describe, expect, it } from "vitest";
import { shorterThanLongest } from "../../../grammars/automata/dfa.ts";
import { LexerMachine, readLexer } from "../../../grammars/automata/lexer.ts";
import { coqTacticDefinition } from "../../../grammars/coq-tactic/definition.ts";
import { chevrotainParser } from "../../../grammars/emit/parser.ts";

describe("the first match of a regular expression", () => {
  it.each([
    [/a|ab/, "ab"],
    [/(?:a|ab)(?:c|bcd)/, null],
    [/(?:a|ab)(?:|c)/, "ab"],
    [/(?:ab|a)/, null],
    [/a{1,3}/, null],
    [/(?:a|b)+/, null],
  ])("of %s is the longest but for %j", (pattern, text) => {
    const found = shorterThanLongest(pattern);
    expect(found).toBe(text);
    // JavaScript agrees.
    if (text !== null)
      expect(new RegExp(`^(?:${pattern.source})`).exec(text)![0].length).toBeLessThan(text.length);
  });
});

describe("the model of the lexer", () => {
  const { lexer } = chevrotainParser(coqTacticDefinition("proof", []));
  const { tokens, problems } = readLexer(lexer);
  const machine = new LexerMachine(tokens);

  function modelled(text: string): readonly string[] | null {
    const out: string[] = [];
    let state = 0;
    for (const character of text) {
      const step = machine.step(state, Math.min(128, character.charCodeAt(0)));
      if (step === null) return null;
      out.push(...step.out);
      state = step.state;
    }
    const rest = machine.end(state);
    return rest === null ? null : [...out, ...rest];
  }

  it("has nothing to complain of", () => {
    expect(problems).toEqual([]);
  });

  it("cuts texts as the live lexer does", () => {
    const pieces = [
      "intros",
      "intro",
      "introX",
      "in",
      " ",
      "\n",
      ". ",
      ".",
      "Nat.",
      "add",
      "(*",
      "*)",
      "(",
      ")",
      "*",
      "--",
      "->",
      "<-",
      "<->",
      "|",
      "||",
      "|-",
      "01",
      "12",
      "1x",
      ":=",
      ":",
      "eqn:",
      "@",
      "@admit",
      "admit",
      "admit'",
      "é",
      ";",
    ];
    let seed = 3;
    const pick = () => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return pieces[Math.floor((seed / 4_294_967_296) * pieces.length)]!;
    };
    let whole = 0;
    for (let run = 0; run < 2000; run += 1) {
      const text = Array.from({ length: 1 + (run % 7) }, pick).join("");
      const live = lexer.tokenize(text);
      const names = live.errors.length > 0 ? null : live.tokens.map(({ tokenType }) => tokenType.name);
      expect([text, modelled(text)]).toEqual([text, names]);
      if (names !== null) whole += 1;
    }
    expect(whole).toBeGreaterThan(300);
  });
});
