import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Outline } from "../../grammars/c/outline.ts";
import type { OutlinedHole } from "./holes.ts";
import type { GroupResult, ReadGroup } from "./host/messages.ts";

/**
 * What an editor may say of a function, never better than the truth: `proved` and `conditional` only of the text that stands
 * there now, `outdated` as soon as it may be another.
 */
export type State =
  | "none"
  | "checking"
  | "proved"
  | "conditional"
  | "false"
  | "unknown"
  | "unsupported"
  | "outdated";

/** A result together with the text that it is about, where that text is now. */
export interface Kept {
  readonly result: GroupResult;
  /** Whether what the edit of the result says stands in the text. */
  readonly applied: boolean;
  /** The function's own text when it was judged, and what was to be proved; null until it was read again. */
  readonly judged: { readonly identity: string; readonly source: string; readonly start: number } | null;
  /** The document's version that the result is known to be true of. */
  readonly version: number;
  /** Where the function's text begins in that version; results' offsets are relative to `judged.start`. */
  readonly start: number;
}

/** The results of one document. */
export class Results {
  readonly #kept = new Map<string, Kept>();
  readonly #checking = new Set<string>();

  get size(): number {
    return this.#kept.size;
  }

  /** A result about the text as it stands in its version. */
  record(result: GroupResult, text: string): void {
    const { group, identity, start, end, version } = result;
    const judged = { identity, source: text.slice(start, end), start };
    this.#kept.set(keyOf(group, start), { result, applied: false, judged, version, start });
  }

  /** The result's own edit stands in this version, in exactly the text that was judged. */
  adopt(result: GroupResult, version: number): void {
    this.#kept.set(result.group, { result, applied: true, judged: null, version, start: result.start });
  }

  /** A fresh reading of a version: results about functions in which nothing changed are true of it as well. */
  reread(groups: readonly ReadGroup[], text: string, version: number): void {
    for (const [name, kept] of this.#kept) {
      const same = groups.filter(({ group }) => group === name);
      const found = same[0];
      if (!found || same.length > 1 || found.identity === "") continue;
      const { identity, start, end } = found;
      const source = text.slice(start, end);
      if (kept.judged === null) {
        if (kept.version === version)
          this.#kept.set(name, { ...kept, judged: { identity, source, start }, start });
      } else if (kept.judged.identity === identity && kept.judged.source === source)
        this.#kept.set(name, { ...kept, version, start });
    }
  }

  forget(): void {
    this.#kept.clear();
  }

  checking(groups: readonly string[], on: boolean): void {
    for (const group of groups) on ? this.#checking.add(group) : this.#checking.delete(group);
  }

  state(group: string, version: number): State {
    if (this.#checking.has(group)) return "checking";
    const kept = this.#kept.get(group);
    if (!kept) return "none";
    return kept.version === version ? stateOf(kept) : "outdated";
  }

  /** The result of a function, when it is about the text of this version. */
  current(group: string, version: number): Kept | null {
    const kept = this.#kept.get(group);
    return kept?.version === version ? kept : null;
  }

  currents(version: number): Kept[] {
    return [...this.#kept.values()].filter((kept) => kept.version === version);
  }
}

/** Problems outside of functions have no name, and there may be several. */
function keyOf(group: string, start: number): string {
  return group === "" ? `#${start}` : group;
}

function stateOf({ result, applied }: Kept): State {
  const { outcome } = result;
  switch (outcome.kind) {
    case "proved":
      // A proof of a text that was only offered says nothing about the one that stands there.
      if (outcome.edit.length > 0 && !applied) return "unknown";
      return outcome.conditions.length > 0 ? "conditional" : "proved";
    case "refuted":
      return "false";
    case "unknown":
      return "unknown";
    case "error":
      return "unsupported";
  }
}

/** The function around an offset, by the outline. */
export function functionAt(outline: Outline, offset: number): Outline["functions"][number] | null {
  return outline.functions.find(({ start, end }) => start <= offset && offset <= end) ?? null;
}

/** The innermost loop around an offset, its annotation included. */
export function loopAt(outline: Outline, offset: number): Outline["loops"][number] | null {
  const around = outline.loops.filter(({ start, end }) => start <= offset && offset <= end);
  return around.at(-1) ?? null;
}

/** The hole whose proof is around an offset: the first one that is not in front of it, where its statement is. */
export function holeAt(
  document: { readonly holes: readonly OutlinedHole[]; readonly text: TextDocument },
  offset: number,
): OutlinedHole | null {
  const line = document.text.positionAt(offset).line;
  return (
    document.holes.find(
      ({ from, start, end }) =>
        (from <= offset && offset <= end) || document.text.positionAt(start).line === line,
    ) ?? null
  );
}
