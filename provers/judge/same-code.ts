import type { Program } from "../../server/program/program.ts";

/**
 * True when two programs differ in annotations of loops and in positions only: an insertion may add invariants, `loop assigns`
 * and a variant, and nothing that executes or that is assumed.
 */
export function sameCode(before: Program, after: Program): boolean {
  return fingerprint(before) === fingerprint(after);
}

function fingerprint(program: Program): string {
  const { name, reading, dialect, variables, entry } = program;
  const blocks = program.blocks.map((block) => ({
    ...block,
    commands: block.commands.filter(
      (command) => command.kind !== "assert" || command.what !== "assigns" || !/^loop /.test(command.text),
    ),
  }));
  const loops = program.loops.map(({ id, head, blocks, parent, modified, scope }) => ({
    id,
    head,
    blocks,
    parent,
    modified,
    scope,
  }));
  const assumptions = program.assumptions.map((text) => text.replace(/\b\d+\b/g, "#"));
  return JSON.stringify(
    { name, reading, dialect, variables, blocks, entry, loops, assumptions },
    (key, value) => (key === "span" ? undefined : typeof value === "bigint" ? `${value}n` : value),
  );
}
