import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readOutline } from "../../../grammars/lean/outline.ts";
import { leanAssistant } from "../../../provers/lean/assistant.ts";
import { reviewOn } from "../../../provers/lean/review/review.ts";
import { LeanWorker } from "../../../provers/lean/worker.ts";
import type { Review } from "../../../server/engine/proof.ts";
import { pinned } from "../../../server/proposers/lean/language.ts";
import type { ProofSession } from "../../../server/search/session.ts";
import { shorten } from "../../../server/search/shorten.ts";
import { embedded } from "./available.ts";

const { launcher, title } = embedded;
const HANG = 240_000;
const { signal } = new AbortController();

const double = `def double : Nat → Nat
  | 0 => 0
  | n + 1 => double n + 2
`;

const merged = `inductive Heap where
  | nil : Heap
  | node : Heap → Nat → Heap → Heap

def merge : Heap → Heap → Heap
  | .nil, q => q
  | p, .nil => p
  | .node p x q, .node r y s =>
    if x ≤ y then .node (merge q (.node r y s)) x p else .node (merge (.node p x q) s) y r

def count : Heap → Nat
  | .nil => 0
  | .node p _ q => 1 + count p + count q

theorem a (p q : Heap) : count p + count q = count (merge p q) := by
  sorry
`;

const init = `def init {α : Type} : List α → List α
  | [] => []
  | [_] => []
  | x :: xs => x :: init xs

theorem a {α : Type} (xs : List α) (y : α) : init (xs ++ [y]) = xs := by
  sorry
`;

const once = `noncomputable section
def once [DecidableEq α] : List α → List α
  | [] => []
  | x :: xs => x :: once (xs.filter (fun y => x != y))
termination_by xs => xs.length
decreasing_by
  simp_wf
  rw [Nat.lt_succ]
  exact List.length_filter_le _ xs

theorem a (x : α) (xs : List α) [DecidableEq α] : x ∈ once xs → x ∈ xs := by
  sorry
`;

const own = `inductive Tree (α : Type) where
  | leaf : Tree α
  | node (l : Tree α) (x : α) (r : Tree α)

inductive Colour | red | green | blue deriving DecidableEq

def Colour.next : Colour → Colour
  | red => green
  | green => blue
  | blue => red

def Tree.size {α : Type} : Tree α → Nat
  | leaf => 0
  | node l _ r => l.size + 1 + r.size

def Tree.height {α : Type} : Tree α → Nat
  | leaf => 0
  | node l _ r => max l.height r.height + 1

`;

const second = `def second (xs : List Nat) : Nat :=
  match xs with
  | [] => 0
  | [x] => x
  | _ :: y :: _ => y
theorem a (xs : List Nat) (h : xs.length ≤ 1) : second xs = xs.headD 0 := by
  sorry
`;

/** One process for the judge's tests: it takes seconds to start and more than a gigabyte. */
const worker = launcher && new LeanWorker(launcher, null);
afterAll(() => worker?.close());

