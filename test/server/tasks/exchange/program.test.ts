import { describe, expect, it } from "vitest";
import { locateExchange } from "../../../../server/tasks/exchange/locate.ts";
import { listing } from "../../program/lower/listing.ts";

/** The program that an invariant problem over these parameters becomes, a line a block; what is not reached is left out. */
function programOf(parameters: string, pre: string, trans: string): string[] {
  const names = [...parameters.matchAll(/\((\w+) /g)].map(([, name]) => name!);
  const next = parameters.replace(/\((\w+) /g, "($1! ");
  const text = `(synth-inv inv (${parameters}))
(define-fun pre (${parameters}) Bool ${pre})
(define-fun trans (${parameters} ${next}) Bool ${trans})
(define-fun post (${parameters}) Bool true)
(inv-constraint inv pre trans post)`;
  const [located] = locateExchange({ file: "a.sl", text, version: 0 }, "sygus");
  if (located?.kind !== "task" || located.task.program.loops.length === 0) return [`no program of ${names}`];
  return listing(located.task.program).filter((line) => !/: return$/.test(line));
}

const array = "(a (Array Int Int))";

describe("an invariant problem as a program", () => {
  it("assigns the variables themselves, in an order in which none reads what is new", () => {
    expect(
      programOf("(x Int) (y Int)", "(and (= x 0) (= y 0))", "(and (= x! (+ x y)) (= y! (+ y 1)))"),
    ).toEqual([
      "0: goto 2",
      "1: assertion: \\true; goto 4",
      "2: x := 0; y := 0; goto 1",
      "4: x := x + y; y := y + 1; goto 1",
    ]);
  });

  it("keeps one old value where two need each other's, as for a swap", () => {
    expect(programOf("(x Int) (y Int)", "(= x y)", "(and (= x! y) (= y! x))").at(-1)).toBe(
      "4: x' := x; x := y; y := x'; goto 1",
    );
    const arrays = `${array} (b (Array Int Int)) (i Int)`;
    const both = "(= a! (store a i (select b i))) (= b! (store b i (select a i)))";
    expect(programOf(arrays, "(= i 0)", `(and ${both} (= i! (+ i 1)))`).at(-1)).toBe(
      "4: a' := a; a := (a changed array); b := (a changed array); i := i + 1; goto 1",
    );
  });

  it("stores what is arbitrary once it is known, and makes no array arbitrary that has a value", () => {
    const body = programOf(
      `${array} (i Int) (v Int)`,
      "(= i 0)",
      "(and (<= v v!) (= a! (store a i v!)) (= i! (+ i 1)))",
    );
    expect(body.at(-1)).toContain("havoc v'");
    expect(body.at(-1)).not.toContain("havoc a'");
  });

  it("stores into arrays one after the other, and reads before it stores", () => {
    const swap = "(= a! (store (store a i (select a 0)) 0 (select a i)))";
    const [body] = programOf(`${array} (i Int)`, "(= i 1)", `(and ${swap} (= i! (+ i 1)))`).slice(-1);
    expect(body).toMatch(/^4: held \d+ := a\[i\]; a := .*; a := .*; i := i \+ 1; goto 1$/);
  });

  it("takes a choice between arrays as two ways", () => {
    const lines = programOf(
      `${array} (i Int)`,
      "(= i 0)",
      "(and (= a! (ite (< i 9) (store a i 0) a)) (= i! (+ i 1)))",
    );
    expect(lines.filter((line) => line.includes("i := i + 1"))).toHaveLength(2);
  });

  it("takes a choice between arrays as two ways in a clause's argument, and below a store, too", () => {
    const sort = "(Array Int Int)";
    const clause = (argument: string) => `(declare-fun inv (${sort} Int) Bool)
(assert (forall ((a ${sort})) (inv a 0)))
(assert (forall ((a ${sort}) (i Int)) (=> (inv a i) (inv ${argument} (+ i 1)))))
(assert (forall ((a ${sort}) (i Int)) (=> (and (inv a i) (< i 0)) false)))`;
    for (const argument of ["(ite (< i 9) (store a i 0) a)", "(store (ite (< i 9) (store a 0 1) a) i 0)"]) {
      const document = { file: "a.smt2", text: clause(argument), version: 0 };
      const [located] = locateExchange(document, "horn");
      const lines = located?.kind === "task" ? listing(located.task.program) : [];
      expect(lines.filter((line) => line.includes("i := i + 1"))).toHaveLength(2);
      expect(lines.join("\n")).not.toContain("?");
    }
  });

  it("compares elements where it asks whether arrays are equal", () => {
    const asked = "(and (= a b) (= a! a) (= b! (store a 0 1)))";
    const lines = programOf(`${array} (b (Array Int Int))`, "true", asked);
    expect(lines.join("\n")).toContain("\\forall integer e; a[e] == b[e]");
  });
});
