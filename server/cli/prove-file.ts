import type { Document } from "../engine/task.ts";
import { applyEdit } from "../tasks/invariants/edit.ts";
import { combinedEdit } from "./combine.ts";
import type { Input } from "./input.ts";
import type { Output } from "./output.ts";
import { relevant } from "./relevant.ts";
import type { Report } from "./report.ts";
import { select } from "./select.ts";
import { runGroup, type Session } from "./session.ts";
import { writeBack } from "./write.ts";

/** Proves the functions of one file that were asked for, shows each when it is done, then changes the file if asked to. */
export async function proveFile(
  session: Session,
  input: Input,
  lines: readonly number[] | "all",
  output: Output,
): Promise<Report[]> {
  const document = await session.touchstone.prepare(input.document, session.signal);
  const located = await relevant(document, session.touchstone.locate(document), session.command);
  const wanted = lines === "all" ? { kind: "selected" as const, located } : select(document, located, lines);
  if (wanted.kind === "error") {
    output.messages.fail(wanted.message);
    return [];
  }
  if (wanted.located.length === 0 && !session.found) await nothingToDo(session.command, input, output);
  const reports: Report[] = [];
  for (const one of wanted.located) {
    if (session.signal.aborted) break;
    const report = await runGroup(session, one, document);
    reports.push(report);
    output.show(report);
    if (output.request.export) {
      const { exportObligations } = await import("./export.ts");
      const { touchstone, signal } = session;
      const locate = async (text: Document) => touchstone.locate(await touchstone.prepare(text, signal));
      await exportObligations(output.request.export, report, locate, output.messages, signal);
    }
  }
  const left = wanted.located.length - reports.length;
  if (left > 0)
    output.messages.say(
      `${document.file}: stopped; ${left} more function${left === 1 ? " was" : "s were"} not tried`,
    );
  await change(input, reports, output, session.signal.aborted);
  return reports;
}

/** What the file becomes: a diff on standard output, and with `--write` the file itself. */
async function change(
  input: Input,
  reports: readonly Report[],
  output: Output,
  stopped: boolean,
): Promise<void> {
  const { diff, write } = output.request;
  if (!diff && !write) return;
  const { file, text } = input.document;
  const { messages } = output;
  const edit = combinedEdit(text, reports);
  if (edit === null)
    return messages.fail(`${file}:1:1: the proofs are for another text of the file; run the command again`);
  if (edit.insertions.length === 0) return;
  if (diff) output.diff(input, edit);
  if (!write) return;
  if (stopped) return messages.say(`${file}: not written, because the command was stopped`);
  const written = await writeBack(input, applyEdit(text, edit));
  if (written.kind === "error") messages.fail(written.message);
  else messages.say(`${file}: written`);
}

/** A C file without anything for the command is fine; a file without any function is no input. */
async function nothingToDo(
  command: Session["command"],
  { document }: Input,
  { messages }: Output,
): Promise<void> {
  const { readC } = await import("../../grammars/c/read.ts");
  const { functions, broken } = readC(document.file, document.text, document.expansion);
  if (functions.length + broken.length === 0) {
    return messages.fail(
      `${document.file}:1:1: there is no function in this file; give C source with a function that has a loop`,
    );
  }
  const what =
    command === "suggest"
      ? "no function has a loop, so there is nothing to suggest"
      : "no function claims anything, so there is nothing to verify";
  messages.say(`${document.file}: ${what}`);
}
