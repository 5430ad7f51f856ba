import type { Message } from "../../engine/model.ts";
import type { NearMiss } from "../../engine/outcome.ts";
import { type LoopTask, loopsOf } from "../../engine/task.ts";

/** What is asked for: one comparison, or a whole invariant. */
export type Wanted = "atom" | "invariant";

const SYSTEM =
  "You are an expert in program verification. You answer with one loop invariant in ACSL and nothing else: no words, no code.";

const EXAMPLES: readonly (readonly [string, string])[] = [
  [
    "int i = 0;\nint s = 0;\nwhile (i < n) { // LOOP\n  s = s + 2;\n  i = i + 1;\n}\nassert(s == 2 * n);",
    "s == 2 * i && i <= n",
  ],
  ["int x = 10;\nint y = 0;\nwhile (x > 0) { // LOOP\n  x--;\n  y++;\n}\nassert(y == 10);", "x + y == 10"],
  [
    "int q = 0;\nint r = a;\nwhile (r >= b) { // LOOP\n  r = r - b;\n  q = q + 1;\n}\nassert(a == q * b + r);",
    "a == q * b + r",
  ],
];

/** A few-shot prompt for one loop of the task; the loop is marked in the function's own text. */
export function promptFor(task: LoopTask, loop: number, wanted: Wanted): Message[] {
  return [
    { role: "system", content: SYSTEM },
    ...EXAMPLES.flatMap(([code, answer]): Message[] => [
      { role: "user", content: question(code, wanted) },
      { role: "assistant", content: wanted === "atom" ? answer.split(" && ")[0]! : answer },
    ]),
    { role: "user", content: question(marked(task, loop), wanted) },
  ];
}

/** The same question after a failure, with what was wrong in words. */
export function repairPrompt(task: LoopTask, loop: number, miss: NearMiss): Message[] {
  const tried = miss.invariants[loop]?.join(" && ") || "\\true";
  return [
    ...promptFor(task, loop, "invariant"),
    { role: "assistant", content: tried },
    { role: "user", content: `${inWords(miss)} Give a better loop invariant.` },
  ];
}

function question(code: string, wanted: Wanted): string {
  const what =
    wanted === "atom" ? "one comparison that always holds at the head of" : "an inductive invariant of";
  return `Give ${what} the loop marked LOOP.\n${code}`;
}

/** The function's text with the loop's line marked; long functions are cut around the loop. */
function marked(task: LoopTask, loop: number): string {
  const { document, span } = task;
  const lines = document.text.slice(span.start, span.end).split(/\r?\n/);
  const at = loopsOf(task)[loop]!.span.line - span.line;
  const from = Math.max(0, at - 40);
  return lines
    .slice(from, at + 60)
    .map((line, i) => (from + i === at ? `${line} // LOOP` : line))
    .join("\n");
}

function inWords(miss: NearMiss): string {
  const { verdict } = miss;
  if (verdict.kind !== "refuted") return "That could not be decided.";
  const { counterexample, why } = verdict;
  const states = counterexample.states
    .map(
      (state) =>
        `${state.where}: ${Object.entries(state.values)
          .map(([name, value]) => `${name} = ${value}`)
          .join(", ")}`,
    )
    .join("; ");
  const problem = {
    wrong: "That is false in a real run",
    notInductive: "That is not inductive: one iteration breaks it",
    tooWeak: "That is too weak: the assertion may still fail",
  }[why];
  return `${problem} (${states}).`;
}
