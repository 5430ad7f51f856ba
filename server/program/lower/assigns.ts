import type { Span } from "../../../grammars/c/span.ts";
import type { Block, Command, Loop, Variable } from "../program.ts";
import { FALSE } from "../term.ts";

/** An `assigns` clause and the blocks it speaks of. */
interface Frame {
  readonly blocks: ReadonlySet<number>;
  /** Names of program variables that must be listed when they are changed. */
  readonly restricted: ReadonlySet<string>;
  readonly listed: ReadonlySet<string>;
  /** How a message names the clause. */
  readonly title: string;
}

/**
 * Puts an obligation that cannot hold before each command that changes what an `assigns` clause does not list: the contract's
 * for globals, a loop's for everything in scope there. Frames are taken from the program text, so a clause is only ever checked.
 */
export function checkAssigns(
  blocks: readonly Block[],
  variables: readonly Variable[],
  loops: readonly Loop[],
  contract: { readonly locations: readonly string[]; readonly span: Span } | null,
): Block[] {
  const globals = variables.filter((variable) => variable.role === "global");
  const frames: Frame[] = loops.flatMap((loop) => {
    if (loop.assigns === null) return [];
    const title = `loop assigns at line ${loop.assigns.span.line}`;
    const restricted = new Set(loop.scope);
    return [{ blocks: new Set(loop.blocks), restricted, listed: new Set(loop.assigns.names), title }];
  });
  if (contract !== null) {
    const restricted = new Set(globals.map((variable) => variable.name));
    const everywhere = new Set(blocks.map((block) => block.id));
    const title = `assigns at line ${contract.span.line}`;
    frames.push({ blocks: everywhere, restricted, listed: new Set(contract.locations), title });
  }
  if (frames.length === 0) return [...blocks];
  const texts = new Map(variables.map((variable) => [variable.name, variable.text]));
  return blocks.map((block) => {
    const here = frames.filter((frame) => frame.blocks.has(block.id));
    if (here.length === 0) return block;
    return {
      ...block,
      commands: block.commands.flatMap((command) => [...violations(command, here, texts), command]),
    };
  });
}

function violations(
  command: Command,
  frames: readonly Frame[],
  texts: ReadonlyMap<string, string | null>,
): Command[] {
  if (command.kind !== "assign" && command.kind !== "havoc") return [];
  const text = texts.get(command.target) ?? null;
  if (text === null) return [];
  return frames
    .filter(({ restricted, listed }) => restricted.has(command.target) && !listed.has(text))
    .map(({ title }): Command => {
      return {
        kind: "assert",
        condition: FALSE,
        what: "assigns",
        text: `${title} lists ${text}`,
        span: command.span,
      };
    });
}
