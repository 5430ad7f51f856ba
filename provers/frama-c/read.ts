import type { SourceProperty } from "../../server/engine/source-checker.ts";

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

/** A status of Frama-C that holds without anything else of the same function having to. */
const PROVED = new Set(["Valid", "Considered valid"]);

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
      proved: PROVED.has(cells[5]!),
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
