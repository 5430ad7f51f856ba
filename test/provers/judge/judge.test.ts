import { beforeAll, describe, expect, it } from "vitest";
import { applyVerified } from "../../../provers/judge/apply.ts";
import { createJudge, type JudgeParts } from "../../../provers/judge/judge.ts";
import { chooseZ3 } from "../../../provers/z3/choose.ts";
import type { Candidate } from "../../../server/engine/candidate.ts";
import type { Judgement } from "../../../server/engine/interfaces.ts";
import { type SmtSolver, SolverStartError } from "../../../server/engine/solver.ts";
import type { Verified } from "../../../server/engine/verified.ts";
import { compare, FALSE, type Formula, integer, variable } from "../../../server/program/term.ts";
import { stubborn, taskOf } from "../../server/engine/parts.ts";

const COUNT = `int count(int n) {
  //@ assert n == n;
  int i = 0;
  while (i < n) i++;
  //@ assert i >= 0;
  return i;
}
`;
const I = variable("i");
const NOT_NEGATIVE = compare(">=", I, integer(0));

let z3: SmtSolver;
beforeAll(async () => {
  z3 = await chooseZ3("auto");
});
const { signal } = new AbortController();

function judged(
  text: string,
  invariants: readonly (readonly Formula[])[],
  parts: Partial<JudgeParts> = {},
): Promise<Judgement> {
  const candidate: Candidate = {
    kind: "tree",
    role: "whole",
    invariants,
    provenance: { proposer: "test" },
  };
  const judge = createJudge({ solver: z3, others: async () => [], queryMs: 5000, ...parts });
  return judge.judge(taskOf(text), candidate, signal);
}

async function proved(text = COUNT): Promise<Verified> {
  const judgement = await judged(text, [[NOT_NEGATIVE]]);
  if (judgement.kind !== "proved") throw new Error(judgement.reason);
  return judgement.verified;
}

