import { describe, expect, it } from "vitest";
import { defaultOptions } from "../../../../server/engine/options.ts";
import type { InvariantsTask } from "../../../../server/engine/task.ts";
import { sampleStates } from "../../../../server/program/sample.ts";
import { arraysProposer, likelyArraysProposer } from "../../../../server/proposers/arrays/arrays.ts";
import { locateInvariants } from "../../../../server/tasks/invariants/locate.ts";
import { propose } from "../proposing.ts";

const never = new AbortController().signal;

function taskOf(variables: string, pre: string, trans: string, post: string): InvariantsTask {
  const sort = (name: string) => (/^[A-Z]/.test(name) ? "(Array Int Int)" : name === "ok" ? "Bool" : "Int");
  const names = variables.split(" ");
  const now = names.map((name) => `(${name} ${sort(name)})`).join(" ");
  const next = names.map((name) => `(${name}! ${sort(name)})`).join(" ");
  const same = names.filter((name) => !trans.includes(`${name}!`)).map((name) => `(= ${name}! ${name})`);
  const text = `(set-logic ALIA)
(synth-inv inv (${now}))
(define-fun pre (${now}) Bool ${pre})
(define-fun trans (${now} ${next}) Bool (and ${trans} ${same.join(" ")}))
(define-fun post (${now}) Bool ${post})
(inv-constraint inv pre trans post)
(check-synth)
`;
  const [located] = locateInvariants({ file: "a.sl", text, version: 0 }, "math");
  if (located?.kind !== "task" || located.task.kind !== "invariants")
    throw new Error(JSON.stringify(located));
  return located.task;
}

async function proposed(proposer: ReturnType<typeof likelyArraysProposer>, task: InvariantsTask) {
  const { texts } = await propose(proposer, task, (findings) => {
    findings.tables = sampleStates(task.program, { seed: defaultOptions.seed, signal: never }).tables;
  });
  return texts;
}

const sorted = (array: string, end: string) =>
  `(forall ((p Int) (q Int)) (=> (and (<= 0 p) (<= p q) (< q ${end})) (<= (select ${array} p) (select ${array} q))))`;

describe("likely statements about arrays", () => {
  it("compare a part of an array with a variable that nothing asks about", async () => {
    const task = taskOf(
      "A B i n m",
      "(and (= i 0) (= m (select A 0)))",
      "(< i n) (= m! (ite (> (select A i) m) (select A i) m)) (= B! (store B i m!)) (= i! (+ i 1))",
      `(=> (>= i n) ${sorted("B", "n")})`,
    );
    expect(await proposed(likelyArraysProposer(), task)).toContain(
      "\\forall integer k; 0 <= k < i ==> B[k] <= m",
    );
  });

  it("relate single elements of two arrays", async () => {
    const task = taskOf(
      "A B i j n",
      `(and (= i 1) (= j 1) (> n 0) (= (select B 0) (select A 0)) ${sorted("A", "n")})`,
      `(< i n) (= i! (+ i 1)) (ite (= (select A i) (select B (- j 1))) (and (= B! B) (= j! j))
        (and (= B! (store B j (select A i))) (= j! (+ j 1))))`,
      "(=> (>= i n) (<= (select B (- j 1)) (select A (- n 1))))",
    );
    const texts = await proposed(likelyArraysProposer(), task);
    expect(texts).toContain("A[i - 1] == B[j - 1]");
    // What neither the loop nor its variables change says nothing new.
    expect(texts.filter((text) => /A\[0\]/.test(text) && !/[ij]|B/.test(text))).toEqual([]);
  });

  it("put a part of one array against the rest of another", async () => {
    const task = taskOf(
      "A B C i j n m",
      `(and (= i 0) (= j 0) (>= n 0) (>= m 0) ${sorted("A", "n")} ${sorted("B", "m")})`,
      `(or (< i n) (< j m)) (ite (and (< i n) (or (>= j m) (<= (select A i) (select B j))))
        (and (= C! (store C (+ i j) (select A i))) (= i! (+ i 1)) (= j! j))
        (and (= C! (store C (+ i j) (select B j))) (= j! (+ j 1)) (= i! i)))`,
      `(=> (and (>= i n) (>= j m)) ${sorted("C", "(+ n m)")})`,
    );
    const texts = await proposed(likelyArraysProposer(), task);
    expect(texts).toContain("\\forall integer p, q; 0 <= p < i + j && i <= q < n ==> C[p] <= A[q]");
    expect(texts).toContain("\\forall integer p, q; 0 <= p < i + j && j <= q < m ==> C[p] <= B[q]");
  });
});

describe("statements about arrays from the text", () => {
  it("hold as long as a flag says that no difference was found", async () => {
    const task = taskOf(
      "A B i n ok",
      "(and (= i 0) ok)",
      "(< i n) ok (= ok! (= (select A i) (select B i))) (= i! (+ i 1))",
      "(=> (and (not (and (< i n) ok)) ok) (forall ((k Int)) (=> (and (<= 0 k) (< k n)) (= (select A k) (select B k)))))",
    );
    const texts = await proposed(arraysProposer("few"), task);
    expect(texts).toContain("ok == 1 ==> (\\forall integer k; 0 <= k < i ==> A[k] == B[k])");
  });

  it("leave what was required of an unchanged array as it is", async () => {
    const task = taskOf(
      "A l h n v",
      `(and (= l 0) (= h n) (>= n 0) ${sorted("A", "n")})`,
      `(< l h) (ite (< (select A (div (+ l h) 2)) v) (and (= l! (+ (div (+ l h) 2) 1)) (= h! h))
        (and (= l! l) (= h! (div (+ l h) 2))))`,
      "(=> (>= l h) (forall ((k Int)) (=> (and (<= 0 k) (< k l)) (< (select A k) v))))",
    );
    const pairs = (await proposed(arraysProposer("few"), task)).filter((text) => text.includes("p, q"));
    expect(pairs).toEqual(["\\forall integer p, q; 0 <= p <= q < n ==> A[p] <= A[q]"]);
  });
});
