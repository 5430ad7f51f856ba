import { expect, test } from "vitest";
import { Driver } from "../../../server/program/driver.ts";
import { entryInputs } from "../../../server/program/entry.ts";
import { inputSource } from "../../../server/program/inputs.ts";
import { execute } from "../../../server/program/interpret.ts";
import { randomFrom } from "../../../server/program/random.ts";
import { chooseFrom } from "../../../server/program/replay.ts";
import { compileProgram } from "../../../server/program/runner.ts";
import { countTo } from "./build.ts";
import { randomProgram } from "./generate.ts";

test.each(["math", "32", "64"] as const)(
  "compiled and exact runs agree on random programs, reading %s",
  (reading) => {
    const endings = new Map<string, number>();
    for (let seed = 0; seed < 400; seed++) {
      const random = randomFrom(seed);
      const program = randomProgram(random, reading);
      const driver = new Driver(compileProgram(program), entryInputs(program));
      const source = inputSource(
        program,
        driver.entry.map((one) => one.variable),
        driver.runner.sites,
        random,
      );
      for (let run = 0; run < 12; run++) {
        const draft = source.draft(run);
        const heads: string[] = [];
        const note = (loop: number, state: readonly unknown[]): number =>
          heads.push(`${loop}: ${state.join(" ")}`);
        const inputs = { initial: draft.initial, havocs: [] };
        const ending = driver.drive(inputs, (site) => draft.draw(site), 40, {
          arrive: (loop, _inside, state) =>
            note(
              loop,
              [...state].map((value) => value + 0),
            ),
        });
        endings.set(ending, (endings.get(ending) ?? 0) + 1);
        const exact = execute(
          program,
          chooseFrom(driver.exact({ initial: draft.initial, havocs: driver.havocs })),
          { steps: 40, arrivals: 100 },
        );
        const arrivals = exact.heads.map(
          ({ loop, state }) =>
            `${loop}: ${program.variables.map(({ name }) => state.get(name) ?? 0n).join(" ")}`,
        );
        const label = `seed ${seed}, run ${run}`;
        if (ending === "unsafe") {
          expect(arrivals.slice(0, heads.length), label).toEqual(heads);
          continue;
        }
        expect(exact.outcome.kind, label).toBe(ending);
        expect(exact.steps, label).toBe(driver.steps);
        expect(arrivals, label).toEqual(heads);
        if (exact.outcome.kind === "blocked" || exact.outcome.kind === "violated") {
          expect(program.blocks[driver.block]!.commands[driver.command], label).toBe(exact.outcome.command);
        }
      }
    }
    // Every ending occurs, and few runs are beyond doubles.
    for (const kind of ["returned", "blocked", "violated", "undefined", "steps"]) {
      expect(endings.get(kind) ?? 0, kind).toBeGreaterThan(20);
    }
    expect(endings.get("unsafe") ?? 0).toBeLessThan(1000);
  },
);

test("a hundred thousand iterations run to the end", () => {
  const program = countTo();
  const driver = new Driver(compileProgram(program), entryInputs(program));
  const ending = driver.drive({ initial: [100_000], havocs: [] }, () => 0, 1_000_000);
  expect(ending).toBe("returned");
  expect(driver.arrivals).toBe(100_001);
});
