import { cellProgram } from "../program/cells.ts";
import { rangeOf } from "../program/integer.ts";
import type { Inputs } from "../program/run.ts";
import { and, type Formula, not, or } from "../program/term.ts";
import { unroll } from "../program/unroll.ts";
import type { Asker } from "./houdini.ts";
import { type Passive, passiveForm } from "./passive.ts";
import { preamble } from "./preamble.ts";
import { smtFormula, smtInteger } from "./smtlib.ts";

/** Bounded model checking of the function: inputs of a run that breaks an assertion within `depth` iterations of each loop. */
export async function violation(asker: Asker, depth: number): Promise<Inputs | null> {
  const unrolled = unroll(cellProgram(asker.passive.program).program, depth);
  if (!unrolled) return null;
  const passive = passiveForm(unrolled.program, `run_${depth}_`);
  declare(asker, passive);
  const fails = or(...passive.uses.map((use) => and(use.reach, not(use.condition))));
  return solve(asker, passive, fails);
}

/** Inputs that lead to each loop head after `depth` iterations, one set a loop. */
export async function arrivals(asker: Asker, depth: number): Promise<Inputs[]> {
  const unrolled = unroll(cellProgram(asker.passive.program).program, depth);
  if (!unrolled) return [];
  const passive = passiveForm(unrolled.program, `arrive_${depth}_`);
  declare(asker, passive);
  const found: Inputs[] = [];
  for (const copies of unrolled.deepestHeads) {
    const reach = or(
      ...copies.map((block) => passive.reaches.get(block) ?? { kind: "truth" as const, value: false }),
    );
    const inputs = await solve(asker, passive, reach);
    if (inputs) found.push(inputs);
  }
  return found;
}

/** A refutation is a run of the C program, so values lie in their C types here, under every reading of integers. */
function declare(asker: Asker, passive: Passive): void {
  asker.session.tell(preamble(passive));
  for (const { name, variable, range } of passive.constants) {
    if (range) continue;
    const { low, high } = rangeOf(variable.type);
    asker.session.tell(`(assert (<= ${smtInteger(low)} ${name} ${smtInteger(high)}))`);
  }
}

async function solve(asker: Asker, passive: Passive, goal: Formula): Promise<Inputs | null> {
  return asker.scoped(async () => {
    const result = await asker.ask(smtFormula(goal));
    if (result.kind !== "sat") return null;
    const entry = passive.constants.filter(
      (one) =>
        one.origin === "entry" && (one.variable.role === "parameter" || one.variable.role === "global"),
    );
    const havocs = passive.constants.filter((one) => one.origin === "havoc");
    const values = await asker.session.values([
      ...entry.map((one) => one.name),
      ...havocs.flatMap((one) => [smtFormula(one.reach), one.name]),
    ]);
    const initial = new Map(entry.map((one, i) => [one.variable.name, BigInt(values[i]!)]));
    const asked = havocs.map((_, i) => ({
      taken: values[entry.length + 2 * i] === true,
      value: BigInt(values[entry.length + 2 * i + 1]!),
    }));
    return { initial, havocs: asked.filter((one) => one.taken).map((one) => one.value) };
  });
}
