import { describe, expect, it } from "vitest";
import { conflicts, useless } from "../../../grammars/automata/decisions.ts";
import { dfaOf, minimal, union } from "../../../grammars/automata/dfa.ts";
import { intersect } from "../../../grammars/automata/emptiness.ts";
import { LexerMachine, readLexer } from "../../../grammars/automata/lexer.ts";
import { machineOf, type Productions } from "../../../grammars/automata/machine.ts";
import { sortRules } from "../../../grammars/automata/sorts.ts";
import { chevrotainParser } from "../../../grammars/emit/parser.ts";
import { steps } from "../emit/steps.ts";

const { lexer, parser, parse } = chevrotainParser(steps);
const { tokens } = readLexer(lexer);
const productions = (
  parser as unknown as { getSerializedGastProductions(): Productions }
).getSerializedGastProductions();
const machine = machineOf(productions, sortRules(steps), steps);
const shortest = (pattern: RegExp) =>
  intersect(new LexerMachine(tokens), machine, minimal(dfaOf(pattern))).text;

describe("texts that a parser accepts and an automaton, too", () => {
  it.each([
    [/[\x00-\x7f]*/, "#takea"],
    [/[\x00-\x7f]*@[\x00-\x7f]*/, "#use[a]@a"],
    [/[\x00-\x7f]*\([\x00-\x7f]*/, "(#takea)"],
    [/#take +a {2}b *;[ -~]*/, "#take a  b;#takea"],
  ])("of %s the shortest is %j", (pattern, text) => {
    const found = shortest(pattern);
    expect(found?.length).toBe(text.length);
    expect(parse(found!).kind).toBe("ok");
    expect(new RegExp(`^(?:${pattern.source})$`).test(found!)).toBe(true);
  });

  it("are none where brackets do not match, which no automaton alone could know", () => {
    expect(shortest(/\(\([^)]*\)[^)]*/)).toBeNull();
    expect(shortest(/\(\([^)]*\)[^)]*\)/)).not.toBeNull();
  });

  it("are none for what the lexer reads otherwise", () => {
    expect(shortest(/#takea[ -~]*/)).not.toBeNull();
    expect(shortest(/#take[^;]*#take[^;]*/)).toBeNull();
  });
});

describe("the machine of a live parser", () => {
  it("predicts by one token and has no useless rule", () => {
    expect([...conflicts(machine), ...useless(machine)]).toEqual([]);
  });
});

describe("a union of automata", () => {
  it("is the least one", () => {
    const { accepting } = union([minimal(dfaOf(/a/)), minimal(dfaOf(/b/)), minimal(dfaOf(/[ab]/))]);
    expect(accepting).toEqual([false, true]);
  });
});
