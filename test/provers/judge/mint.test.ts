import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../../..");
const sources = ["server", "provers", "grammars", "extension", "bin"].flatMap((folder) => {
  try {
    return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.[cm]?[jt]s$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1))
      .filter((path) => !path.includes("node_modules"));
  } catch {
    return [];
  }
});
const text = (path: string) => readFileSync(join(ROOT, path), "utf8");

describe("only the judge makes a Verified", () => {
  it("no module outside provers/judge imports the one that mints", () => {
    const importers = sources.filter((path) => /from "[^"]*\/mint(?:\.ts)?"/.test(text(path)));
    expect(importers.length).toBeGreaterThan(0);
    expect(importers.filter((path) => !path.startsWith("provers/judge/"))).toEqual([]);
  });

  it("nor names it in any other way", () => {
    const loaders = sources.filter((path) => /(?:import|require)\([^)]*judge\/mint/.test(text(path)));
    expect(loaders).toEqual([]);
  });

  it("the cast to Verified stands in one place", () => {
    const casts = sources.filter((path) => /(?:as|<)\s*Verified\b(?!["'])/.test(text(path)));
    expect(casts).toEqual(["provers/judge/mint.ts"]);
  });

  it("the brand is exported by nobody", () => {
    expect(text("server/engine/verified.ts")).toMatch(/^declare const brand: unique symbol;$/m);
    expect(text("server/engine/verified.ts")).not.toMatch(/export (?:declare |const |\{[^}]*)\s*brand/);
  });

  it("a dependency rule in CI says the same", () => {
    const { forbidden } = createRequire(import.meta.url)(join(ROOT, ".ci/dependency-rules.cjs"));
    const rule = forbidden.find(({ name }: { name: string }) => name === "only-the-judge-mints");
    expect(rule).toMatchObject({ severity: "error", to: { path: "^provers/judge/mint" } });
    expect(new RegExp(rule.from.pathNot).test("provers/judge/judge.ts")).toBe(true);
    expect(new RegExp(rule.from.pathNot).test("server/wiring.ts")).toBe(false);
  });
});
