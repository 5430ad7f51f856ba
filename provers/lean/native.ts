import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { inBubble } from "../process/bubble.ts";
import { startChild } from "../process/child.ts";
import type { Found } from "../process/found.ts";
import { readProject } from "./project.ts";
import type { LeanLauncher } from "./worker.ts";

/** Mathlib's import alone takes 4 GB of address space, most of it mapped files. */
const MEGABYTES = 16_000;

/**
 * The user's own Lean: `lake serve` in a Lake project, with its toolchain and its libraries as they are, else `lean --server`.
 * In bubblewrap where that works: no network, nothing of the home directory but the toolchain and the project, read only.
 */
export function nativeLauncher(found: Extract<Found, { kind: "found" }>): LeanLauncher {
  return {
    name: `lean ${found.version}`,
    embedded: false,
    launch(file) {
      const project = file === null ? null : readProject(file);
      const lake = join(dirname(found.path), "lake");
      const elan = process.env.ELAN_HOME || join(homedir(), ".elan");
      // elan's programs choose the toolchain by the directory they are started in, which is a scratch directory here.
      const isShim = resolve(found.path).startsWith(`${resolve(elan)}/`);
      const toolchain = isShim && project?.toolchain ? [`+${project.toolchain}`] : [];
      const serves = project?.lake === true && existsSync(lake);
      const line = serves
        ? {
            command: lake,
            args: [...toolchain, "--dir", project.root, "serve", "--", "-Dserver.reportDelayMs=0"],
          }
        : { command: found.path, args: [...toolchain, "--server", "-Dserver.reportDelayMs=0"] };
      const read = [elan, dirname(dirname(found.path)), ...(project ? [project.root] : [])];
      const child = startChild({
        ...inBubble(line, read),
        env: { ELAN_HOME: elan },
        memory: { megabytes: MEGABYTES, of: "resident" },
      });
      const name = file === null ? "/touchstone/Document.lean" : resolve(file);
      return {
        child,
        uri: pathToFileURL(name).href,
        rootUri: project === null ? null : pathToFileURL(project.root).href,
        isWorker: false,
      };
    },
  };
}
