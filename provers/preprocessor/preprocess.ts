import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Expansion } from "../../grammars/c/expansion.ts";
import { type Layout, LINE_NAME, layOut } from "../../grammars/c/layout.ts";
import { Lines } from "../../grammars/c/lines.ts";
import type { Diagnostic } from "../../grammars/c/span.ts";
import type { Document } from "../../server/engine/task.ts";
import { startChild } from "../process/child.ts";
import { runToEnd } from "../process/run.ts";
import type { Preprocessing } from "./choice.ts";

const DEADLINE_MS = 30_000;
const MEGABYTES = 1_000;
/** More than the headers of any library come to. */
const LONGEST_OUTPUT = 20_000_000;

/** Runs a preprocessor over a document's text as it stands. Rejects only with the signal's reason. */
export async function preprocessed(
  program: string,
  { file, text }: Pick<Document, "file" | "text">,
  { include, define }: Preprocessing,
  signal: AbortSignal,
): Promise<Expansion> {
  signal.throwIfAborted();
  const layout = layOut(text);
  const scratch = mkdtempSync(join(tmpdir(), "touchstone-"));
  const source = join(scratch, "source.c");
  const failed = (diagnostics: readonly Diagnostic[]): Expansion => ({
    kind: "failed",
    of: text,
    diagnostics,
  });
  const whole = (message: string) =>
    failed([{ severity: "error", message, span: new Lines(text).span(0, 0) }]);
  try {
    writeFileSync(source, layout.text);
    const args = [
      // Comments, since ACSL lives in them; definitions, since macros are used in ACSL.
      ...["-E", "-CC", "-dD", "-x", "c"],
      ...["-Wno-builtin-macro-redefined", `-D__LINE__=${LINE_NAME}`],
      ...define.map((one) => `-D${one}`),
      // A file's own directory comes first for it, and its text is now elsewhere.
      ...["-iquote", directoryOf(file)],
      ...include.flatMap((one) => ["-I", resolve(one)]),
      source,
    ];
    const memory = { megabytes: MEGABYTES, of: "address-space" } as const;
    const child = startChild({ command: program, args, memory, signal });
    let output = "";
    const { exit, late } = await runToEnd(child, DEADLINE_MS, (piece) => {
      output += piece;
      if (output.length > LONGEST_OUTPUT) child.kill();
    });
    signal.throwIfAborted();
    if (late) return whole(`the preprocessor did not end within ${DEADLINE_MS / 1000} s`);
    if (exit.kind === "exited" && exit.status === 0)
      return { kind: "expanded", of: text, output, name: source };
    const told = diagnosticsOf(child.stderrTail(), source, layout, text);
    return told.length > 0
      ? failed(told)
      : whole(`the preprocessor ${program} failed: ${child.stderrTail()}`);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** An editor names a file by its URI. */
function directoryOf(file: string): string {
  return dirname(file.startsWith("file://") ? fileURLToPath(file) : resolve(file));
}

/** `file:line:column: error: …` at the places that they are about. */
function diagnosticsOf(said: string, source: string, layout: Layout, text: string): Diagnostic[] {
  const lines = new Lines(text);
  const errors = said.matchAll(/^(.*?):(\d+):\d+: (?:fatal )?error: ([^\n]*)/gm);
  return [...errors].map(([, file, line, message]) => {
    const { start, end } = (file === source ? layout.places[Number(line) - 1] : null) ?? { start: 0, end: 0 };
    const where = file === source ? "" : `${file}:${line}: `;
    const advice = /No such file|file not found/.test(message!) ? "; name its directory with -I" : "";
    return { severity: "error", message: `${where}${message}${advice}`, span: lines.span(start, end) };
  });
}
