import type { Formula, Term } from "../program/term.ts";
import type { Kind, Kinds } from "./kinds.ts";

/** Where a candidate came from. */
export interface Provenance {
  /** `harvest`, `templates`, `houdini`, `model`, `mutation`, `source`, … */
  readonly proposer: string;
  /** Which prompt, for a model's answer. */
  readonly prompt?: string;
  readonly seed?: number;
  readonly tokens?: number;
  readonly logProbability?: number | null;
}

/** A model's answer before it was parsed. Only text proposers make these. */
export interface RawCandidate {
  readonly kind: "text";
  readonly text: string;
  readonly format: "text" | "json";
  /** Cut off by a token limit: rejected whatever it says. */
  readonly truncated: boolean;
  /** The loop it was asked for; 0 where the task has none. */
  readonly loop: number;
  readonly provenance: Provenance;
}

/**
 * Conjuncts for the loops of a function: `invariants[i]` belongs to `program.loops[i]`. An `atom` joins the pool from which
 * Houdini chooses; a `whole` candidate is checked as it stands.
 */
export interface Candidate {
  readonly kind: "tree";
  readonly role: "atom" | "whole";
  readonly invariants: readonly (readonly Formula[])[];
  /** Termination measures by loop, offered beside the invariants; null where none was found. */
  readonly variants?: readonly (Term | null)[];
  /** For an exchange problem, in place of conjuncts: a definition of each predicate as text, where it has no translation. */
  readonly definitions?: readonly string[];
  readonly provenance: Provenance;
}

/** Clauses of loops as ACSL text, of an `AnnotationsTask`; everything is indexed as its loops. */
export interface AnnotationsCandidate {
  readonly kind: "tree";
  /** As in `Candidate`: an `atom` joins the pool, a `whole` candidate is checked as it stands. */
  readonly role: "atom" | "whole";
  readonly invariants: readonly (readonly string[])[];
  /** What each loop assigns; null where nothing is said, which is everything to Frama-C. */
  readonly assigns: readonly (string | null)[];
  readonly variants: readonly (string | null)[];
  readonly provenance: Provenance;
}

/** One step of a script: a tactic as a session takes it, and the goals that are open after it, those that waited included. */
export interface ScriptStep {
  readonly tactic: string;
  readonly goals: number;
}

/** A proof of one hole. Each tactic works on the first open goal, so the numbers of goals give the tree of the proof. */
export interface Script {
  /** Goals that are open before the first step: one, unless the file's own proof left more behind. */
  readonly goals: number;
  /** What has to stand around the steps in the file, as the session says: mostly nothing. */
  readonly frame: { readonly before: readonly string[]; readonly after: readonly string[] };
  readonly steps: readonly ScriptStep[];
}

/** Scripts for the holes of one theorem, in the task's order: what a search offers to the judge. */
export interface ScriptCandidate {
  readonly kind: "tree";
  readonly role: "whole";
  readonly scripts: readonly Script[];
  /** Others that the session accepted, the next best first; each is judged by itself. */
  readonly alternatives: readonly (readonly Script[])[];
  readonly provenance: Provenance;
}

export type Proposal<K extends Kind = "invariants"> = RawCandidate | Kinds[K]["candidate"];
