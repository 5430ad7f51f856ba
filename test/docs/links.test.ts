import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const pages = [
  "README.md",
  "ARCHITECTURE.md",
  "CHANGELOG.md",
  ...readdirSync(join(root, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

/** Files that a page names: links, pictures, sources of pictures. */
function targets(page: string): string[] {
  const text = readFileSync(join(root, page), "utf8").replace(/^```[^]*?^```/gm, "");
  const found = [...text.matchAll(/\]\(([^)\s]+)\)|(?:src|srcset|href)="([^"]+)"/g)].map(
    ([, link, attribute]) => link ?? attribute!,
  );
  return found
    .filter((link) => !/^(?:[a-z]+:|#)/.test(link))
    .map((link) => normalize(join(dirname(page), link.replace(/#.*$/, ""))));
}

describe("the pages", () => {
  it.each(pages)("%s names only files that are there", (page) => {
    expect(targets(page).filter((target) => !existsSync(join(root, target)))).toEqual([]);
  });

  it("can all be reached from the README", () => {
    const reached = new Set(["README.md"]);
    for (const page of reached)
      for (const target of targets(page)) if (pages.includes(target)) reached.add(target);
    expect(pages.filter((page) => !reached.has(page) && page !== "CHANGELOG.md")).toEqual([]);
  });
});
