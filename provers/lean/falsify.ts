import type { Goal } from "../../server/search/session.ts";
import { type Inhabitants, inhabitants } from "./inhabitants.ts";
import { compose, type HoleText } from "./script.ts";
import { positionAt } from "./server.ts";
import type { LeanWorker } from "./worker.ts";

/** Instances that are tried, in one pass of the server. */
const MOST = 36;
const DEADLINE_MS = 6_000;

/** Small values of the types that are enumerated, beside those that the file declares. A type variable is taken for `Nat`. */
const VALUES: ReadonlyMap<string, readonly string[]> = new Map([
  ["Nat", ["0", "1", "2", "3"]],
  ["Int", ["0", "1", "-1", "2"]],
  ["Bool", ["true", "false"]],
  ["List Nat", ["[]", "[0]", "[1]", "[1, 0]", "[0, 1]", "[2, 0, 1]", "[1, 1, 0]"]],
  ["List Bool", ["[]", "[true]", "[false, true]"]],
  ["Option Nat", ["none", "some 0", "some 1"]],
]);

/**
 * Values at which a theorem is false, as Lean itself decides it: its statement at those values, taken as given, is contradictory. Null
 * where none of the small ones is, or its binders are of types that are not enumerated. It says nothing of other holes in its proof.
 */
export async function falsify(
  worker: LeanWorker,
  hole: HoleText,
  goal: Goal,
  signal: AbortSignal,
): Promise<string | null> {
  const { fullName, keyword } = hole.hole.declaration;
  if (fullName === null || (keyword !== "theorem" && keyword !== "lemma")) return null;
  const before = hole.text.slice(0, hole.hole.declaration.outerEnd);
  const binders = bindersOf(
    goal,
    inhabitants(before, (type) => VALUES.get(type) ?? null),
  );
  if (binders === null || binders.length === 0) return null;
  const { text } = compose(hole, [], true);
  const head = `${text.trimEnd()}\n\n`;
  const first = positionAt(head, head.length).line;
  const tried = assignments(binders);
  const lines = tried.map((values) => {
    const named = values.map(({ name, value }) => `(${name} := ${value})`).join(" ");
    return `example : False := absurd (_root_.${fullName} ${named}) (by decide)`;
  });
  const checked = await worker.check(`${head}${lines.join("\n")}\n`, null, {
    deadlineMs: DEADLINE_MS,
    signal,
  });
  if (checked.kind !== "checked" || checked.fatal) return null;
  const wrong = new Set(
    checked.messages.filter(({ severity }) => severity === "error").map(({ start }) => start.line),
  );
  // An error elsewhere may hide those of the instances.
  if ([...wrong].some((line) => line < first)) return null;
  const at = lines.findIndex((_, index) => !wrong.has(first + index));
  if (at < 0) return null;
  return tried[at]!.map(({ name, value }) => `${name} := ${value}`).join(", ");
}

interface Binder {
  readonly name: string;
  /** Null: a premise, which is decided. */
  readonly values: readonly string[] | null;
}

/** The hypotheses at the hole as arguments of the theorem; null when one is of a type that is not enumerated. */
function bindersOf({ hypotheses }: Goal, valuesOf: Inhabitants): Binder[] | null {
  const variables = new Set(
    hypotheses.filter(({ type }) => /^Type\b/.test(type)).flatMap(({ names }) => names),
  );
  const binders: Binder[] = [];
  for (const { names, type } of hypotheses) {
    if (/^Type\b/.test(type) || names.every((name) => /^inst/.test(name))) continue;
    const plain = type.replace(/[\p{L}_][\p{L}\p{N}_']*/gu, (word) => (variables.has(word) ? "Nat" : word));
    const values = valuesOf(plain);
    if (values === null && !/[=≠≤<≥>∈∧∨¬→↔]/.test(type)) return null;
    for (const name of names) {
      if (name.includes("✝")) return null;
      binders.push({ name, values });
    }
  }
  return binders;
}

/** The smallest values first: by the sum of their places in their lists. */
function assignments(binders: readonly Binder[]): { readonly name: string; readonly value: string }[][] {
  const found: { readonly name: string; readonly value: string }[][] = [];
  const widest = binders.reduce((sum, { values }) => sum + (values === null ? 0 : values.length - 1), 0);
  const extend = (at: number, left: number, chosen: (typeof found)[number]): void => {
    if (found.length >= MOST) return;
    const binder = binders[at];
    if (binder === undefined) {
      if (left === 0) found.push(chosen);
      return;
    }
    const { name, values } = binder;
    if (values === null) extend(at + 1, left, [...chosen, { name, value: "by decide" }]);
    for (let index = Math.min(left, (values?.length ?? 0) - 1); index >= 0; index--) {
      const value = values![index]!;
      extend(at + 1, left - index, [...chosen, { name, value }]);
    }
  };
  for (let sum = 0; sum <= widest; sum++) extend(0, sum, []);
  return found;
}
