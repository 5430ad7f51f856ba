import { describe, expect, it } from "vitest";
import { smtSolver } from "../../../provers/smtlib/session.ts";
import type { SmtSession } from "../../../server/engine/solver.ts";
import { SolverError } from "../../../server/engine/solver.ts";
import { native, second, wasm } from "../available.ts";
import { goneOf, isRunning, observed } from "../processes.ts";

const CUBES = `(push 1) (declare-const a Int) (declare-const b Int) (declare-const c Int)
  (assert (and (> a 1) (> b 1) (> c 1) (= (+ (* a a a) (* b b b)) (* c c c))))`;
const HUNGRY = `(push 1) (declare-const x (_ BitVec 512)) (declare-const y (_ BitVec 512))
  (assert (= (bvmul x y) (bvadd (bvmul y y) (bvudiv x y) (bvmul x x x x x))))
  (assert (bvugt x y)) (assert (bvugt y (_ bv5 512)))`;

for (const { title, start } of [wasm, native, second]) {
  describe.skipIf(start === null)(title, () => {
    const never = new AbortController().signal;
    const check = (session: SmtSession, options: { assumptions?: string[]; deadlineMs?: number } = {}) =>
      session.check({ deadlineMs: 20_000, signal: never, ...options });
    const program = (megabytes?: number) => observed(start!(megabytes));

    async function open(observedProgram = program()) {
      return smtSolver(observedProgram).open(never);
    }

    it("decides, and gives exact integers and truth values", async () => {
      const session = await open();
      session.tell(
        "(declare-const n Int) (declare-const p Bool) ; a comment\n (assert (= p (= n (- 123456789012345678901234567890))))",
      );
      session.tell("(assert p)");
      expect(await check(session)).toEqual({ kind: "sat" });
      expect(await session.values(["n", "(+ n 1)", "p", "(not p)"])).toEqual([
        -123456789012345678901234567890n,
        -123456789012345678901234567889n,
        true,
        false,
      ]);
      session.tell("(assert (> n 0))");
      expect(await check(session)).toEqual({ kind: "unsat" });
      await session.close();
    });

    it("keeps assertions by level", async () => {
      const session = await open();
      session.tell("(declare-const n Int) (assert (> n 3)) (push 1) (assert (< n 4))");
      expect((await check(session)).kind).toBe("unsat");
      session.tell("(pop 1)");
      expect((await check(session)).kind).toBe("sat");
      session.tell("(push 2) (assert (< n 4)) (push 1) (pop 1) (pop 2) (assert (= n 7))");
      expect((await check(session)).kind).toBe("sat");
      expect(await session.values(["n"])).toEqual([7n]);
      await session.close();
    });

    it("forgets everything when it is renewed, and nothing but that", async () => {
      const session = await open();
      session.tell(
        "(declare-const n Int) (assert (> n 3)) (push 1) (assert (< n 4)) (define-fun p () Bool true)",
      );
      expect((await check(session)).kind).toBe("unsat");
      session.tell("(assert (a command that nobody is sent))");
      expect(await session.renew!()).toBe(true);
      session.tell("(declare-const n Bool) (declare-const p Bool) (assert (= n p))");
      expect((await check(session)).kind).toBe("sat");
      expect((await check(session, { assumptions: ["n", "(not p)"] })).kind).toBe("unsat");
      expect((await session.unsatAssumptions()).sort()).toEqual(["(not p)", "n"]);
      await session.close();
      expect(await session.renew!()).toBe(false);
    });

    it("names the assumptions that fail together", async () => {
      const session = await open();
      session.tell(
        "(declare-const n Int) (declare-const |a b| Bool) (declare-const low Bool) (declare-const high Bool)",
      );
      session.tell("(assert (=> low (< n 0))) (assert (=> (not high) (> n 5)))");
      expect((await check(session, { assumptions: ["|a b|", "low", "(not high)"] })).kind).toBe("unsat");
      expect((await session.unsatAssumptions()).sort()).toEqual(["(not high)", "low"]);
      expect((await check(session, { assumptions: ["|a b|", "low"] })).kind).toBe("sat");
      session.tell("(assert false)");
      expect((await check(session)).kind).toBe("unsat");
      expect(await session.unsatAssumptions()).toEqual([]);
      await session.close();
    });

    it("answers in the order of the calls, each with what was told before it", async () => {
      const session = await open();
      session.tell("(declare-const n Int)");
      const first = check(session);
      session.tell("(push 1) (assert false)");
      const others = check(session);
      session.tell("(pop 1)");
      const last = check(session);
      expect((await Promise.all([first, others, last])).map(({ kind }) => kind)).toEqual([
        "sat",
        "unsat",
        "sat",
      ]);
      await session.close();
    });

    it("reads a model also after more was told", async () => {
      const session = await open();
      session.tell("(declare-const n Int) (assert (= n 5))");
      expect((await check(session)).kind).toBe("sat");
      session.tell("(assert (= n 6))");
      expect(await session.values(["n"])).toEqual([5n]);
      expect((await check(session)).kind).toBe("unsat");
      await session.close();
    });

    it("throws what the solver refuses, and never takes a verdict beside it", async () => {
      const session = await open();
      session.tell("(push 1) (assert (> zzz 1))");
      await expect(check(session)).rejects.toThrow(SolverError);
      session.tell("(pop 1) (declare-const n Int) (assert (= n 1))");
      expect((await check(session)).kind).toBe("sat");
      await expect(session.unsatAssumptions()).rejects.toThrow("needs a last answer of unsat");
      await session.close();
    });

    it("refuses text that is not commands", async () => {
      const session = await open();
      expect(() => session.tell("(assert (> 1 0)")).toThrow("not closed");
      expect(() => session.tell("(check-sat))")).toThrow("too many");
      expect(() => session.tell("garbage")).toThrow("outside");
      await session.close();
    });

    it("ends a query at its deadline and keeps what it was told", async () => {
      const session = await open();
      session.tell("(declare-const n Int) (assert (= n 9))");
      session.tell(CUBES);
      expect(await check(session, { deadlineMs: 300 })).toEqual({ kind: "unknown", reason: "time-out" });
      session.tell("(pop 1)");
      expect((await check(session)).kind).toBe("sat");
      expect(await session.values(["n"])).toEqual([9n]);
      await session.close();
    });

    it("stops within a second when the signal aborts, and leaves no process", async () => {
      const watched = program();
      const session = await open(watched);
      session.tell("(declare-const n Int) (assert (= n 4))");
      session.tell(CUBES);
      const cancel = new AbortController();
      const pending = session.check({ deadlineMs: 600_000, signal: cancel.signal });
      const queued = session.check({ deadlineMs: 600_000, signal: cancel.signal });
      const reason = new Error("the user changed their mind");
      setTimeout(() => cancel.abort(reason), 200);
      await expect(pending).rejects.toBe(reason);
      await expect(queued).rejects.toBe(reason);
      expect(await goneOf(watched.started[0]!.pid!)).toBe(true);
      session.tell("(pop 1)");
      expect((await check(session)).kind).toBe("sat");
      expect(await session.values(["n"])).toEqual([4n]);
      expect(watched.started).toHaveLength(2);
      await session.close();
    });

    it("ends with the signal that it was opened with", async () => {
      const watched = program();
      const cancel = new AbortController();
      const session = await smtSolver(watched).open(cancel.signal);
      session.tell(CUBES);
      const pending = check(session, { deadlineMs: 600_000 });
      const reason = new Error("closing time");
      setTimeout(() => cancel.abort(reason), 100);
      await expect(pending).rejects.toBe(reason);
      await expect(check(session)).rejects.toBe(reason);
      expect(await goneOf(watched.started[0]!.pid!)).toBe(true);
      expect(watched.started).toHaveLength(1);
    });

    it("starts again where it was when its process is killed between queries", async () => {
      const watched = program();
      const session = await open(watched);
      session.tell(
        "(declare-const n Int) (assert (> n 3)) (push 1) (declare-const m Int) (assert (= m (+ n n)))",
      );
      session.tell("(push 1) (assert (< n 0)) (pop 1)");
      expect((await check(session)).kind).toBe("sat");
      process.kill(watched.started[0]!.pid!, "SIGKILL");
      await watched.started[0]!.exited;
      const [n, m] = await session.values(["n", "m"]);
      expect(m).toBe((n as bigint) * 2n);
      session.tell("(assert (< m 8))");
      expect((await check(session)).kind).toBe("unsat");
      session.tell("(pop 1)");
      expect((await check(session)).kind).toBe("sat");
      expect(watched.started).toHaveLength(2);
      await session.close();
    });

    it("asks once more when its process is killed in the middle of a query", async () => {
      const watched = program();
      const session = await open(watched);
      session.tell("(declare-const n Int) (assert (= n 2))");
      session.tell(CUBES);
      const pending = check(session, { deadlineMs: 1500 });
      setTimeout(() => process.kill(watched.started[0]!.pid!, "SIGKILL"), 100);
      expect(await pending).toEqual({ kind: "unknown", reason: "time-out" });
      expect(watched.started).toHaveLength(2);
      session.tell("(pop 1)");
      expect((await check(session)).kind).toBe("sat");
      await session.close();
    });

    it.skipIf(process.platform === "win32")("does not wait for a stopped process", async () => {
      const watched = program();
      const session = await open(watched);
      process.kill(watched.started[0]!.pid!, "SIGSTOP");
      expect(await check(session, { deadlineMs: 200 })).toEqual({ kind: "unknown", reason: "time-out" });
      expect(await goneOf(watched.started[0]!.pid!)).toBe(true);
      expect((await check(session)).kind).toBe("sat");
      await session.close();
    });

    it("answers unknown when memory runs out, and goes on", async () => {
      const watched = program(100);
      const session = await open(watched);
      session.tell("(declare-const n Int) (assert (= n 2))");
      session.tell(HUNGRY);
      expect(await check(session)).toEqual({ kind: "unknown", reason: "memory" });
      session.tell("(pop 1)");
      expect((await check(session)).kind).toBe("sat");
      expect(await session.values(["n"])).toEqual([2n]);
      await session.close();
    });

    it("closes while it is asked, twice", async () => {
      const watched = program();
      const session = await open(watched);
      session.tell(CUBES);
      const pending = check(session, { deadlineMs: 600_000 });
      await Promise.all([session.close(), session.close()]);
      expect(isRunning(watched.started[0]!.pid!)).toBe(false);
      expect(await pending).toEqual({ kind: "unknown", reason: "cancelled" });
      expect(await check(session)).toEqual({ kind: "unknown", reason: "cancelled" });
      expect(watched.started).toHaveLength(1);
    });
  });
}
