import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { findNativeCoq } from "../../../provers/coq/find.ts";

const made: string[] = [];
afterEach(() => {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
});

/** A folder with programs that do nothing but tell their version and their library: stand-ins for what is looked for, not for Coq. */
function installed(programs: Readonly<Record<string, string>>): string {
  const directory = mkdtempSync(join(tmpdir(), "touchstone-find-"));
  made.push(directory);
  for (const [name, version] of Object.entries(programs)) {
    const path = join(directory, name);
    writeFileSync(
      path,
      `#!/bin/sh\ncase "$*" in *-where) echo ${directory}/library;; *) echo "The Rocq Prover, version ${version}";; esac\n`,
    );
    chmodSync(path, 0o755);
  }
  return directory;
}

/** Without opam's own folders. */
function looking(...path: string[]) {
  return findNativeCoq({ PATH: path.join(":"), OPAMROOT: "/nowhere" });
}

describe.skipIf(process.platform === "win32")("looking for a native Coq", () => {
  it("finds coqc and what stands beside it", async () => {
    const bin = installed({ coqc: "8.19.2", coqidetop: "8.19.2", coqchk: "8.19.2" });
    expect(await looking(bin)).toMatchObject({
      kind: "found",
      coq: { version: "8.19.2", coqc: join(bin, "coqc"), compile: [], coqidetop: join(bin, "coqidetop") },
    });
  });

  it("takes rocq where there is no coqc: its compiler is a command of it", async () => {
    const bin = installed({ rocq: "9.0.1", rocqchk: "9.0.1", coqidetop: "9.0.1" });
    expect(await looking(bin)).toMatchObject({
      kind: "found",
      coq: {
        version: "9.0.1",
        coqc: join(bin, "rocq"),
        compile: ["c"],
        coqidetop: join(bin, "coqidetop"),
        coqchk: join(bin, "rocqchk"),
        read: expect.arrayContaining([join(bin, "library")]),
      },
    });
  });

  it("takes a toplevel from elsewhere on PATH only if it is of the same version", async () => {
    const rocq = installed({ rocq: "9.0.1" });
    const other = installed({ coqidetop: "8.20.0" });
    const same = installed({ coqidetop: "9.0.1" });
    expect(await looking(rocq, other)).toMatchObject({ coq: { coqidetop: null } });
    expect(await looking(rocq, same)).toMatchObject({ coq: { coqidetop: join(same, "coqidetop") } });
  });

  it("says what to do when there is none, or only an old one", async () => {
    expect(await looking(installed({}))).toMatchObject({
      kind: "none",
      message: expect.stringMatching(/coqc was not found.*install/),
    });
    expect(await looking(installed({ coqc: "8.10.0" }))).toMatchObject({
      kind: "none",
      message: expect.stringMatching(/8\.10\.0, older than 8\.16/),
    });
  });
});
