import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { defaultSettings, editorSettings, runSettings, withProject } from "../../../server/lsp/settings.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "touchstone-test-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const project = (text: string) => writeFileSync(join(folder, "touchstone.json"), text);
const nothing = { settings: defaultSettings, problems: [] };

describe("settings", () => {
  test("have defaults that work, and take what the editor says over them", () => {
    expect(editorSettings(undefined)).toEqual(nothing);
    expect(runSettings(defaultSettings)).toMatchObject({
      int: "math",
      model: null,
      only: null,
      timeoutMs: 10_000,
    });
    const { settings } = editorSettings({ timeout: 30, model: "none", somethingOfTheEditor: 1 });
    expect(runSettings(settings)).toMatchObject({ timeoutMs: 30_000, model: "none" });
  });

  test("with Frama-C as checker, integers and time are those that it needs, unless somebody chose", () => {
    const withFramaC = (given: object) => runSettings(editorSettings({ checker: "both", ...given }).settings);
    expect(withFramaC({})).toMatchObject({ checker: "both", int: "32", timeoutMs: 120_000 });
    expect(withFramaC({ int: "64", timeout: 30 })).toMatchObject({ int: "64", timeoutMs: 30_000 });
  });

  test("that are wrong are reported and change nothing", () => {
    const { settings, problems } = editorSettings({ timeout: "soon", int: "16" });
    expect(settings).toEqual(defaultSettings);
    expect(problems).toEqual([
      "the setting touchstone.timeout must be a number of seconds from 1 to 3600",
      'the setting touchstone.int must be one of "math", "32", "64"',
    ]);
  });

  test("of a project's touchstone.json come last", async () => {
    project('{"int": "32", "without": ["templates"]}');
    const { settings } = await withProject(editorSettings({ int: "64", seed: 7 }), folder);
    expect(settings).toMatchObject({ int: "32", seed: 7, without: ["templates"] });
  });

  test("tell the preprocessor where headers are, from the project's folder on", async () => {
    project('{"include": ["inc", "/usr/include"], "define": ["N=3"]}');
    const { settings, problems } = await withProject(nothing, folder);
    expect(problems).toEqual([]);
    const told = { include: [join(folder, "inc"), "/usr/include"], define: ["N=3"] };
    expect(runSettings(settings)).toMatchObject(told);
    expect(editorSettings({ define: ["-o x"] }).problems).toHaveLength(1);
  });

  test.each([
    ['{"baseUrl": "https://elsewhere.example/v1"}', "only you"],
    ['{"z3Path": "./a.out"}', "only you"],
    ['{"tiemout": 3}', "is no setting"],
    ["{", "cannot be read"],
  ])("%s of a project is refused with a reason", async (text, reason) => {
    project(text);
    const { settings, problems } = await withProject(nothing, folder);
    expect(settings).toEqual(defaultSettings);
    expect(problems).toEqual([expect.stringContaining(reason)]);
  });
});
