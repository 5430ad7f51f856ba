import type { SatResult } from "../engine/solver.ts";
import type { Command, Program } from "../program/program.ts";
import type { Formula } from "../program/term.ts";
import { claimOf, obligationsOf } from "./obligations.ts";
import { type Passive, passiveForm } from "./passive.ts";
import { reachPoints } from "./vacuity.ts";

/** The conditions of a program from which everything required, assumed and asserted was taken out. */
export interface FreeProgram {
  readonly passive: Passive;
  /** Indexes of `reachPoints` of the whole program, for those points that this one has as well. */
  readonly points: ReadonlyMap<number, Formula>;
}

/**
 * A program in which only assignments and branches are left. What its invariants still rule out is ruled out by the code
 * alone. Symbols begin with `prefix`, so that it shares a session with the program it comes from.
 */
export function freeProgram(of: Passive, prefix: string): FreeProgram {
  const passive = passiveForm(withoutConditions(of.program), prefix);
  const loops = (one: Passive) => [...reachPoints(one).entries()].filter(([, point]) => point.dead);
  const free = loops(passive);
  const points = new Map<number, Formula>();
  for (const [index, point] of loops(of)) {
    const same = free.find(([, other]) => other.text === point.text);
    if (same) points.set(index, same[1].reach);
  }
  return { passive, points };
}

function withoutConditions(program: Program): Program {
  const kept = (command: Command) => command.kind === "assign" || command.kind === "havoc";
  const blocks = program.blocks.map((block) => ({ ...block, commands: block.commands.filter(kept) }));
  return { ...program, blocks };
}

/** True when the invariants in the program's text are inductive in the free program and leave `point` unreachable there. */
export async function unreachableByCode(
  free: FreeProgram,
  point: number,
  ask: (formula: Formula) => Promise<SatResult>,
): Promise<boolean> {
  const reach = free.points.get(point);
  if (!reach) return false;
  const claim = claimOf(free.passive.program, { invariants: [] }, () => "");
  for (const { name, violated } of obligationsOf(free.passive, claim)) {
    if (name.kind !== "initiation" && name.kind !== "consecution") continue;
    if ((await ask(violated)).kind !== "unsat") return false;
  }
  return (await ask(reach)).kind === "unsat";
}
