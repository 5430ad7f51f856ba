import { afterAll, describe, expect, it } from "vitest";
import { readOutline } from "../../../grammars/lean/outline.ts";
import { reviewOn } from "../../../provers/lean/review/review.ts";
import { LeanWorker } from "../../../provers/lean/worker.ts";
import { embedded } from "./available.ts";
import { HONEST, type Hostile, MISREAD, PROOFS, TRICKS } from "./hostile-files.ts";
import { LED_ASTRAY } from "./hostile-names.ts";

const { launcher, title } = embedded;
const HANG = 240_000;
const { signal } = new AbortController();

const goal = "theorem a : 1 = 2 := by\n  sorry\n";
const magic = "class Magic : Prop where\n  magic : 1 = 2\naxiom m : 1 = 2\ninstance : Magic := ⟨m⟩\n";
const bad = "theorem bad : 1 = 2 := sorry\n";
const hides = /stands behind another command on its line, or in brackets/;

/** Files of which every one was once taken for a proof of `1 = 2`. */
const FILES: readonly Hostile[] = [
  ["an unnamed instance that rests on an axiom", magic + goal, "exact Magic.magic", /conditional on m at/],
  [
    "an instance whose name means two things where it is asked for",
    `${magic}namespace B\ndef instMagic := 1\nend B\nopen B\n${goal}`,
    "exact Magic.magic",
    /conditional on m at/,
  ],
  [
    "an opaque constant, whose value nobody shows",
    `opaque bad : 1 = 2 := sorry\n${goal}`,
    "exact bad",
    /the opaque bad/,
  ],
  [
    "a partial definition, which needs no more than an inhabitant",
    `axiom m : 1 = 2\ninstance i : Nonempty (1 = 2) := ⟨m⟩\npartial def bad (n : Nat) : 1 = 2 := bad (n + 1)\n${goal}`,
    "exact bad 0",
    /the opaque bad/,
  ],
  ["an axiom under a sign that is no letter", `axiom ™ : 1 = 2\n${goal}`, "exact ™", /conditional on ™/],
  [
    "a lemma whose name goes on with such a sign",
    `theorem bad : 1 = 1 := rfl\n@[simp] theorem bad™ : (1 = 2) = True := sorry\n${goal}`,
    "simp",
    /conditional on bad™/,
  ],
  [
    "a quoted name behind another command",
    `def x := 1 @[simp] theorem «a b» : (1 = 2) = True := sorry\n${goal}`,
    "simp",
    hides,
  ],
  [
    "a command's macro behind another command",
    `def x := 1 macro "trick " n:ident : command => \`(axiom hidden : 1 = 2\ntheorem $n : 1 = 2 := hidden)\ntrick bad\n${goal}`,
    "exact bad",
    /decides how commands are read/,
  ],
  [
    "a command's macro whose category stands on the next line",
    `macro "trick " n:ident :\ncommand => \`(axiom hidden : 1 = 2\ntheorem $n : 1 = 2 := hidden)\ntrick bad\n${goal}`,
    "exact bad",
    /decides how commands are read/,
  ],
  [
    "the kernel switched off under a quoted option",
    `set_option «debug».«skipKernelTC» true in\ntheorem bad : 1 = 2 := by decide +kernel\n${goal}`,
    "exact bad",
    /without its kernel/,
  ],
  [
    "terms of which one line is shown",
    `set_option pp.oneline true\ntheorem bad : 1 = 2 := by\n  have h : 1 = 1 := rfl\n  have g : 2 = 2 := rfl\n  sorry\n${goal}`,
    "exact bad",
    /pp\.oneline at line 1 changes what Lean shows/,
  ],
  [
    "terms without their instances",
    `${magic}set_option pp.instances false\nset_option pp.explicit false\n${goal}`,
    "exact Magic.magic",
    /changes what Lean shows/,
  ],
  [
    "another lemma's name in a namespace that is left open",
    `namespace A\n${bad}theorem A.bad : 1 = 1 := rfl\n${goal}`,
    "exact _root_.A.bad",
    /conditional on A\.bad/,
  ],
  [
    "another theorem's name, by a namespace behind another command",
    `theorem a : 1 = 1 := rfl\ndef x := 1 namespace A\n${bad}${goal}`,
    "exact bad",
    hides,
  ],
  [
    "another theorem's name, by a namespace that is quoted only",
    `theorem A.a : 1 = 1 := rfl\n${bad}def q : Lean.MacroM Lean.Syntax := \`(\nnamespace A\n)\n${goal}`,
    "exact bad",
    hides,
  ],
  [
    "another theorem's name, by a namespace in a string of a string",
    `theorem A.a : 1 = 1 := rfl\n${bad}def s := s!"{"\nnamespace A\n"}"\n${goal}`,
    "exact bad",
    /conditional on bad at/,
  ],
];

describe.runIf(launcher !== null)(`the judge on ${title}`, () => {
  const worker = launcher && new LeanWorker(launcher, null);
  afterAll(() => worker?.close());

  function judge(text: string, proof: string) {
    const hole = readOutline(text).holes.at(-1)!;
    const edit = { insertions: [{ offset: hole.start, end: hole.end, text: proof }] };
    const document = { file: "-", text, version: 0 };
    return reviewOn(worker!, launcher!, () => null, { document, edit, offset: hole.start }, signal);
  }

  it.each([...FILES, ...TRICKS, ...MISREAD, ...LED_ASTRAY])(
    "is not fooled by %s",
    { timeout: HANG },
    async (_, text, proof, why) => {
      expect(await judge(text, proof)).toMatchObject({
        kind: "rejected",
        reason: expect.stringMatching(why),
      });
    },
  );

  it.each(PROOFS)("does not take %s for a proof", { timeout: HANG }, async (_, text, proof, why) => {
    expect(await judge(text, proof)).toMatchObject({ kind: "rejected", reason: expect.stringMatching(why) });
  });

  it.each(HONEST)("takes %s for what it is", { timeout: HANG }, async (_, text, proof) => {
    expect(await judge(text, proof)).toMatchObject({ kind: "proved" });
  });

  it("takes what only looks like it for what it is", { timeout: HANG }, async () => {
    const text = `class Small (α : Type) : Prop where
  small : ∀ x y : α, x = y
instance : Small Unit := ⟨fun _ _ => rfl⟩
inductive Colour | red | green
deriving instance Repr for Colour
@[simp] private theorem ℕ' : 1 = 1 := rfl
def ending := "end"
open Nat in theorem a (x y : Unit) : x = y := by
  sorry
`;
    expect(await judge(text, "exact Small.small x y")).toMatchObject({ kind: "proved" });
  });
});
