import type { SourceGoal, SourceProperty } from "../../server/engine/source-checker.ts";

/** What WP's messages say of a run. */
export interface WpSummary {
  /** Smoke tests count as goals: those that found nothing contradictory are proved. */
  readonly proved: number;
  readonly total: number;
  readonly scheduled: number;
  /** Smoke tests that found something contradictory, by name: what hangs on it is proved of nothing. */
  readonly contradictions: readonly string[];
  /** Smoke tests that found code which no run reaches: `assert(a || b)` has some where `a` always holds. */
  readonly dead: readonly string[];
  /** 1-based lines of that code. */
  readonly deadLines: readonly number[];
  /** What WP's memory model supposes of pointers, as ACSL: `\separated(a + (..), &x)` (soundness.md 9). */
  readonly hypotheses: readonly string[];
  /** Warnings that WP left something out or took something for granted. */
  readonly doubts: readonly string[];
}

/** Reads WP's messages; null when it did not say what it proved. */
export function readSummary(log: string): WpSummary | null {
  const proved = /^\[wp\] Proved goals: +(\d+) \/ (\d+)/m.exec(log);
  const scheduled = /^\[wp\] (\d+) goals? scheduled/m.exec(log);
  if (proved === null || scheduled === null) return null;
  const failed = unique(log, /^\[wp\] \[(?:Failed|Doomed)\] Smoke-test typed_(\S+)/gm);
  const dead = failed.filter((name) => /_wp_smoke_dead_code_/.test(name));
  return {
    proved: Number(proved[1]),
    total: Number(proved[2]),
    scheduled: Number(scheduled[1]),
    contradictions: failed.filter((name) => !dead.includes(name)),
    dead,
    deadLines: unique(log, /^\[wp\] \S*?:(\d+): Warning: Failed smoke-test/gm).map(Number),
    hypotheses: hypothesesOf(log),
    doubts: doubtsOf(log),
  };
}

/** The clauses of the contract that WP prints under a warning of its own. */
function hypothesesOf(log: string): string[] {
  const contracts = log.matchAll(/Memory model hypotheses for function [^\n]*\n\s*\/\*@([\s\S]*?)\*\//g);
  return [...contracts].flatMap(([, text]) =>
    [...text!.matchAll(/(?:requires|ensures) ([\s\S]*?);/g)].map(([, clause]) =>
      clause!.replace(/\s+/g, " "),
    ),
  );
}

function unique(log: string, pattern: RegExp): string[] {
  return [...new Set([...log.matchAll(pattern)].map(([, name]) => name!))];
}

/** Messages of WP that are more than advice: `[wp] place: Warning:` with the text on the next line. */
function doubtsOf(log: string): string[] {
  const warnings = log.matchAll(/^\[wp(?::[\w-]+)?\][^\n]*?(?:Warning|User Error|Failure):[ \n]*([^\n]*)/gm);
  return (
    [...warnings]
      .map(([, text]) => text!.trim())
      // Without `assigns` it takes everything to be assigned, and without a contract a call to do anything: that only makes goals harder.
      .filter(
        (text) =>
          !/^(?:Missing assigns clause|No 'assigns' specification|Missing RTE guards$|Failed smoke-test|Memory model hypotheses for function)/.test(
            text,
          ),
      )
  );
}

/** A warning of Frama-C's kernel, its text on one line. */
export interface KernelWarning {
  /** 1-based; null where it names no place in the text. */
  readonly line: number | null;
  readonly text: string;
}

export function kernelWarnings(log: string): KernelWarning[] {
  const warnings = log.matchAll(
    /^\[(?:kernel|rte|variadic|eva)[^\]\n]*\] *(?:[^\s:]*?:(\d+): *)?Warning:((?:[^\n]*\n)(?: +[^\n]*\n)*)/gm,
  );
  return [...warnings].map(([, line, text]) => ({
    line: line === undefined ? null : Number(line),
    text: text!.replace(/\s+/g, " ").trim(),
  }));
}

/** Each goal of a run with what became of it; smoke tests are none. */
export function readGoals(log: string): SourceGoal[] {
  const goals = log.matchAll(
    /^\[wp\] \[([^\]]*)\] Goal typed_(\S+)( : (?:Valid|Trivial|Unreachable))?[^\n]*\n((?: +[^\n]*\n)*)/gm,
  );
  return [...goals].map(([, , name, valid, more]) => ({
    name: name!,
    proved: valid !== undefined,
    said: [...(more ?? "").matchAll(/^ +([\w.-]+ [\d.]+): ([^\n]*)/gm)].map(
      ([, prover, words]) => `${prover}: ${inWords(words!)}`,
    ),
  }));
}

/** A prover's answer as Why3 passes it on; with a driver for an older solver, "unknown" comes as an error. */
function inWords(answer: string): string {
  const after = /\((\d[\d.]*m?s)\)$/.exec(answer)?.[1];
  if (/^Timeout/.test(answer)) return `timeout${after === undefined ? "" : ` after ${after}`}`;
  if (/^(?:Unknown|Failed Unknown error)/.test(answer)) return "unknown";
  return answer.replace(/ *\(.*$/, "").toLowerCase();
}

/** The words of Frama-C's report for what became of a property. */
const STATUS: Readonly<Record<string, SourceProperty["status"]>> = {
  Valid: "proved",
  "Partially proven": "conditional",
  "Considered valid": "assumed",
};

/** The properties of one function in the table of the report plug-in: `directory file line function kind status property`. */
export function readProperties(table: string, name: string): SourceProperty[] {
  return table
    .split("\n")
    .slice(1)
    .map((row) => row.split("\t"))
    .filter((cells) => cells.length >= 7 && cells[3] === name)
    .map((cells) => ({
      kind: cells[4]!,
      text: plain(cells.slice(6).join(" ")),
      line: Number(cells[2]),
      status: STATUS[cells[5]!] ?? "open",
    }));
}

/** Frama-C prints mathematical signs; the source has ASCII. */
function plain(text: string): string {
  const signs: Readonly<Record<string, string>> = {
    "≡": "==",
    "≢": "!=",
    "≤": "<=",
    "≥": ">=",
    "∧": "&&",
    "∨": "||",
    "⇒": "==>",
    "⇔": "<==>",
    "∀": "\\forall",
    "∃": "\\exists",
    ℤ: "integer",
    ℝ: "real",
    "¬": "!",
    "∈": "\\in",
  };
  return text.replace(/[≡≢≤≥∧∨⇒⇔∀∃ℤℝ¬∈]/g, (sign) => signs[sign]!);
}
