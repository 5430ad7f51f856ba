import { describe, expect, it } from "vitest";
import { parseArguments } from "../../../server/cli/arguments.ts";

function parse(...argv: string[]) {
  let out = "";
  let err = "";
  const printer = {
    out: (text: string) => {
      out += text;
    },
    err: (text: string) => {
      err += text;
    },
  };
  return { request: parseArguments(argv, "1.2.3", printer), out, err };
}

describe("suggest", () => {
  it("has defaults that work", () => {
    expect(parse("suggest", "a.c").request).toEqual({
      kind: "suggest",
      targets: [{ file: "a.c", line: null }],
      json: false,
      write: false,
      diff: false,
      model: undefined,
      only: null,
      without: [],
      timeoutMs: 10_000,
      seed: 1,
      events: null,
      sarif: null,
      export: null,
      format: "text",
      cache: false,
      offline: false,
      colour: true,
      reading: "math",
      checker: "smt",
      solver: "auto",
      preprocessor: { when: "auto", include: [], define: [] },
    });
  });

  it("-I, -D and --cpp ask for the preprocessor", () => {
    const preprocessor = (...more: string[]) => {
      const { request } = parse("suggest", "a.c", ...more);
      return request.kind === "suggest" ? request.preprocessor : request;
    };
    const include = ["inc", "more"];
    expect(preprocessor("-I", "inc", "-Imore", "-DN=3", "-D", "DEBUG")).toEqual({
      when: "always",
      include,
      define: ["N=3", "DEBUG"],
    });
    expect(preprocessor("--cpp")).toMatchObject({ when: "always" });
    expect(preprocessor("--no-cpp")).toMatchObject({ when: "never" });
    expect(preprocessor("--no-cpp", "-DN")).toEqual({ kind: "done", status: 2 });
    expect(preprocessor("-D", "3=N")).toEqual({ kind: "done", status: 2 });
  });

  it("with Frama-C integers have 32 bits, and there is time for it", () => {
    const { request } = parse("suggest", "a.c", "--checker", "both");
    expect(request).toMatchObject({ checker: "both", reading: "32", timeoutMs: 120_000 });
    const quick = parse("verify", "a.c", "--checker", "frama-c", "--timeout", "30s").request;
    expect(quick).toMatchObject({ checker: "frama-c", timeoutMs: 30_000, cache: false });
  });

  it("proofs have nowhere to go without --export", () => {
    const { request, err } = parse("suggest", "a.c", "--proofs");
    expect(request).toEqual({ kind: "done", status: 2 });
    expect(JSON.stringify(err)).toContain("--proofs needs --export <directory>");
    expect(parse("suggest", "a.c", "--proofs", "--export", "d").request).toMatchObject({
      export: { directory: "d", proofs: true },
    });
  });

  it("takes all its flags", () => {
    const argv =
      "suggest a.c:3 - --json --write --model none --only symbolic --without model,mutation --timeout 2m --seed 7";
    const rest = "--events e.jsonl --offline --no-color --int 32 --solver native";
    expect(parse(...argv.split(" "), ...rest.split(" ")).request).toMatchObject({
      targets: [
        { file: "a.c", line: 3 },
        { file: "-", line: null },
      ],
      json: true,
      write: true,
      model: "none",
      only: "symbolic",
      without: ["model", "mutation"],
      timeoutMs: 120_000,
      seed: 7,
      events: "e.jsonl",
      offline: true,
      colour: false,
      reading: "32",
      solver: "native",
    });
  });
});

it("verify asks no model and changes nothing", () => {
  expect(parse("verify", "a.c", "--sarif", "r.sarif").request).toMatchObject({
    kind: "verify",
    model: "none",
    write: false,
    sarif: "r.sarif",
    cache: true,
  });
  expect(parse("verify", "a.c", "--write").request).toEqual({ kind: "done", status: 2 });
});

it.each([
  [["doctor", "--json"], { kind: "doctor", json: true, colour: true }],
  [["model", "list"], { kind: "model list", json: false }],
  [["model", "pull"], { kind: "model pull", name: undefined, offline: false }],
  [["model", "pull", "smollm2"], { kind: "model pull", name: "smollm2", offline: false }],
  [["model", "bench", "--model", "x"], { kind: "model bench", model: "x", json: false }],
  [["prover", "list"], { kind: "prover list", json: false }],
  [["prover", "pull", "z3"], { kind: "prover pull", name: "z3", offline: false }],
  [["cache", "clear"], { kind: "cache clear" }],
  [["demo", "--offline"], { kind: "demo", offline: true, colour: true }],
])("%j", (argv, request) => {
  expect(parse(...argv).request).toEqual(request);
});

describe("a wrong command line has status 2 and says what is wrong", () => {
  it.each([
    [[], "Usage"],
    [["sugest", "a.c"], "Did you mean suggest"],
    [["suggest"], "missing required argument"],
    [["suggest", "a.c", "--jsn"], "Did you mean --json"],
    [["suggest", "a.c", "--timeout", "soon"], "500ms, 10s or 2m"],
    [["suggest", "a.c", "--seed", "-1"], "whole number"],
    [["suggest", "a.c", "--int", "16"], "math, 32, 64"],
    [["suggest", "a.c", "--only", "luck"], "model, symbolic"],
    [["suggest", "a.c:0"], "lines counted from 1"],
    [["prover", "pull"], "missing required argument"],
    [["model"], "Usage"],
  ])("%j", (argv, words) => {
    const { request, err } = parse(...argv);
    expect(request).toEqual({ kind: "done", status: 2 });
    expect(err).toContain(words);
  });
});

it("help and version go to standard output with status 0", () => {
  expect(parse("--version")).toMatchObject({ request: { kind: "done", status: 0 }, out: "1.2.3\n", err: "" });
  expect(parse("suggest", "--help").out).toContain("Exit status");
});
