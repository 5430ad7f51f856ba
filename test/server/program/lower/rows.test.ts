import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Touchstone } from "../../../../server/wiring.ts";
import { inWords, outcomeOf, symbolic } from "../../conditions/outcome.ts";
import { problems } from "./listing.ts";

describe("sets of rows, &m[l .. h][0 .. c]", () => {
  let touchstone: Touchstone;
  beforeAll(async () => {
    touchstone = await symbolic("math");
  });
  afterAll(() => touchstone.close());

  const set = (valid: string, row: number, column: number) => `/*@ requires ${valid}; */
void f(int m[3][4]) { m[${row}][${column}] = 1; }
`;

  it("make all of these rows valid and no other", async () => {
    const words = async (row: number, column: number) =>
      inWords(await outcomeOf(touchstone, set("\\valid(&m[0 .. 1][0 .. 3])", row, column)));
    expect(await words(1, 3)).toMatch(/^proved/);
    expect(await words(2, 0)).not.toMatch(/^proved/);
    expect(await words(1, 4)).not.toMatch(/^proved/);
  });

  it("that are only read may not be written", async () => {
    const text = set("\\valid_read(&m[0 .. 2][0 .. 3])", 0, 0);
    expect(inWords(await outcomeOf(touchstone, text))).not.toMatch(/^proved/);
  });

  it("are separated where no row is in both", async () => {
    const call = (first: string, second: string) => `
/*@ requires \\separated(&m[${first}][0 .. 3], &m[${second}][0 .. 3]); assigns \\nothing; */
void g(int m[3][4]);
/*@ requires \\valid(m + (0 .. 2)); */
void f(int m[3][4]) { g(m); }
`;
    expect(inWords(await outcomeOf(touchstone, call("0 .. 1", "2 .. 2")))).toMatch(/^proved/);
    expect(inWords(await outcomeOf(touchstone, call("0 .. 1", "1 .. 2")))).not.toMatch(/^proved/);
  });

  it("are whole: a part of a row is refused with what to write", () => {
    for (const part of ["0 .. 2", "1 .. 3", "0 .. 4", "0"])
      expect(problems(set(`\\valid(&m[0 .. 1][${part}])`, 0, 0))[0]).toContain("name whole rows: `[0 .. 3]`");
  });
});
