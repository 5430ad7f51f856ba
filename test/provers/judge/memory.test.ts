import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { applyVerified } from "../../../provers/judge/apply.ts";
import { memoryIn } from "../../../provers/judge/memory.ts";
import type { Outcome } from "../../../server/engine/outcome.ts";
import { FALSE } from "../../../server/program/term.ts";
import { proved, TEXT, tasksOf } from "../../server/cli/recorded.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "memory-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const asItStands = (task: ReturnType<typeof tasksOf>[number]) => {
  const outcome = proved({ ...task, program: { ...task.program, loops: [] } }, []);
  return outcome as Extract<Outcome, { kind: "proved" }>;
};

describe("verdicts remembered by content", () => {
  it("are recalled for the same text, and can be applied to it", () => {
    const [task] = tasksOf(TEXT);
    const memory = memoryIn(directory, "build 1");
    expect(memory.recall(task!)).toBeNull();
    memory.keep(task!, asItStands(task!));
    const recalled = memoryIn(directory, "build 1").recall(tasksOf(TEXT)[0]!);
    expect(recalled?.verified.evidence).toEqual(asItStands(task!).verified.evidence);
    expect(applyVerified(TEXT, recalled!.verified)).toEqual({ kind: "applied", text: TEXT });
  });

  it("are forgotten when the text, the program, a solver or the function's meaning is another", () => {
    const [task] = tasksOf(TEXT);
    memoryIn(directory, "build 1").keep(task!, asItStands(task!));
    expect(memoryIn(directory, "build 2").recall(task!)).toBeNull();
    expect(memoryIn(directory, "build 1").recall(tasksOf(TEXT.replace("i++;", "i += 1;"))[0]!)).toBeNull();
    expect(memoryIn(directory, "build 1").recall(tasksOf(`${TEXT}\n`)[0]!)).toBeNull();
    const program = { ...task!.program, assumptions: [...task!.program.assumptions, "something included"] };
    expect(memoryIn(directory, "build 1").recall({ ...task!, program })).toBeNull();
  });

  it("are only those that need no edit", () => {
    const [task] = tasksOf(TEXT);
    const memory = memoryIn(directory, "build");
    const edited = proved(task!, [[FALSE], [FALSE]]) as Extract<Outcome, { kind: "proved" }>;
    memory.keep(task!, edited);
    expect(readdirSync(directory)).toEqual([]);
  });

  it.each([
    "",
    "{",
    "[]",
    "null",
    '{"obligations":[],"checkedBy":[],"assumptions":[],"terminates":true}',
    '"proved"',
  ])("are none when their file is damaged: %j", (damage) => {
    const [task] = tasksOf(TEXT);
    const memory = memoryIn(directory, "build");
    memory.keep(task!, asItStands(task!));
    const file = join(directory, readdirSync(directory)[0]!);
    expect(JSON.parse(readFileSync(file, "utf8")).checkedBy).toHaveLength(2);
    writeFileSync(file, damage);
    expect(memory.recall(task!)).toBeNull();
  });

  it("cost nothing but themselves when they cannot be written", () => {
    const [task] = tasksOf(TEXT);
    const file = join(directory, "file");
    writeFileSync(file, "");
    const memory = memoryIn(join(file, "below"), "build");
    memory.keep(task!, asItStands(task!));
    expect(memory.recall(task!)).toBeNull();
  });
});
