import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { SourceQuestion } from "../../server/engine/source-checker.ts";
import type { Preprocessing } from "../preprocessor/choice.ts";
import { inBubble } from "../process/bubble.ts";
import { startChild } from "../process/child.ts";
import { runToEnd } from "../process/run.ts";
import { type Backend, why3Configuration } from "./backends.ts";
import type { PrintedCode } from "./code.ts";
import { dialectDeclarations } from "./dialect.ts";

const MEGABYTES = 4_000;
const LONGEST_OUTPUT = 4_000_000;

/** What a run of Frama-C left: its messages, the table of properties that its report plug-in writes, and the text as it was read. */
export interface WpOutput {
  readonly log: string;
  readonly table: string;
  readonly code: PrintedCode;
}

export type WpRun =
  | ({ readonly kind: "ran" } & WpOutput)
  /** `refused`: it does not take the text for C with ACSL; else it did not finish, or WP gave up on the function. */
  | { readonly kind: "failed"; readonly reason: string; readonly refused: boolean };

/**
 * Runs WP with its guards against run-time errors over one function of a text, in a scratch directory of its own; each solver has
 * `goalSeconds` for a goal. Rejects only with the signal's reason.
 */
export async function runWp(
  frama: string,
  backends: readonly Backend[],
  question: SourceQuestion,
  goalSeconds: number,
  preprocessing: Preprocessing,
): Promise<WpRun> {
  const { signal, deadlineMs } = question;
  signal.throwIfAborted();
  const scratch = mkdtempSync(join(tmpdir(), "touchstone-"));
  try {
    const source = join(scratch, "source.c");
    writeFileSync(source, textFor(question));
    writeFileSync(join(scratch, "why3.conf"), why3Configuration(backends));
    const own = dirname(resolve(question.file));
    const line = inBubble(
      {
        command: frama,
        args: [
          ...cppArguments(own, preprocessing),
          ...wpArguments(question, backends, goalSeconds, source, scratch),
        ],
      },
      [
        own,
        ...preprocessing.include.map((one) => resolve(one)),
        ...backends.map(({ path }) => dirname(path)),
      ],
      [scratch],
    );
    const child = startChild({
      ...line,
      env: { WHY3CONFIG: join(scratch, "why3.conf") },
      memory: { megabytes: MEGABYTES, of: "address-space" },
      signal,
    });
    let log = "";
    const { exit, late } = await runToEnd(child, deadlineMs, (piece) => {
      log += piece;
      if (log.length > LONGEST_OUTPUT) child.kill();
    });
    signal.throwIfAborted();
    if (late) return failed(`Frama-C gave no result within ${Math.round(deadlineMs / 1000)} s`, false);
    if (exit.kind === "exited" && exit.status === 0) return { kind: "ran", log, ...leftIn(scratch) };
    const said = whatItSaid(log, question.file) || child.stderrTail().trim();
    const gaveUp = /^\[wp\][^\n]*User Error:/m.test(log);
    return gaveUp
      ? failed(`Frama-C's WP gives up: ${said}`, false)
      : failed(`Frama-C does not take the text: ${said}`, true);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function failed(reason: string, refused: boolean): WpRun {
  return { kind: "failed", reason, refused };
}

function leftIn(scratch: string): Pick<WpOutput, "table" | "code"> {
  const [table, own, all] = RESULTS.map((name) => readFileSync(join(scratch, name), "utf8"));
  return { table: table!, code: { own: own!, all: all! } };
}

/** Files that a run leaves: its table, the code as it was read, and the same with what its own library declares. */
const RESULTS = ["table.csv", "own.c", "all.c"] as const;

/** The lines of the text stay what they are in messages: what is put before it is on a line of its own number. */
function textFor({ text }: SourceQuestion): string {
  const before = dialectDeclarations(text);
  return before === "" ? text : `${before}\n#line 1 "source.c"\n${text}`;
}

function cppArguments(own: string, { include, define }: Preprocessing): string[] {
  // Where the file's own includes are; a path that a shell would read otherwise is left out, and an include then fails loudly.
  const directories = [own, ...include.map((one) => resolve(one))].filter((one) => /^[\w./+-]+$/.test(one));
  const told = [...directories.map((one) => `-I${one}`), ...define.map((one) => `-D${one}`)];
  return told.length > 0 ? [`-cpp-extra-args=${told.join(" ")}`] : [];
}

function wpArguments(
  { function: name, vacuity, beyond, loopsOnly }: SourceQuestion,
  backends: readonly Backend[],
  goalSeconds: number,
  source: string,
  scratch: string,
): string[] {
  const [table, own, all] = RESULTS.map((one) => join(scratch, one));
  return [
    ...["-machdep", "gcc_x86_64"],
    // The dialect's `assert` and `abort` have the names of a library's.
    ...["-kernel-warn-key", "CERT:MSC:38=inactive"],
    ...["-wp", "-wp-rte", "-wp-fct", name, ...(vacuity ? ["-wp-smoke-tests"] : [])],
    // That a pointer is one of the functions that `calls` names is a goal of its own; WP cannot express that it is some function.
    ...(beyond ? ["-rte-no-pointer-call"] : []),
    ...(loopsOnly ? ["-wp-prop", "@invariant,@assigns,@variant"] : []),
    ...["-wp-prover", backends.map(({ shortcut }) => shortcut).join(",") || "none"],
    ...["-wp-timeout", String(goalSeconds), "-wp-par", String(availableParallelism())],
    ...["-wp-cache", "none", source],
    ...["-then", "-no-wp", "-report-csv", table!],
    ...["-then", "-print", "-ocode", own!, "-then", "-print-libc", "-ocode", all!],
  ];
}

/** Why Frama-C refused the text: its own words with the place in the user's file. */
export function whatItSaid(log: string, file: string): string {
  const messages = log.split(/^(?=\[)/m).map((one) => one.replace(/\s+/g, " ").trim());
  const wrong = messages.find((one) =>
    /^\[kernel:(?:annot-error|ghost[^\]]*)\]|User Error:|syntax error|Failure:|invalid preprocess/.test(one),
  );
  const said = wrong ?? messages.at(-1) ?? "";
  const line = /source\.c:(\d+)/.exec(said)?.[1];
  const words = said
    .replace(/^\[[^\]]*\] */, "")
    .replace(/^\S*source\.c:\d+: */, "")
    .replace(/^(?:User Error|Failure|Warning): */, "")
    // A syntax error is followed by the lines around it.
    .replace(/^(syntax error):? .*$/, "$1");
  return line === undefined ? words : `${file}:${line}:1: ${words}`;
}
