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

test.each([
  ["not json", null, "not JSON"],
  ["[1]", null, "JSON object"],
  ['{"id": 1}', 1, "method is one of"],
  ['{"id": 1, "method": "open"}', 1, "needs a file"],
  ['{"id": 1, "method": "open", "file": "a.v", "line": 0}', 1, "line counts from 1"],
  ['{"id": 1, "method": "apply", "session": "1", "state": "s0"}', 1, "needs a session"],
  ['{"id": 1, "method": "apply", "session": "1", "state": "s0", "tactic": "x", "timeout": -1}', 1, "seconds"],
])("what is no request is told why: %s", (line, id, message) => {
  expect(readRequest(line)).toMatchObject({ method: null, id, message: expect.stringContaining(message) });
});
