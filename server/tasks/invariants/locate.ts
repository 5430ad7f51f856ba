import { readC } from "../../../grammars/c/read.ts";
import type { Diagnostic, Span } from "../../../grammars/c/span.ts";
import type { CFile, CFunction } from "../../../grammars/c/tree.ts";
import type { Document, InvariantsTask, LoopTask } from "../../engine/task.ts";
import type { IntegerReading } from "../../program/integer.ts";
import { lowerFunction } from "../../program/lower/index.ts";
import { locateExchange } from "../exchange/locate.ts";
import { notationOf } from "../exchange/notation.ts";

/** What a document holds for us: a task a function, or what is wrong with one. */
export type Located<T extends LoopTask = InvariantsTask> =
  | { readonly kind: "task"; readonly task: T }
  | {
      readonly kind: "error";
      /** The function's name; null for a problem outside functions. */
      readonly group: string | null;
      readonly span: Span;
      readonly diagnostics: readonly Diagnostic[];
    };

/** All functions of a C document, or the problem of a SyGuS or Horn one, that have a loop or something to prove; each problem is reported beside them. */
export function locateInvariants(document: Document, reading: IntegerReading): Located[] {
  const notation = notationOf(document);
  if (notation !== null) return locateExchange(document, notation);
  const file = readC(document.file, document.text, document.expansion);
  const outside = file.diagnostics.filter((one) => one.severity === "error");
  const found: Located[] = [
    ...outside.map((one): Located => ({ kind: "error", group: null, span: one.span, diagnostics: [one] })),
    ...file.broken.map(
      (one): Located => ({
        kind: "error",
        group: one.name,
        span: one.span,
        diagnostics: one.diagnostics,
      }),
    ),
    ...file.functions.map((one) => taskOf(document, file, one, reading)),
  ];
  return found.sort((left, right) => spanOf(left).start - spanOf(right).start);
}

function spanOf(located: Located): Span {
  return located.kind === "task" ? located.task.span : located.span;
}

function taskOf(document: Document, file: CFile, one: CFunction, reading: IntegerReading): Located {
  const lowered = lowerFunction(file, one, reading);
  if (lowered.kind === "unsupported") {
    return { kind: "error", group: one.name, span: one.span, diagnostics: lowered.diagnostics };
  }
  return {
    kind: "task",
    task: { kind: "invariants", document, group: one.name, program: lowered.program, span: one.span },
  };
}
