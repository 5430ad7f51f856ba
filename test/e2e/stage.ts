import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { installTools, root } from "./tools.ts";

/** Stages both packages once for all files, as `npm run package` does; the packager is among the tools. */
export default function setup(): void {
  installTools();
  execFileSync(process.execPath, [join(root, ".ci/package/main.ts")], { cwd: root, stdio: "inherit" });
}
