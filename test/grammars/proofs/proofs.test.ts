import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkChain } from "../../../grammars/proofs/chain.ts";
import { seededFaults } from "../../../grammars/proofs/faults.ts";
import { LANGUAGES } from "../../../grammars/proofs/languages.ts";
import { prove } from "../../../grammars/proofs/prove.ts";
import { checkTable, ENGINE_ROLES } from "../../../grammars/proofs/table.ts";
import { readChain } from "../../../server/cli/chain-file.ts";
import { STATES, TABLE } from "../../../server/engine/table.ts";

const nightly = process.env.TOUCHSTONE_NIGHTLY === "1";

// All of them are proved by `npm run grammar:check`, which CI runs; here the quick ones.
describe.each(nightly ? Object.keys(LANGUAGES) : ["smt-term", "invariant-atom"])(
  "the language %s",
  (name) => {
    it("is proved", { timeout: 300_000 }, () => {
      const failed = prove(LANGUAGES[name]!(), () => 0).filter(({ holds }) => !holds);
      expect(failed).toEqual([]);
    });
  },
);

describe("the engine's table", () => {
  it("has the properties of design.md", () => {
    expect(checkTable(TABLE, STATES, ENGINE_ROLES)).toEqual([]);
  });
});

describe("faults put in on purpose", () => {
  const faults = seededFaults(TABLE, STATES, ENGINE_ROLES);

  it("are many", () => {
    expect(faults.length).toBeGreaterThanOrEqual(40);
  });

  it.each(faults)("are noticed: $where, $what", { timeout: 120_000 }, ({ caught }) => {
    expect(caught()).not.toBeNull();
  });
});

describe("the examples of chains", () => {
  const folder = new URL("../../../examples/chains/", import.meta.url);
  it.each(readdirSync(folder))("hold: %s", (name) => {
    const read = readChain(readFileSync(new URL(name, folder), "utf8"), new URL(name, folder).pathname);
    if (read.kind === "error") throw new Error(`${read.line}:${read.column}: ${read.message}`);
    expect(checkChain(read.chain)).toEqual([]);
  });

  it.each([
    ["start: a\nsteps:\n  a:\n    final: true\n    retries: 3\n", 5, 5, "retries is not known here"],
    [
      "start: a\nsteps:\n  a:\n    next:\n      - to: b\n        writes: { regexp: x }\n",
      6,
      19,
      "regexp is not known here",
    ],
    ["start: a\nsteps: [\n", 3, 1, "Flow sequence"],
    ["steps: {}\n", 1, 1, "start must name the first step"],
    ["", 1, 1, "a mapping is needed here"],
    ["start: a\nsteps:\n  a:\n    next: soon\n", 4, 11, "next must be a list of edges"],
    ["start: a\nsteps:\n  a:\n    next:\n      - writes: anything\n", 5, 9, "an edge must say"],
    ["start: a\nsteps:\n  a:\n    reads:\n    final: true\n", 4, 5, "a mapping is needed here"],
    ["start: a\nsteps:\n  a:\n    reads: { file: nowhere.gbnf }\n", 4, 20, "nowhere.gbnf: there is no such"],
    [
      '{"start": "a",\n "steps": {"a": {"next": [{"to": "b", "atMost": "two"}]}}}',
      2,
      49,
      "atMost must be a number",
    ],
  ])("are refused by line and column when they cannot be read: %j", (source, line, column, message) => {
    expect(readChain(source, "chain.yaml")).toMatchObject({
      kind: "error",
      line,
      column,
      message: expect.stringContaining(message),
    });
  });
});
