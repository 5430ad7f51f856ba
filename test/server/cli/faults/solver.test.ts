import { chmodSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findZ3 } from "../../../../provers/z3/find.ts";
import { command, faultyZ3, workplace } from "./spawned.ts";

const native = (await findZ3()).kind === "found";
const skipped = native ? "" : " (skipped: no native Z3 on this machine)";

let place: ReturnType<typeof workplace>;
beforeEach(() => {
  place = workplace();
});
afterEach(() => place.remove());

const suggest = (solver: string, ...args: string[]) =>
  command(place.folder, ["suggest", "--json", "--model", "none", "--timeout", "6s", ...args], {
    TOUCHSTONE_Z3: solver,
  });

describe(`Z3 fails in the middle of a search${skipped}`, () => {
  // Each fresh process works for so many checks again: a search goes on where it can, and never says what nobody proved.
  it.skipIf(!native).each(["killed", "stopped", "memory"] as const)(
    "%s",
    { timeout: 60_000 },
    async (fault) => {
      const solver = (await faultyZ3(place.folder, fault, 4))!;
      const { status, stdout, stderr } = await suggest(solver, "count.c");
      expect(stderr).not.toContain("internal error");
      const { status: said, reason } = JSON.parse(stdout);
      expect(["proved", "unknown"]).toContain(said);
      expect(status).toBe(said === "proved" ? 0 : 1);
      if (said === "unknown") expect(reason).toMatch(/\w/);
    },
  );

  it.skipIf(!native)("killed at every check: unknown, with the reason", { timeout: 60_000 }, async () => {
    const solver = (await faultyZ3(place.folder, "killed", 1))!;
    const { status, stdout, stderr } = await suggest(solver, "count.c");
    expect(stderr).not.toContain("internal error");
    expect(JSON.parse(stdout)).toMatchObject({ status: "unknown", answer: null, edit: null });
    expect(status).toBe(1);
  });
});

describe("a Z3 that does not start", () => {
  it("is named, with what to do instead", async () => {
    const path = place.path("z3-broken");
    writeFileSync(
      path,
      '#!/bin/sh\n[ "$1" = --version ] && echo "Z3 version 4.13.0 - 64 bit" && exit 0\nexit 3\n',
    );
    chmodSync(path, 0o755);
    const { status, stdout, stderr } = await suggest(path, "count.c");
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^error: z3 4\.13\.0 did not start: .*; install it again, or use --solver wasm/);
    expect((await suggest(path, "--solver", "wasm", "count.c")).status).toBe(0);
  });

  it("a setting that names no Z3 is an error, and keeps nobody from the one that comes with Touchstone", async () => {
    const nowhere = place.path("nowhere");
    const { status, stdout, stderr } = await suggest(nowhere, "count.c");
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(`TOUCHSTONE_Z3 names ${nowhere}, which is no program: correct it, or unset it`);
    const own = await suggest(nowhere, "--solver", "wasm", "count.c");
    expect(own.status).toBe(0);
    expect(JSON.parse(own.stdout).checkedBy[0]).toContain("(wasm)");
  });
});
