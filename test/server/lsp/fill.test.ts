import { afterEach, describe, expect, test } from "vitest";
import { findNativeCoq } from "../../../provers/coq/find.ts";
import { holesOf } from "../../../server/lsp/holes.ts";
import { embedded } from "../../provers/lean/available.ts";
import { Client } from "./client.ts";

const URI = "file:///project/a.v";
const TEXT = `Theorem plus_zero : forall n : nat, n + 0 = n.
Proof.
Admitted.

(* Admitted. *)
Lemma false_one : 0 = 1.
Proof.
  admit.
Admitted.
`;
const coq = await findNativeCoq();
if (coq.kind === "none")
  process.stderr.write(`without Coq the tests of its proof holes are skipped: ${coq.message}\n`);

describe("holes by words", () => {
  test("have the theorem in front of them, and none is in a comment", () => {
    expect(holesOf(TEXT, "coq").map(({ group, start }) => [group, TEXT.slice(start, start + 5)])).toEqual([
      ["plus_zero", "Admit"],
      ["false_one", "admit"],
      ["false_one", "Admit"],
    ]);
    expect(holesOf("theorem a.b : 1 = 1 := by sorry -- sorry\n/- sorry -/", "lean")).toMatchObject([
      { group: "a.b" },
    ]);
  });
});

describe.skipIf(coq.kind === "none")("a proof hole of Coq", () => {
  let client: Client;
  afterEach(async () => {
    await client.stop();
  });

  test("has a lens and an action, and its proof is one edit of the version that it was made for", async () => {
    client = await Client.start({ initializationOptions: { events: true, settings: { model: "none" } } });
    client.open(URI, TEXT, 1, "coq");
    expect((await client.lenses(URI)).map(({ command }) => command.title)).toContain("○ fill this proof");
    const [fill] = await client.actions(URI, "Proof");
    expect(fill).toMatchObject({
      title: "Fill the proof",
      tags: [1],
      command: { command: "touchstone.server.fill" },
    });
    expect(await client.run("fill", URI, "Admitted")).toMatchObject({ kind: "applied" });
    expect(client.edits[0]!.documentChanges).toMatchObject([{ textDocument: { version: 1 } }]);
    expect(client.text(URI)).toMatch(/^Theorem plus_zero[^]*?Qed\.\n\n\(\* Admitted/);
    const steps = client.notifications.filter(({ method }) => method === "touchstone/events");
    expect(JSON.stringify(steps)).toContain('"type":"step"');
  });

  test("that cannot be filled stays, and it is said what is open", async () => {
    client = await Client.start({ initializationOptions: { settings: { model: "none", timeout: 3 } } });
    client.open(URI, TEXT, 1, "coq");
    expect(await client.run("fill", URI, "admit.")).toMatchObject({
      kind: "done",
      message: "false_one: not proved",
    });
    expect(client.edits).toEqual([]);
    expect((await client.lenses(URI)).at(-1)!.command.title).toMatch(/no proof found/);
  });

  test("is no loop: each task is refused where it has nothing to do", async () => {
    client = await Client.start({ initializationOptions: { settings: { model: "none" } } });
    client.open(URI, TEXT, 1, "coq");
    expect(await client.run("suggest", URI, "Proof")).toMatchObject({ kind: "refused" });
    client.open("file:///project/a.c", "int f(int n) { while (n > 0) n--; return n; }");
    expect(await client.run("fill", "file:///project/a.c", "while")).toMatchObject({
      kind: "refused",
      message: expect.stringContaining("Suggest Loop Invariant"),
    });
  });
});

describe.runIf(embedded.launcher !== null && process.env.TOUCHSTONE_NIGHTLY !== undefined)(
  `a proof hole of Lean, on ${embedded.title}`,
  () => {
    test("is filled by one edit of the version that it was made for", { timeout: 300_000 }, async () => {
      const client = await Client.start({
        initializationOptions: { settings: { model: "none", timeout: 120 } },
        environment: { TOUCHSTONE_LEAN: "" },
      });
      try {
        const uri = "file:///project/a.lean";
        client.open(uri, "-- sorry\ntheorem plus_zero (n : Nat) : n + 0 = n := by\n  sorry\n", 1, "lean4");
        const [fill] = await client.actions(uri, "plus_zero");
        expect(fill).toMatchObject({
          title: "Fill the proof",
          command: { command: "touchstone.server.fill" },
        });
        expect(await client.run("fill", uri, "  sorry")).toMatchObject({ kind: "applied" });
        expect(client.edits[0]!.documentChanges).toMatchObject([{ textDocument: { version: 1 } }]);
        expect(client.text(uri)).toMatch(
          /^-- sorry\ntheorem plus_zero \(n : Nat\) : n \+ 0 = n := by\n {2}(?!sorry)\w/,
        );
      } finally {
        await client.stop();
      }
    });
  },
);