describe("safety.md 10: the verdict is repeated on the text as it will stand", () => {
  it("a proof is of the edited text, and says what it rests on", async () => {
    const verified = await proved();
    const applied = applyVerified(COUNT, verified);
    expect(applied.kind === "applied" && applied.text).toContain("loop invariant i >= 0");
    expect(verified.evidence.assumptions).toContain("partial correctness");
    const kinds = new Set(verified.evidence.obligations.map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual(["consecution", "initiation", "use"]);
  });

  it.each<[string, Formula, RegExp]>([
    ["that does not hold on arrival", compare(">=", I, integer(1)), /initiation of 'i >= 1' .* fails/],
    ["that an iteration breaks", compare("<=", I, integer(3)), /consecution of 'i <= 3' .* fails/],
    ["that does not give the goal", compare(">=", I, integer(-1)), /assertion 'i >= 0' .* fails/],
    ["that contradicts itself", FALSE, /initiation of '\\false' .* fails/],
  ])("a candidate %s is rejected, whoever called it proved", async (_, formula, reason) => {
    const judgement = await judged(COUNT, [[formula]]);
    expect(judgement.kind === "rejected" && judgement.reason).toMatch(reason);
  });

  it("takes a process that was never used before, and leaves none", async () => {
    let opened = 0;
    let closed = 0;
    const counting: SmtSolver = {
      ...z3,
      async open(inner) {
        opened++;
        const session = await z3.open(inner);
        const close = session.close.bind(session);
        session.close = () => {
          closed++;
          return close();
        };
        return session;
      },
    };
    await judged(COUNT, [[NOT_NEGATIVE]], { solver: counting });
    await judged(COUNT, [[NOT_NEGATIVE]], { solver: counting });
    expect([opened, closed]).toEqual([2, 2]);
  });

  it("what a second solver contradicts is rejected, and names it", async () => {
    const judgement = await judged(COUNT, [[NOT_NEGATIVE]], {
      others: async () => [stubborn("contrary 1.0", "sat")],
    });
    expect(judgement).toMatchObject({ kind: "rejected", reason: expect.stringContaining("contrary 1.0") });
  });

  it("a second solver that says nothing is not named as one that agrees", async () => {
    const names = async (says: "unsat" | "unknown") => {
      const judgement = await judged(COUNT, [[NOT_NEGATIVE]], {
        others: async () => [stubborn("other 1.0", says)],
      });
      return judgement.kind === "proved" && judgement.verified.evidence.checkedBy;
    };
    expect(await names("unsat")).toEqual([z3.name, "other 1.0"]);
    expect(await names("unknown")).toEqual([z3.name]);
  });

  it("a second solver that fails to start is silent too", async () => {
    const broken: SmtSolver = {
      name: "broken 1.0",
      family: "broken",
      open: () => Promise.reject(new SolverStartError("broken 1.0 did not start")),
    };
    const judgement = await judged(COUNT, [[NOT_NEGATIVE]], { others: async () => [broken] });
    expect(judgement.kind === "proved" && judgement.verified.evidence.checkedBy).toEqual([z3.name]);
  });
});

describe("safety.md 8: unknown is never success", () => {
  it("a solver that decides nothing proves nothing", async () => {
    const judgement = await judged(COUNT, [[NOT_NEGATIVE]], { solver: stubborn("silent 1.0", "unknown") });
    expect(judgement).toMatchObject({ kind: "rejected", reason: expect.stringContaining("not decided") });
  });

  it("a solver to which everything is unsatisfiable proves nothing: nothing would be reachable", async () => {
    const judgement = await judged(
      "/*@ requires n > 0; */ int f(int n) { int i = 0; while (i < n) i++; return i; }",
      [[NOT_NEGATIVE]],
      { solver: stubborn("eager 1.0", "unsat") },
    );
    expect(judgement).toMatchObject({ kind: "rejected", reason: expect.stringContaining("vacuous") });
  });

  it("cancellation is no verdict: it is thrown", async () => {
    const stopped = new AbortController();
    stopped.abort(new DOMException("stop", "AbortError"));
    const judge = createJudge({ solver: z3, others: async () => [], queryMs: 5000 });
    const candidate = {
      kind: "tree",
      role: "whole",
      invariants: [[NOT_NEGATIVE]],
      provenance: { proposer: "test" },
    } as const;
    await expect(judge.judge(taskOf(COUNT), candidate, stopped.signal)).rejects.toThrow("stop");
  });
});

describe("vacuity", () => {
  it("a contradictory contract is rejected, whatever the candidate", async () => {
    const judgement = await judged(COUNT.replace("int count", "/*@ requires n > 0 && n < 0; */ int count"), [
      [NOT_NEGATIVE],
    ]);
    expect(judgement).toMatchObject({
      kind: "rejected",
      reason: expect.stringContaining("vacuous"),
      final: true,
    });
  });
});

describe("safety.md 14: the document is the version the task was made for", () => {
  it("another text is stale, however little it differs", async () => {
    const verified = await proved();
    expect(applyVerified(COUNT.replace("i < n", "i <= n"), verified)).toEqual({ kind: "stale" });
    expect(applyVerified(`${COUNT}\n`, verified)).toEqual({ kind: "stale" });
    expect(applyVerified(COUNT.replaceAll("\n", "\r\n"), verified)).toEqual({ kind: "stale" });
    expect(applyVerified("", verified)).toEqual({ kind: "stale" });
    const applied = applyVerified(COUNT, verified);
    // Applied once, it is another document.
    expect(applied.kind === "applied" && applyVerified(applied.text, verified)).toEqual({ kind: "stale" });
  });
});

describe("Verified cannot be forged", () => {
  it("what merely looks like one is refused", async () => {
    const verified = await proved();
    const copy = { ...verified } as Verified;
    expect(() => applyVerified(COUNT, copy)).toThrow("Only what the judge made can be applied");
    expect(() => applyVerified(COUNT, JSON.parse(JSON.stringify(verified)))).toThrow(
      "Only what the judge made",
    );
    expect(() => applyVerified(COUNT, Object.create(verified))).toThrow("Only what the judge made");
    expect(() => applyVerified(COUNT, structuredClone(verified))).toThrow("Only what the judge made");
  });

  it("nor can one be changed afterwards", async () => {
    const verified = await proved();
    expect(() => Object.assign(verified, { textHash: "0" })).toThrow();
    expect(() => Object.assign(verified.edit.insertions[0]!, { text: "i = 0;" })).toThrow();
    expect(() => (verified.evidence.assumptions as string[]).pop()).toThrow();
  });
});
