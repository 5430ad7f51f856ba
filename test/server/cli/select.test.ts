import { describe, expect, it } from "vitest";
import { relevant } from "../../../server/cli/relevant.ts";
import { select } from "../../../server/cli/select.ts";
import type { LoopTask } from "../../../server/engine/task.ts";
import { type Located, locateInvariants } from "../../../server/tasks/invariants/locate.ts";

const text = `void first(int n) {
  while (n > 0) n--;
}

int plain(int n) { return n; }

void uses(float *p) {
  p[0] = 1;
}

void second(int n) {
  while (n > 0)
    n--;
}

void third(float *p) {
  while (p[0]) p++;
}
`;
const document = { file: "a.c", text, version: 0 };
const located = locateInvariants(document, "math");
const names = (all: readonly Located<LoopTask>[]) =>
  all.map((one) => (one.kind === "task" ? one.task.group : `${one.group}!`));

describe("what a command is about", () => {
  it("suggest: functions with a loop, those that cannot be reasoned about included", async () => {
    expect(names(await relevant(document, located, "suggest"))).toEqual(["first", "second", "third!"]);
  });

  it("verify: functions that claim something, and all that cannot be reasoned about", async () => {
    expect(names(await relevant(document, located, "verify"))).toEqual([
      "first",
      "uses!",
      "second",
      "third!",
    ]);
  });
});

describe("FILE:LINE", async () => {
  const loops = await relevant(document, located, "suggest");
  const at = (...lines: number[]) => {
    const selection = select(document, loops, lines);
    return selection.kind === "selected" ? names(selection.located) : selection.message;
  };

  it("is the function around the line", () => {
    expect([at(1), at(12), at(17)]).toEqual([["first"], ["second"], ["third!"]]);
  });

  it("else the nearest one", () => {
    expect([at(4), at(9)]).toEqual([["first"], ["second"]]);
  });

  it("each once, in the order of the file", () => {
    expect(at(12, 2, 13)).toEqual(["first", "second"]);
  });

  it("must be a line of the file", () => {
    expect(at(99)).toBe("a.c:99:1: the file has only 19 lines");
  });
});
