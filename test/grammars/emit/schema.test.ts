import { describe, expect, it } from "vitest";
import { jsonReader } from "../../../grammars/emit/json-reader.ts";
import { chevrotainParser } from "../../../grammars/emit/parser.ts";
import { jsonSchema, MAX_LEVELS } from "../../../grammars/emit/schema.ts";
import { isInstance, levels, objectsIn } from "./schema-reader.ts";
import { steps } from "./steps.ts";

describe("an emitted JSON schema", () => {
  it.each([4, 6, MAX_LEVELS])("has no recursion and stays within %i levels", (most) => {
    expect(levels(jsonSchema(steps, most))).toBe(most);
  });

  it("is strict: every object closed, every property required, the outermost an object", () => {
    const schema = jsonSchema(steps);
    expect(schema.type).toBe("object");
    for (const object of objectsIn(schema)) {
      expect(object.additionalProperties).toBe(false);
      expect(object.required).toEqual(Object.keys(object.properties as object));
    }
  });

  it.each(["#take a ab", "#use [a] @h2", "#use [a, x-1]", "#take a ; #take ab"])(
    "takes the tree of %s",
    (text) => {
      const parsed = chevrotainParser(steps).parse(text);
      if (parsed.kind !== "ok") throw new Error(parsed.message);
      expect(isInstance({ answer: parsed.tree }, jsonSchema(steps))).toBe(true);
      expect(jsonReader(steps)(parsed.tree)).toEqual(parsed);
    },
  );

  it("leaves out what a decoder may not write, although the reader takes it", () => {
    const tree = { kind: "take", names: [{ kind: "word", text: "other" }] };
    expect(isInstance({ answer: tree }, jsonSchema(steps))).toBe(false);
    expect(jsonReader(steps)(tree)).toEqual({ kind: "ok", tree });
  });

  it("says so when no tree fits", () => {
    expect(() => jsonSchema(steps, 2)).toThrow("no tree fits in 2 levels");
  });
});
