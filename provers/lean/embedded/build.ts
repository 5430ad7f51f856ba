import { join } from "node:path";

/** The Lean that can be pulled. `revision` counts our changes to it. */
export const EMBEDDED_LEAN = { version: "4.28.0-pre", revision: 5 } as const;

/** The files of a pulled Lean. */
export interface EmbeddedLean {
  readonly version: string;
  readonly folder: string;
  readonly script: string;
  /** For `LEAN_PATH`: the modules `Init`, `Std` and `Lean`. */
  readonly library: string;
}

export function embeddedLeanFiles(folder: string): EmbeddedLean {
  return {
    version: EMBEDDED_LEAN.version,
    folder,
    script: join(folder, "lean.js"),
    library: join(folder, "lib"),
  };
}
