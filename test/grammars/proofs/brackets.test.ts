import { describe, expect, it } from "vitest";
import type { Tree } from "../../../grammars/definition/definition.ts";
import { formOf } from "../../../grammars/definition/forms.ts";
import { brackets } from "../../../grammars/proofs/brackets.ts";
import { seededFaults } from "../../../grammars/proofs/faults.ts";
import { LANGUAGES } from "../../../grammars/proofs/languages.ts";
import { machineOfLive, partsOf } from "../../../grammars/proofs/prove.ts";
import { shapesAt } from "../../../grammars/proofs/shapes.ts";
import { ENGINE_ROLES } from "../../../grammars/proofs/table.ts";
import { randomTree } from "../../../grammars/proofs/trees.ts";
import { STATES, TABLE } from "../../../server/engine/table.ts";

const judged = (name: string) => {
  const parts = partsOf(LANGUAGES[name]!());
  return brackets(parts, machineOfLive(parts));
};

describe.each(Object.keys(LANGUAGES))("brackets in %s", (name) => {
  const parts = partsOf(LANGUAGES[name]!());
  const { definition } = parts;

  it("are printed just where the parser would group otherwise", { timeout: 60_000 }, () => {
    expect(judged(name).failures).toEqual([]);
  });

  it("stand where one level after the other has them, in larger trees too", () => {
    const written = (tree: Tree, at: string): string =>
      formOf(definition, tree, at)
        .items.map((item) =>
          item.kind === "slot" ? written(item.tree, item.rule) : item.kind === "gap" ? " " : item.text,
        )
        .join("");
    let state = 11;
    const pick = (below: number): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 4_294_967_296) * below);
    };
    let tried = 0;
    for (let run = 0; run < 200; run += 1) {
      const tree = randomTree(definition, 4 + (run % 4), pick);
      if (tree === null) continue;
      tried += 1;
      expect(written(tree, definition.start)).toBe(parts.print(tree));
    }
    expect(tried).toBeGreaterThan(50);
  });
});

describe("every node within every slot", () => {
  it("is tried: Python's by hand", () => {
    // Slots for formulas: three of `or` and of `and`, one of `not`; seven kinds of node are formulas. Slots for terms: two of
    // a comparison, four of a chain of three, two of each of five operators, one of the negation; nine kinds are terms.
    expect(judged("python-expression").sizes.triples).toBe((3 + 3 + 1) * 7 + (2 + 4 + 5 * 2 + 1) * 9);
  });

  it("comes with what is optional and without, and lists of one to three", () => {
    const slotsOf = (name: string, rule: string, node: string): readonly number[] => {
      const { definition, sort } = { ...LANGUAGES[name]!(), sort: rule };
      const shapes = shapesAt(definition, rule, sort === "ors" ? "formula" : sort);
      return shapes.filter((shape) => shape.node === node).map(({ slots }) => slots.length);
    };
    expect(slotsOf("python-expression", "ors", "or")).toEqual([2, 3]);
    // No arguments or one, two, three of them; with `by` and without.
    expect(slotsOf("coq-tactic", "unit", "simple")).toEqual([0, 1, 1, 2, 2, 3, 3, 4]);
  });
});

describe("a fault in brackets or precedence", () => {
  const claim = "brackets are printed just where the parser would group otherwise";
  const faults = seededFaults(TABLE, STATES, ENGINE_ROLES).filter(({ what }) =>
    /^brackets|binds as|from the right|sides exchanged/.test(what),
  );

  it.each(faults)("is noticed by this proof: $what", ({ caught }) => {
    expect(caught()).toMatch(new RegExp(`^${claim}: `));
  });

  it("comes with the text, and with the level that the parser does not read so", () => {
    const moved = faults.find(({ what }) => what.startsWith("an operator binds"))!;
    expect(moved.caught()).toMatch(/sum does not derive product:term#1 _ Minus _ product:term#2 "0 - /);
  });
});
