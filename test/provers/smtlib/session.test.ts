import { describe, expect, it } from "vitest";
import { smtSolver } from "../../../provers/smtlib/session.ts";
import { SolverError } from "../../../server/engine/solver.ts";
import { goneOf, misbehaving } from "../processes.ts";

const never = new AbortController().signal;
const options = { deadlineMs: 10_000, signal: never };

describe("a solver that misbehaves", () => {
  it.each(["says-nonsense", "says-two-verdicts", "says-half-a-line", "dies-at-every-check"])(
    "%s: asked once more in a fresh process, then unknown",
    async (name) => {
      const watched = misbehaving(name);
      const session = await smtSolver(watched).open(never);
      expect(await session.check(options)).toEqual({ kind: "unknown", reason: "died" });
      expect(watched.started).toHaveLength(2);
      await session.close();
      for (const child of watched.started) expect(await goneOf(child.pid!)).toBe(true);
    },
  );

  it("an error beside a verdict wins, also when its text cannot be parsed", async () => {
    const session = await smtSolver(misbehaving("says-error-and-unsat")).open(never);
    await expect(session.check(options)).rejects.toThrow('unknown constant "zzz"');
    await expect(session.check(options)).rejects.toThrow(SolverError);
    await session.close();
  });

  it("one that dies now and then is started again, and every question is answered", async () => {
    const watched = misbehaving("dies-at-third-check");
    const session = await smtSolver(watched).open(never);
    for (let i = 0; i < 5; i++) expect(await session.check(options)).toEqual({ kind: "unsat" });
    expect(watched.started).toHaveLength(3);
    await session.close();
  });

  it("one that cannot start is reported with its own words, and leaves nothing", async () => {
    const watched = misbehaving("dies-at-start");
    await expect(smtSolver(watched).open(never)).rejects.toThrow(
      /dies-at-start did not start: it ended with status 127, saying: libmissing\.so/,
    );
    expect(await goneOf(watched.started[0]!.pid!)).toBe(true);
  });

  it("one that is not there is reported", async () => {
    const { launch } = misbehaving("does-not-exist");
    const program = { name: "none", family: "none", preamble: "", limit: () => "", launch };
    await expect(smtSolver(program).open(never)).rejects.toThrow("none did not start");
  });

  it("one that never answers is killed at the deadline", async () => {
    const watched = misbehaving("never-answers");
    const session = await smtSolver(watched).open(never);
    expect(await session.check({ deadlineMs: 100, signal: never })).toEqual({
      kind: "unknown",
      reason: "time-out",
    });
    expect(await goneOf(watched.started[0]!.pid!)).toBe(true);
    await session.close();
  });

  it("one that never stops talking is stopped", async () => {
    const watched = misbehaving("never-stops-talking");
    const session = await smtSolver(watched).open(never);
    expect(await session.check({ deadlineMs: 20_000, signal: never })).toEqual({
      kind: "unknown",
      reason: "died",
    });
    for (const child of watched.started) expect(await goneOf(child.pid!)).toBe(true);
    await session.close();
  });

  it.skipIf(process.platform !== "linux")(
    "one that takes all memory is stopped, and not asked again",
    async () => {
      const watched = misbehaving("wants-all-memory", 200);
      const session = await smtSolver(watched).open(never);
      expect(await session.check({ deadlineMs: 20_000, signal: never })).toEqual({
        kind: "unknown",
        reason: "memory",
      });
      expect(watched.started).toHaveLength(1);
      expect(await goneOf(watched.started[0]!.pid!)).toBe(true);
      await session.close();
    },
  );

  it("is not started when the signal has already aborted", async () => {
    const watched = misbehaving("counts-checks");
    await expect(smtSolver(watched).open(AbortSignal.abort(new Error("too late")))).rejects.toThrow(
      "too late",
    );
    expect(watched.started).toHaveLength(0);
  });

  it("a check that is cancelled before its turn keeps what was told with it", async () => {
    const watched = misbehaving("counts-checks");
    const session = await smtSolver(watched).open(never);
    await expect(
      session.check({ deadlineMs: 100, signal: AbortSignal.abort(new Error("no")) }),
    ).rejects.toThrow("no");
    expect(await session.check(options)).toEqual({ kind: "sat" });
    expect(watched.started).toHaveLength(1);
    await session.close();
  });
});
