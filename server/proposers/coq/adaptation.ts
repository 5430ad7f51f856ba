import type { Premise } from "../../search/session.ts";
import type { Position, Suggestion, TacticSource } from "../../search/source.ts";
import { align, exchangeNames, tokensOf } from "./alignment.ts";
import { tacticsOf } from "./neighbours.ts";
import { statementOf } from "./premises.ts";

/** Proofs that are carried over, those of the statements most alike; and the longest such proof. */
const MOST_PROOFS = 10;
const LONGEST = 40;
/** Statements that have less than this in common say nothing about each other's proofs. */
const LEAST_ALIKE = 0.35;
/** How much a neighbour's being near counts beside its being alike. */
const NEARNESS = 0.15;

/** A proof of another theorem, in the names of ours. */
interface Adapted {
  readonly tactics: readonly string[];
  readonly alike: number;
}

/**
 * Proofs of theorems of the file whose statements are built like ours, with the names exchanged that differ. Each is tried as a
 * whole; where it went only part of the way, it is gone on with from wherever a step of it led, and a step that fails is passed over.
 */
export function adaptation(statement: string, premises: readonly Premise[]): TacticSource {
  let proofs: readonly Adapted[] | null = null;
  return {
    name: "adaptation",
    kind: "symbolic",
    *suggest(position: Position): Iterable<Suggestion> {
      proofs ??= adapt(statement, premises);
      for (const [rank, proof] of proofs.entries()) {
        if (position.depth === 0) yield* fromTheBeginning(proof, rank);
        else yield* further(proof, rank, position);
      }
    },
  };
}

function* fromTheBeginning({ tactics }: Adapted, rank: number): Iterable<Suggestion> {
  const cost = 0.5 + 0.15 * rank + 0.03 * tactics.length;
  yield { tactics, cost, deadlineMs: 1_000, arm: "adaptation:whole" };
  if (tactics.length > 1)
    yield { tactics: [tactics[1]!], cost: cost + 1.2, deadlineMs: 500, arm: "adaptation:passing over" };
}

function* further({ tactics }: Adapted, rank: number, { last }: Position): Iterable<Suggestion> {
  for (const [at, tactic] of tactics.entries()) {
    if (tactic !== last) continue;
    for (const [passed, next] of tactics.slice(at + 1, at + 4).entries())
      yield {
        tactics: [next],
        cost: 0.7 + 0.15 * rank + 0.5 * passed,
        deadlineMs: 500,
        arm: passed === 0 ? "adaptation:next" : "adaptation:passing over",
      };
  }
}

function adapt(statement: string, premises: readonly Premise[]): Adapted[] {
  const names = new Set(premises.map(({ name }) => name));
  const own = [...nameParts(statement), ...tokensOf(statementOf(statement))];
  const known = (name: string) => names.has(name);
  const proofs = premises
    .filter(({ proof }) => proof !== null)
    .map((premise, near) => {
      const theirs = [...nameParts(premise.statement), ...tokensOf(statementOf(premise.statement))];
      const { alike, exchanged } = align(theirs, own);
      return { premise, alike: alike + NEARNESS / (1 + near / 3), exchanged };
    })
    .filter(({ alike }) => alike >= LEAST_ALIKE)
    .sort((a, b) => b.alike - a.alike);
  const found = new Map<string, Adapted>();
  for (const { premise, alike, exchanged } of proofs) {
    if (found.size >= MOST_PROOFS) break;
    const tactics = tacticsOf(premise.proof!);
    if (tactics.length === 0 || tactics.length > LONGEST) continue;
    const adapted = tactics.map((tactic) => exchangeNames(tactic, exchanged, known));
    const key = adapted.join(". ");
    if (!found.has(key)) found.set(key, { tactics: adapted, alike });
  }
  return [...found.values()];
}

/** The parts of a theorem's own name: `get_set_same` and `get_del_same` say which word stands for which. */
function nameParts(statement: string): string[] {
  const name = /^\s*(?:(?:#\[[^\]]*\]|Local|Global|Program)\s*)*\p{Lu}\w*\s+([\p{L}_][\p{L}\p{N}_']*)/u.exec(
    statement,
  )?.[1];
  return name?.split("_").filter((part) => part !== "") ?? [];
}
