import type { Counts } from "../../server/engine/outcome.ts";
import type { Counterexample } from "../../server/engine/verdict.ts";
import type { AnyEvent as Event } from "../../server/lsp/host/messages.ts";

/** Candidates that are kept of one search; a search of an hour must not fill the memory. */
export const MOST_CANDIDATES = 20_000;

export type Candidate = Extract<Event, { type: "candidate" }>;

export type Step = Extract<Event, { type: "step" }>;

/** One function's search as the view shows it: a fold over its events, and nothing else. */
export interface Search {
  readonly file: string;
  readonly group: string;
  /** Milliseconds; the right end of the timeline while the search goes on. */
  readonly timeoutMs: number;
  /** Milliseconds since the beginning, of the last event. */
  readonly at: number;
  readonly doing: string;
  readonly secondsLeft: number | null;
  readonly counts: Counts;
  /** Proposers in the order of their first turn. */
  readonly proposers: readonly string[];
  readonly candidates: readonly Candidate[];
  /** Candidates beyond those that are kept. */
  readonly more: number;
  /** Tactics that a proof search tried, as a tree: `parent` and `node` number proof states, 0 being the hole. */
  readonly steps: readonly Step[];
  readonly findings: readonly { readonly at: number; readonly text: string }[];
  readonly notes: readonly string[];
  readonly model: { readonly name: string; readonly tokensPerSecond: number } | null;
  /** Null while the search goes on. */
  readonly outcome: Extract<Event, { type: "finished" }>["outcome"] | null;
}

const NO_COUNTS: Counts = { proposed: 0, parsed: 0, screened: 0, checks: 0, tokens: 0, ms: 0 };

/** The searches after more events; each `started` begins another one. Arrays grow in place: a search may have thousands. */
export function addEvents(searches: Search[], events: readonly Event[]): Search[] {
  for (const event of events) {
    if (event.type === "started") {
      searches.push({
        file: event.file,
        group: event.group,
        timeoutMs: event.timeoutMs,
        at: 0,
        doing: "starting",
        secondsLeft: null,
        counts: NO_COUNTS,
        proposers: [],
        candidates: [],
        more: 0,
        steps: [],
        findings: [],
        notes: [],
        model: null,
        outcome: null,
      });
      continue;
    }
    const last = searches.at(-1);
    if (last) searches[searches.length - 1] = addEvent(last, event);
  }
  return searches;
}

function addEvent(search: Search, event: Event): Search {
  const at = Math.max(search.at, event.at);
  switch (event.type) {
    case "proposer":
      return {
        ...search,
        at,
        doing: event.name,
        proposers: withName(search.proposers, event.name),
      };
    case "candidate": {
      const proposers = withName(search.proposers, event.proposer);
      if (search.candidates.length >= MOST_CANDIDATES)
        return { ...search, at, proposers, more: search.more + 1 };
      (search.candidates as Candidate[]).push(event);
      return { ...search, at, proposers };
    }
    case "step": {
      const proposers = withName(search.proposers, event.proposer);
      if (search.steps.length >= MOST_CANDIDATES) return { ...search, at, proposers, more: search.more + 1 };
      (search.steps as Step[]).push(event);
      return { ...search, at, proposers };
    }
    case "progress":
      return { ...search, at, counts: event.counts, doing: event.doing, secondsLeft: event.secondsLeft };
    case "finding":
      (search.findings as { at: number; text: string }[]).push({ at: event.at, text: event.text });
      return { ...search, at };
    case "model":
      return { ...search, at, model: { name: event.name, tokensPerSecond: event.tokensPerSecond } };
    case "note":
      return { ...search, at, notes: [...search.notes, event.message] };
    case "finished":
      return {
        ...search,
        at,
        outcome: event.outcome,
        counts: event.counts,
        secondsLeft: null,
        doing: "done",
      };
    default:
      // What later versions tell is no reason to stop showing what is known.
      return { ...search, at };
  }
}

function withName(names: readonly string[], name: string): readonly string[] {
  return names.includes(name) ? names : [...names, name];
}

/** What a candidate's verdict is called, and the group that it is filtered by. */
export const FATES: Readonly<Record<Candidate["fate"], Fate>> = {
  judged: "proved",
  proved: "proved",
  pooled: "pooled",
  "too weak": "too weak",
  "not inductive": "not inductive",
  wrong: "wrong",
  unknown: "unknown",
  rejected: "unknown",
  "screened out": "screened out",
  unparsed: "screened out",
};

export type Fate = "proved" | "pooled" | "too weak" | "not inductive" | "wrong" | "unknown" | "screened out";

export const FATE_ORDER: readonly Fate[] = [
  "proved",
  "too weak",
  "not inductive",
  "wrong",
  "unknown",
  "pooled",
  "screened out",
];

export interface Filter {
  /** Fates that are shown; empty for all. */
  readonly fates: ReadonlySet<Fate>;
  readonly proposer: string | null;
  readonly text: string;
}

export type Column = "at" | "proposer" | "fate" | "text";

/** The candidates that a filter leaves, sorted. */
export function select(
  candidates: readonly Candidate[],
  { fates, proposer, text }: Filter,
  sort: { readonly column: Column; readonly descending: boolean },
): Candidate[] {
  const wanted = text.trim().toLowerCase();
  const left = candidates.filter(
    (one) =>
      (fates.size === 0 || fates.has(FATES[one.fate])) &&
      (proposer === null || one.proposer === proposer) &&
      (wanted === "" || `${one.text}\n${one.reason ?? ""}`.toLowerCase().includes(wanted)),
  );
  const key = {
    at: (one: Candidate) => one.id,
    proposer: (one: Candidate) => one.proposer,
    fate: (one: Candidate) => FATE_ORDER.indexOf(FATES[one.fate]),
    text: (one: Candidate) => one.text,
  }[sort.column];
  const sign = sort.descending ? -1 : 1;
  return left.sort((a, b) => {
    const [left, right] = [key(a), key(b)];
    return (left < right ? -1 : left > right ? 1 : a.id - b.id) * sign;
  });
}

/** The counterexample of a candidate, or of the search as a whole where it was refuted. */
export function counterexampleOf(search: Search, candidate: Candidate | null): Counterexample | null {
  if (candidate?.counterexample) return candidate.counterexample;
  return candidate === null && search.outcome?.kind === "refuted" ? search.outcome.counterexample : null;
}

/** A file of `--events`, or one that was saved here: a JSON event a line. Null when no line is one. */
export function parseEventFile(text: string): Event[] | null {
  const events: Event[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === "") continue;
    try {
      const event = JSON.parse(line) as Event;
      if (typeof event?.type === "string" && typeof event.at === "number") events.push(event);
    } catch {
      // The last line of a search that was killed may be cut off.
    }
  }
  return events.some(({ type }) => type === "started") ? events : null;
}