describe.runIf(launcher !== null)(title, () => {
  /** Judges the file in which the last hole is replaced by a text. */
  function judge(text: string, proof: string): Promise<Review> {
    const hole = readOutline(text).holes.at(-1)!;
    const edit = { insertions: [{ offset: hole.start, end: hole.end, text: proof }] };
    const document = { file: "-", text, version: 0 };
    return reviewOn(worker!, launcher!, () => null, { document, edit, offset: hole.start }, signal);
  }

  describe("the judge", () => {
    it("proves a proof, and says who checked it", { timeout: HANG }, async () => {
      const text = `${double}theorem double_eq (n : Nat) : double n = n + n := by\n  sorry\n`;
      const review = await judge(text, "induction n <;> simp_all [double]; omega");
      expect(review).toMatchObject({
        kind: "proved",
        evidence: { checkedBy: ["lean 4.28.0-pre (embedded)"] },
      });
    });

    it("follows what Lean makes of a match to the match", { timeout: HANG }, async () => {
      expect(await judge(second, "unfold second; split <;> simp_all")).toMatchObject({ kind: "proved" });
      const bad = second.replace("theorem", "theorem bad : 1 = 2 := sorry\ntheorem");
      expect(await judge(bad, "unfold second; split <;> simp_all [bad]")).toMatchObject({
        reason: expect.stringMatching(/conditional on bad/),
      });
    });

    it("follows what Lean makes of a recursion over two arguments to the function", {
      timeout: HANG,
    }, async () => {
      expect(await judge(merged, "fun_induction merge p q <;> grind [count]")).toMatchObject({
        kind: "proved",
      });
      const bad = merged.replace("theorem", "theorem bad : 1 = 2 := sorry\ntheorem");
      expect(await judge(bad, "(have := bad; fun_induction merge p q <;> grind [count])")).toMatchObject({
        reason: expect.stringMatching(/conditional on bad/),
      });
    });

    it("follows a name that Lean itself has to quote", { timeout: HANG }, async () => {
      expect(await judge(init, "(induction xs <;> simp_all [init])")).toMatchObject({ kind: "proved" });
    });

    it("takes a word of a printed term that names nothing for what it is", { timeout: HANG }, async () => {
      const proof = "intro h; fun_induction once xs <;> simp_all; rcases h with h | h <;> simp_all";
      expect(await judge(once, `(${proof})`)).toMatchObject({ kind: "proved" });
    });

    it.each([
      [
        "a proof with an error",
        `theorem a (n : Nat) : n = n + 1 := by\n  sorry\n`,
        "omega",
        /error at line 2/,
      ],
      ["goals that are left", `theorem a : True ∧ True := by\n  sorry\n`, "constructor", /unsolved goals/],
      [
        "a lemma that is not proved, used by the simplifier",
        `${double}@[simp] theorem bad (n : Nat) : double n = 0 := sorry\ntheorem a : double 5 = double 6 := by\n  sorry\n`,
        "rw [bad, bad]",
        /conditional on bad at line 4/,
      ],
      [
        "a lemma that is proved by one that is not",
        `theorem bad (n : Nat) : n = 0 := sorry\ntheorem good (n : Nat) : n = 0 := bad n\ntheorem a : 5 = 6 := by\n  sorry\n`,
        "rw [good 5, good 6]",
        /conditional on bad at line 1/,
      ],
      [
        "an axiom of the file",
        `axiom magic : 1 = 2\ntheorem a : 1 = 2 := by\n  sorry\n`,
        "exact magic",
        /conditional on magic/,
      ],
      [
        "a sorry that a macro hides in a lemma",
        'macro "trick" : tactic => `(tactic| sorry)\ntheorem bad : 1 = 2 := by trick\ntheorem a : 1 = 2 := by\n  sorry\n',
        "exact bad",
        /conditional on bad at line 2/,
      ],
      [
        "a sorry that a notation hides in a lemma",
        'notation "hole!" => sorryAx _ true\ntheorem bad : 1 = 2 := hole!\ntheorem a : 1 = 2 := by\n  sorry\n',
        "exact bad",
        /conditional on bad at line 2/,
      ],
      [
        "sorryAx in a lemma",
        "theorem bad : 1 = 2 := sorryAx _ true\ntheorem a : 1 = 2 := by\n  sorry\n",
        "exact bad",
        /conditional on bad at line 1/,
      ],
      [
        "an unnamed instance that a macro leaves unproved",
        'macro "trick" : tactic => `(tactic| sorry)\nclass Magic : Prop where\n  magic : 1 = 2\ninstance : Magic := ⟨by trick⟩\ntheorem a : 1 = 2 := by\n  sorry\n',
        "exact Magic.magic",
        /conditional on a declaration without a name at line 4/,
      ],
      [
        "a macro of the file that hides sorry in the proof itself",
        'macro "trick" : tactic => `(tactic| sorry)\ntheorem a : 1 = 2 := by\n  sorry\n',
        "trick",
        /not proved/,
      ],
      [
        "an axiom that a macro declares under a name of its own",
        'macro "trick " n:ident : command => `(axiom hidden : 1 = 2\ntheorem $n : 1 = 2 := hidden)\ntrick bad\ntheorem a : 1 = 2 := by\n  sorry\n',
        "exact bad",
        /decides how commands are read/,
      ],
      [
        "an axiom of a macro that is called like what Lean makes of a match",
        'def f (n : Nat) : Nat := match n with | 0 => 1 | _ => 2\nmacro "trick " n:ident : command => `(axiom f.match_1.eq_1 : 1 = 2\ntheorem $n : 1 = 2 := f.match_1.eq_1)\ntrick bad\ntheorem a : 1 = 2 := by\n  sorry\n',
        "exact bad",
        /decides how commands are read/,
      ],
      [
        "what only Lean should have made of a match, where the file has code that runs",
        `macro "nothing" : tactic => \`(tactic| skip)\n${second}`,
        "unfold second; split <;> simp_all",
        /does not show second\.match_1/,
      ],
      [
        "a lemma that trusts the compiler",
        "theorem bad : 10 + 10 = 20 := by native_decide\ntheorem a : 10 + 10 = 20 := by\n  sorry\n",
        "exact bad",
        /conditional on bad/,
      ],
      [
        "a proof that trusts the compiler",
        "theorem a : 10 + 10 = 20 := by\n  sorry\n",
        "decide +native",
        /not allowed/,
      ],
      ["made-up data", "def a : Nat := by\n  sorry\n", "exact 5", /asks for a value/],
      [
        "another theorem's error",
        "theorem a : 1 = 1 := by\n  sorry\ntheorem b : 1 = 2 := rfl\n",
        "rfl",
        /error at line [34]/,
      ],
    ])("rejects %s", { timeout: HANG }, async (_, text, proof, why) => {
      expect(await judge(text, proof)).toMatchObject({
        kind: "rejected",
        reason: expect.stringMatching(why),
      });
    });

    it("takes a proof beside a hole that it does not need", { timeout: HANG }, async () => {
      const text = `theorem other (n : Nat) : n = 0 := sorry\ntheorem a (n : Nat) : n + 0 = n := by\n  sorry\n`;
      expect(await judge(text, "simp")).toMatchObject({ kind: "proved" });
    });

    it("judges an example, under a name of its own", { timeout: HANG }, async () => {
      expect(await judge("example : 1 + 1 = 2 := by\n  sorry\n", "rfl")).toMatchObject({ kind: "proved" });
    });
  });

  it("runs programs of a file where they can write nothing", { timeout: HANG }, async () => {
    const path = join(tmpdir(), "touchstone-lean-wrote");
    const text = `#eval IO.FS.writeFile ${JSON.stringify(path)} "x"\n#eval IO.FS.writeFile "/lean/x" "x"\n`;
    const checked = await worker!.check(text, null, { deadlineMs: HANG, signal });
    expect(checked.kind).toBe("checked");
    expect(existsSync(path)).toBe(false);
  });

  const isLinux = process.platform === "linux";
  it.runIf(isLinux)(
    "starts again when the process stops answering, and nobody sees it",
    {
      timeout: HANG,
    },
    async () => {
      const text = "theorem a : 1 = 1 := by\n  rfl\n";
      const { starts } = worker!;
      const stopped = worker!.pid!;
      process.kill(stopped, "SIGSTOP");
      expect(await worker!.check(text, null, { deadlineMs: HANG, signal })).toMatchObject({
        kind: "checked",
        messages: [],
      });
      expect(worker!.starts).toBe(starts + 1);
      expect(() => process.kill(stopped, 0)).toThrow();
    },
  );
});

