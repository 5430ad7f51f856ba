import type { Goal, Hypothesis } from "../../server/search/session.ts";
import type { OpenGoals, PrintedGoal } from "./toplevel.ts";

/** A goal with its hypotheses taken apart. */
export function readGoal({ name, hypotheses, conclusion }: PrintedGoal): Goal {
  return { name, hypotheses: hypotheses.map(readHypothesis), conclusion };
}

/** `n, m : nat`, `x := 0 : nat`. */
export function readHypothesis(text: string): Hypothesis {
  const found = /^([^:]+?)\s*(:=|:)\s*/.exec(text);
  if (found === null) return { names: [], type: text, body: null };
  const names = found[1]!.split(",").map((name) => name.trim());
  const rest = text.slice(found[0].length);
  if (found[2] === ":") return { names, type: rest, body: null };
  const colon = lastColon(rest);
  return colon < 0
    ? { names, type: "", body: rest }
    : { names, type: rest.slice(colon + 1).trim(), body: rest.slice(0, colon).trim() };
}

/** The last colon that is alone and not inside brackets: what is before it is the value, what follows the type. */
function lastColon(text: string): number {
  let depth = 0;
  for (let at = text.length - 1; at >= 0; at--) {
    const char = text[at]!;
    if (")]}".includes(char)) depth++;
    else if ("([{".includes(char)) depth--;
    else if (char === ":" && depth === 0 && text[at - 1] === " " && /\s/.test(text[at + 1] ?? " ")) return at;
  }
  return -1;
}

/** Equal for two states from which the same tactics do the same, as far as Coq prints them. */
export function canonicalForm({ focused, unfocused, shelved, givenUp }: OpenGoals): string {
  return JSON.stringify([focused, unfocused, shelved, givenUp]);
}

/** The goals of a canonical form. */
export function goalsOfForm(form: string): OpenGoals {
  const [focused, unfocused, shelved, givenUp] = JSON.parse(form);
  return { focused, unfocused, shelved, givenUp };
}
