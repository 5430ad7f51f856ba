import { describe, expect, it } from "vitest";
import { readOutline } from "../../../../grammars/lean/outline.ts";
import { examineCommands } from "../../../../provers/lean/review/commands.ts";
import { readAxioms, speaksOf } from "../../../../provers/lean/review/probe.ts";

describe("what a native Lean says of axioms", () => {
  it("is said of the theorem that was asked about, and not of one of a namespace that is open", () => {
    const axioms = "depends on axioms: [propext]";
    expect(readAxioms(`'a' ${axioms}`, "a")).toEqual(["propext"]);
    expect(readAxioms(`'_private.M.0.N.a' ${axioms}`, "N.a")).toEqual(["propext"]);
    expect(readAxioms(`'B.a' ${axioms}`, "a")).toBeNull();
    expect(speaksOf("_private.«external:file:///D.lean».0.N.a.{u} : p", "N.a")).toBe(true);
    expect(speaksOf("@B.a : p", "a")).toBe(false);
    expect(speaksOf("@ab : p", "a")).toBe(false);
  });

  it.each([
    ["in a namespace that is left open", "namespace Foo\naxiom propext : 1 = 2\n"],
    ["where Lean's own is not imported", "prelude\nnamespace Classical\naxiom choice : False\n"],
    ["quoted", "axiom Foo.«Quot».sound : 1 = 2\n"],
  ])("is not believed where a file declares an axiom of that name: %s", (_, text) => {
    expect(examineCommands(text, readOutline(text), false).refused).toMatch(
      /has the name of an axiom of Lean's/,
    );
  });

  it("is believed beside other names", () => {
    const text = "theorem my_propext : 1 = 1 := rfl\naxiom choice : 1 = 2\n";
    expect(examineCommands(text, readOutline(text), false).refused).toBeNull();
  });
});
