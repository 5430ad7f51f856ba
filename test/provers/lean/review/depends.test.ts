import { afterAll, describe, expect, it } from "vitest";
import { readOutline } from "../../../../grammars/lean/outline.ts";
import { restsOn } from "../../../../provers/lean/review/depends.ts";
import { LeanWorker } from "../../../../provers/lean/worker.ts";
import { embedded } from "../available.ts";

const { launcher, title } = embedded;
const HANG = 240_000;
const { signal } = new AbortController();

/** A macro for a term that declares a good and a bad constant, of which Lean's printed terms look as if only the good one was meant. */
function named(bad: string): string {
  return `class Magic : Prop where
  magic : 1 = 2
axiom m : 1 = 2
macro "trick" : term => do
  let good := Lean.mkIdent \`bad
  let bad := Lean.mkIdent ${bad}
  \`(let rec $good:ident (n : Nat) : True := trivial; let rec $bad:ident (n : Nat) : 1 = 2 := m; $bad 0)
instance : Magic := ⟨trick⟩
theorem a : 1 = 2 := Magic.magic
`;
}

/** What the judge refuses before it asks what a proof rests on; that answer has to be right even so. */
describe.runIf(launcher !== null)(`what a proof rests on, on ${title}`, () => {
  const worker = launcher && new LeanWorker(launcher, null);
  afterAll(() => worker?.close());

  it.each([
    [
      "a constant with a number for a name",
      named("(.num `bad 1)"),
      {
        kind: "unknown",
        reason: expect.stringMatching(/whether a part of instMagic\.bad or what a macro named so/),
      },
    ],
    [
      "a constant with the name of its parent and a number",
      named("(.num .anonymous 1)"),
      {
        kind: "unknown",
        reason: expect.stringMatching(/whether a part of instMagic or what a macro named so/),
      },
    ],
    [
      "a constant with a private name within its name",
      named('(.str (.num `_private.Foo 0) "bad")'),
      { kind: "unknown", reason: expect.stringMatching(/does not show instMagic\._private\.Foo\.0\.bad/) },
    ],
    [
      "an unsafe definition",
      "unsafe def bad (n : Nat) : 1 = 2 := bad n\nunsafe def a : 1 = 2 := bad 0\n",
      { kind: "unknown", reason: expect.stringMatching(/the unsafe a ends/) },
    ],
    [
      "a quoted name",
      "theorem «a b» : 1 = 2 := sorry\ntheorem a : 1 = 2 := «a b»\n",
      { kind: "unknown", reason: expect.stringMatching(/names in « »/) },
    ],
  ])("is not told of %s", { timeout: HANG }, async (_, text, rests) => {
    expect(await restsOn(worker!, text, readOutline(text), "a", { deadlineMs: HANG, signal })).toMatchObject(
      rests,
    );
  });
});
