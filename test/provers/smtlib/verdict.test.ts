import { describe, expect, it } from "vitest";
import { readReason, readVerdict } from "../../../provers/smtlib/verdict.ts";

describe("the answer to a check", () => {
  it.each(["sat", "unsat", "unknown"])("%s alone is a verdict", (verdict) => {
    expect(readVerdict(`${verdict}\n`)).toEqual({ kind: verdict });
  });

  it.each(["", "unsat unsat", "sat\nunsat", "(unsat)", '"unsat"', "unsat!", "UNSAT", "proved", "|unsat|"])(
    "%j is none",
    (text) => {
      expect(readVerdict(text)).toMatchObject({ kind: "unreadable" });
    },
  );

  it("with an error is an error", () => {
    expect(readVerdict('(error "line 3 column 1: unknown constant p")\nunsat')).toMatchObject({
      kind: "error",
    });
  });

  it("tells limits from errors", () => {
    expect(readVerdict('(error "out of memory")')).toEqual({ kind: "memory" });
    expect(readVerdict('(error "line 4 column 10: canceled")\nunknown')).toEqual({ kind: "time-out" });
    expect(readVerdict('(error "unknown constant canceled")\nunsat')).toMatchObject({ kind: "error" });
  });
});

describe("the reason of an unknown", () => {
  it.each([
    ['(:reason-unknown "canceled")', "time-out"],
    ['(:reason-unknown "timeout")', "time-out"],
    ["(:reason-unknown timeout)", "time-out"],
    ['(:reason-unknown "max. resource limit exceeded")', "time-out"],
    ['(:reason-unknown "max. memory exceeded: out of memory")', "memory"],
    ['(:reason-unknown "(incomplete (theory arithmetic))")', "incomplete"],
    [
      '(:reason-unknown "smt tactic failed to show goal to be sat/unsat")',
      "smt tactic failed to show goal to be sat/unsat",
    ],
    ['(error "no")', "incomplete"],
    ["", "incomplete"],
  ])("%s: %s", (text, reason) => {
    expect(readReason(text)).toBe(reason);
  });
});
