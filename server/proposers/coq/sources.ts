import type { Premise } from "../../search/session.ts";
import type { TacticSource } from "../../search/source.ts";
import { automation } from "./automation.ts";
import { crush } from "./crush.ts";
import { neighbours } from "./neighbours.ts";
import { using } from "./premises.ts";
import { structure } from "./structure.ts";
import { ownTactics } from "./tactics.ts";

/**
 * All symbolic sources of tactics for a hole in a Coq file with these premises in scope. `missing` are tactics that the file was
 * found not to have loaded.
 */
export function coqSources(premises: readonly Premise[], missing: Set<string> = new Set()): TacticSource[] {
  return [
    automation(missing),
    crush(missing),
    structure(),
    using(),
    neighbours(premises),
    ownTactics(premises),
  ];
}
