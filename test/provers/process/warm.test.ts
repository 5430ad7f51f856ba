import { describe, expect, it } from "vitest";
import { warm } from "../../../provers/process/warm.ts";
import { smtSolver } from "../../../provers/smtlib/session.ts";
import type { SmtSession } from "../../../server/engine/solver.ts";
import { goneOf, misbehaving } from "../processes.ts";

const never = new AbortController().signal;
// This solver says `sat` to the first check of a process and `unsat` to all others.
const isFresh = async (session: SmtSession) =>
  (await session.check({ deadlineMs: 10_000, signal: never })).kind === "sat";

describe("a solver kept warm", () => {
  it("hands out processes that nobody used, started ahead", async () => {
    const watched = misbehaving("counts-checks");
    const solver = warm(smtSolver(watched), never);
    expect(watched.started).toHaveLength(1);
    for (let i = 1; i <= 3; i++) {
      const session = await solver.open(never);
      expect(watched.started).toHaveLength(i);
      expect(await isFresh(session)).toBe(true);
      expect(await isFresh(session)).toBe(false);
      await session.close();
      expect(watched.started).toHaveLength(i + 1);
    }
    await solver.close();
    for (const child of watched.started) expect(await goneOf(child.pid!)).toBe(true);
  });

  it("hands a process out again, as often as it may, when fresh ones are not asked for", async () => {
    const watched = misbehaving("counts-checks");
    const solver = warm(smtSolver(watched), never, 2);
    const first = await solver.open(never);
    expect(await isFresh(first)).toBe(true);
    await first.close();
    await first.close();
    expect(watched.started).toHaveLength(1);
    const second = await solver.open(never);
    expect(await isFresh(second)).toBe(false);
    await second.close();
    expect(await goneOf(watched.started[0]!.pid!)).toBe(true);
    const third = await solver.open(never);
    expect(await isFresh(third)).toBe(true);
    await third.close();
    await solver.close();
    for (const child of watched.started) expect(await goneOf(child.pid!)).toBe(true);
  });

  it("does not hand out again a process that was killed over its last question", async () => {
    const watched = misbehaving("never-answers");
    const solver = warm(smtSolver(watched), never, 9);
    const session = await solver.open(never);
    expect((await session.check({ deadlineMs: 50, signal: never })).kind).toBe("unknown");
    await session.close();
    expect(watched.started.length).toBeGreaterThan(1);
    await solver.close();
    for (const child of watched.started) expect(await goneOf(child.pid!)).toBe(true);
  });

  it("starts more when several are open", async () => {
    const watched = misbehaving("counts-checks");
    const solver = warm(smtSolver(watched), never);
    const sessions = await Promise.all([solver.open(never), solver.open(never), solver.open(never)]);
    for (const session of sessions) expect(await isFresh(session)).toBe(true);
    await Promise.all(sessions.map((session) => session.close()));
    expect(watched.started).toHaveLength(4);
    await solver.close();
  });

  it("ends a session with its signal, and the spare with its own", async () => {
    const watched = misbehaving("never-answers");
    const closing = new AbortController();
    const solver = warm(smtSolver(watched), closing.signal);
    const cancel = new AbortController();
    const session = await solver.open(cancel.signal);
    const pending = session.check({ deadlineMs: 600_000, signal: never });
    const reason = new Error("stop");
    cancel.abort(reason);
    await expect(pending).rejects.toBe(reason);
    await session.close();
    closing.abort();
    for (const child of watched.started) expect(await goneOf(child.pid!)).toBe(true);
  });

  it("reports one that does not start when it is wanted, and tries again", async () => {
    const watched = misbehaving("dies-at-start");
    const solver = warm(smtSolver(watched), never);
    await expect(solver.open(never)).rejects.toThrow("did not start");
    await expect(solver.open(never)).rejects.toThrow("did not start");
    expect(watched.started).toHaveLength(2);
    await solver.close();
  });
});
