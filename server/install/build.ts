import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const PARTS = ["grammars", "server", "provers"];

/**
 * SHA-256 of the program's own files: what it would say may change with any of them. Some 30 ms; only whoever remembers verdicts
 * between runs needs it.
 */
export function buildHash(): string {
  const hash = createHash("sha256");
  for (const part of PARTS) {
    const folder = join(root, part);
    const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
      /\.[cm]?[jt]s$/.test(name),
    );
    for (const name of names.sort()) {
      hash.update(name);
      hash.update(readFileSync(join(folder, name)));
    }
  }
  return hash.digest("hex");
}
