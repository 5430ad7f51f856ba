import type { Edit } from "../engine/verified.ts";
import { applyEdit } from "../tasks/invariants/edit.ts";

/** Lines around a change, as `diff -u` has them. */
const CONTEXT = 3;

/** Lines `start..end` (0-based, half open) of the old text that become `lines`. */
interface Change {
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
}

/**
 * The edit as a unified diff that `patch -p1` and `git apply` take; empty for an edit without insertions. Line endings are
 * those of the text.
 */
export function unifiedDiff(file: string, text: string, edit: Edit): string {
  if (edit.insertions.length === 0) return "";
  const old = splitLines(text);
  const name = file === "-" ? "stdin" : file.replace(/^\/+|^(?:\.\/)+/g, "");
  const hunks = groups(changes(text, old, edit));
  let shift = 0;
  const parts = hunks.map((hunk) => {
    const shown = showHunk(old, hunk, shift);
    shift += hunk.reduce((sum, { start, end, lines }) => sum + lines.length - (end - start), 0);
    return shown;
  });
  return `--- a/${name}\n+++ b/${name}\n${parts.join("")}`;
}

/** Lines with their endings; the last may have none. */
function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function changes(text: string, old: readonly string[], edit: Edit): Change[] {
  const starts: number[] = [];
  let offset = 0;
  for (const line of old) {
    starts.push(offset);
    offset += line.length;
  }
  const lineOf = (at: number) =>
    Math.max(
      0,
      starts.findLastIndex((start) => start <= at),
    );
  const byLine = new Map<number, { end: number; insertions: Edit["insertions"][number][] }>();
  let last: { end: number; insertions: Edit["insertions"][number][] } | null = null;
  for (const insertion of edit.insertions) {
    const line = lineOf(insertion.offset);
    if (last === null || line >= last.end) {
      last = { end: line + 1, insertions: [] };
      byLine.set(line, last);
    }
    last.insertions.push(insertion);
    last.end = Math.max(last.end, lineOf(insertion.end) + 1);
  }
  return [...byLine].map(([start, { end, insertions }]) => {
    const from = starts[start] ?? 0;
    const part = text.slice(from, starts[end] ?? text.length);
    const moved = insertions.map((one) => ({ ...one, offset: one.offset - from, end: one.end - from }));
    return trim({ start, end, lines: splitLines(applyEdit(part, { insertions: moved })) }, old);
  });
}

/** Lines that stay are no part of a change. */
function trim({ start, end, lines }: Change, old: readonly string[]): Change {
  let head = 0;
  while (start + head < end && head < lines.length && old[start + head] === lines[head]) head++;
  let tail = 0;
  while (
    start + head < end - tail &&
    head < lines.length - tail &&
    old[end - 1 - tail] === lines[lines.length - 1 - tail]
  )
    tail++;
  return { start: start + head, end: end - tail, lines: lines.slice(head, lines.length - tail) };
}

/** Changes whose contexts touch share a hunk. */
function groups(all: readonly Change[]): Change[][] {
  const result: Change[][] = [];
  for (const change of all) {
    const previous = result.at(-1)?.at(-1);
    if (previous && change.start - previous.end <= 2 * CONTEXT) result.at(-1)!.push(change);
    else result.push([change]);
  }
  return result;
}

function showHunk(old: readonly string[], hunk: readonly Change[], shift: number): string {
  const from = Math.max(0, hunk[0]!.start - CONTEXT);
  const to = Math.min(old.length, hunk.at(-1)!.end + CONTEXT);
  const lines: string[] = [];
  let position = from;
  for (const { start, end, lines: added } of hunk) {
    lines.push(...old.slice(position, start).map((line) => ` ${line}`));
    lines.push(...old.slice(start, end).map((line) => `-${line}`), ...added.map((line) => `+${line}`));
    position = end;
  }
  lines.push(...old.slice(position, to).map((line) => ` ${line}`));
  const count = (marks: string) => lines.filter((line) => marks.includes(line[0]!)).length;
  const [oldCount, newCount] = [count(" -"), count(" +")];
  const place = (start: number, size: number) =>
    `${size === 0 ? start : start + 1}${size === 1 ? "" : `,${size}`}`;
  const header = `@@ -${place(from, oldCount)} +${place(from + shift, newCount)} @@\n`;
  return (
    header +
    lines.map((line) => (line.endsWith("\n") ? line : `${line}\n\\ No newline at end of file\n`)).join("")
  );
}
