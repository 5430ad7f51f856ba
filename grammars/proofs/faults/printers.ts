import type { Definition, InfixRule, Rule, Tree } from "../../definition/definition.ts";
import { chevrotainParser } from "../../emit/parser.ts";
import { printer } from "../../emit/printer.ts";
import type { Parts } from "../prove.ts";
import { type Fault, fault, tried } from "./seed.ts";

const infix = (
  definition: Definition,
  name: string,
  change: (rule: InfixRule) => Partial<InfixRule>,
): Definition => ({
  ...definition,
  rules: definition.rules.map(
    (rule): Rule => (rule.name === name && rule.kind === "infix" ? { ...rule, ...change(rule) } : rule),
  ),
});

/** Brackets that are missing, and a live parser that groups otherwise than its definition says. */
export function printerFaults(): readonly Fault[] {
  const printed = (what: string, change: (text: string) => string): Fault =>
    fault("printer", what, tried.python(), ({ print }) => ({ print: (tree) => change(print(tree)) }));
  const parsed = (what: string, change: (parts: Parts) => Partial<Parts["parser"]>): Fault =>
    fault("parser", what, tried.python(), (parts) => ({ parser: { ...parts.parser, ...change(parts) } }));
  return [
    printed("brackets around a sum within a product are left out", (text) =>
      text.replaceAll(/\(([^()]* \+ [^()]*)\)(?= \*)/g, "$1"),
    ),
    fault("printer", "brackets on the right of a subtraction are left out", tried.python(), (parts) => ({
      print: printer(infix(parts.definition, "sum", () => ({ associativity: "right" }))),
    })),
    printed("brackets are printed that nobody needs", (text) => `(${text})`),
    parsed("an operator binds as those above it do", ({ definition }) => {
      const minus = { token: "Minus", node: "subtract" };
      const without = infix(definition, "sum", ({ operators }) => ({
        operators: operators.filter(({ token }) => token !== minus.token),
      }));
      return chevrotainParser(
        infix(without, "product", ({ operators }) => ({ operators: [...operators, minus] })),
      );
    }),
    parsed("a chain groups from the right", ({ definition }) =>
      chevrotainParser(infix(definition, "sum", () => ({ associativity: "right" }))),
    ),
    parsed("what is made of a subtraction has its sides exchanged", ({ parser }) => ({
      parse: (text) => {
        const read = parser.parse(text);
        return read.kind === "ok" ? { ...read, tree: exchanged(read.tree) } : read;
      },
    })),
  ];
}

function exchanged(tree: Tree): Tree {
  const fields = Object.entries(tree).map(([name, value]): [string, unknown] => [
    tree.kind === "subtract" ? ({ left: "right", right: "left" }[name] ?? name) : name,
    Array.isArray(value)
      ? value.map((one) => (typeof one === "object" ? exchanged(one) : one))
      : typeof value === "object" && value !== null
        ? exchanged(value as Tree)
        : value,
  ]);
  return Object.fromEntries(fields) as unknown as Tree;
}
