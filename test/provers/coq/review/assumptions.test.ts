import { expect, test } from "vitest";
import { readAssumptions } from "../../../../provers/coq/review/assumptions.ts";

test("nothing assumed", () => {
  expect(readAssumptions(["Closed under the global context"])).toEqual([]);
});

test("what coqidetop 8.16 printed: notices before, variables, axioms, switched-off checks, types over several lines", () => {
  const answer = [
    "Fetching opaque proofs from disk for Coq.Init.Logic",
    "Section Variables:\nx\n: A\nA\n: Type\nAxioms:\nT relies on an unsafe hierarchy.\nloop is assumed to be guarded.\nbad is assumed to be positive.\nclassic : forall P : Prop,\n          P \\/ ~ P",
  ];
  expect(readAssumptions(answer)).toEqual([
    { kind: "variable", name: "x", text: "x : A" },
    { kind: "variable", name: "A", text: "A : Type" },
    { kind: "hierarchy", name: "T", text: "T relies on an unsafe hierarchy." },
    { kind: "guarded", name: "loop", text: "loop is assumed to be guarded." },
    { kind: "positive", name: "bad", text: "bad is assumed to be positive." },
    { kind: "axiom", name: "classic", text: "classic : forall P : Prop, P \\/ ~ P" },
  ]);
});

test("a line that no known version prints is no harmless one", () => {
  expect(readAssumptions(["Axioms:\nx relies on definitional UIP."])).toEqual([
    { kind: "unknown", name: "x", text: "x relies on definitional UIP." },
  ]);
});

test("what is no answer is not taken for `nothing assumed`", () => {
  expect(readAssumptions([])).toBeNull();
  expect(readAssumptions(["x : nat"])).toBeNull();
});
