import { findCvc5 } from "../../provers/cvc5/find.ts";
import type { Found } from "../../provers/process/found.ts";
import { bundledZ3, findZ3 } from "../../provers/z3/find.ts";
import { PULLED_Z3_VERSION, pullZ3 } from "../install/solvers.ts";
import { columns } from "./columns.ts";
import { downloadLine } from "./download-line.ts";
import { listenForStop } from "./stop.ts";

/** The solvers on this machine, and the one that can be pulled. */
export async function proverList({ json }: { readonly json: boolean }): Promise<number> {
  const found = [bundledZ3(), await findZ3(), await findCvc5()];
  if (json) {
    process.stdout.write(found.map((one) => `${JSON.stringify(one)}\n`).join(""));
    return 0;
  }
  process.stdout.write(`${columns(found.map(row)).join("\n")}\n\n`);
  process.stdout.write(
    `Can be pulled: z3 (native, ${PULLED_Z3_VERSION}) with 'touchstone prover pull z3'.\n`,
  );
  return 0;
}

function row(found: Found): string[] {
  if (found.kind === "notFound") return [found.name, "not found", found.message];
  const words = { setting: "by setting", path: "on PATH", pulled: "pulled", bundled: "bundled, WebAssembly" };
  const outdated = found.kind === "outdated" ? `, too old (${found.minimum} is needed)` : "";
  return [found.name, found.version, `${words[found.how]}${outdated}: ${found.path}`];
}

/** Downloads a prover into the cache. */
export async function proverPull(request: {
  readonly name: string;
  readonly offline: boolean;
}): Promise<number> {
  if (request.name !== "z3") {
    process.stderr.write(
      `no prover '${request.name}' can be pulled; take z3, or install it yourself and see 'touchstone doctor'\n`,
    );
    return 2;
  }
  const line = downloadLine(process.stderr, "z3");
  const stop = listenForStop(() => line.clear());
  try {
    const result = await pullZ3({
      offline: request.offline,
      signal: stop.signal,
      onProgress: (state) => line.update(state),
    });
    line.clear();
    if (result.kind === "failed") {
      process.stderr.write(`${result.message}\n`);
      return 2;
    }
    const how = result.from === "cache" ? "was in the cache already" : "pulled through pip";
    process.stdout.write(`z3 ${result.version}: ${how}, its SHA-256 is the pinned one\n${result.path}\n`);
    return 0;
  } catch (error) {
    line.clear();
    if (!stop.signal.aborted) throw error;
    process.stderr.write("stopped; nothing was installed\n");
    return stop.status() ?? 1;
  } finally {
    stop.dispose();
  }
}
