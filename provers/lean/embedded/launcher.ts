import type { LeanLauncher } from "../worker.ts";
import type { EmbeddedLean } from "./build.ts";
import { launchEmbedded } from "./launch.ts";

/** The embedded Lean for any file; what it imports can be Lean's own library only. */
export function embeddedLauncher(lean: EmbeddedLean): LeanLauncher {
  return { name: `lean ${lean.version} (embedded)`, embedded: true, launch: () => launchEmbedded(lean) };
}
