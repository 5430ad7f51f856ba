import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { afterAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "touchstone-grammar-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const grammar = (...args: readonly string[]) =>
  execa(process.execPath, [join(root, "server/cli/main.ts"), "grammar", ...args], {
    cwd: root,
    reject: false,
    timeout: 100_000,
  });

function chain(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

const reads = (written: string) => `start: ask
steps:
  ask:
    next:
      - to: read
        writes: { regex: '${written}' }
  read:
    reads: { regex: '[0-9]+' }
    final: true
`;

const decoder = (file: string, reads: string) => `start: ask
steps:
  ask:
    next:
      - to: read
        writes: { file: ${file} }
  read:
    ${reads}
    final: true
`;

describe("touchstone grammar check", { timeout: 120_000 }, () => {
  it("proves a language, and says what was explored", async () => {
    const { exitCode, stdout, stderr } = await grammar("check", "--only", "smt-term", "--no-color");
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^smt-term\n {2}✓ the definition is well formed/);
    expect(stdout).toMatch(/✓ nothing unsafe is accepted \(\d+ nodes/);
    expect(stdout).toMatch(/✓ a separate checker replays the certificate/);
    expect(stdout).toMatch(/All proved in [\d.]+ s of processor time, \d+ MB at most\.\n?$/);
  });

  it("writes one JSON object a language, and a page", async () => {
    const page = join(folder, "page.html");
    const { exitCode, stdout } = await grammar("check", "--only", "smt-term", "--json", "--html", page);
    expect(exitCode).toBe(0);
    const [only, ...rest] = stdout.split("\n").map((line) => JSON.parse(line));
    expect(rest).toEqual([]);
    expect(only).toMatchObject({ schemaVersion: 1, language: "smt-term" });
    expect(only.claims.every(({ holds }: { readonly holds: boolean }) => holds)).toBe(true);
    expect(readFileSync(page, "utf8")).toContain("Syntax diagrams");
  });

  it("leaves a certificate that can be checked alone, and that holds of those files only", async () => {
    const to = join(folder, "certificates");
    expect((await grammar("check", "--only", "smt-term", "--certificates", to)).exitCode).toBe(0);
    for (const name of ["smt-term.grammar.json", "smt-term-1.gbnf", "Checker.v", "smt_term.v"])
      expect(existsSync(join(to, name))).toBe(true);
    const file = join(to, "smt-term.certificate.json");
    const again = await grammar("check", file, "--no-color");
    expect([again.exitCode, again.stdout]).toEqual([0, `${file}: holds: every step was checked again.`]);
    writeFileSync(join(to, "smt-term-1.gbnf"), 'root ::= "x"\n');
    const other = await grammar("check", file, "--no-color");
    expect(other.exitCode).toBe(1);
    expect(other.stdout).toContain("smt-term-1.gbnf is not the file that was certified");
  });

  it.each([
    [
      "there is no such language",
      ["check", "--only", "cobol"],
      /no language is named cobol; there are .*invariant/,
    ],
    ["there is no such file", ["check", "nowhere.yaml"], /nowhere\.yaml: there is no such file/],
    [
      "there is no such certificate",
      ["check", "nowhere.certificate.json"],
      /nowhere\.certificate\.json: there is no such file/,
    ],
  ])("ends with 2 when %s", async (_, args, message) => {
    const { exitCode, stdout, stderr } = await grammar(...args);
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(message);
  });

  it("ends with 2 for what is no certificate", async () => {
    const file = chain("odd.certificate.json", "{}");
    const { exitCode, stderr } = await grammar("check", file);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("this is no certificate that can be read");
  });

  it("says that a chain holds", async () => {
    const file = chain("good.yaml", reads("[0-9]{1,4}"));
    const { exitCode, stdout } = await grammar("check", file, "--no-color");
    expect([exitCode, stdout]).toEqual([
      0,
      `${file}: holds: 2 steps, each can read what it is given, and every cycle ends.`,
    ]);
  });

  it("prints a shortest text that one step writes and the next cannot read", async () => {
    const file = chain("bad.yaml", reads("[0-9]{1,4}[a-c]?"));
    const { exitCode, stdout } = await grammar("check", file, "--no-color");
    expect(exitCode).toBe(1);
    expect(stdout).toContain(`${file}: ask -> read: `);
    expect(stdout).toMatch(/: "0a"$/);
  });

  it.each([
    ["by a step", "smt-term.gbnf", "reads: { language: smt-term }"],
    ["by a step that shares only a part", "own.gbnf", "reads: { regex: '[()a-z0-9 ]+' }"],
  ])("takes a decoder's grammar whose texts are read %s", async (_, name, reads) => {
    const shown = await grammar("show", "smt-term", "--depth", "1");
    chain(name, name === "own.gbnf" ? 'root ::= "(f " [a-z] ")"\n' : shown.stdout);
    const file = chain("decoder.yaml", decoder(name, reads));
    const { exitCode, stdout } = await grammar("check", file, "--no-color");
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining("decoder.yaml: holds: 2 steps")]);
  });

  it("ends a failing decoder with a shortest text, the rule and its line", async () => {
    const { stdout: good } = await grammar("show", "smt-term", "--depth", "1");
    const bad = good.replace('token-apply-function " "', 'token-apply-function ", "');
    expect(bad).not.toBe(good);
    chain("wrong.gbnf", bad);
    const file = chain("wrong.yaml", decoder("wrong.gbnf", "reads: { language: smt-term }"));
    const { exitCode, stdout, stderr } = await grammar("check", file, "--no-color");
    expect([exitCode, stderr]).toEqual([1, ""]);
    const line = bad.split("\n").findIndex((rule) => rule.startsWith("apply-term-1 ")) + 1;
    expect(stdout).toContain(
      `${file}: ask -> read: this is written and cannot be read: "(+, 0)", by apply-term-1, line ${line} of its grammar`,
    );
    const { stdout: object } = await grammar("check", file, "--json");
    expect(JSON.parse(object).problems).toEqual([
      {
        kind: "broken",
        at: "ask -> read",
        message: expect.any(String),
        text: "(+, 0)",
        rule: "apply-term-1",
        line,
      },
    ]);
  });

  it("names the line of what cannot be read in a chain", async () => {
    const file = chain("odd.yaml", "start: a\nsteps:\n  a:\n    final: true\n    retries: 3\n");
    const { exitCode, stderr } = await grammar("check", file);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/odd\.yaml:5:5: retries is not known here/);
  });
});

describe("touchstone grammar show", { timeout: 60_000 }, () => {
  it.each([
    ["gbnf", /^root ::= term-term-1\n/],
    ["lark", /^start: /m],
    ["schema", /"additionalProperties": false/],
    ["diagram", /^<svg /],
  ])("prints a language as %s", async (form, expected) => {
    const { exitCode, stdout, stderr } = await grammar("show", "smt-term", "--as", form, "--depth", "1");
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(expected);
  });

  it.each([
    ["a language that is none", ["show", "cobol"], /no language is named cobol/],
    ["a form that is none", ["show", "smt-term", "--as", "yacc"], /Allowed choices are gbnf/],
    ["a depth at which nothing can be said", ["show", "lean-tactic", "--depth", "0"], /try a larger --depth/],
  ])("ends with 2 for %s", async (_, args, message) => {
    const { exitCode, stdout, stderr } = await grammar(...args);
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(message);
  });
});