describe.runIf(launcher !== null)(`a session on ${title}`, () => {
  const assistant = launcher && leanAssistant(launcher);
  afterAll(() => assistant?.close());

  async function open(text: string): Promise<ProofSession> {
    const opened = await assistant!.open(
      { file: "-", text, offset: readOutline(text).holes[0]!.start },
      signal,
    );
    if (opened.kind === "failed") throw new Error(opened.message);
    return opened.session;
  }

  it("gives states, goals and errors, and goes on after a tactic without an end", {
    timeout: HANG,
  }, async () => {
    const session = await open(`${double}theorem double_eq (n : Nat) : double n = n + n := by\n  sorry\n`);
    expect(session.goals).toEqual([
      { name: null, hypotheses: [{ names: ["n"], type: "Nat", body: null }], conclusion: "double n = n + n" },
    ]);
    const step = await session.apply(session.root, "induction n", 5_000, signal);
    if (step.kind !== "progress") throw new Error(JSON.stringify(step));
    expect(step.goals.map(({ name }) => name)).toEqual(["zero", "succ"]);
    expect(await session.apply(step.state, "rfl", 5_000, signal)).toMatchObject({ kind: "progress" });
    expect(await session.apply(session.root, "exact foo", 5_000, signal)).toMatchObject({
      failure: "unknown name",
    });
    expect(await session.apply(session.root, "exact double_eq n", 5_000, signal)).toMatchObject({
      failure: "refused",
    });
    expect(await session.apply(session.root, "repeat skip", 500, signal)).toMatchObject({ kind: "error" });
    const proof = "induction n <;> simp_all [double] <;> omega";
    expect(await session.apply(session.root, proof, 20_000, signal)).toMatchObject({ kind: "done" });
    await session.close();
  });

  it("takes an error for the tactic's, though the same is said of what stands behind the hole", {
    timeout: HANG,
  }, async () => {
    const session = await open(
      "theorem a (n : Nat) : n + 0 = n ∧ n = 2 := by\n  constructor\n  · sorry\n  · exact foo\n",
    );
    expect(await session.apply(session.root, "exact foo", 5_000, signal)).toMatchObject({
      failure: "unknown name",
    });
    expect(await session.apply(session.root, "rfl", 5_000, signal)).toMatchObject({ kind: "done" });
    await session.close();
  });

  it("takes the first of several goals as the hole, under a bullet", { timeout: HANG }, async () => {
    const session = await open(
      "theorem a (p q : Prop) (h : p) (g : q) : p ∧ q := by\n  constructor\n  sorry\n  exact g\n",
    );
    expect(session.frame.before).toEqual(["·"]);
    expect(session.goals.map(({ conclusion }) => conclusion)).toEqual(["p"]);
    expect(await session.apply(session.root, "exact h", 5_000, signal)).toMatchObject({ kind: "done" });
    await session.close();
  });

  it("asks Lean's own search, whose answer is a tactic like any other", { timeout: HANG }, async () => {
    const session = await open(
      "theorem a (n m : Nat) (xs : List Nat) :\n    (xs.take m).drop n = (xs.drop n).take (m - n) := by\n  sorry\n",
    );
    expect(await session.apply(session.root, "exact?", 20_000, signal)).toMatchObject({ failure: "refused" });
    const [answer] = await session.ask!(session.root, "exact?", HANG, signal);
    expect(answer).toMatch(/^exact List\./);
    expect(await session.apply(session.root, answer!, 20_000, signal)).toMatchObject({ kind: "done" });
    await session.close();
  });

  it("gives two who work at once a process each, and the same two to those who come after", {
    timeout: HANG,
  }, async () => {
    let launches = 0;
    const counting = {
      ...launcher!,
      launch: (file: string | null) => {
        launches++;
        return launcher!.launch(file);
      },
    };
    const two = leanAssistant(counting);
    const text = "theorem a (n : Nat) : n + 0 = n := by\n  sorry\n";
    const at = { file: "-", text, offset: text.indexOf("sorry") };
    for (let round = 1; round <= 2; round++) {
      const opened = await Promise.all([two.open(at, signal), two.open(at, signal)]);
      const done = opened.map(async (one) => {
        if (one.kind === "failed") throw new Error(one.message);
        const result = await one.session.apply(one.session.root, "rfl", 5_000, signal);
        await one.session.close();
        return result.kind;
      });
      expect(await Promise.all(done)).toEqual(["done", "done"]);
      expect(launches).toBe(2);
    }
    await two.close();
  });

  it("has a simplification that leaves a goal say what it used", { timeout: HANG }, async () => {
    const session = await open(
      "theorem a (xs : List Nat) (p : List Nat → Prop) (h : p xs) : p (xs.reverse.reverse ++ []) := by\n  sorry\n",
    );
    const script = [
      { tactic: "simp", goals: 1 },
      { tactic: "exact h", goals: 0 },
    ];
    const parts = { session, simpler: () => [], merged: () => null, pinned, spent: () => false };
    const tactics = (await shorten(script, parts, signal)).map(({ tactic }) => tactic);
    expect(tactics[0]).toMatch(/^simp only \[List\.\w+, List\.\w+\]$/);
    expect(tactics.slice(1)).toEqual(["exact h"]);
    for (const query of ["simp? [(by run_tac skip : True)]", "trace_state", "simp"])
      expect(() => session.ask!(session.root, query, HANG, signal)).toThrow("no search");
    await session.close();
  });

  it.each([
    ["(xs ys : List Nat) : xs ++ ys = ys ++ xs", /^xs := \[.+\], ys := \[.+\]$/],
    ["{α : Type} (xs : List α) : xs.length = 0", /^xs := \[.+\]$/],
    ["(n : Nat) (h : 0 < n) : n = 1", /^n := [23], h := by decide$/],
    ["(n m : Nat) : n + m = m + n", null],
    ["(f : Nat → Nat) : f 0 = 1", null],
    ["(t : Tree Nat) : t.size = 0", /^t := \.node \.leaf 0 \.leaf$/],
    ["{α : Type} (t : Tree α) (h : t.size = 2) : t.size = t.height", null],
    ["(c : Colour) (h : c.next ≠ .red) : c = .green", /^c := \.red|^c := \.green|^c := \.blue/],
  ])("says where `%s` is false", { timeout: HANG }, async (statement, values) => {
    const session = await open(`${own}theorem a ${statement} := by\n  sorry\n`);
    const found = await session.falsify!(signal);
    if (values === null) expect(found).toBeNull();
    else expect(found).toMatch(values);
    await session.close();
  });
});
