import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { replay } from "../../grammars/certificate/checker/replay.ts";
import { coqSource } from "../../grammars/certificate/coq/emit.ts";
import { derive } from "../../grammars/certificate/derive/derive.ts";
import { certify } from "../../grammars/proofs/certify.ts";
import { checkChain } from "../../grammars/proofs/chain.ts";
import { seededFaults } from "../../grammars/proofs/faults.ts";
import { LANGUAGES } from "../../grammars/proofs/languages.ts";
import type { Claim } from "../../grammars/proofs/prove.ts";
import { checkTable, ENGINE_ROLES } from "../../grammars/proofs/table.ts";
import { STATES, TABLE } from "../engine/table.ts";
import { readChain } from "./chain-file.ts";
import { grammarHtml } from "./grammar-html.ts";
import { explainFileError } from "./input.ts";
import { type Paint, painter } from "./paint.ts";

const PROVED_CHECKER = new URL("../../grammars/certificate/coq/Checker.v", import.meta.url);

export interface GrammarCheckRequest {
  /**
   * A chain's description, or a certificate (`NAME.certificate.json`) with the files that it names beside it; without one
   * the product's own grammars and its table are proved.
   */
  readonly file: string | null;
  readonly only: readonly string[];
  /** Also puts things wrong on purpose, and says what noticed it. */
  readonly faults: boolean;
  readonly json: boolean;
  /** A directory for the certificates and the grammars that they name; made where it is missing. */
  readonly certificates: string | null;
  /** Where to write a page with the results. */
  readonly html: string | null;
  readonly colour: boolean;
}

/** A language, or the engine's table, with what was claimed of it. */
export interface Proved {
  readonly name: string;
  readonly claims: readonly Claim[];
  readonly ms: number;
}

/** Proves the grammars, or checks a chain. Status 0 when all holds, 1 when something does not, 2 for a bad input. */
export function grammarCheck(request: GrammarCheckRequest): number {
  const paint = painter(process.stdout, request.colour);
  if (request.file?.endsWith(".certificate.json")) return checkCertificate(request.file, request.json, paint);
  if (request.file !== null) return checkFile(request.file, request.json, paint);
  const unknown = request.only.filter((name) => !(name in LANGUAGES));
  if (unknown.length > 0) {
    process.stderr.write(
      `no language is named ${unknown[0]}; there are ${Object.keys(LANGUAGES).join(", ")}\n`,
    );
    return 2;
  }
  const names = request.only.length > 0 ? request.only : Object.keys(LANGUAGES);
  const all: Proved[] = [];
  for (const name of names) {
    const begin = cpu();
    const { claims, files } = certify(LANGUAGES[name]!(), cpu);
    all.push({ name, claims, ms: Math.round(cpu() - begin) });
    if (request.certificates !== null) {
      const failed = save(withTheorems(name, files), request.certificates);
      if (failed !== null) {
        process.stderr.write(`${failed}\n`);
        return 2;
      }
    }
    show(all.at(-1)!, request.json, paint);
  }
  if (request.only.length === 0) {
    all.push(proveTable());
    show(all.at(-1)!, request.json, paint);
  }
  const faults = request.faults ? tryFaults(request.json, paint) : [];
  const missed = faults.filter(({ caught }) => caught === null).length;
  const failed = missed + all.flatMap(({ claims }) => claims.filter(({ holds }) => !holds)).length;
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
  const seconds = (all.reduce((sum, { ms }) => sum + ms, 0) / 1000).toFixed(1);
  if (!request.json) {
    const summary = failed === 0 ? paint("green", "All proved") : paint("red", `${failed} not proved`);
    process.stdout.write(`${summary} in ${seconds} s of processor time, ${megabytes} MB at most.\n`);
  }
  if (request.html !== null) {
    try {
      writeFileSync(request.html, grammarHtml(all, faults, { seconds, megabytes }));
    } catch (cause) {
      process.stderr.write(`${request.html}: ${explainFileError(cause, "write")}\n`);
      return 2;
    }
  }
  return failed === 0 ? 0 : 1;
}

/** A seeded fault, and what the proofs said to it; null when they did not notice. */
export interface Tried {
  readonly where: string;
  readonly what: string;
  readonly caught: string | null;
}

function tryFaults(json: boolean, paint: Paint): readonly Tried[] {
  const tried = seededFaults(TABLE, STATES, ENGINE_ROLES).map(
    ({ where, what, caught }): Tried => ({ where, what, caught: caught() }),
  );
  const missed = tried.filter(({ caught }) => caught === null);
  if (json) process.stdout.write(`${JSON.stringify({ schemaVersion: 1, faults: tried })}\n`);
  else {
    process.stdout.write(`${paint("bold", "seeded faults")}\n`);
    for (const { where, what, caught } of tried) {
      process.stdout.write(
        `  ${caught === null ? paint("red", "✗") : paint("green", "✓")} ${where}: ${what} ${paint("dim", caught ?? "not noticed")}\n`,
      );
    }
    process.stdout.write(`  ${tried.length - missed.length} of ${tried.length} caught\n`);
  }
  return tried;
}

