import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Touchstone } from "../../../../server/wiring.ts";
import { symbolic } from "../../conditions/outcome.ts";

let touchstone: Touchstone;
beforeAll(async () => {
  touchstone = await symbolic("math");
});
afterAll(() => touchstone.close());

async function kindOf(file: string, text: string): Promise<string> {
  const [located] = touchstone.locate({ file, text, version: 0 });
  if (located?.kind !== "task") throw new Error(JSON.stringify(located));
  for await (const event of touchstone.run(located.task, new AbortController().signal))
    if (event.type === "finished") return event.outcome.kind;
  throw new Error("the run did not finish");
}

const P = `(set-logic HORN)
(declare-fun P (Int) Bool)
(assert (forall ((x Int)) (=> (= x 2) (P x))))
`;

describe("Spacer's answer to a problem that has predicates and is no program with loops", {
  timeout: 30_000,
}, () => {
  it.each([
    [
      "a negative divisor",
      "a.sl",
      `(set-logic LIA)
(synth-inv inv ((x Int)))
(define-fun pre ((x Int)) Bool (= x (- 7)))
(define-fun trans ((x Int) (x! Int)) Bool (= x! x))
(define-fun post ((x Int)) Bool (= (mod x (- 3)) 2))
(inv-constraint inv pre trans post)
(check-synth)`,
    ],
    [
      "one predicate after another",
      "a.smt2",
      `${P}(declare-fun Q (Int) Bool)
(assert (forall ((x Int)) (=> (P x) (Q (+ x 1)))))
(assert (forall ((x Int) (y Int)) (=> (and (P x) (Q y) (= y x)) false)))
(check-sat)`,
    ],
    [
      "two atoms in a body",
      "a.smt2",
      `${P}(assert (forall ((x Int) (y Int)) (=> (and (P x) (P y)) (P (+ x y)))))
(assert (forall ((x Int)) (=> (and (P x) (= x 5)) false)))
(check-sat)`,
    ],
  ])("is judged as definitions: %s", async (_, file, text) => {
    expect(await kindOf(file, text)).toBe("proved");
  });
});
