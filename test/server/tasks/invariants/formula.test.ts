import { describe, expect, it } from "vitest";
import { parseInvariant } from "../../../../grammars/invariant/parse.ts";
import type { Formula, Term } from "../../../../server/program/term.ts";
import { toFormula } from "../../../../server/tasks/invariants/formula.ts";

const SCOPE = new Set(["x", "y", "\\at(x, Pre)"]);
const NAMES = new Map([
  ["x", "x"],
  ["y", "y#2"],
  ["\\at(x, Pre)", "x@Pre"],
]);

function formula(text: string): Formula {
  const parsed = parseInvariant(text, SCOPE);
  if (parsed.kind !== "ok") throw new Error(parsed.message);
  return toFormula(parsed.tree, (name) => NAMES.get(name) ?? null);
}

/** A formula's value at a state, by its definition: truncating division, so that each operator is seen to be the right one. */
function holds(text: string, state: Readonly<Record<string, bigint>>): boolean {
  const term = (t: Term): bigint => {
    switch (t.kind) {
      case "integer":
        return t.value;
      case "variable":
        return state[t.name]!;
      case "negate":
        return -term(t.argument);
      case "add":
        return term(t.left) + term(t.right);
      case "subtract":
        return term(t.left) - term(t.right);
      case "multiply":
        return term(t.left) * term(t.right);
      case "div":
        return term(t.left) / term(t.right);
      case "mod":
        return term(t.left) % term(t.right);
      default:
        throw new Error(`no invariant has a ${t.kind}`);
    }
  };
  const truth = (f: Formula): boolean => {
    switch (f.kind) {
      case "truth":
        return f.value;
      case "symbol":
        throw new Error("no invariant has a symbol");
      case "not":
        return !truth(f.argument);
      case "and":
        return f.arguments.every(truth);
      case "or":
        return f.arguments.some(truth);
      case "implies":
        return !truth(f.left) || truth(f.right);
      case "iff":
        return truth(f.left) === truth(f.right);
      case "compare": {
        const [left, right] = [term(f.left), term(f.right)];
        const relations = {
          "<": left < right,
          "<=": left <= right,
          ">": left > right,
          ">=": left >= right,
          "==": left === right,
          "!=": left !== right,
        };
        return relations[f.relation];
      }
      default:
        throw new Error(`no invariant has a ${f.kind}`);
    }
  };
  return truth(formula(text));
}

describe("the formula of an invariant", () => {
  it("resolves names, and initial values as names of their own", () => {
    expect(formula("x + 1 <= \\at(x, Pre)")).toEqual({
      kind: "compare",
      relation: "<=",
      left: { kind: "add", left: { kind: "variable", name: "x" }, right: { kind: "integer", value: 1n } },
      right: { kind: "variable", name: "x@Pre" },
    });
    expect(formula("y < 0")).toMatchObject({ left: { name: "y#2" } });
  });

  it("turns a chain into a conjunction of its neighbours", () => {
    expect(formula("0 <= x < y")).toEqual({ kind: "and", arguments: [formula("0 <= x"), formula("x < y")] });
  });

  it("throws for a name that the scope has and the program has not", () => {
    expect(() =>
      toFormula(
        {
          kind: "compare",
          relation: "<",
          left: { kind: "name", name: "z" },
          right: { kind: "integer", digits: "0" },
        },
        () => null,
      ),
    ).toThrow("z is in no scope");
  });

  it.each([
    ["x - y - 1 == 2", true],
    ["x * y == 28", true],
    ["-x / 2 == -3", true],
    ["-x % 2 == -1", true],
    ["x / -y == -1", true],
    ["y < x < \\at(x, Pre)", true],
    ["y < x < 7", false],
    ["x == 7 ==> y == 5", false],
    ["x == 8 ==> y == 5", true],
    ["x == 8 <==> y == 5", true],
    ["!(x == 7) || y != 5", true],
    ["x == 7 && !(y == 4)", false],
    ["x > 7 || x >= 7 && \\false", false],
    ["123456789012345678901234567890".slice(0, 20).concat(" > x"), true],
  ])("%s is %s at x = 7, y = 4, having been 9", (text, value) => {
    expect(holds(text, { x: 7n, "y#2": 4n, "x@Pre": 9n })).toBe(value);
  });
});
