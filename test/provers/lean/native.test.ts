import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { leanAssistant } from "../../../provers/lean/assistant.ts";
import type { LeanLauncher } from "../../../provers/lean/worker.ts";
import { startChild } from "../../../provers/process/child.ts";
import { embedded } from "./available.ts";

const STAND_IN = fileURLToPath(new URL("stand-in.ts", import.meta.url));
const HANG = 240_000;

/** As `nativeLauncher` starts `lean --server`, with the stand-in in its place. */
const launcher: LeanLauncher = {
  name: "lean 4.28.0",
  embedded: false,
  launch: () => ({
    child: startChild({
      command: process.execPath,
      args: [STAND_IN],
      env: { TOUCHSTONE_CACHE: process.env.TOUCHSTONE_CACHE ?? "" },
      memory: { megabytes: 6_000, of: "resident" },
    }),
    uri: "file:///touchstone/Document.lean",
    rootUri: null,
    isWorker: false,
  }),
};

describe.runIf(embedded.launcher !== null)(
  `a server in lean --server's order, before ${embedded.title}`,
  () => {
    const assistant = leanAssistant(launcher);
    const { signal } = new AbortController();
    afterAll(() => assistant.close());

    it("is initialized before it is asked, and gives states and errors", { timeout: HANG }, async () => {
      const text = "theorem a (p q : Prop) (h : p) (g : q) : p ∧ q := by\n  sorry\n";
      const opened = await assistant.open({ file: "-", text, offset: text.indexOf("sorry") }, signal);
      if (opened.kind === "failed") throw new Error(opened.message);
      const { session } = opened;
      const split = await session.apply(session.root, "constructor", 20_000, signal);
      if (split.kind !== "progress") throw new Error(JSON.stringify(split));
      expect(split.goals.map(({ conclusion }) => conclusion)).toEqual(["p", "q"]);
      expect(await session.apply(split.state, "exact nope", 20_000, signal)).toMatchObject({
        failure: "unknown name",
      });
      const proof = "constructor <;> assumption";
      expect(await session.apply(session.root, proof, 20_000, signal)).toMatchObject({ kind: "done" });
      await session.close();
    });
  },
);
