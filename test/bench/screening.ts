/** Prints how many evaluations of a candidate in a state one core does in a second, and what sampling costs. Not a test. */
import { stdout } from "node:process";
import { compileFormula } from "../../server/program/compile.ts";
import { sampleStates } from "../../server/program/sample.ts";
import { StateTable } from "../../server/program/states.ts";
import { and, type Formula, implies, or } from "../../server/program/term.ts";
import { add, countTo, is, mod, multiply, subtract } from "../server/program/build.ts";

const ROWS = 1000;
const names = ["x", "y", "n", "i"];

/** States of `for (i = 0; i < n; i++) { x += i; y = 2 * i; }`. */
function states(): StateTable {
  const table = new StateTable(names);
  for (let n = 0, row = 0; row < ROWS; n++) {
    for (let i = 0; i <= n && row < ROWS; i++, row++) {
      table.add([(i * (i - 1)) / 2, 2 * i, n, i], 0, { run: n, visit: 0, iteration: i });
    }
  }
  return table;
}

const HOLDING: readonly (readonly [string, Formula])[] = [
  ["i <= n", is("i", "<=", "n")],
  ["y == 2 * i", is("y", "==", multiply(2, "i"))],
  ["2 * x == i * (i - 1)", is(multiply(2, "x"), "==", multiply("i", subtract("i", 1)))],
  ["y % 2 == 0 && y >= i", and(is(mod("y", 2), "==", 0), is("y", ">=", "i"))],
  [
    "i < n ==> y < 2 * n || x < 0",
    implies(is("i", "<", "n"), or(is("y", "<", multiply(2, "n")), is("x", "<", 0))),
  ],
];

/** Seconds that `work` takes, the best of five after one to warm up. */
function seconds(work: () => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 6; round++) {
    const start = performance.now();
    work();
    if (round > 0) best = Math.min(best, performance.now() - start);
  }
  return best / 1000;
}

function millions(count: number, time: number): string {
  return `${(count / time / 1e6).toFixed(0).padStart(8)} M/s`;
}

function row(label: string, ...cells: string[]): void {
  stdout.write(`${label.padEnd(44)}${cells.join("  ")}\n`);
}

function evaluations(): void {
  const table = states();
  const flat = Float64Array.from(Array.from({ length: table.size }, (_, at) => table.row(at)).flat());
  const repeat = 500;
  row("evaluations a second of a candidate that holds", "   screen", "  compiled");
  for (const [text, formula] of HOLDING) {
    const test = compileFormula(formula, table.index);
    const screened = seconds(() => {
      for (let count = 0; count < repeat; count++) {
        if (table.screen(formula).kind !== "holds") throw new Error(`${text} does not hold`);
      }
    });
    const compiled = seconds(() => {
      for (let count = 0; count < repeat; count++) {
        for (let offset = 0; offset < flat.length; offset += names.length) {
          if (!test(flat, offset)) throw new Error(`${text} does not hold`);
        }
      }
    });
    const total = repeat * table.size;
    row(`  ${text}`, millions(total, screened), millions(total, compiled));
  }
}

/** Many different candidates once each, as a pool meets them; most are wrong. */
function pool(): void {
  const table = states();
  const candidates: Formula[] = [];
  for (const a of names) {
    for (const b of names) {
      for (let c = -20; c <= 20; c++) {
        for (const relation of ["<=", ">=", "==", "!="] as const) candidates.push(is(add(a, c), relation, b));
      }
    }
  }
  let kept = 0;
  const time = seconds(() => {
    kept = candidates.filter((candidate) => table.screen(candidate).kind === "holds").length;
  });
  row(
    `pool of ${candidates.length}, ${kept} kept`,
    `${(time * 1000).toFixed(1)} ms`,
    `${millions(candidates.length, time)} candidates`,
  );
}

function sampling(): void {
  const start = performance.now();
  const cold = sampleStates(countTo(), { seed: 1 });
  const first = performance.now() - start;
  const warm = seconds(() => sampleStates(countTo(), { seed: 1 }));
  row(
    `sampling ${cold.runs} runs, ${cold.tables[0]!.size} states`,
    `${first.toFixed(1)} ms cold`,
    `${(warm * 1000).toFixed(1)} ms warm`,
  );
}

sampling();
pool();
evaluations();
