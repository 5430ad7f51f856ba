import { expect, test } from "vitest";
import { readRequest } from "../../../server/gym/request.ts";

test("a request is read with its defaults", () => {
  expect(
    readRequest('{"id": 7, "method": "apply", "session": "1", "state": "s0", "tactic": "auto"}'),
  ).toEqual({ method: "apply", id: 7, session: "1", state: "s0", tactic: "auto", timeoutMs: 10_000 });
  expect(readRequest('{"id": "x", "method": "open", "file": "a.v", "line": 3}')).toEqual({
    method: "open",
    id: "x",
    file: "a.v",
    text: null,
    at: { kind: "line", line: 3 },
  });
});

test("several tactics may be tried at one state", () => {
  const request = { id: 1, method: "applyEach", session: "1", state: "s0" };
  expect(readRequest(JSON.stringify({ ...request, tactics: ["auto", "easy"], timeout: 2 }))).toEqual({
    ...request,
    tactics: ["auto", "easy"],
    timeoutMs: 2_000,
  });
});

test.each([
  ["not json", null, "not JSON"],
  ["[1]", null, "JSON object"],
  ['{"id": 1}', 1, "method is one of"],
  ['{"id": 1, "method": "open"}', 1, "needs a file"],
  ['{"id": 1, "method": "open", "file": "a.v", "line": 0}', 1, "line counts from 1"],
  ['{"id": 1, "method": "apply", "session": "1", "state": "s0"}', 1, "needs a session"],
  ['{"id": 1, "method": "applyEach", "session": "1", "state": "s0", "tactics": "x"}', 1, "list of"],
  ['{"id": 1, "method": "apply", "session": "1", "state": "s0", "tactic": "x", "timeout": -1}', 1, "seconds"],
])("what is no request is told why: %s", (line, id, message) => {
  expect(readRequest(line)).toMatchObject({ method: null, id, message: expect.stringContaining(message) });
});
