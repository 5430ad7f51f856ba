import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Gym } from "../../../server/gym/gym.ts";
import { findCoqHole } from "../../../server/gym/place.ts";
import { openSession } from "../../../server/index.ts";
import { openCoq } from "../../../server/wiring-assistants.ts";
import { nativeCoq } from "../../provers/coq/available.ts";

const text = "Lemma l : forall n, n + 0 = n. Proof. Admitted. Lemma done : 1 = 1. Proof. reflexivity. Qed.";

describe.skipIf(nativeCoq === null)("the gym", { timeout: 60_000 }, () => {
  let gym: Gym;
  let coq: Extract<Awaited<ReturnType<typeof openCoq>>, { kind: "prover" }>;
  beforeEach(async () => {
    coq = (await openCoq("native")) as typeof coq;
    gym = new Gym({
      assistant: async () => coq,
      readText: async () => {
        throw Object.assign(new Error(), { code: "ENOENT" });
      },
      findHole: (_file, content, at) => findCoqHole(content, at),
    });
  });
  afterEach(async () => {
    await gym.close();
    await coq.assistant.close();
  });
  const ask = (fields: object) => gym.answer(JSON.stringify({ id: 1, ...fields }));

  test("opens a hole, proves it, and has it verified", async () => {
    const hole = await ask({ method: "open", file: "/nowhere/a.v", text });
    expect(hole).toMatchObject({
      id: 1,
      ok: true,
      session: "1",
      goals: [{ conclusion: "forall n : nat, n + 0 = n" }],
    });
    const at = { session: "1", state: hole.state };
    const wrong = await ask({ method: "apply", ...at, tactic: "exact nope" });
    expect(wrong).toMatchObject({ ok: true, kind: "error", failure: "unknown name" });
    const result = await ask({ method: "apply", ...at, tactic: "induction n; simpl; auto" });
    expect(result).toMatchObject({ ok: true, kind: "done", goals: [] });
    const end = { session: "1", state: result.state };
    expect(await ask({ method: "script", ...end })).toMatchObject({ script: ["induction n; simpl; auto."] });
    expect(await ask({ method: "verify", ...end })).toMatchObject({
      ok: true,
      kind: "proved",
      assumptions: [],
    });
    expect(await ask({ method: "verify", ...at })).toMatchObject({ ok: true, kind: "rejected" });
    expect(await ask({ method: "close", session: "1" })).toMatchObject({ ok: true });
    expect(await ask({ method: "premises", session: "1" })).toMatchObject({ ok: false });
  });

  test("tries several tactics at one state", async () => {
    const hole = await ask({ method: "open", file: "/nowhere/a.v", text });
    const at = { session: "1", state: hole.state };
    const tactics = ["intro n", "exact nope", "induction n; simpl; auto", "Axiom a : False"];
    const { results } = await ask({ method: "applyEach", ...at, tactics });
    expect(results).toMatchObject([
      { kind: "progress", goals: [{ conclusion: "n + 0 = n" }] },
      { kind: "error", failure: "unknown name" },
      { kind: "done", goals: [] },
      { kind: "error", failure: "refused" },
    ]);
    const [first] = results as [{ state: string }];
    const next = await ask({
      method: "apply",
      session: "1",
      state: first.state,
      tactic: "induction n; auto",
    });
    expect(next).toMatchObject({ ok: true, kind: "done" });
  });

  test("a proved theorem is proved anew without its proof, and what rests on an admitted lemma is conditional", async () => {
    const hole = await ask({ method: "open", file: "/nowhere/a.v", text, theorem: "done" });
    const other = await ask({ method: "apply", session: "1", state: hole.state, tactic: "exact (l 1)" });
    expect(other.kind).toBe("done");
    expect(await ask({ method: "verify", session: "1", state: other.state })).toMatchObject({
      kind: "rejected",
      reason: expect.stringContaining("conditional on l"),
    });
  });

  test("a running request is cancelled by another", async () => {
    const hole = await ask({ method: "open", file: "/nowhere/a.v", text });
    const looping = gym.answer(
      JSON.stringify({
        id: "loop",
        method: "apply",
        session: "1",
        state: hole.state,
        tactic: "let rec f n := f (S n) in f 0",
        timeout: 600,
      }),
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await ask({ method: "cancel", of: "loop" })).toMatchObject({ ok: true, cancelled: true });
    expect(await looping).toMatchObject({ id: "loop", ok: false, cancelled: true });
  });

  test("what cannot be done is told", async () => {
    expect(await ask({ method: "open", file: "/nowhere/a.v" })).toMatchObject({
      ok: false,
      message: "/nowhere/a.v cannot be read (ENOENT)",
    });
    expect(
      await ask({ method: "open", file: "a.v", text: "Check nope.\nLemma a : True. Admitted." }),
    ).toMatchObject({
      ok: false,
      message: expect.stringMatching(/^a\.v:1:1: .*nope/),
    });
    expect(await ask({ method: "apply", session: "9", state: "s0", tactic: "auto" })).toMatchObject({
      ok: false,
    });
  });

  test("the library's openSession", async () => {
    const opened = await openSession({ file: "/nowhere/a.v", text, prover: "native" });
    if (opened.kind === "failed") throw new Error(opened.message);
    const { session } = opened;
    const { signal } = new AbortController();
    expect((await session.apply(session.root, "induction n; simpl; auto", 10_000, signal)).kind).toBe("done");
    await session.close();
  });

  const python = (() => {
    try {
      return execFileSync("python3", ["--version"]).length > 0;
    } catch {
      return false;
    }
  })();

  test.skipIf(!python)("the Python example of docs/gym.md does what the page says", () => {
    const page = readFileSync(new URL("../../../docs/gym.md", import.meta.url), "utf8");
    const root = new URL("../../..", import.meta.url).pathname;
    const example = /```python\n([\s\S]*?)```/.exec(page)![1]!;
    const script = example.replace('"touchstone"', `"${process.execPath}", "server/cli/main.ts"`);
    const printed = execFileSync("python3", ["-c", script], { cwd: root, encoding: "utf8" });
    expect(printed).toMatch(
      /'kind': 'proved', 'checkedBy': \['coqc [\d.]+', 'coq [\d.]+'\], 'assumptions': \[\]/,
    );
  });
});
