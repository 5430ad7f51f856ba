import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { pulledZ3, pulledZ3Path, pullZ3 } from "../../../server/install/solvers.ts";

const never = new AbortController().signal;

describe("the pulled Z3", () => {
  let cache: string;
  beforeEach(() => {
    cache = mkdtempSync(join(tmpdir(), "touchstone-test-"));
    vi.stubEnv("TOUCHSTONE_CACHE", cache);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(cache, { recursive: true, force: true });
  });

  it("is in the cache of the user", () => {
    expect(pulledZ3Path().startsWith(cache)).toBe(true);
  });

  it("is only ever the pinned file", async () => {
    expect(await pulledZ3()).toBeNull();
    mkdirSync(dirname(pulledZ3Path()), { recursive: true });
    writeFileSync(pulledZ3Path(), "#!/bin/sh\necho unsat\n", { mode: 0o755 });
    expect(await pulledZ3()).toBeNull();
  });

  it("is not fetched offline", async () => {
    expect(await pullZ3({ offline: true, signal: never })).toMatchObject({
      kind: "failed",
      reason: "offline",
      message: expect.stringContaining("touchstone prover pull z3"),
    });
  });

  it("is not fetched after an abort", async () => {
    await expect(pullZ3({ signal: AbortSignal.abort(new Error("no")) })).rejects.toThrow("no");
  });

  it("needs pip", async () => {
    expect(await pullZ3({ signal: never, environment: { PATH: join(cache, "nothing") } })).toMatchObject({
      kind: "failed",
      reason: "no-pip",
    });
  });
});
