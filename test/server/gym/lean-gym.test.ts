import { afterAll, describe, expect, test } from "vitest";
import { Gym } from "../../../server/gym/gym.ts";
import { findLeanHole } from "../../../server/gym/lean-place.ts";
import { openLean } from "../../../server/wiring-assistants.ts";
import { embedded } from "../../provers/lean/available.ts";

const text = `theorem l (n : Nat) : 0 + n = n := by
  sorry
theorem later (p q : Prop) (h : p) (g : q) : p ∧ q := by
  constructor
  sorry
  exact g
`;

describe("a hole of a Lean file", () => {
  test.each([
    [null, text.indexOf("sorry")],
    [{ kind: "theorem", name: "later" }, text.lastIndexOf("sorry")],
    [{ kind: "line", line: 3 }, text.lastIndexOf("sorry")],
    [{ kind: "offset", offset: text.indexOf("sorry") + 2 }, text.indexOf("sorry")],
  ] as const)("is found by %j", (at, offset) => {
    expect(findLeanHole(text, at)).toMatchObject({ kind: "found", offset });
  });

  test("is told where there is none", () => {
    expect(findLeanHole(text, { kind: "theorem", name: "nobody" })).toEqual({
      kind: "none",
      message: "there is no hole (sorry) in a declaration nobody",
    });
  });
});

describe.runIf(embedded.launcher !== null)(`the gym on ${embedded.title}`, { timeout: 240_000 }, () => {
  const lean = openLean("embedded");
  const gym = new Gym({
    assistant: () => lean,
    readText: async () => "",
    findHole: (_file, content, at) => findLeanHole(content, at),
  });
  afterAll(async () => {
    await gym.close();
    await (await lean).close?.();
  });
  const ask = (fields: object) => gym.answer(JSON.stringify({ id: 1, ...fields }));

  test("opens a hole, tries tactics, and has the file verified with the proof under its bullet", async () => {
    const hole = await ask({ method: "open", file: "/nowhere/a.lean", text, theorem: "later" });
    expect(hole).toMatchObject({ ok: true, session: "1", goals: [{ conclusion: "p" }] });
    const at = { session: "1", state: hole.state };
    expect(await ask({ method: "apply", ...at, tactic: "exact nope" })).toMatchObject({
      kind: "error",
      failure: "unknown name",
    });
    expect(await ask({ method: "apply", ...at, tactic: "sorry" })).toMatchObject({ failure: "refused" });
    const result = await ask({ method: "apply", ...at, tactic: "exact h" });
    expect(result).toMatchObject({ kind: "done", goals: [] });
    const end = { session: "1", state: result.state };
    expect(await ask({ method: "verify", ...end })).toMatchObject({
      kind: "proved",
      edit: [{ offset: text.lastIndexOf("sorry"), text: "· exact h" }],
    });
    expect(await ask({ method: "verify", ...at })).toMatchObject({ kind: "rejected" });
  });
});
