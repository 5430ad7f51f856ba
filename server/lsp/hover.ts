import { type Hover, MarkupKind, type Position } from "vscode-languageserver-types";
import { diagnosticsOf } from "./diagnostics.ts";
import type { OpenDocument } from "./document.ts";
import { explanation, explanationBelow } from "./explain.ts";
import type { Explanation } from "./protocol.ts";
import { functionAt, holeAt } from "./results.ts";

/** The explanation where the text speaks of its own: at a loop's keyword, and at what is reported as failing. */
export function hoverAt(document: OpenDocument, position: Position): Hover | null {
  const { text, outline, results } = document;
  const offset = text.offsetAt(position);
  const around = functionAt(outline, offset);
  const kept = around && results.current(around.name, text.version);
  if (!around || !kept) return null;
  const onKeyword = outline.loops.some(({ keyword }) => keyword <= offset && offset <= keyword + 5);
  const onProblem = diagnosticsOf(text, kept).find(
    ({ range }) => text.offsetAt(range.start) <= offset && offset <= text.offsetAt(range.end),
  );
  if (!onKeyword && !onProblem) return null;
  const lines = document.loopLines(around.name);
  const markdown = onProblem ? explanationBelow(kept, lines) : explanation(kept, lines).markdown;
  return {
    contents: { kind: MarkupKind.Markdown, value: markdown },
    ...(onProblem ? { range: onProblem.range } : {}),
  };
}

/** The explanation for the function around a place; null where nothing is known of the text that stands there. */
export function explainAt(document: OpenDocument, position: Position): Explanation | null {
  const { text, outline, results } = document;
  const offset = text.offsetAt(position);
  const hole = document.language === "c" ? null : holeAt(document, offset);
  const around = hole?.group ? { name: hole.group } : functionAt(outline, offset);
  const kept = around && results.current(around.name, text.version);
  return kept ? explanation(kept, document.loopLines(around.name)) : null;
}
