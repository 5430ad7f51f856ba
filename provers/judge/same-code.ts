import { lexC } from "../../grammars/c/lexer.ts";
import { AnnotationBlock, AnnotationLine } from "../../grammars/c/tokens.ts";
import type { Program } from "../../server/program/program.ts";

/**
 * True when two programs differ in annotations of loops and in positions only: an insertion may add invariants, `loop assigns`
 * and a variant, and nothing that executes or that is assumed.
 */
export function sameCode(before: Program, after: Program): boolean {
  return fingerprint(before) === fingerprint(after) && keepsAnnotations(before, after);
}

/** True when two texts differ in comments and annotations only, functions that the task is not about included. */
export function sameTokens(before: string, after: string): boolean {
  const images = (text: string) =>
    lexC(text, 0, text.length)
      .filter(({ tokenType }) => tokenType !== AnnotationBlock && tokenType !== AnnotationLine)
      .map(({ image }) => image)
      .join("\n");
  return images(before) === images(after);
}

/** What a person claimed of a loop is proved again, so it has to be there still. */
function keepsAnnotations(before: Program, after: Program): boolean {
  return before.loops.every(({ id, invariants, assigns, variant }) => {
    const now = after.loops[id]!;
    const claims = new Set(now.invariants.map(({ formula }) => printed(formula)));
    return (
      invariants.every(({ formula }) => claims.has(printed(formula))) &&
      (assigns === null || printed(assigns.locations) === printed(now.assigns?.locations)) &&
      (variant === null || printed(variant.term) === printed(now.variant?.term))
    );
  });
}

function printed(value: unknown): string {
  return JSON.stringify(value, (key, part) =>
    key === "span" ? undefined : typeof part === "bigint" ? `${part}n` : part,
  );
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
  return printed({ name, reading, dialect, variables, blocks, entry, loops, assumptions });
}
