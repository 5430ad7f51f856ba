import type { Suggestion, TacticSource } from "../../search/source.ts";

/** What a file's text says of its databases of hints: those for `auto` and its kin, and those of rewriting rules. */
export interface Databases {
  readonly hints: readonly string[];
  readonly rewriting: readonly string[];
}

/** The databases every file has; `auto` uses the first by itself. */
const STANDARD = new Set(["core", "nocore", "typeclass_instances"]);

/** More than these are for `with *`. */
const MOST = 4;

/** Reads `Create HintDb`, `Hint … : …` and `Hint Rewrite … : …` of a Coq text (Coq's reference manual, "Programmable proof search"). */
export function readDatabases(text: string): Databases {
  const hints = new Set<string>();
  const rewriting = new Set<string>();
  const plain = text.replace(/\(\*[\s\S]*?\*\)/g, " ");
  for (const [, name] of plain.matchAll(/\bCreate\s+HintDb\s+([\p{L}_][\p{L}\p{N}_']*)/gu)) hints.add(name!);
  for (const [, kind, rest] of plain.matchAll(/\bHint\s+([A-Z]\p{L}*)\b([\s\S]*?)\.(?=\s|$)/gu)) {
    const names = /:\s*((?:[\p{L}_][\p{L}\p{N}_']*\s*)+)$/u.exec(rest!)?.[1]?.trim().split(/\s+/) ?? [];
    for (const name of names) (kind === "Rewrite" ? rewriting : hints).add(name);
  }
  const last = (names: Set<string>) => [...names].filter((name) => !STANDARD.has(name)).slice(-MOST);
  return { hints: last(hints), rewriting: last(rewriting) };
}

/** Coq's automation with the databases that the file before the hole names, those of rewriting rules behind `autorewrite`. */
export function databases({ hints, rewriting }: Databases): TacticSource {
  const one = (tactic: string, cost: number, arm: string): Suggestion => ({
    tactics: [tactic],
    cost,
    deadlineMs: 1_000,
    arm: `databases:${arm}`,
  });
  return {
    name: "databases",
    kind: "symbolic",
    *suggest(): Iterable<Suggestion> {
      for (const name of hints) {
        yield one(`auto with ${name}`, 1.0, "auto with");
        yield one(`eauto with ${name}`, 1.6, "eauto with");
      }
      for (const name of rewriting) {
        yield one(`autorewrite with ${name}; auto`, 1.0, "autorewrite");
        yield one(`autorewrite with ${name}`, 1.3, "autorewrite");
        yield one(`autorewrite with ${name} in *`, 1.9, "autorewrite");
      }
    },
  };
}
