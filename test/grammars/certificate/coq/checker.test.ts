import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { coqSource } from "../../../../grammars/certificate/coq/emit.ts";
import { type Derived, derive } from "../../../../grammars/certificate/derive/derive.ts";
import { certificate } from "../../../../grammars/certificate/write.ts";
import { readSentences } from "../../../../grammars/coq/sentences.ts";
import type { ProvedLanguage } from "../../../../grammars/proofs/language.ts";
import { LANGUAGES } from "../../../../grammars/proofs/languages.ts";
import { prove } from "../../../../grammars/proofs/prove.ts";
import { embedded, nativeCoq } from "../../../provers/coq/available.ts";

const nightly = process.env.TOUCHSTONE_NIGHTLY === "1";
const checker = fileURLToPath(new URL("../../../../grammars/certificate/coq/Checker.v", import.meta.url));
const CLOSED = "Closed under the global context";

function derived(language: ProvedLanguage): Derived {
  let found: Derived | null = null;
  prove(language, () => 0, undefined, {
    found: (evidence) => {
      const files = certificate(evidence);
      found = derive(files.get(`${language.name}.certificate.json`)!, (file) => files.get(file)!);
    },
  });
  return found!;
}

const compiler = nativeCoq === null ? "native Coq (skipped: it is not here)" : "native Coq";

describe.skipIf(nativeCoq === null)(`the proved checker on ${compiler}`, { timeout: 600_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), "touchstone-checker-"));
  const coqc = (file: string) =>
    execa("coqc", ["-q", "-Q", ".", "Touchstone", file], { cwd: folder, timeout: 500_000, reject: false });
  let compiled: Awaited<ReturnType<typeof coqc>>;
  beforeAll(async () => {
    copyFileSync(checker, join(folder, "Checker.v"));
    compiled = await coqc("Checker.v");
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Compiles a certificate's theorems. */
  const judged = async (name: string, source: string) => {
    const file = `${name.replaceAll("-", "_")}.v`;
    writeFileSync(join(folder, file), source);
    return coqc(file);
  };

  it("is proved sound, without axioms", () => {
    expect(compiled.stderr).toBe("");
    expect(compiled.stdout.split("\n")).toEqual([CLOSED, CLOSED]);
    expect(compiled.exitCode).toBe(0);
  });

  it.each(nightly ? Object.keys(LANGUAGES) : ["smt-term"])("holds of the certificate of %s", async (name) => {
    const language = LANGUAGES[name]!();
    const { stdout, stderr, exitCode } = await judged(name, coqSource(derived(language)));
    expect([stderr, exitCode]).toEqual(["", 0]);
    // One theorem of what is unsafe, and one of each decoder.
    expect(stdout.split("\n")).toEqual([CLOSED, ...language.depths.map(() => CLOSED)]);
  });

  const small = { ...LANGUAGES["smt-term"]!(), depths: [1] };
  const wrong: readonly (readonly [string, (one: Derived) => Derived])[] = [
    ["an end of a rule is left out", (one) => ({ ...one, exits: new Map([...one.exits].slice(1)) })],
    [
      "a summary is left out",
      (one) => ({
        ...one,
        decoders: one.decoders.map((decoder) => ({ ...decoder, summaries: decoder.summaries.slice(1) })),
      }),
    ],
    [
      "a rule leads to one place less",
      (one) => ({
        ...one,
        decoders: one.decoders.map((decoder) => ({
          ...decoder,
          summaries: decoder.summaries.map((summary) => ({ ...summary, to: summary.to.slice(1) })),
        })),
      }),
    ],
    [
      "the text ends elsewhere",
      (one) => ({ ...one, machine: { ...one.machine, accept: one.machine.start } }),
    ],
  ];
  it.each(wrong.slice(0, nightly ? wrong.length : 2))("does not hold when %s", async (_, change) => {
    const { stderr, exitCode } = await judged("wrong", coqSource(change(derived(small))));
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining("Unable to unify")]);
  });
});

describe.skipIf(embedded.launcher === null)(`the proved checker on ${embedded.title}`, () => {
  it.runIf(nightly || nativeCoq === null)(
    "passes its type checker",
    { timeout: embedded.patience },
    async () => {
      const signal = AbortSignal.timeout(embedded.patience);
      const project = { directory: tmpdir(), file: null, loadPaths: [], options: [], module: "Scratch" };
      const launched = await embedded.launcher!.launch(project, signal);
      if (launched.kind !== "started") throw new Error(launched.message);
      const { toplevel } = launched;
      try {
        const source = readFileSync(checker, "utf8");
        const sentences = readSentences(source).sentences.map(({ text }) => text);
        const ran = await toplevel.run(toplevel.start, sentences, { deadlineMs: embedded.patience, signal });
        expect(ran).toMatchObject({ kind: "ok", goals: null, assumed: false });
        const place = ran.kind === "ok" ? ran.places.at(-1)! : 0;
        for (const theorem of ["inclusion", "emptiness"]) {
          const answer = await toplevel.query(place, `Print Assumptions ${theorem}.`, {
            deadlineMs: 60_000,
            signal,
          });
          expect(answer).toMatchObject({ kind: "answer", texts: [expect.stringContaining(CLOSED)] });
        }
      } finally {
        await toplevel.close();
      }
    },
  );
});
