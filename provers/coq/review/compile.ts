import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inBubble } from "../../process/bubble.ts";
import { startChild } from "../../process/child.ts";
import type { NativeCoq } from "../find.ts";
import { type Project, projectArguments } from "../project.ts";
import type { Limits } from "../toplevel.ts";

export type Compiled =
  | { readonly kind: "compiled"; readonly checkedBy: readonly string[] }
  | { readonly kind: "failed"; readonly message: string };

const MEGABYTES = 4_000;

/**
 * Compiles a text as the file that it is, in a scratch copy with the project's load paths; with `thorough` the independent
 * checker reads the result, too. Rejects only with the signal's reason.
 */
export async function compile(
  coq: NativeCoq,
  project: Project,
  text: string,
  thorough: boolean,
  limits: Limits,
): Promise<Compiled> {
  const scratch = mkdtempSync(join(tmpdir(), "touchstone-coqc-"));
  try {
    const names = project.module.split(".");
    const own = names.pop()!;
    // The copy gets the file's own logical name, so that the file means the same.
    const prefix = names.join(".");
    const path = join(scratch, `${own}.v`);
    mkdirSync(scratch, { recursive: true });
    writeFileSync(path, text);
    const paths = [...projectArguments(project), ...(prefix === "" ? [] : ["-Q", scratch, prefix])];
    const compiled = await runCoq(coq, coq.coqc, ["-q", ...paths, path], project, scratch, limits);
    if (compiled !== null) return { kind: "failed", message: withoutPlace(compiled, path) };
    const checkedBy = [`coqc ${coq.version}`];
    if (!thorough) return { kind: "compiled", checkedBy };
    if (coq.coqchk === null)
      return { kind: "failed", message: `${coq.coqc} has no coqchk beside it: install it` };
    const chkPaths =
      prefix === ""
        ? [...chkArguments(project), "-Q", scratch, ""]
        : [...chkArguments(project), "-Q", scratch, prefix];
    const checked = await runCoq(
      coq,
      coq.coqchk,
      ["-silent", "-o", ...chkPaths, project.module],
      project,
      scratch,
      limits,
    );
    if (checked !== null) return { kind: "failed", message: `coqchk refuses the file: ${checked}` };
    return { kind: "compiled", checkedBy: [...checkedBy, `coqchk ${coq.version}`] };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** coqchk knows load paths, but not coqc's other options. */
function chkArguments(project: Project): string[] {
  return projectArguments({
    ...project,
    options: project.options.filter((one) => one === "-impredicative-set"),
  });
}

/** Null when the program ends well; otherwise what it said. */
async function runCoq(
  coq: NativeCoq,
  program: string,
  args: readonly string[],
  project: Project,
  scratch: string,
  { deadlineMs, signal }: Limits,
): Promise<string | null> {
  signal.throwIfAborted();
  const read = [...coq.read, project.directory, ...project.loadPaths.map(({ directory }) => directory)];
  const line = inBubble({ command: program, args }, read, [scratch]);
  const child = startChild({ ...line, memory: { megabytes: MEGABYTES, of: "address-space" }, signal });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (piece: string) => {
    output = (output + piece).slice(-4_000);
  });
  child.stdin.end();
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    child.kill();
  }, deadlineMs);
  const exit = await child.exited;
  clearTimeout(timer);
  signal.throwIfAborted();
  if (late) return `no result after ${Math.round(deadlineMs / 1000)} s`;
  // An error wins over a good exit status (soundness.md 17).
  const said = child.stderrTail().trim();
  const error = /^(?:File "[^"]*", .*\n)?\s*Error:?/m.test(said);
  if (exit.kind === "exited" && exit.status === 0 && !error) return null;
  return said || output.trim() || `it ended with ${JSON.stringify(exit)}`;
}

/** The scratch copy's path means nothing to a user. */
function withoutPlace(message: string, path: string): string {
  return message.replaceAll(path, path.slice(path.lastIndexOf("/") + 1));
}
