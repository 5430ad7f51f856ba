import type { SatResult } from "../engine/solver.ts";
import type { Command } from "../program/program.ts";
import { and, type Formula, or } from "../program/term.ts";
import { at, describeLoop } from "./obligations.ts";
import type { Passive } from "./passive.ts";

/** A point that some execution must be able to reach, or a proof says nothing (soundness.md 2). */
export interface ReachPoint {
  readonly text: string;
  readonly reach: Formula;
  /** When this is unreachable too, the point is dead by the program's own logic and not by an assumption. */
  readonly unless: Formula | null;
  /** For a loop's body or exit: how evidence flags it when the program's own logic makes it unreachable. */
  readonly dead: string | null;
  /** Passed before any loop: no invariant has a say in it. */
  readonly always: boolean;
  readonly of:
    | { readonly kind: "assumption" | "assertion"; readonly command: Command }
    | { readonly kind: "head" | "body" | "exit"; readonly loop: number };
}

/**
 * Preconditions and assumptions that can be met, every loop body, every loop exit, every assertion. An assertion behind a branch
 * that correct invariants rule out is dead code and no vacuity, since what leads there is among these points; but the evidence
 * says so. `assert(0)` says itself that it is not reached.
 */
export function reachPoints(passive: Passive): ReachPoint[] {
  const { program } = passive;
  const asserted = passive.assumptions.filter(({ command }) => command.because !== "type");
  const points: ReachPoint[] = asserted.map(({ command, before, after }) => ({
    text:
      command.because === "requires"
        ? "the preconditions contradict each other"
        : `what is assumed at line ${command.span.line} contradicts what holds there`,
    reach: after,
    unless: command.because === "requires" ? null : before,
    dead: null,
    always: command.because === "requires",
    of: { kind: "assumption", command },
  }));
  for (const loop of program.loops) {
    const head = passive.heads[loop.id];
    if (!head) {
      points.push({
        text: `the ${describeLoop(loop)} is never reached`,
        reach: { kind: "truth", value: false },
        unless: null,
        dead: `the ${describeLoop(loop)} is never reached`,
        always: false,
        of: { kind: "head", loop: loop.id },
      });
      continue;
    }
    const after = and(head.reach, { kind: "symbol", name: head.assumed });
    const around = passive.edges.filter((edge) => edge.loop === loop.id && edge.kind === "consecution");
    const body = loop.guard
      ? and(after, at(loop.guard, head.state))
      : or(...around.map((edge) => edge.reach));
    if (loop.guard || around.length > 0) {
      points.push({
        text: `the body of the ${describeLoop(loop)} is never entered`,
        reach: body,
        unless: null,
        dead: `the body of the ${describeLoop(loop)} is never entered`,
        always: false,
        of: { kind: "body", loop: loop.id },
      });
    }
    const exits = passive.exits.filter((exit) => exit.loop === loop.id);
    if (exits.length === 0 && passive.uses.length > 0) continue;
    points.push({
      text: `the ${describeLoop(loop)} is never left, so what stands after it holds of no run`,
      reach: or(...exits.map((exit) => exit.reach)),
      unless: null,
      dead: `the ${describeLoop(loop)} is never left: what stands after it holds of no run`,
      always: false,
      of: { kind: "exit", loop: loop.id },
    });
  }
  for (const { command, reach } of passive.uses) {
    if (command.what !== "assertion" || command.condition.kind === "truth") continue;
    // By its text: lines move when what was found is inserted.
    const text = `the assertion '${command.text}' is never reached`;
    points.push({ text, reach, unless: null, dead: text, always: false, of: { kind: "assertion", command } });
  }
  return points;
}

/** Loops without any way out; what follows them is claimed of no run, so evidence flags them (soundness.md 1). */
export function endlessLoops(passive: Passive): number[] {
  return passive.program.loops
    .filter((loop) => !passive.exits.some((exit) => exit.loop === loop.id))
    .map((loop) => loop.id);
}

/** What `vacuous` found: nothing, points that the program's own logic makes unreachable, or a proof that says nothing. */
export type Vacuity =
  | { readonly kind: "none"; readonly flagged: readonly string[] }
  /** `always`: whatever the invariants are, so that no other candidate can do better. */
  | { readonly kind: "vacuous"; readonly reason: string; readonly always: boolean };

/**
 * Looks at every point. `ownLogic` is asked about the bodies and exits of loops that nothing reaches: true when that is so
 * whatever is required or assumed, so that no contradiction is to blame and the evidence only has to say it. `witnessed`: true
 * when a concrete run reaches a point that `ask` cannot decide.
 */
export async function vacuous(
  passive: Passive,
  ask: (formula: Formula) => Promise<SatResult>,
  ownLogic: (point: number) => Promise<boolean>,
  witnessed: (point: ReachPoint) => boolean,
): Promise<Vacuity> {
  const flagged: string[] = [];
  for (const [index, point] of reachPoints(passive).entries()) {
    const asserted = point.of.kind === "assertion";
    const result = await ask(point.reach);
    if (result.kind === "sat") continue;
    if (result.kind === "unknown" && (asserted || witnessed(point))) continue;
    if (result.kind === "unknown")
      return {
        kind: "vacuous",
        reason: `not decided whether ${point.text} (${result.reason})`,
        always: false,
      };
    if (point.unless && (await ask(point.unless)).kind === "unsat") continue;
    if (!point.dead || !(asserted || (await ownLogic(index)))) {
      return { kind: "vacuous", reason: point.text, always: point.always };
    }
    flagged.push(point.dead);
  }
  return { kind: "none", flagged };
}
