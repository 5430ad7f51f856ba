import type { TacticFailure } from "../../server/search/session.ts";

/** The class of an error by Lean's own words. */
export function classifyError(message: string): TacticFailure {
  if (
    /unknown (?:identifier|constant|tactic|free variable|attribute|namespace)|Unknown (?:identifier|constant)|unknown id/i.test(
      message,
    )
  )
    return "unknown name";
  if (
    /type mismatch|has type[\s\S]*but is expected|application type mismatch|could not unify|failed to synthesize/i.test(
      message,
    )
  )
    return "type mismatch";
  if (/made no progress|no progress/i.test(message)) return "no progress";
  if (/\(deterministic\) timeout|maximum number of heartbeats|maximum recursion depth/i.test(message))
    return "time-out";
  return "other";
}
