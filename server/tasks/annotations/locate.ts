import { type OutlinedFunction, type OutlinedLoop, outlineC } from "../../../grammars/c/outline.ts";
import type { Span } from "../../../grammars/c/span.ts";
import type { AnnotationsTask, Document, LoopTask, TextLoop } from "../../engine/task.ts";
import type { Located } from "../invariants/locate.ts";
import { visibleAt } from "./scope.ts";

/**
 * What our own front end could not read becomes a task for a checker that reads C itself, where the function can be told by its
 * brackets alone; a problem outside of functions is left to that checker as well, since it reads the whole file.
 */
export function locateBeyond(document: Document, located: readonly Located<LoopTask>[]): Located<LoopTask>[] {
  const outline = outlineC(document.text);
  const found = located.map((one): Located<LoopTask> => {
    if (one.kind === "task" || one.group === null) return one;
    const same = outline.functions.flatMap((fn, index) => (fn.name === one.group ? [{ fn, index }] : []));
    const [only] = same;
    if (same.length !== 1 || !only) return one;
    const loops = outline.loops.filter((loop) => loop.function === only.index);
    return {
      kind: "task",
      task: {
        kind: "annotations",
        document,
        group: only.fn.name,
        span: spanOf(document.text, only.fn.start, only.fn.end),
        loops: textLoops(document.text, only.fn, loops),
        beyond: one.diagnostics,
      },
    };
  });
  return found.some(({ kind }) => kind === "task")
    ? found.filter((one) => one.kind === "task" || one.group !== null)
    : found;
}

/** The function's loops in a text, as the locating found them; null where it is not there, or more than once. */
export function loopsIn(text: string, name: string): AnnotationsTask["loops"] | null {
  const outline = outlineC(text);
  const same = outline.functions.flatMap((fn, index) => (fn.name === name ? [{ fn, index }] : []));
  if (same.length !== 1) return null;
  const { fn, index } = same[0]!;
  return textLoops(
    text,
    fn,
    outline.loops.filter((loop) => loop.function === index),
  );
}

function textLoops(text: string, fn: OutlinedFunction, loops: readonly OutlinedLoop[]): TextLoop[] {
  return loops.map((loop, id) => {
    const around = loops.flatMap((other, index) =>
      other.keyword < loop.keyword && loop.end <= other.end ? [index] : [],
    );
    const visible = visibleAt(text, fn, loop);
    return {
      id,
      parent: around.at(-1) ?? null,
      span: spanOf(text, loop.keyword, loop.keyword + /^\w+/.exec(text.slice(loop.keyword))![0].length),
      end: loop.end,
      annotationBlocks: blocksOf(text, loop),
      scope: visible.filter(({ type }) => type !== "other").map(({ name }) => name),
      integers: visible.filter(({ type }) => type === "integer").map(({ name }) => name),
    };
  });
}

/** The comments in front of the loop that annotate it. */
function blocksOf(text: string, { start, keyword }: OutlinedLoop): Span[] {
  const comments = text.slice(start, keyword).matchAll(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g);
  return [...comments]
    .filter(([comment]) => /^\/[*/]@/.test(comment) && /\bloop\s+\w/.test(comment))
    .map((match) => spanOf(text, start + match.index, start + match.index + match[0].trimEnd().length));
}

function spanOf(text: string, start: number, end: number): Span {
  const before = text.slice(0, start);
  return { start, end, line: before.split("\n").length, column: start - before.lastIndexOf("\n") };
}
