import type { Span } from "../../../grammars/c/span.ts";
import type { Command, Jump } from "../program.ts";
import type { Formula } from "../term.ts";
import { successors } from "./tidy.ts";

/** A block under construction; one without a jump ends where no statement follows. */
export interface Draft {
  commands: Command[];
  jump: Jump | null;
}

/**
 * The control-flow graph while it is built. There is always a block that receives commands; after a jump it is a fresh one
 * that nothing leads to, so that unreachable statements are lowered like any other and dropped afterwards.
 */
export class Graph {
  readonly blocks: Draft[] = [];
  #current: number;

  constructor() {
    this.#current = this.create();
  }

  /** The block that receives commands. */
  get current(): number {
    return this.#current;
  }

  create(): number {
    return this.blocks.push({ commands: [], jump: null }) - 1;
  }

  emit(command: Command): void {
    this.blocks[this.#current]!.commands.push(command);
  }

  /** Ends the current block and continues in a fresh unreachable one. */
  end(jump: Jump): void {
    this.blocks[this.#current]!.jump = jump;
    this.#current = this.create();
  }

  goto(to: number): void {
    this.end({ kind: "goto", to });
  }

  /** A branch; a constant condition leaves only one way. */
  branch(condition: Formula, then: number, otherwise: number, span: Span): void {
    if (condition.kind === "truth") this.goto(condition.value ? then : otherwise);
    else this.end({ kind: "branch", condition, then, else: otherwise, span });
  }

  /** Continues in a block made before. */
  enter(block: number): void {
    this.#current = block;
  }

  /** Ends the current block by going to `block`, and continues there. */
  fall(block: number): void {
    this.goto(block);
    this.enter(block);
  }

  /** Whether a path leads from the entry to a block. */
  reaches(block: number): boolean {
    const seen = new Set([0]);
    for (const id of seen) {
      const jump = this.blocks[id]!.jump;
      for (const next of jump === null ? [] : successors(jump)) seen.add(next);
    }
    return seen.has(block);
  }

  /** Runs `build`, which must not leave the current block, and returns the commands it emitted instead of keeping them. */
  capture(build: () => void): Command[] {
    const block = this.#current;
    const draft = this.blocks[block]!;
    const kept = draft.commands;
    draft.commands = [];
    build();
    if (this.#current !== block) throw new Error("a pure expression left its block");
    const captured = draft.commands;
    draft.commands = kept;
    return captured;
  }
}
