import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { findTool, type Tool } from "../../../provers/process/found.ts";
import { compareVersions } from "../../../provers/process/version.ts";

describe.skipIf(process.platform === "win32")("looking for a tool", () => {
  const directory = mkdtempSync(join(tmpdir(), "touchstone-test-"));
  afterAll(() => rmSync(directory, { recursive: true }));
  const tool: Tool = {
    name: "oracle",
    variable: "TOUCHSTONE_ORACLE",
    minimum: "4.8.12",
    version: /oracle (\d+\.\d+\.\d+)/,
    advice: "install an oracle",
  };
  const program = (name: string, says: string) => {
    const path = join(directory, name);
    writeFileSync(path, `#!/bin/sh\necho "${says}"\n`);
    chmodSync(path, 0o755);
    return path;
  };

  it("prefers the setting to PATH", async () => {
    const set = program("mine", "oracle 5.0.1");
    const path = program("oracle", "oracle 4.10.0");
    expect(await findTool(tool, { PATH: directory })).toEqual({
      kind: "found",
      name: "oracle",
      version: "4.10.0",
      path,
      how: "path",
    });
    expect(await findTool(tool, { PATH: directory, TOUCHSTONE_ORACLE: set })).toMatchObject({
      path: set,
      how: "setting",
    });
  });

  it("reports one that is too old", async () => {
    const path = program("old", "oracle 4.8.9");
    expect(await findTool(tool, { TOUCHSTONE_ORACLE: path })).toMatchObject({
      kind: "outdated",
      version: "4.8.9",
      minimum: "4.8.12",
      message: `${path} is oracle 4.8.9, older than 4.8.12: install an oracle`,
    });
  });

  it("reports none, and a setting that names none", async () => {
    expect(await findTool(tool, { PATH: "" })).toMatchObject({
      kind: "notFound",
      message: "oracle was not found: install an oracle",
    });
    program("oracle", "oracle 5.0.0");
    const missing = join(directory, "missing");
    expect(await findTool(tool, { PATH: directory, TOUCHSTONE_ORACLE: missing })).toMatchObject({
      kind: "notFound",
      message: `TOUCHSTONE_ORACLE names ${missing}, which is no program: correct it, or unset it`,
    });
    expect(await findTool(tool, { TOUCHSTONE_ORACLE: program("mute", "hello") })).toMatchObject({
      kind: "notFound",
    });
  });

  it("never looks in the current directory", async () => {
    program("oracle", "oracle 5.0.0");
    expect(await findTool(tool, { PATH: ".:bin:" })).toMatchObject({ kind: "notFound" });
  });

  it("orders versions by their numbers", () => {
    const versions = ["4.8.12", "4.13.0", "4.8.9", "5.4.1", "4.8"];
    expect(versions.sort(compareVersions)).toEqual(["4.8", "4.8.9", "4.8.12", "4.13.0", "5.4.1"]);
    expect(compareVersions("4.8", "4.8.0")).toBe(0);
  });
});
