import { expect, test } from "vitest";
import { redactor, secretsOf } from "../../../server/models/redaction.ts";

test("a secret goes, however it is written", () => {
  const secret = "p@ss word/1";
  const redact = redactor([secret]);
  const written = [secret, encodeURIComponent(secret), Buffer.from(secret).toString("base64")];
  for (const each of written) expect(redact(`before ${each} after`)).toBe("before [redacted] after");
});

test("a secret that contains another goes as a whole", () => {
  expect(redactor(["abcd", "abcdefgh"])("x abcdefgh y")).toBe("x [redacted] y");
});

test("what looks like a key goes even when it is not ours", () => {
  const redact = redactor([]);
  expect(redact("Authorization: Bearer abc.def")).toBe("Authorization: Bearer [redacted]");
  expect(redact("sk-proj-abcd****efgh is wrong")).toBe("[redacted] is wrong");
  expect(redact("https://me:word@host/simple")).toBe("https://[redacted]@host/simple");
});

test("ordinary text stays", () => {
  const text = "task-list x >= 0 // a@b http://host/path?x=1";
  expect(redactor([null, undefined, ""])(text)).toBe(text);
});

test("secrets are known by the names of their variables", () => {
  const environment = {
    OPENAI_API_KEY: "aaaaaaaa",
    HF_TOKEN: "bbbbbbbb",
    DB_PASSWORD: "cccccccc",
    PATH: "dddddddd",
    KEYBOARD: "eeeeeeee",
  };
  expect(secretsOf(environment)).toEqual(["aaaaaaaa", "bbbbbbbb", "cccccccc"]);
});
