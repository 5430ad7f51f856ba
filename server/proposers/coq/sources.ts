import type { Premise } from "../../search/session.ts";
import type { TacticSource } from "../../search/source.ts";
import { adaptation } from "./adaptation.ts";
import { automation } from "./automation.ts";
import { crush } from "./crush.ts";
import { databases, readDatabases } from "./databases.ts";
import { readDefinitions } from "./definitions.ts";
import { nearestNames } from "./nearest.ts";
import { neighbours } from "./neighbours.ts";
import { using } from "./premises.ts";
import { structure } from "./structure.ts";
import { ownTactics } from "./tactics.ts";

/**
 * All symbolic sources of tactics for a hole of a theorem with this statement in a Coq file, with these premises in scope. `before` is the file's text up to the
 * hole; `missing` are tactics that the file was found not to have loaded.
 */
export function coqSources(
  statement: string,
  premises: readonly Premise[],
  before: string,
  missing: Set<string> = new Set(),
): TacticSource[] {
  const definitions = readDefinitions(premises);
  return [
    adaptation(statement, premises),
    automation(missing),
    crush(missing, definitions),
    structure(definitions),
    using(),
    neighbours(premises),
    nearestNames(),
    ownTactics(premises),
    databases(readDatabases(before)),
  ];
}
