import { expect, test } from "vitest";
import { readEndpoint } from "../../../../server/models/openai/endpoint.ts";

const own = "http://127.0.0.1:8080/v1";

test("Touchstone's variables go before OpenAI's, and a configured address before both", () => {
  const environment = {
    TOUCHSTONE_BASE_URL: own,
    TOUCHSTONE_API_KEY: "mine",
    OPENAI_BASE_URL: "https://other.example/v1",
  };
  expect(readEndpoint(environment)).toMatchObject({
    kind: "endpoint",
    endpoint: { baseUrl: own, key: "mine" },
  });
  expect(readEndpoint(environment, "http://configured.example/v1/")).toMatchObject({
    endpoint: { baseUrl: "http://configured.example/v1" },
  });
});

test("OpenAI's address is the default", () => {
  expect(readEndpoint({ OPENAI_API_KEY: "theirs" })).toMatchObject({
    endpoint: { baseUrl: "https://api.openai.com/v1", key: "theirs", keyVariable: "OPENAI_API_KEY" },
  });
});

test("OpenAI's key is not sent to Touchstone's address, unless that is OpenAI's", () => {
  expect(readEndpoint({ TOUCHSTONE_BASE_URL: own, OPENAI_API_KEY: "theirs" })).toMatchObject({
    endpoint: { key: null, keyVariable: "TOUCHSTONE_API_KEY" },
  });
  expect(readEndpoint({ OPENAI_API_KEY: "theirs" }, "https://api.openai.com/v1")).toMatchObject({
    endpoint: { key: "theirs" },
  });
});

test.each(["localhost:8080", "ftp://host/v1", "http://user:word@host/v1", "http://host/v1?key=word"])(
  "%s is refused without being quoted",
  (address) => {
    const read = readEndpoint({ TOUCHSTONE_BASE_URL: address });
    expect(read.kind).toBe("invalid");
    expect(JSON.stringify(read)).toContain("TOUCHSTONE_BASE_URL");
    expect(JSON.stringify(read)).not.toContain("word@");
    expect(JSON.stringify(read)).not.toContain("key=word");
  },
);

test("a key with a line end inside is refused, and not quoted", () => {
  const read = readEndpoint({ TOUCHSTONE_API_KEY: "abc\ndef" });
  expect(read.kind).toBe("invalid");
  expect(JSON.stringify(read)).not.toContain("def");
});
