import { describe, expect, it } from "vitest";
import { unwrapAnswer } from "../../../grammars/invariant/answer.ts";
import { parseInvariant, parseInvariantJson } from "../../../grammars/invariant/parse.ts";

const SCOPE = new Set(["x", "y"]);
const MEGABYTE = 1_000_000;

/** Each a line of safety.md 1 and 4: nothing here may parse, throw, or take long. */
const HOSTILE: readonly (readonly [string, string])[] = [
  ["a comment's end", "x < 1 */ int y; /*"],
  ["a comment's end without spaces", "x*/y < 1"],
  ["a comment's begin", "x /* */ < 1"],
  ["a line comment", "x < 1 // y"],
  ["an annotation of its own", "x < 1; */ /*@ admit \\false"],
  ["a second clause", "x < 1; loop invariant \\false"],
  ["a line break inside", "x <\n1"],
  ["a carriage return inside", "x <\r1"],
  ["a tab inside", "x <\t1"],
  ["a NUL", "x < 1\u0000"],
  ["a backspace", "x < 1\b\b"],
  ["an escape sequence", "\u001b[31mx < 1"],
  ["a delete", "x < 1\u007f"],
  ["a string", '"x" < 1'],
  ["a character", "'x' < 1"],
  ["a line continuation", "x < \\\n1"],
  ["a trigraph", "x < 1 ??/"],
  ["a directive", "#include <x>"],
  ["a Cyrillic letter", "\u0445 < 1"],
  ["a full-width digit", "x < \uff11"],
  ["a less-or-equal sign", "x \u2264 1"],
  ["a no-break space around it", "\u00a0x < 1"],
  ["a byte order mark", "\ufeffx < 1"],
  ["a zero-width space", "x\u200b < 1"],
  ["a right-to-left override", "x < 1\u202e"],
  ["a line separator", "x < 1\u2028"],
  ["half a surrogate pair", "x < 1\ud800"],
  ["an assignment", "x = 1"],
  ["a megabyte of a name", "x".repeat(MEGABYTE)],
  ["a megabyte of spaces", " ".repeat(MEGABYTE)],
  ["a megabyte of conjuncts", "x < 1 && ".repeat(MEGABYTE / 10)],
  ["100,000 parentheses", "(".repeat(100_000)],
  ["100,000 nested pairs", `${"(".repeat(100_000)}x${")".repeat(100_000)} < 1`],
  ["2,000 nested pairs", `${"(".repeat(2000)}x < 1${")".repeat(2000)}`],
  ["65 nested pairs", `${"(".repeat(65)}x < 1${")".repeat(65)}`],
  ["4,000 negations", `${"!".repeat(4000)}\\true`],
  ["2,000 minus signs", `${"- ".repeat(2000)}x < 1`],
  ["1,000 implications", `${"x<1==>".repeat(600)}x<1`],
  ["1,000 summands", `${"x+".repeat(1000)}x < 1`],
  ["a huge number", `x < ${"9".repeat(4000)}`],
  ["a huge number of zeros", `x < ${"0".repeat(4000)}`],
  ["spaces that a regular expression could choke on", `x${" ".repeat(4000)}\u0001`],
  ["line breaks that a regular expression could choke on", `${"\n".repeat(4000)}\u0001`],
];

describe("hostile text", () => {
  it.each(HOSTILE)("%s does not parse", (_, text) => {
    for (const entry of ["atom", "invariant"] as const) {
      const parsed = parseInvariant(text, SCOPE, entry);
      expect(parsed.kind).toBe("error");
      if (parsed.kind === "error") {
        // What is shown of it is short and printable.
        expect(parsed.message).toMatch(/^[\x20-\x7e\u2026]{1,120}$/);
        expect(parsed.line).toBeGreaterThan(0);
        expect(parsed.column).toBeGreaterThan(0);
      }
      expect(parseInvariantJson(text, SCOPE, entry).kind).toBe("error");
      expect(parseInvariantJson(JSON.stringify({ answer: text }), SCOPE, entry).kind).toBe("error");
    }
  });

  it.each(HOSTILE)(
    "%s is cut into few candidates at most, none with a line break or a semicolon",
    (_, text) => {
      const candidates = unwrapAnswer(text);
      expect(candidates.length).toBeLessThanOrEqual(64);
      for (const candidate of candidates) expect(candidate).not.toMatch(/[\r\n;]/);
    },
  );
});

describe("hostile JSON", () => {
  const x = { kind: "name", name: "x" };
  const atom = { kind: "compare", relation: "<", left: x, right: { kind: "integer", digits: "1" } };
  const answer = (tree: unknown) => JSON.stringify({ answer: tree });

  it("takes a tree that is one", () => {
    expect(parseInvariantJson(answer(atom), SCOPE)).toEqual({ kind: "ok", tree: atom });
  });

  it.each([
    ["nothing", "", "not JSON, or cut off before its end"],
    ["a text cut off", answer(atom).slice(0, -2), "not JSON, or cut off before its end"],
    ["no object", "null", 'the answer must be an object with the one field "answer"'],
    ["another field", '{"answer": 1, "edit": 2}', 'the answer must be an object with the one field "answer"'],
    ["a term", answer(x), '$: "kind" must be one of iff, implies, or, and, compare, not, true, false'],
    [
      "a name outside the scope",
      answer({ ...atom, left: { ...x, name: "z" } }),
      "z is not a name that may stand here",
    ],
    [
      "a name that is none",
      answer({ ...atom, left: { ...x, name: "x */" } }),
      "$.left.name: this is no name of the language",
    ],
    [
      "digits that are none",
      answer({ ...atom, left: { kind: "integer", digits: "1e9" } }),
      "$.left.digits: this is no digits of the language",
    ],
    [
      "a number for its digits",
      answer({ ...atom, left: { kind: "integer", digits: 1 } }),
      "$.left.digits: this is no digits of the language",
    ],
    [
      "an operator that is none",
      answer({ ...atom, relation: "=" }),
      "$.relation: one of < <= > >= == != is needed here",
    ],
    [
      "one conjunct",
      answer({ kind: "and", arguments: [atom] }),
      "$.arguments: a list of at least 2 is needed here",
    ],
    [
      "a field too many",
      answer({ ...atom, span: 1 }),
      "$: a compare has exactly the fields kind, left, relation, right",
    ],
  ])("rejects %s", (_, json, message) => {
    expect(parseInvariantJson(json, SCOPE)).toEqual({ kind: "error", message, line: 1, column: 1 });
  });

  it("stops at the cap on depth, and at the cap on length before reading", () => {
    const nested = (depth: number) =>
      `{"answer": ${'{"kind":"not","argument":'.repeat(depth)}0${"}".repeat(depth + 1)}`;
    expect(parseInvariantJson(nested(100), SCOPE)).toMatchObject({
      message: expect.stringContaining("64 deep"),
    });
    expect(parseInvariantJson(nested(100_000), SCOPE)).toMatchObject({
      message: expect.stringContaining("longer than"),
    });
    expect(parseInvariantJson("[".repeat(60_000), SCOPE).kind).toBe("error");
  });
});
