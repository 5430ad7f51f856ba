import { replay } from "../certificate/checker/replay.ts";
import { certificate } from "../certificate/write.ts";
import type { ProvedLanguage } from "./language.ts";
import { type Claim, prove } from "./prove.ts";

/** What is claimed of a language, with the files that a separate checker was convinced by. */
export interface Certified {
  readonly claims: readonly Claim[];
  /** By name; empty where a proof failed. */
  readonly files: ReadonlyMap<string, string>;
}

/** Proves a language, writes the certificate, and has it replayed by the checker that shares nothing with the prover. */
export function certify(language: ProvedLanguage, clock: () => number): Certified {
  let files: ReadonlyMap<string, string> = new Map();
  const claims = prove(language, clock, undefined, {
    found: (evidence) => {
      files = certificate(evidence);
    },
  });
  const text = files.get(`${language.name}.certificate.json`);
  if (text === undefined) return { claims, files };
  const begin = clock();
  const problems = replay(text, (name) => files.get(name)!);
  const replayed: Claim = {
    claim: "a separate checker replays the certificate",
    holds: problems.length === 0,
    sizes: { bytes: text.length },
    ms: Math.round(clock() - begin),
    failures: problems.map((message) => ({ message })),
  };
  return { claims: [...claims, replayed], files };
}
