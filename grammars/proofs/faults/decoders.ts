import { gbnf } from "../../emit/gbnf.ts";
import type { ProvedLanguage } from "../language.ts";
import { type Fault, fault, tried } from "./seed.ts";

/** The grammar as written, with a piece of it exchanged. */
const decoder = (what: string, language: ProvedLanguage, from: string | RegExp, to: string): Fault =>
  fault("decoder", what, language, ({ definition }) => ({
    decoder: (depth) => {
      const before = gbnf(definition, { maxDepth: depth });
      const after = before.replace(from, to);
      if (after === before) throw new Error(`the fault changes nothing: ${what}`);
      return after;
    },
  }));

export function decoderFaults(): readonly Fault[] {
  const python = tried.python();
  const atom = tried.atom();
  const smt = tried.smt();
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
  ];
}
