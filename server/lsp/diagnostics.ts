import type { TextDocument } from "vscode-languageserver-textdocument";
import {
  type Diagnostic,
  type DiagnosticRelatedInformation,
  DiagnosticSeverity,
  type Range,
} from "vscode-languageserver-types";
import type { Span } from "../../grammars/c/span.ts";
import { showConjuncts, whyNot } from "../cli/words.ts";
import type { Counterexample } from "../engine/verdict.ts";
import type { Kept } from "./results.ts";

const SOURCE = "touchstone";
/** States listed as related places: where it begins and how it ends. The whole run is in the hover, below them. */
const FIRST_STATES = 1;
const LAST_STATES = 2;

/** What a function's result has to say in the text, where its function is now. Proofs say nothing: the lens does. */
export function diagnosticsOf(document: TextDocument, kept: Kept): Diagnostic[] {
  const { outcome } = kept.result;
  const at = placing(document, kept);
  switch (outcome.kind) {
    case "proved":
      return [];
    case "refuted": {
      const { counterexample } = outcome;
      return [
        {
          range: at.range(counterexample.span),
          severity: DiagnosticSeverity.Error,
          code: "refuted",
          source: SOURCE,
          message: `${counterexample.violated} does not hold: a run of '${kept.result.group}' that was replayed breaks it`,
          relatedInformation: related(document, counterexample, at),
        },
      ];
    }
    case "unknown": {
      const { nearest, reason } = outcome;
      const verdict = nearest?.verdict;
      const refuted = verdict?.kind === "refuted" ? verdict : null;
      const loop = kept.result.loops[0];
      const keyword =
        loop === undefined
          ? { start: kept.result.start, end: kept.result.start }
          : { start: loop, end: loop + 3 };
      const said = nearest
        ? `; nearest: ${showConjuncts(nearest, at.lines(kept.result.loops))} ${whyNot(nearest.verdict)}`
        : "";
      const what = refuted && refuted.why !== "tooWeak" ? `; what fails: ${refuted.obligation.text}` : "";
      return [
        {
          range: at.range(refuted?.counterexample.span ?? keyword),
          severity: DiagnosticSeverity.Warning,
          code: refuted?.why ?? "unknown",
          source: SOURCE,
          message: `'${kept.result.group}' is not proved: ${reason}${said}${what}`,
          ...(refuted ? { relatedInformation: related(document, refuted.counterexample, at) } : {}),
        },
      ];
    }
    case "error":
      return outcome.diagnostics.map((one) => ({
        range: at.range(one.span),
        severity: DiagnosticSeverity.Information,
        code: "unsupported",
        source: SOURCE,
        message: one.message,
      }));
  }
}

interface Placing {
  range(span: Pick<Span, "start" | "end">): Range;
  /** 0-based line of a 1-based line of the judged text. */
  line(line: number): number;
  lines(offsets: readonly number[]): number[];
}

/** Places of the judged text as places of the text that stands now: the function may have moved as a whole. */
function placing(document: TextDocument, kept: Kept): Placing {
  const from = kept.judged?.start ?? kept.start;
  const shift = kept.start - from;
  // The function's own text is the same, so lines are counted from its beginning.
  const firstNow = document.positionAt(kept.start).line;
  const range = ({ start, end }: Pick<Span, "start" | "end">) => ({
    start: document.positionAt(start + shift),
    end: document.positionAt(Math.max(end, start + 1) + shift),
  });
  return {
    range,
    line: (line) => Math.max(0, firstNow + (line - 1 - kept.result.line)),
    lines: (offsets) => offsets.map((offset) => document.positionAt(offset + shift).line + 1),
  };
}

function related(
  document: TextDocument,
  { states }: Counterexample,
  at: Placing,
): DiagnosticRelatedInformation[] {
  const shown =
    states.length <= FIRST_STATES + LAST_STATES
      ? states
      : [...states.slice(0, FIRST_STATES), ...states.slice(-LAST_STATES)];
  return shown.map(({ where, line, values }) => {
    const start = { line: at.line(line), character: 0 };
    const text = Object.entries(values)
      .map(([name, value]) => `${name} = ${value}`)
      .join(", ");
    return {
      location: {
        uri: document.uri,
        range: { start, end: { ...start, character: lengthOf(document, start.line) } },
      },
      message: text === "" ? where : `${where}: ${text}`,
    };
  });
}

function lengthOf(document: TextDocument, line: number): number {
  const text = document.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } });
  return text.replace(/\r?\n$/, "").length;
}
