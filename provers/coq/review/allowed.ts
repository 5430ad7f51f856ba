import { readFileSync } from "node:fs";
import { type Outline, readOutline, type Scope, type Theorem } from "../../../grammars/coq/outline.ts";
import type { Assumption } from "./assumptions.ts";
import { declaredIn } from "./declared.ts";
import { lineOf } from "./edited.ts";

/** What is known of a constant that a proof rests on without it being proved. */
export interface Assumed extends Assumption {
  /** The name in full, as Coq has it: `Lib.A.M.x`; `X.t` of a functor's parameter. */
  readonly path: string;
  /** The module of the file itself: `Lib.B`. */
  readonly module: string;
  /** The library that holds it; null when it is the file itself. */
  readonly library: string | null;
  /** True where the library is Coq's own and not one that the project puts under Coq's name. */
  readonly standard: boolean;
  /** The library's source; null where it was not found, and for the file itself. */
  readonly source: string | null;
}

/** Where a proof stands. */
export interface Baseline {
  readonly text: string;
  readonly outline: Outline;
  readonly theorem: Theorem;
  /** The elaborated statement, everything in it spelled out. */
  readonly statement: string;
}

export type Allowed =
  /** Null: a part of the statement, and not worth a word. */
  | { readonly kind: "allowed"; readonly assumption: string | null }
  | { readonly kind: "refused"; readonly reason: string };

/**
 * Whether a proof may rest on an assumption (safety.md 11, soundness.md 14): on what the file or a library that it loads declares
 * as an axiom, yes, and it is listed; on a lemma that is admitted, never: the proof would be conditional on it. A proof cannot
 * load anything, so there is no more to rest on than the file has chosen.
 */
export function judgeAssumption(assumed: Assumed, baseline: Baseline): Allowed {
  const { kind, name, text, library } = assumed;
  const refused = (reason: string): Allowed => ({ kind: "refused", reason });
  if (kind === "variable")
    return {
      kind: "allowed",
      assumption: mentions(baseline.statement, name) ? null : `section variable ${text}`,
    };
  // Known to be consistent, and the project's own choice.
  if (kind === "theory") return { kind: "allowed", assumption: text };
  if (kind !== "axiom") return refused(`conditional: ${text}`);
  return library === null ? judgeOwn(assumed, baseline) : judgeForeign(assumed, library);
}

/**
 * True when a statement speaks of a section's variable, and not of a variable of its own that has the same name. The others are
 * hypotheses that the closed theorem gets besides, which its reader is told.
 */
function mentions(statement: string, name: string): boolean {
  const words: readonly string[] = statement.match(/[\p{L}_][\p{L}\p{N}_'.]*|:=|\S/gu) ?? [];
  return words.includes(name) && !words.some((word, at) => word === name && bound(words, at));
}

/** Whether a word stands before a binder's colon: `forall x y : T`, `(x : T)`. */
function bound(words: readonly string[], at: number): boolean {
  const next = words.slice(at + 1).find((word) => !/^[\p{L}_]/u.test(word));
  return next === ":" || next === ":=";
}

function judgeOwn(
  { name, text, path, module }: Assumed,
  { text: file, outline, theorem }: Baseline,
): Allowed {
  const own = path.startsWith(`${module}.`);
  const words = (own ? path.slice(module.length + 1) : path).split(".");
  const parameter = theorem.scope.some(({ parameters }) => parameters.includes(path.split(".")[0]!));
  if (parameter && !own) return { kind: "allowed", assumption: `parameter ${text}` };
  const declared = declaredIn(outline, withoutSections(words, theorem.scope), theorem.statement);
  if (declared.kind === "axiom") return { kind: "allowed", assumption: `axiom ${text}` };
  if (declared.kind === "unknown") {
    // The file may have the name of a functor's parameter.
    return parameter && own && words.length === 1
      ? { kind: "allowed", assumption: `parameter ${text}` }
      : { kind: "refused", reason: `conditional on ${name}, which is not proved` };
  }
  const line = lineOf(file, outline.sentences[declared.statement]!.start);
  return {
    kind: "refused",
    reason: `conditional on ${name}, which is admitted at line ${line}: prove that first`,
  };
}

/** Coq names what stands in a section that is still open by the section, too. */
function withoutSections(path: readonly string[], scope: readonly Scope[]): string[] {
  const left = [...path];
  let at = 0;
  for (const { kind, name } of scope) {
    if (left[at] !== name) break;
    if (kind === "section") left.splice(at, 1);
    else at++;
  }
  return left;
}

function judgeForeign({ name, text, path, source, standard }: Assumed, library: string): Allowed {
  const listed: Allowed = { kind: "allowed", assumption: `axiom ${text}` };
  const refused = (reason: string): Allowed => ({ kind: "refused", reason });
  const written = source === null ? null : readSource(source);
  if (written === null) {
    return standard ? listed : refused(`conditional on ${name} of ${library}, whose source was not found`);
  }
  const declared = declaredIn(readOutline(written), path.slice(library.length + 1).split("."));
  if (declared.kind === "admitted")
    return refused(`conditional on ${name}, which is admitted in ${source}: prove that first`);
  if (declared.kind === "axiom" || standard) return listed;
  return refused(`conditional on ${name} of ${library}, which is not proved`);
}

function readSource(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
