import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { inBubble } from "../../process/bubble.ts";
import { startChild } from "../../process/child.ts";
import { runToEnd } from "../../process/run.ts";
import type { NativeCoq } from "../find.ts";
import { type Project, projectArguments } from "../project.ts";
import type { Limits } from "../toplevel.ts";
import { type Assumption, readAssumptions } from "./assumptions.ts";

export type Compiled =
  | {
      readonly kind: "compiled";
      readonly checkedBy: readonly string[];
      /** What a constant of the compiled file rests on; null when Coq does not say. */
      assumptions(constant: string): Promise<Assumption[] | null>;
    }
  | { readonly kind: "failed"; readonly message: string };

const MEGABYTES = 4_000;

/** What is compiled, and how. */
export interface Compilation {
  readonly coq: NativeCoq;
  readonly project: Project;
  readonly text: string;
  /** The independent checker reads the result, too. */
  readonly thorough: boolean;
  readonly limits: Limits;
  /** A directory of ours for the copy and what comes of it. */
  readonly scratch: string;
}

/**
 * Compiles a text as the file that it is, in a scratch copy with the project's load paths. Rejects only with the signal's reason.
 */
export async function compile(compilation: Compilation): Promise<Compiled> {
  const { coq, project, text, thorough, scratch } = compilation;
  const names = project.module.split(".");
  // The copy gets the file's own logical name, so that the file means the same.
  const path = join(scratch, `${names.pop()}.v`);
  const prefix = names.join(".");
  writeFileSync(path, text);
  const paths = (own: Project) => [...projectArguments(own), "-Q", scratch, prefix];
  const compiled = await runCoq(compilation, coq.coqc, [...coq.compile, "-q", ...paths(project), path]);
  if (compiled.kind === "failed") return { kind: "failed", message: withoutPlace(compiled.message, path) };
  const checkedBy = [`coqc ${coq.version}`];
  if (thorough) {
    if (coq.coqchk === null)
      return { kind: "failed", message: `${coq.coqc} has no coqchk beside it: install it` };
    const checked = await runCoq(compilation, coq.coqchk, [
      ...["-silent", "-o"],
      ...paths(forChecker(project)),
      project.module,
    ]);
    if (checked.kind === "failed")
      return { kind: "failed", message: `coqchk refuses the file: ${checked.message}` };
    checkedBy.push(`coqchk ${coq.version}`);
  }
  return {
    kind: "compiled",
    checkedBy,
    assumptions: async (constant) => {
      const question = join(scratch, "touchstone_question.v");
      writeFileSync(
        question,
        `Require ${project.module}.\nPrint Assumptions ${project.module}.${constant}.\n`,
      );
      const asked = await runCoq(compilation, coq.coqc, [...coq.compile, "-q", ...paths(project), question]);
      return asked.kind === "failed" ? null : readAssumptions(asked.output.split(/\n(?=\S+:$|Closed)/));
    },
  };
}

/** coqchk knows load paths, but not coqc's other options. */
function forChecker(project: Project): Project {
  return { ...project, options: project.options.filter((one) => one === "-impredicative-set") };
}

async function runCoq(
  { coq, project, scratch, limits }: Compilation,
  program: string,
  args: readonly string[],
): Promise<
  { readonly kind: "done"; readonly output: string } | { readonly kind: "failed"; readonly message: string }
> {
  const { deadlineMs, signal } = limits;
  signal.throwIfAborted();
  const read = [...coq.read, project.directory, ...project.loadPaths.map(({ directory }) => directory)];
  const line = inBubble({ command: program, args }, read, [scratch]);
  const child = startChild({ ...line, memory: { megabytes: MEGABYTES, of: "address-space" }, signal });
  let output = "";
  const { exit, late } = await runToEnd(child, deadlineMs, (piece) => {
    output = (output + piece).slice(-LONGEST_OUTPUT);
  });
  signal.throwIfAborted();
  if (late) return { kind: "failed", message: `no result after ${Math.round(deadlineMs / 1000)} s` };
  // An error wins over a good exit status (soundness.md 17).
  const said = child.stderrTail().trim();
  const error = /^(?:File "[^"]*", .*\n)?\s*Error:?/m.test(said);
  if (exit.kind === "exited" && exit.status === 0 && !error) return { kind: "done", output };
  return {
    kind: "failed",
    message: said || output.trim().slice(-4_000) || `it ended with ${JSON.stringify(exit)}`,
  };
}

const LONGEST_OUTPUT = 1_000_000;

/** The scratch copy's path means nothing to a user. */
function withoutPlace(message: string, path: string): string {
  return message.replaceAll(path, path.slice(path.lastIndexOf("/") + 1));
}
