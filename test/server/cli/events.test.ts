import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { eventLine, openEventFile } from "../../../server/cli/events.ts";
import type { Event } from "../../../server/engine/event.ts";
import { atLeast } from "../tasks/invariants/drafting.ts";
import { proved, run, TEXT, tasksOf } from "./recorded.ts";

const folder = mkdtempSync(join(tmpdir(), "touchstone-events-"));
afterAll(() => rmSync(folder, { recursive: true }));

const task = tasksOf(TEXT)[0]!;
const events = run(task, proved(task, [[atLeast("i", 0)], []]));

describe("the file of --events", () => {
  it("has one event a line, and each can be read back", () => {
    const path = join(folder, "events.jsonl");
    const opened = openEventFile(path, () => {});
    if (opened.kind !== "open") throw new Error(opened.message);
    for (const event of events) opened.file.write(event);
    opened.file.close();
    const lines = readFileSync(path, "utf8").trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line).type)).toEqual(events.map(({ type }) => type));
    expect(JSON.parse(lines.at(-1)!).outcome.verified.edit.insertions).toHaveLength(2);
  });

  it("has integers of any size", () => {
    const event = { type: "finding", at: 1, text: "x", value: 2n ** 80n } as unknown as Event;
    expect(eventLine(event)).toContain('"1208925819614629174706176"');
  });

  it("that cannot be opened is named, with what to do", () => {
    expect(openEventFile(join(folder, "no", "such", "folder"), () => {})).toMatchObject({
      kind: "error",
      message: expect.stringMatching(/no[\\/]such[\\/]folder: .*make the folder first/),
    });
  });

  it.skipIf(!existsSync("/dev/full"))("on a full disk ends with one message, and the search goes on", () => {
    const said: string[] = [];
    const opened = openEventFile("/dev/full", (message) => said.push(message));
    if (opened.kind !== "open") throw new Error(opened.message);
    for (const event of events) opened.file.write(event);
    opened.file.close();
    expect(said).toEqual([expect.stringContaining("the recording of events ends here: the disk is full")]);
  });
});
