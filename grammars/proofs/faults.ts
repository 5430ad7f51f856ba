import { chainFaults } from "./faults/chains.ts";
import { decoderFaults } from "./faults/decoders.ts";
import { lexerFaults } from "./faults/lexers.ts";
import { parserFaults } from "./faults/parsers.ts";
import { printerFaults } from "./faults/printers.ts";
import { schemaFaults } from "./faults/schemas.ts";
import type { Fault } from "./faults/seed.ts";
import { tableFaults } from "./faults/tables.ts";
import type { Roles, Step } from "./table.ts";

/** Every fault that the proofs are tried with. The table's are made of the given one. */
export function seededFaults(
  table: readonly Step[],
  states: readonly string[],
  roles: Roles,
): readonly Fault[] {
  return [
    ...decoderFaults(),
    ...lexerFaults(),
    ...parserFaults(),
    ...printerFaults(),
    ...schemaFaults(),
    ...tableFaults(table, states, roles),
    ...chainFaults(),
  ];
}
