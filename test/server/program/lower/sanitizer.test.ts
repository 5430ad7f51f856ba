import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readC } from "../../../../grammars/c/read.ts";
import { integerType, rangeOf } from "../../../../server/program/integer.ts";
import { execute } from "../../../../server/program/interpret.ts";
import { lowerFunction } from "../../../../server/program/lower/index.ts";
import type { Program } from "../../../../server/program/program.ts";
import { type Random, randomFrom } from "../../../../server/program/random.ts";
import { RandomC, type RandomFunction } from "./random-c.ts";
import { type Call, hasSanitizer, runCompiled } from "./sanitizer.ts";

const FUNCTIONS = 50;
const CALLS = 10;
const SEEDS = process.env.TOUCHSTONE_NIGHTLY ? Array.from({ length: 40 }, (_, index) => index + 1) : [1];

interface Case {
  readonly made: RandomFunction;
  /** Under the readings 32 and math. */
  readonly exact: Program;
  readonly mathematical: Program;
}

/** Functions that can be lowered; those with unsequenced side effects are the only ones that cannot. */
function lowered(random: Random): Case[] {
  const writer = new RandomC(random);
  const cases: Case[] = [];
  while (cases.length < FUNCTIONS) {
    const made = writer.function(`f${cases.length}`);
    const file = readC("random.c", `int g; unsigned char h;\n${made.text.plain}`);
    expect(file.broken).toEqual([]);
    const exact = lowerFunction(file, file.functions[0]!, "32");
    const mathematical = lowerFunction(file, file.functions[0]!, "math");
    if (exact.kind === "ok" && mathematical.kind === "ok") {
      cases.push({ made, exact: exact.program, mathematical: mathematical.program });
      continue;
    }
    const messages = [exact, mathematical].flatMap((one) => (one.kind === "ok" ? [] : one.diagnostics));
    for (const { message } of messages) expect(message).toContain("without a defined order");
    expect(exact.kind).toBe(mathematical.kind);
  }
  return cases;
}

function anyValue(random: Random, name: string): bigint {
  const { low, high } = rangeOf(integerType(name, "32")!);
  const value = random.chance(0.7)
    ? BigInt(random.between(-9, 9))
    : random.pick([low, high, low + 1n, high - 1n, high / 2n, BigInt(random.between(-100000, 100000))]);
  return value < low ? low : value > high ? high : value;
}

/** `result g h`, `undefined` where an obligation fails, or how else the run ended. */
function runLowered(program: Program, call: Call): string {
  const values = new Map([
    ["g", call.g],
    ["h", call.h],
    ...call.arguments.map((value, at) => [`p${at}`, value] as const),
  ]);
  const run = execute(program, (variable) => values.get(variable.name) ?? 0n, { steps: 20_000 });
  if (run.outcome.kind === "violated") return "undefined";
  if (run.outcome.kind !== "returned") return run.outcome.kind;
  return ["\\result", "g", "h"].map((name) => run.last.get(name) ?? values.get(name)).join(" ");
}

describe.skipIf(!hasSanitizer())(
  "lowered programs do what the compiled ones do, and fail where the sanitizer stops them",
  () => {
    it.each(SEEDS)(
      "seed %i",
      (seed) => {
        const random = randomFrom(seed);
        const cases = lowered(random);
        const calls = cases.flatMap(({ made }, index) =>
          Array.from({ length: CALLS }, (): Call => {
            const values = made.parameters.map((type) => anyValue(random, type));
            return {
              index,
              g: anyValue(random, "int"),
              h: anyValue(random, "unsigned char"),
              arguments: values,
            };
          }),
        );
        const folder = mkdtempSync(join(tmpdir(), "touchstone-"));
        try {
          const compiled = runCompiled(
            folder,
            cases.map(({ made }) => made),
            calls,
          );
          expect(compiled).toHaveLength(calls.length);
          const kinds = { defined: 0, undefined: 0 };
          for (const [at, call] of calls.entries()) {
            const { exact, mathematical, made } = cases[call.index]!;
            const context = `${made.text.plain}${call.g} ${call.h} ${call.arguments.join(" ")}`;
            expect(`${runLowered(exact, call)} ${context}`).toBe(`${compiled[at]} ${context}`);
            if (compiled[at] === "undefined") kinds.undefined++;
            else {
              kinds.defined++;
              // Where nothing overflows, mathematical integers compute the same, or see that a value leaves its type.
              const result = runLowered(mathematical, call);
              if (result !== "outOfRange") expect(`${result} ${context}`).toBe(`${compiled[at]} ${context}`);
            }
          }
          expect(Math.min(kinds.defined, kinds.undefined)).toBeGreaterThan(calls.length / 5);
        } finally {
          rmSync(folder, { recursive: true, force: true });
        }
      },
      120_000,
    );
  },
);
