import { describe, expect, it } from "vitest";
import { readC } from "../../../../grammars/c/read.ts";
import { lowerFunction } from "../../../../server/program/lower/index.ts";
import type { Program } from "../../../../server/program/program.ts";
import { sampleStates } from "../../../../server/program/sample.ts";
import { compare, integer, variable } from "../../../../server/program/term.ts";
import { replaced, scaleOf, withNumbers } from "../../../../server/proposers/scaled/scale.ts";

function programOf(text: string): Program {
  const file = readC("t.c", text);
  const lowered = lowerFunction(file, file.functions[0]!, "math");
  if (lowered.kind !== "ok") throw new Error("the program is not read");
  return lowered.program;
}

const PHASES =
  "int main() { int x = 0, y = 500000; while (x < 1000000) { if (x < 500000) x = x + 1; else { x = x + 1; y = y + 1; } } assert(y == x); }";

describe("large numbers made small", () => {
  it("keeps ratios, neighbours and signs, and finds the way back", () => {
    const scale = scaleOf(programOf(PHASES))!;
    expect(scale.down.get(1_000_000n)).toBe(2n * scale.down.get(500_000n)!);
    expect(scale.down.get(-500_000n)).toBe(-scale.down.get(500_000n)!);
    for (const [large, small] of scale.down) {
      expect(scale.up.get(small)).toBe(large);
      expect(scale.up.get(small + 1n)).toBe(large + 1n);
    }
  });

  it("keeps differences between numbers that are next to multiples of a unit", () => {
    const text =
      "int main() { int x = 0; while (x < 1000003) { if (x < 250000) x = x + 2; else x = x + 1; } assert(x >= 750000); }";
    const { down } = scaleOf(programOf(text))!;
    const unit = down.get(250_000n)!;
    expect(down.get(750_000n)).toBe(3n * unit);
    expect(down.get(1_000_003n)).toBe(4n * unit + 3n);
  });

  it("keeps remainders and the order of numbers that have nothing in common", () => {
    const text =
      "int main() { int x = 0; while (x < 268435455) { if (x < 65521) x = x + 1; else x = x + 2; } assert(x > 0); }";
    const { down } = scaleOf(programOf(text))!;
    expect(down.get(65_521n)! % 12n).toBe(65_521n % 12n);
    expect(down.get(268_435_455n)! % 12n).toBe(268_435_455n % 12n);
    expect(down.get(65_521n)).toBeLessThan(Number(down.get(268_435_455n)));
  });

  it("leaves programs without large numbers alone", () => {
    expect(scaleOf(programOf("int main() { int x = 0; while (x < 100) x++; assert(x == 100); }"))).toBeNull();
  });

  it("gives a program whose runs reach what the large one's do not", () => {
    const program = programOf(PHASES);
    const scale = scaleOf(program)!;
    const small = sampleStates(withNumbers(program, scale.down), { seed: 1 }).tables[0]!;
    const second = compare("<", variable("x"), integer(scale.down.get(500_000n)!));
    expect(small.screen(second).kind).toBe("violated");
    expect(replaced(second, scale.up)).toEqual(compare("<", variable("x"), integer(500_000)));
    expect(sampleStates(program, { seed: 1 }).tables[0]!.screen(replaced(second, scale.up)).kind).toBe(
      "holds",
    );
  });
});
