import { describe, expect, it } from "vitest";
import { listing, lower, problems } from "./listing.ts";

describe("switch", () => {
  it("falls through, breaks, and takes default wherever it stands", () => {
    const program = lower(
      "int f(int x) { int r = 0; switch (x) { case 1: r = 1; default: r += 2; break; case 5: r = 5; } return r; }",
    );
    expect(listing(program)).toEqual([
      "0: r := 0; if x == 1 then 1 else 2",
      "1: r := 1; goto 4",
      "2: if x == 5 then 3 else 4",
      "3: r := 5; goto 5",
      "4: r := r + 2; goto 5",
      "5: \\result := r; return",
    ]);
  });

  it("folds its labels and converts them to the promoted type of the value", () => {
    const program = lower(
      "int f(unsigned u) { switch (u) { case -1: return 1; case 'a' + 1: return 2; } return 0; }",
    );
    expect(listing(program)[0]).toBe("0: if u == 4294967295 then 1 else 2");
    expect(listing(program)[2]).toBe("2: if u == 98 then 3 else 4");
  });

  it("without a label that matches does nothing", () => {
    expect(listing(lower("int f(int x) { switch (x) { } switch (x) { x++; } return x; }"))).toEqual([
      "0: \\result := x; return",
    ]);
  });

  it("inside a loop leaves continue to the loop", () => {
    const program = lower(
      "void f(int x) { while (x) { switch (x) { case 1: continue; case 2: break; } x--; } }",
    );
    expect(listing(program).slice(1)).toEqual([
      "1: if x != 0 then 2 else 4",
      "2: if x == 1 then 1 else 3",
      "3: x := x - 1; goto 1",
      "4: return",
    ]);
  });

  it("evaluates its value once", () => {
    const program = lower("int f(int x) { switch (x++) { case 1: case 2: return 7; } return x; }");
    expect(listing(program)[0]).toBe(
      "0: \\at(x, Pre) := x; old#1 := x; x := x + 1; if old#1 == 1 then 2 else 1",
    );
  });

  it("reports labels that cannot be", () => {
    const message = (body: string) => problems(`int f(int x) { switch (x) { ${body} } return x; }`);
    expect(message("case 1: case 2 - 1: x = 2;")).toEqual([expect.stringContaining("a second `case 1`")]);
    expect(message("default: default: x = 2;")).toEqual([expect.stringContaining("a second `default`")]);
    expect(message("case x: x = 2;")).toEqual([
      expect.stringContaining("`x` is not a constant; use an integer constant"),
    ]);
    expect(message("case 1: if (x) { case 2: x = 3; }")).toEqual([
      expect.stringContaining(
        "`case` inside an inner statement is not supported; put it directly in a switch",
      ),
    ]);
    expect(message("case 1: ; int y = 2; case 2: x = y;")).toEqual([
      expect.stringContaining("`y` is declared between the labels of a switch; put braces around the case"),
    ]);
  });
});
