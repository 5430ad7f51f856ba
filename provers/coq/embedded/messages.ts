import type { OpenGoals, PrintedGoal } from "../toplevel.ts";

/** What jsCoq's worker answers (its backend/coq-worker.ts), as far as we read it. */
export type Message =
  | { readonly kind: "paths"; readonly paths: unknown }
  | { readonly kind: "info"; readonly text: string }
  | { readonly kind: "ready"; readonly id: number }
  /** `end`: where the sentence that was read ends, in bytes of the text that was given. */
  | { readonly kind: "added"; readonly id: number; readonly end: number }
  | { readonly kind: "cancelled"; readonly ids: readonly number[] }
  | { readonly kind: "goals"; readonly id: number; readonly goals: OpenGoals | null }
  /** `id` is the sentence to blame; null when none is named. */
  | { readonly kind: "exception"; readonly id: number | null; readonly text: string }
  | { readonly kind: "feedback"; readonly id: number; readonly route: number; readonly feedback: Feedback }
  | { readonly kind: "other" };

export type Feedback =
  | { readonly kind: "message"; readonly error: boolean; readonly text: string }
  | { readonly kind: "assumed" }
  /** A query's end: `good` is false after an error. */
  | { readonly kind: "end"; readonly good: boolean }
  | { readonly kind: "other" };

// biome-ignore lint/suspicious/noExplicitAny: the worker's JSON, which nothing types; what is read from it is checked here.
type Json = any;

/** Reads one line of the worker. Throws on what is no message. */
export function readMessage(line: string): Message {
  const [tag, ...rest]: Json[] = JSON.parse(line);
  switch (tag) {
    case "LoadPaths":
      return { kind: "paths", paths: rest[0] };
    case "CoqInfo":
      return { kind: "info", text: String(rest[0]) };
    case "Ready":
      return { kind: "ready", id: Number(rest[0]) };
    case "Added":
      return { kind: "added", id: Number(rest[0]), end: Number(rest[1].ep) };
    case "Cancelled":
      return { kind: "cancelled", ids: rest[0].map(Number) };
    case "GoalInfo":
      return { kind: "goals", id: Number(rest[0]), goals: rest[1] === null ? null : readGoals(rest[1]) };
    case "CoqExn":
    case "JsonExn":
      return typeof rest[0] === "string"
        ? { kind: "exception", id: null, text: rest[0] }
        : { kind: "exception", id: rest[0].sid?.[1] ?? null, text: String(rest[0].msg) };
    case "Feedback":
      return {
        kind: "feedback",
        id: Number(rest[0].span_id),
        route: Number(rest[0].route ?? 0),
        feedback: readFeedback(rest[0].contents),
      };
    default:
      return { kind: "other" };
  }
}

function readFeedback([tag, ...rest]: Json[]): Feedback {
  switch (tag) {
    case "Message":
      return { kind: "message", error: rest[0][0] === "Error", text: printed(rest[2]).trim() };
    case "AddedAxiom":
      return { kind: "assumed" };
    case "Complete":
    case "Incomplete":
      return { kind: "end", good: tag === "Complete" };
    default:
      return { kind: "other" };
  }
}

function readGoals({ goals, stack, shelf, given_up }: Json): OpenGoals {
  return {
    focused: goals.map(readGoal),
    unfocused: stack.flatMap((pair: Json[]) => pair.flat().map(readGoal)),
    shelved: shelf.map(readGoal),
    givenUp: given_up.map(readGoal),
  };
}

/** Hypotheses come with the last first, and each as names, value and type. */
function readGoal({ ty, hyp, info }: Json): PrintedGoal {
  const hypotheses = [...hyp].reverse().map(([names, body, type]: Json[]) => {
    const named = names.map(([, name]: string[]) => name).join(", ");
    return body === null ? `${named} : ${printed(type)}` : `${named} := ${printed(body)} : ${printed(type)}`;
  });
  return { name: info?.name?.[1] ?? null, hypotheses, conclusion: printed(ty) };
}

/** A document of Coq's pretty printer as text, broken only where a break is forced. */
export function printed(document: Json): string {
  if (!Array.isArray(document)) return "";
  const [tag, ...rest] = document;
  switch (tag) {
    case "Pp_string":
      return rest[0];
    case "Pp_glue":
      return rest[0].map(printed).join("");
    case "Pp_box":
    case "Pp_tag":
      return printed(rest[1]);
    case "Pp_print_break":
      return " ".repeat(rest[0]);
    case "Pp_force_newline":
      return "\n";
    default:
      return "";
  }
}
