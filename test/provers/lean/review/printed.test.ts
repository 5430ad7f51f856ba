import { describe, expect, it } from "vitest";
import { readPrinted } from "../../../../provers/lean/review/printed.ts";

const words = (term: string) => readPrinted(term)?.words;

describe("the constants that a printed term names", () => {
  it.each([
    ["between a character that is a quotation mark and a string", `f '\\"' m ""`, ["f", "m"]],
    ["between two such characters", `f '"' m '"'`, ["f", "m"]],
    [
      "beside strings with quotation marks and signs in them",
      `f "a\\"b" m "c\\\\" g "'" h`,
      ["f", "m", "g", "h"],
    ],
    [
      "whose names end in a mark, beside characters",
      `f' 'x' x' '\\'' y'' '\\x41' z`,
      ["f'", "x'", "y''", "z"],
    ],
    ["and never those within strings", `f "bad"`, ["f"]],
    ["under names that have to be quoted", "f «else» a.«end»", ["f", "«else»", "a.«end»"]],
  ])("are read %s", (_, term, named) => {
    expect(words(term)).toEqual(named);
  });

  it.each([
    ["a string that is never closed", `f " m`],
    ["a raw string, whose backslash ends nothing", `f r"\\" m "`],
    ["a raw string with signs", `f r#"""# m`],
    ["an interpolated string", `f s!"{'"'}" m`],
    ["a mark alone", "f ' m"],
  ])("cannot be told beside %s", (_, term) => {
    expect(readPrinted(term)).toBeNull();
  });

  it("are read without the marks of what is private", () => {
    expect(words("f _private.«external:file:///a.lean».0.N.g _private.Init.Data.0.List.h")).toEqual([
      "f",
      "N.g",
      "List.h",
    ]);
  });
});
