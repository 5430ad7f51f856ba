import { enableCompileCache } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { cacheDirectory } from "../../install/cache.ts";
import type { Command } from "./messages.ts";

/**
 * The engine process of the language server. It reads commands from standard input and ends with it: when the server is gone,
 * so is this, and with it every solver.
 */
enableCompileCache(join(cacheDirectory(), "compiled"));
const { Host } = await import("./host.ts");
const write = process.stdout.write.bind(process.stdout);
const host = new Host((reply) => {
  write(
    `${JSON.stringify(reply, (_key, value) => (typeof value === "bigint" ? value.toString() : value))}\n`,
  );
});
const lines = createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY });
lines.on("line", (line) => host.receive(JSON.parse(line) as Command));
lines.on("close", () => {
  void host.close().finally(() => process.exit(0));
});
host.ready();
