import { describe, expect, it } from "vitest";
import { cellProgram, isCut } from "../../../server/program/cells.ts";
import { sampleStates } from "../../../server/program/sample.ts";
import { lower } from "./lower/listing.ts";

const kept = (program: ReturnType<typeof lower>, name: string) =>
  program.variables.filter((one) => one.name.startsWith(name) && !one.name.includes("old")).length;

describe("cellProgram", () => {
  const count = (least: number) =>
    lower(`/*@ requires \\valid(h + (0 .. ${least})); */
void f(int *h, int n) { for (int i = 0; i < n; i++) h[${least}] = i; }
`);

  it("keeps as many elements of a block as have to be in it", () => {
    for (const [least, most] of [
      [2, 7],
      [9, 15],
      [25, 31],
    ] as const) {
      const program = count(least);
      const { variables } = cellProgram(program).program;
      const name = program.variables.find((one) => one.array?.bounds)!.name;
      expect(variables.filter((one) => one.name.startsWith(`${name}[`)).length).toBe(most);
    }
  });

  it("so that there are runs at all", () => {
    expect(sampleStates(count(9), { seed: 1 }).tables[0]!.size).toBeGreaterThan(0);
    // What needs more elements than are ever kept has none, and is not said to be wrong either.
    const sample = sampleStates(count(99), { seed: 1 });
    expect(sample.tables[0]!.size).toBe(0);
    expect(sample.violation).toBeNull();
  });

  it("keeps all of a larger declared array only where that is asked for", () => {
    const program = lower("int t[100]; void f(void) { for (int i = 0; i < 100; i++) t[i] = i; }");
    expect(isCut(program)).toBe(true);
    expect(kept(cellProgram(program).program, "t[")).toBe(20);
    expect(kept(cellProgram(program, "wide").program, "t[")).toBe(100);
    const most = (width: "usual" | "wide") =>
      Math.max(
        ...sampleStates(program, { seed: 1, width }).tables[0]!.columns.map((name, column) => {
          if (name !== "i") return 0;
          const table = sampleStates(program, { seed: 1, width }).tables[0]!;
          return Math.max(...Array.from({ length: table.size }, (_, row) => table.value(row, column)));
        }),
      );
    expect(most("usual")).toBeLessThan(100);
    expect(most("wide")).toBe(100);
  });
});
