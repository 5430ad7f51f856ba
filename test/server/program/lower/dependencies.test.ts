import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Touchstone } from "../../../../server/wiring.ts";
import { inWords, outcomeOf, symbolic } from "../../conditions/outcome.ts";

describe("\\from in an assigns clause", () => {
  let touchstone: Touchstone;
  beforeAll(async () => {
    touchstone = await symbolic("math");
  });
  afterAll(() => touchstone.close());

  it("is not proved, which is said, and nothing rests on it", async () => {
    const callee =
      "int g;\n/*@ assigns g, \\result \\from g, x; ensures \\result >= x; */\nint next(int x);\n";
    const caller = (claim: string) =>
      `${callee}/*@ assigns g \\from g; ensures \\result ${claim}; */\nint f(void) { g = 0; return next(3); }\n`;
    expect(inWords(await outcomeOf(touchstone, caller(">= 3")))).toMatch(
      /^proved, .*what \\from says of where values come from is not proved/,
    );
    // That the result comes from g and x alone does not make it any value.
    expect(inWords(await outcomeOf(touchstone, caller("== 3")))).not.toMatch(/^proved/);
  });

  it("hides nothing of what is assigned", async () => {
    const text = (locations: string) =>
      `int g, h;\n/*@ assigns ${locations} \\from h; */\nvoid f(void) { g = h; }\n`;
    expect(inWords(await outcomeOf(touchstone, text("g")))).toMatch(/^proved/);
    expect(inWords(await outcomeOf(touchstone, text("h")))).not.toMatch(/^proved/);
    expect(inWords(await outcomeOf(touchstone, text("\\result")))).not.toMatch(/^proved/);
  });
});
