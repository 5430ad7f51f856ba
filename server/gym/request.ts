/** One line of the gym's input. `id` is the caller's own, and comes back with the answer. */
export type Request =
  | {
      readonly method: "open";
      readonly id: unknown;
      readonly file: string;
      /** The file's content; null: read it from disk. */
      readonly text: string | null;
      /** The hole: an offset in UTF-16 units, a 1-based line, or a theorem by name; null: the first hole. */
      readonly at: Place | null;
    }
  | {
      readonly method: "apply";
      readonly id: unknown;
      readonly session: string;
      readonly state: string;
      readonly tactic: string;
      readonly timeoutMs: number;
    }
  | {
      readonly method: "applyEach";
      readonly id: unknown;
      readonly session: string;
      readonly state: string;
      readonly tactics: readonly string[];
      /** For each of them. */
      readonly timeoutMs: number;
    }
  /** `verify` has the judge confirm a state that is done, on the whole file. */
  | OfState<"goals">
  | OfState<"script">
  | OfState<"verify">
  | { readonly method: "premises"; readonly id: unknown; readonly session: string }
  | { readonly method: "close"; readonly id: unknown; readonly session: string }
  /** Ends the work on the request with the id in `of`. */
  | { readonly method: "cancel"; readonly id: unknown; readonly of: unknown };

interface OfState<Method extends string> {
  readonly method: Method;
  readonly id: unknown;
  readonly session: string;
  readonly state: string;
}

export type Place =
  | { readonly kind: "offset"; readonly offset: number }
  | { readonly kind: "line"; readonly line: number }
  | { readonly kind: "theorem"; readonly name: string };

/** A line that is no request: what is wrong with it. */
export interface Malformed {
  readonly method: null;
  readonly id: unknown;
  readonly message: string;
}

const DEFAULT_TIMEOUT_MS = 10_000;
/** Tactics in one request. */
const MOST_TACTICS = 1_000;

/** Reads one line. Whatever it holds, the answer is a value. */
export function readRequest(line: string): Request | Malformed {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return { method: null, id: null, message: "this line is not JSON" };
  }
  if (typeof json !== "object" || json === null || Array.isArray(json))
    return { method: null, id: null, message: "a request is a JSON object" };
  const fields = json as Record<string, unknown>;
  const id = fields.id ?? null;
  const wrong = (message: string): Malformed => ({ method: null, id, message });
  const text = (name: string): string | null =>
    typeof fields[name] === "string" ? (fields[name] as string) : null;
  const { method } = fields;
  const session = text("session");
  const state = text("state");
  switch (method) {
    case "open": {
      const file = text("file");
      if (file === null) return wrong("open needs a file");
      const at = placeOf(fields);
      return typeof at === "string" ? wrong(at) : { method, id, file, text: text("text"), at };
    }
    case "apply": {
      const tactic = text("tactic");
      if (session === null || state === null || tactic === null)
        return wrong("apply needs a session, a state and a tactic");
      const timeoutMs = timeoutOf(fields);
      return typeof timeoutMs === "string"
        ? wrong(timeoutMs)
        : { method, id, session, state, tactic, timeoutMs };
    }
    case "applyEach": {
      const tactics = tacticsOf(fields);
      if (session === null || state === null || tactics === null)
        return wrong(`applyEach needs a session, a state and a list of at most ${MOST_TACTICS} tactics`);
      const timeoutMs = timeoutOf(fields);
      return typeof timeoutMs === "string"
        ? wrong(timeoutMs)
        : { method, id, session, state, tactics, timeoutMs };
    }
    case "goals":
    case "script":
    case "verify":
      return session === null || state === null
        ? wrong(`${method} needs a session and a state`)
        : { method, id, session, state };
    case "premises":
    case "close":
      return session === null ? wrong(`${method} needs a session`) : { method, id, session };
    case "cancel":
      return { method, id, of: fields.of ?? null };
    default:
      return wrong("method is one of open, apply, applyEach, goals, script, premises, verify, close, cancel");
  }
}

/** Milliseconds; a text says what is wrong. */
function timeoutOf({ timeout = DEFAULT_TIMEOUT_MS / 1000 }: Record<string, unknown>): number | string {
  return typeof timeout === "number" && timeout > 0 && timeout <= 3600
    ? timeout * 1000
    : "timeout is a number of seconds, at most 3600";
}

function tacticsOf({ tactics }: Record<string, unknown>): readonly string[] | null {
  return Array.isArray(tactics) &&
    tactics.length <= MOST_TACTICS &&
    tactics.every((one) => typeof one === "string")
    ? tactics
    : null;
}

/** Where the hole is; a text says what is wrong. */
function placeOf({ offset, line, theorem }: Record<string, unknown>): Place | null | string {
  if (typeof theorem === "string") return { kind: "theorem", name: theorem };
  if (offset !== undefined)
    return Number.isSafeInteger(offset) && (offset as number) >= 0
      ? { kind: "offset", offset: offset as number }
      : "offset counts UTF-16 units from 0";
  if (line !== undefined)
    return Number.isSafeInteger(line) && (line as number) >= 1
      ? { kind: "line", line: line as number }
      : "line counts from 1";
  return null;
}
