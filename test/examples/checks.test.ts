import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";

const root = fileURLToPath(new URL("../../", import.meta.url));
const chains = (name: string) => join(root, "examples/chains", name);
const BROKEN = readFileSync(chains("extract-and-classify.json"), "utf8").replace(
  "novel|poem|essay",
  "Novel|poem",
);

/** What people put into their repositories to check their chains, run as it stands in a repository of its own. */
let repository: string;
beforeEach(async () => {
  repository = mkdtempSync(join(tmpdir(), "touchstone-repository-"));
  mkdirSync(join(repository, "chains"));
  copyFileSync(chains("tool-agent.yaml"), join(repository, "chains/agent.yaml"));
  await execa("git", ["init", "-q"], { cwd: repository, timeout: 20_000 });
  await execa("git", ["add", "."], { cwd: repository, timeout: 20_000 });
});
afterEach(() => rmSync(repository, { recursive: true, force: true }));

/** This Node first on the PATH, and `touchstone` where a global installation would have put it. */
function path(): string {
  const bin = join(repository, "bin");
  mkdirSync(bin);
  symlinkSync(join(root, "bin/touchstone.cjs"), join(bin, "touchstone"));
  return [bin, dirname(process.execPath), process.env.PATH].join(delimiter);
}

const shell = (script: readonly string[], env: Readonly<Record<string, string>>) =>
  execa(script[0]!, script.slice(1), {
    cwd: repository,
    env: { ...env, NO_COLOR: "1" },
    reject: false,
    timeout: 100_000,
  });

describe("action.yml", { timeout: 120_000 }, () => {
  const action = parse(readFileSync(join(root, "action.yml"), "utf8"));
  const { run, env } = action.runs.steps.at(-1);
  const step = (files: string) => {
    // The expressions that GitHub would fill in.
    const values: Readonly<Record<string, string>> = {
      "${{ inputs.files }}": files,
      "${{ github.action_path }}": root.replace(/\/$/, ""),
    };
    const filled = Object.entries(env as Readonly<Record<string, string>>).map(([name, value]) => {
      expect(Object.keys(values)).toContain(value);
      return [name, values[value]!] as const;
    });
    return shell(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", run], {
      PATH: path(),
      ...Object.fromEntries(filled),
    });
  };

  it("is a composite action that first installs what this checkout's lockfile names", () => {
    expect(action.runs.using).toBe("composite");
    expect(Object.keys(action.inputs)).toEqual(["files"]);
    expect(action.runs.steps.map(({ uses, run }: { uses?: string; run?: string }) => uses ?? run)).toEqual([
      "actions/setup-node@v4",
      "npm ci --omit=dev --no-audit --no-fund",
      run,
    ]);
  });

  it("passes where all chains hold; globs are expanded", async () => {
    writeFileSync(join(repository, "chains/second.json"), readFileSync(chains("extract-and-classify.json")));
    const { exitCode, stdout, stderr } = await step("chains/*.yaml chains/*.json");
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout.split("\n")).toEqual([
      expect.stringMatching(/^chains\/agent\.yaml: holds/),
      expect.stringMatching(/^chains\/second\.json: holds/),
    ]);
  });

  it("fails for one chain that does not hold, and still checks the others", async () => {
    writeFileSync(join(repository, "chains/a.json"), BROKEN);
    const { exitCode, stdout } = await step("chains/a.json chains/agent.yaml");
    expect(exitCode).toBe(1);
    expect(stdout).toContain('chains/a.json: classify -> store: this is written and cannot be read: "Novel"');
    expect(stdout).toContain("chains/agent.yaml: holds");
  });
});

describe("the pre-commit example", { timeout: 120_000 }, () => {
  const config = parse(readFileSync(join(root, "examples/pre-commit/.pre-commit-config.yaml"), "utf8"));
  const [hook] = config.repos[0].hooks;
  /** As pre-commit does it: the files that are to be committed and match, behind the entry's own words. */
  const commit = async () => {
    await execa("git", ["add", "."], { cwd: repository, timeout: 20_000 });
    const { stdout } = await execa("git", ["diff", "--cached", "--name-only"], {
      cwd: repository,
      timeout: 20_000,
    });
    const files = stdout.split("\n").filter((name) => new RegExp(hook.files).test(name));
    return shell([...words(hook.entry), ...files], { PATH: path() });
  };

  it("lets a commit of chains that hold pass", async () => {
    writeFileSync(join(repository, "README.yaml"), "steps: none of its business\n");
    const { exitCode, stdout, stderr } = await commit();
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^chains\/agent\.yaml: holds/);
  });

  it("stops a commit with a chain that does not hold, and says which text cannot be read", async () => {
    writeFileSync(join(repository, "chains/classify.json"), BROKEN);
    const { exitCode, stdout } = await commit();
    expect(exitCode).toBe(1);
    expect(stdout).toContain(
      'chains/classify.json: classify -> store: this is written and cannot be read: "Novel"',
    );
  });

  it("stops a commit with a file that is no chain, and says where", async () => {
    writeFileSync(join(repository, "chains/b.yaml"), "start: a\nsteps:\n  a:\n    finally: true\n");
    const { exitCode, stderr } = await commit();
    expect(exitCode).toBe(1);
    expect(stderr).toContain("chains/b.yaml:4:5: finally is not known here");
  });
});

/** An entry's words: those in quotes are one. */
function words(entry: string): readonly string[] {
  return [...entry.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!);
}
