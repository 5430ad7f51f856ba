import { startChild } from "../../process/child.ts";
import { sandboxArguments } from "../../process/sandbox.ts";
import type { Launched } from "../server.ts";
import type { EmbeddedLean } from "./build.ts";

/** Of the process, WebAssembly's heap (2 GB at most), compiled code and threads together. */
const MEGABYTES = 4_500;
/** The embedded worker has one document, and reads nothing from where its name says. */
const URI = "file:///touchstone/Document.lean";

/**
 * Starts the embedded Lean: the real language server's worker in a Node child that may read its own files only, write nothing,
 * start nothing and reach no network. About 1.3 GB.
 */
export function launchEmbedded(lean: EmbeddedLean, signal?: AbortSignal): Launched {
  const child = startChild({
    command: process.execPath,
    args: [
      // 115 MB of code, of which a run needs a small part.
      "--wasm-lazy-compilation",
      "--wasm-lazy-validation",
      ...sandboxArguments({ read: [lean.folder], workers: true, heapMegabytes: 512 }),
      lean.script,
      // The server waits so long before it reports, so that an editor does not flicker.
      "-Dserver.reportDelayMs=0",
      "--worker",
      URI,
    ],
    env: { LEAN_PATH: lean.library },
    memory: { megabytes: MEGABYTES, of: "resident" },
    ...(signal ? { signal } : {}),
  });
  return { child, uri: URI, rootUri: null, isWorker: true };
}
