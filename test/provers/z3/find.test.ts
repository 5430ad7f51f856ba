import { describe, expect, it } from "vitest";
import { compareVersions } from "../../../provers/process/version.ts";
import { chooseZ3 } from "../../../provers/z3/choose.ts";
import { bundledZ3, findZ3 } from "../../../provers/z3/find.ts";
import { PULLED_Z3_VERSION, pulledZ3 } from "../../../server/install/solvers.ts";
import { native } from "../available.ts";

describe("finding Z3", () => {
  it("knows the one that comes with Touchstone", async () => {
    const bundled = bundledZ3();
    expect(bundled).toMatchObject({ kind: "found", how: "bundled", version: "5.2.0" });
    expect((await chooseZ3("wasm")).name).toBe("z3 5.2.0 (wasm)");
  });

  it("says what is wrong with a setting, instead of taking another", async () => {
    expect(await findZ3({ TOUCHSTONE_Z3: "/no/such/z3", PATH: process.env.PATH })).toEqual({
      kind: "notFound",
      name: "z3",
      message: "TOUCHSTONE_Z3 names /no/such/z3, which is no program: correct it, or unset it",
    });
  });

  it("prefers a pulled one to an older one on PATH", async ({ skip }) => {
    skip((await pulledZ3()) === null, "no Z3 was pulled");
    const found = await findZ3();
    expect(
      found.kind === "found" && compareVersions(found.version, PULLED_Z3_VERSION),
    ).toBeGreaterThanOrEqual(0);
  });

  it.skipIf(native.start === null)(`gives the version of ${native.title}`, async () => {
    const found = await findZ3();
    expect(found).toMatchObject({ kind: "found", version: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
    if (found.kind === "found") expect((await chooseZ3("native")).name).toBe(`z3 ${found.version}`);
  });
});
