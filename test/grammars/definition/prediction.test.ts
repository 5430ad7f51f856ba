import { describe, expect, it } from "vitest";
import type { Definition, Part } from "../../../grammars/definition/definition.ts";
import { literal } from "../../../grammars/definition/pattern.ts";
import { checkPrediction } from "../../../grammars/definition/prediction.ts";
import { steps } from "../emit/steps.ts";

const token = (name: string): Part => ({ kind: "token", token: name });
const record = (name: string, ...parts: readonly Part[]) =>
  ({ kind: "record", name, node: name, gives: "s", parts }) as const;

function language(...rules: Definition["rules"]): Definition {
  const tokens = ["A", "B"].map((name) => ({ name, pattern: literal(name) }));
  return { ...steps, tokens, rules, start: rules[0]!.name, sort: "s" };
}

describe("strong LL(1)", () => {
  it("holds for the language of steps", () => {
    expect(checkPrediction(steps)).toEqual([]);
  });

  it("fails where two alternatives begin alike, even several rules down", () => {
    const either = language(
      { kind: "choice", name: "either", of: ["first", "inner"] },
      record("first", token("A")),
      { kind: "choice", name: "inner", of: ["second"] },
      record("second", token("A"), token("B")),
    );
    expect(checkPrediction(either)).toEqual(["rule either: two alternatives begin alike on A"]);
  });

  it("fails where an optional part begins like what follows it, in its own rule", () => {
    const parts: Part[] = [{ kind: "optional", parts: [token("A"), token("B")] }, token("A")];
    expect(checkPrediction(language(record("only", ...parts)))).toEqual([
      "rule only: an optional or repeated part begins like what follows it on A",
    ]);
  });

  it("fails where a repeated part begins like what may follow the rule that ends with it", () => {
    const outer = language(
      record("outer", { kind: "field", field: "list", rule: "list", sort: "s" }, token("A")),
      record("list", {
        kind: "list",
        field: "items",
        rule: "item",
        sort: "s",
        separator: "A",
        decoderMax: 1,
      }),
      record("item", token("B")),
    );
    expect(checkPrediction(outer)).toEqual([
      "rule list: an optional or repeated part begins like what follows it on A",
    ]);
  });
});
