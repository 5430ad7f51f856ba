import type { Part, RecordRule } from "./definition.ts";
import type { Pattern } from "./pattern.ts";

/** How definitions write their parts and records; what each means is said at the types (definition.ts). */
export const token = (name: string): Part => ({ kind: "token", token: name });

export const gap: Part = { kind: "gap", required: true };

export const optional = (...parts: readonly Part[]): Part => ({ kind: "optional", parts });

export const text = (field: string, tokens: string | readonly string[], decoder?: Pattern): Part => ({
  kind: "text",
  field,
  token: tokens,
  ...(decoder && { decoder }),
});

export const field = (name: string, rule: string, sort = rule): Part => ({
  kind: "field",
  field: name,
  rule,
  sort,
});

/** One or more; a decoder writes `decoderMax` more than one at most. */
export const list = (
  name: string,
  rule: string,
  separator: string | null,
  decoderMax: number,
  sort = rule,
): Part => ({ kind: "list", field: name, rule, sort, separator, decoderMax });

/** A rule whose tree is a node of the rule's own name. */
export const record = (name: string, gives: string, ...parts: readonly Part[]): RecordRule => ({
  kind: "record",
  name,
  node: name,
  gives,
  parts,
});