/** The engine's own table, model-checked. */
function proveTable(): Proved {
  const begin = cpu();
  const problems = checkTable(TABLE, STATES, ENGINE_ROLES);
  const ms = Math.round(cpu() - begin);
  const claim = {
    claim: "no offer without the judge's proof, every cycle spends, every state can be stopped",
    holds: problems.length === 0,
    sizes: { states: STATES.length, transitions: TABLE.length },
    ms,
    failures: problems.map((message) => ({ message })),
  };
  return { name: "pipeline", claims: [claim], ms };
}

function show({ name, claims, ms }: Proved, json: boolean, paint: Paint): void {
  if (json) {
    process.stdout.write(`${JSON.stringify({ schemaVersion: 1, language: name, claims, ms })}\n`);
    return;
  }
  process.stdout.write(`${paint("bold", name)}\n`);
  for (const { claim, holds, sizes, ms: spent, failures } of claims) {
    const counts = Object.entries(sizes)
      .map(([what, count]) => `${count} ${what}`)
      .join(", ");
    const details = [counts, `${spent} ms`].filter((part) => part !== "").join("; ");
    process.stdout.write(
      `  ${holds ? paint("green", "✓") : paint("red", "✗")} ${claim} ${paint("dim", `(${details})`)}\n`,
    );
    for (const { message, text, at, rule, line } of failures) {
      const where = rule === undefined ? "" : ` in ${rule}, line ${line} of its decoder's grammar`;
      process.stdout.write(`      ${message}${where}\n`);
      if (text === undefined) continue;
      process.stdout.write(
        `      ${paint("red", JSON.stringify(text))}${at === undefined ? "" : `, read up to character ${at}`}\n`,
      );
    }
  }
}

/** Beside a certificate, the same for Coq: the proved checker, and theorems about what the certificate says. */
function withTheorems(name: string, files: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const text = files.get(`${name}.certificate.json`);
  if (text === undefined) return files;
  const source = coqSource(derive(text, (file) => files.get(file)!));
  return new Map([
    ...files,
    ["Checker.v", readFileSync(PROVED_CHECKER, "utf8")],
    [`${name.replaceAll("-", "_")}.v`, source],
  ]);
}

/** What went wrong; null when all is written. */
function save(files: ReadonlyMap<string, string>, directory: string): string | null {
  try {
    mkdirSync(directory, { recursive: true });
    for (const [name, text] of files) writeFileSync(join(directory, name), text);
    return null;
  } catch (cause) {
    return `${directory}: ${explainFileError(cause, "write")}`;
  }
}

function checkCertificate(file: string, json: boolean, paint: Paint): number {
  let problems: readonly string[];
  try {
    problems = replay(readFileSync(file, "utf8"), (name) =>
      readFileSync(join(dirname(file), basename(name)), "utf8"),
    );
  } catch (cause) {
    const why = isFileError(cause)
      ? explainFileError(cause, "read")
      : `this is no certificate that can be read`;
    process.stderr.write(`${file}: ${why}; make one with grammar check --certificates DIR\n`);
    return 2;
  }
  const holds = problems.length === 0;
  if (json) process.stdout.write(`${JSON.stringify({ schemaVersion: 1, file, holds, problems })}\n`);
  else if (holds)
    process.stdout.write(`${file}: ${paint("green", "holds")}: every step was checked again.\n`);
  else for (const problem of problems) process.stdout.write(`${file}: ${problem}\n`);
  return holds ? 0 : 1;
}

function isFileError(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && "syscall" in cause;
}

function checkFile(file: string, json: boolean, paint: Paint): number {
  let source: string;
  try {
    source = readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (cause) {
    process.stderr.write(`${file}: ${explainFileError(cause, "read")}\n`);
    return 2;
  }
  const read = readChain(source, file);
  if (read.kind === "error") {
    process.stderr.write(`${file}:${read.line}:${read.column}: ${read.message}\n`);
    return 2;
  }
  const problems = checkChain(read.chain);
  if (json)
    process.stdout.write(
      `${JSON.stringify({ schemaVersion: 1, file, holds: problems.length === 0, problems })}\n`,
    );
  else {
    for (const { kind, at, message, text, rule, line } of problems) {
      const where = rule === undefined ? "" : `, by ${rule}, line ${line} of its grammar`;
      const shown = text === undefined ? "" : `: ${paint("red", JSON.stringify(text))}${where}`;
      process.stdout.write(`${file}: ${at}: ${kind === "broken" ? "" : "not decided: "}${message}${shown}\n`);
    }
    const steps = Object.keys(read.chain.steps).length;
    if (problems.length === 0)
      process.stdout.write(
        `${file}: ${paint("green", "holds")}: ${steps} steps, each can read what it is given, and every cycle ends.\n`,
      );
  }
  return problems.length === 0 ? 0 : 1;
}

/** Milliseconds of processor time, which other programs on the machine do not change. */
function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
