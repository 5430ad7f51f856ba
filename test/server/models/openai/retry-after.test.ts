import { expect, test } from "vitest";
import { retryAfter } from "../../../../server/models/openai/failure.ts";

const now = Date.parse("2026-01-01T00:00:00Z");

test.each([
  [{ "retry-after": "3" }, 3000],
  [{ "retry-after": "0.5" }, 500],
  [{ "retry-after-ms": "20", "retry-after": "3" }, 20],
  [{ "retry-after": "Thu, 01 Jan 2026 00:00:10 GMT" }, 10_000],
  [{ "retry-after": "Wed, 31 Dec 2025 00:00:00 GMT" }, 0],
  [{ "retry-after": "soon" }, null],
  [{}, null],
])("%j is %s ms", (headers, milliseconds) => {
  expect(retryAfter(new Headers(headers as Record<string, string>), now)).toBe(milliseconds);
});
