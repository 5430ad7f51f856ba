import { describe, expect, it } from "vitest";
import { jsonReader } from "../../../grammars/emit/json-reader.ts";
import { steps } from "./steps.ts";

const read = jsonReader(steps);
const word = (text: unknown) => ({ kind: "word", text });

describe("reading a tree from JSON", () => {
  it.each([
    [null, "$", 'a step is needed here, an object with "kind"'],
    [[], "$", 'a step is needed here, an object with "kind"'],
    [{ kind: "erase" }, "$", '"kind" must be one of then, take, use'],
    [{ kind: "word", text: "a" }, "$", '"kind" must be one of then, take, use'],
    [{ kind: "take" }, "$", "a take has exactly the fields kind, names"],
    [{ kind: "take", names: [word("a")], more: 1 }, "$", "a take has exactly the fields kind, names"],
    [{ kind: "take", names: [] }, "$.names", "a list of at least 1 is needed here"],
    [{ kind: "take", names: [word("a"), word("a;b")] }, "$.names[1].text", "this is no text of the language"],
    [{ kind: "take", names: [word("a\n")] }, "$.names[0].text", "this is no text of the language"],
    [{ kind: "take", names: [word(7)] }, "$.names[0].text", "this is no text of the language"],
  ])("rejects %j at %s", (value, path, message) => {
    expect(read(value)).toEqual({ kind: "error", path, message });
  });

  it("does not take fields from a prototype", () => {
    expect(
      read(JSON.parse('{"kind": "take", "__proto__": {"names": [{"kind": "word", "text": "a"}]}}')),
    ).toMatchObject({
      kind: "error",
    });
  });

  it("stops at the cap on depth", () => {
    let tree: object = { kind: "take", names: [word("a")] };
    for (let depth = 0; depth < 100_000; depth += 1) tree = { kind: "then", left: tree, right: tree };
    expect(read(tree)).toMatchObject({
      kind: "error",
      message: "nested more than 8 deep; write something smaller",
    });
  });
});
