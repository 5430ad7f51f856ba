import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { smtSolver } from "../../../provers/smtlib/session.ts";
import { native, wasm } from "../available.ts";
import { goneOf, observed } from "../processes.ts";

const never = new AbortController().signal;
const SCRIPT = `(declare-const x Int) (declare-const |a b| Bool) ; a comment ( with "text
(echo "one ""two"" (three")
(assert (and (> x 3) (< x 5) |a b|))
(check-sat)
(get-value (x |a b|))
(push 1) (assert (< x 0)) (check-sat) (pop 1)
(set-option :timeout 60000)
(check-sat-assuming ((not |a b|)))
(echo "Grüße")
(assert (+ x |a b|))
(check-sat)
`;

async function talk(pieces: readonly string[]): Promise<string> {
  const child = wasm.start().launch();
  const printed = text(child.stdout);
  for (const piece of pieces) {
    child.stdin.write(piece);
    await new Promise((resolve) => setImmediate(resolve));
  }
  child.stdin.end();
  expect(await child.exited).toEqual({ kind: "exited", status: 0 });
  return printed;
}

/** Positions of errors count differently: our program hands over one command at a time. */
const withoutPositions = (output: string) => output.replace(/line \d+ column \d+/g, "line");

describe("Z3 in WebAssembly as a program", () => {
  it("answers each complete command, however the text arrives", async () => {
    const whole = await talk([SCRIPT]);
    expect(whole.split("\n")).toEqual([
      'one "two" (three',
      "sat",
      "((x 4)",
      " (|a b| true))",
      "unsat",
      "unsat",
      "Grüße",
      expect.stringContaining("error"),
      "sat",
      "",
    ]);
    expect(withoutPositions(await talk([...SCRIPT]))).toBe(withoutPositions(whole));
    expect(withoutPositions(await talk(SCRIPT.split(/(?=[("|])/)))).toBe(withoutPositions(whole));
  });

  it("ends at (exit), and ignores what is left open", async () => {
    expect(await talk(['(echo "a") (exit) (echo "b")'])).toBe("a\n");
    expect(await talk(['(echo "a") (assert (= 1'])).toBe("a\n");
  });

  it("ends when its standard input ends in the middle of a search", async () => {
    const child = wasm.start().launch();
    child.stdin.write(`(set-option :timeout 1000) (declare-const a Int) (declare-const b Int) (declare-const c Int)
      (assert (and (> a 1) (> b 1) (> c 1) (= (+ (* a a a) (* b b b)) (* c c c)))) (echo "go") (check-sat)\n`);
    child.stdin.end();
    expect(await text(child.stdout)).toBe("go\nunknown\n");
    expect(await goneOf(child.pid!)).toBe(true);
  });
});

describe.skipIf(native.start === null)(`the same questions to ${native.title}`, () => {
  it("have the same answers as text", async () => {
    const program = native.start!();
    const child = program.launch();
    const printed = text(child.stdout);
    child.stdin.end(SCRIPT);
    await child.exited;
    expect(withoutPositions(await talk([SCRIPT]))).toBe(withoutPositions(await printed));
  });

  it("have the same verdicts for small conditions", async () => {
    const sessions = await Promise.all(
      [wasm, native].map(({ start }) => smtSolver(observed(start!())).open(never)),
    );
    const seen = new Set<string>();
    for (const session of sessions)
      session.tell("(declare-const x Int) (declare-const y Int) (declare-const p Bool)");
    for (let i = 0; i < 60; i++) {
      const condition = `(assert (= p (> (* x ${i % 7}) (+ y ${i % 5})))) (assert (= (* x x) ${i}))
        (assert (= (mod y ${(i % 4) + 1}) (div x 2))) (assert (or p (< y (- ${i}))))`;
      const verdicts = await Promise.all(
        sessions.map(async (session) => {
          session.tell(`(push 1) ${condition}`);
          const result = await session.check({ deadlineMs: 20_000, signal: never });
          session.tell("(pop 1)");
          return result.kind;
        }),
      );
      expect(verdicts[0], condition).toBe(verdicts[1]);
      seen.add(verdicts[0]!);
    }
    expect([...seen].sort()).toEqual(["sat", "unsat"]);
    await Promise.all(sessions.map((session) => session.close()));
  });
});

describe.each([wasm, native].filter(({ start }) => start !== null))(
  "strategies of a first check in $title",
  ({ start }) => {
    it.each([
      [
        "nonlinear",
        "(declare-const x Int) (declare-const y Int) (assert (and (> x 1) (= (* x x x y) 54)))",
        "sat",
      ],
      ["with a logic", "(set-logic QF_NIA) (declare-const x Int) (assert (= (* x x) 7))", "unsat"],
      [
        "Horn clauses",
        `(set-logic HORN) (declare-fun inv (Int) Bool) (assert (forall ((x Int)) (=> (= x 0) (inv x))))
       (assert (forall ((x Int) (y Int)) (=> (and (inv x) (< x 10) (= y (+ x 1))) (inv y))))
       (assert (forall ((x Int)) (=> (and (inv x) (> x 10)) false)))`,
        "sat",
      ],
    ])("%s", async (_, problem, expected) => {
      const session = await smtSolver(start!()).open(never);
      session.tell(problem);
      expect(await session.check({ deadlineMs: 20_000, signal: never })).toEqual({ kind: expected });
      await session.close();
    });

    it("end at the deadline, again and again", async () => {
      const session = await smtSolver(start!()).open(never);
      session.tell(`(declare-const a Int) (declare-const b Int) (declare-const c Int)
      (assert (and (> a 1) (> b 1) (> c 1) (= (+ (* a a a) (* b b b)) (* c c c))))`);
      for (let i = 0; i < 3; i++) {
        expect(await session.check({ deadlineMs: 300, signal: never })).toEqual({
          kind: "unknown",
          reason: "time-out",
        });
      }
      session.tell("(reset) (declare-const x Int) (assert (= (* x x) 49)) (assert (> x 0))");
      expect(await session.check({ deadlineMs: 20_000, signal: never })).toEqual({ kind: "sat" });
      expect(await session.values(["x"])).toEqual([7n]);
      await session.close();
    });
  },
);

describe("Z3 in WebAssembly, sandboxed", () => {
  it.skipIf(process.platform === "win32")(
    "may read its own files and start threads, nothing else",
    async () => {
      const child = wasm.start().launch();
      const line = await text(spawn("ps", ["-o", "args=", "-p", String(child.pid)]).stdout);
      child.kill();
      expect(line).toContain("--permission");
      expect(line).toContain("sandbox-preload.cjs");
      expect(new Set([...line.matchAll(/--allow-[a-z-]+/g)].map(([flag]) => flag))).toEqual(
        new Set(["--allow-fs-read", "--allow-worker"]),
      );
    },
  );
});
