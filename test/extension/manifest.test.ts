import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { SETTINGS } from "../../server/lsp/settings.ts";

const file = (path: string) => fileURLToPath(new URL(`../../extension/${path}`, import.meta.url));
const json = (path: string) => JSON.parse(readFileSync(file(path), "utf8"));
const manifest = json("manifest.json");
const properties: Record<string, { default: unknown; scope: string; markdownDescription: string }> =
  manifest.contributes.configuration.properties;

/** Settings that the extension keeps for itself. */
const OWN = ["nodePath", "showSearch", "pricePerMillionTokens"];

describe("the manifest", () => {
  test("has a setting of the same name and default for each that the server knows", () => {
    const names = Object.keys(properties).map((name) => name.replace("touchstone.", ""));
    expect(names.sort()).toEqual([...Object.keys(SETTINGS), ...OWN].sort());
    for (const [name, { default: value }] of Object.entries(SETTINGS))
      expect(properties[`touchstone.${name}`]!.default, name).toEqual(value);
  });

  test("describes every setting, and none of them is a key", () => {
    for (const [name, { markdownDescription }] of Object.entries(properties)) {
      expect(markdownDescription.length, name).toBeGreaterThan(20);
      expect(name).not.toMatch(/key|token$|secret/i);
    }
  });

  test("lets no workspace say where a key is sent or which program is run", () => {
    expect(properties["touchstone.baseUrl"]!.scope).toBe("application");
    expect(properties["touchstone.z3Path"]!.scope).toBe("machine");
    expect(properties["touchstone.nodePath"]!.scope).toBe("machine");
  });

  test("has the same names in the schema of touchstone.json, but for those that a project may not set", () => {
    const schema = Object.keys(json("media/touchstone.schema.json").properties).filter(
      (name) => name !== "$schema",
    );
    const allowed = Object.entries(SETTINGS).filter(([, { project }]) => project);
    expect(schema.sort()).toEqual(allowed.map(([name]) => name).sort());
  });

  test("runs nothing in an untrusted workspace, and claims no language", () => {
    expect(manifest.capabilities.untrustedWorkspaces.supported).toBe(false);
    expect(manifest.contributes).not.toHaveProperty("languages");
    expect(manifest.contributes).not.toHaveProperty("grammars");
  });

  test("registers each of its commands, and uses none that it lacks", () => {
    const declared = manifest.contributes.commands.map(({ command }: { command: string }) => command);
    const source = readFileSync(file("commands/register.ts"), "utf8");
    const registered = [...source.matchAll(/\bon\(\s*"(\w+)"/g)].map(([, name]) => `touchstone.${name}`);
    expect(registered.sort()).toEqual([...declared].sort());
    const used = [...JSON.stringify(manifest).matchAll(/command:(touchstone\.\w+)/g)].map(([, name]) => name);
    for (const name of used) expect(declared).toContain(name);
  });

  test("has every picture that it names", () => {
    const pictures = [...JSON.stringify(manifest).matchAll(/media\/[\w.-]+\.(?:svg|png|json)/g)].map(
      ([path]) => path,
    );
    expect(pictures.length).toBeGreaterThan(6);
    for (const picture of pictures) expect(existsSync(file(picture)), picture).toBe(true);
  });
});
