import { describe, expect, it } from "vitest";
import { witnessedBy } from "../../../provers/judge/witness.ts";
import { passiveForm } from "../../../server/conditions/passive.ts";
import { reachPoints } from "../../../server/conditions/vacuity.ts";
import { locateInvariants } from "../../../server/tasks/invariants/locate.ts";

/** By point, whether a concrete run reached it. */
function reached(text: string): Record<string, boolean> {
  const [located] = locateInvariants({ file: "test.c", text, version: 0 }, "math");
  if (located?.kind !== "task") throw new Error(JSON.stringify(located));
  const { program } = located.task;
  const witnessed = witnessedBy(program);
  return Object.fromEntries(
    reachPoints(passiveForm(program)).map((point) => [
      point.of.kind === "assumption" ? `assumption at line ${point.of.command.span.line}` : point.of.kind,
      witnessed(point),
    ]),
  );
}

describe("concrete runs as witnesses of what is reachable", () => {
  it("meet assumptions, bodies and exits that a solver finds hard", () => {
    const text = `int main() {
  int n = unknown(), root = unknown();
  assume(n >= 1 && (root - 1) * (root - 1) < n && root * root >= n && n % 2 == 1);
  int r = root * root - n;
  while (r > 0) { r = r - 1; }
}`;
    expect(reached(text)).toEqual({ "assumption at line 3": true, body: true, exit: true });
  });

  it("do not claim what no run reaches", () => {
    const text = `int main() {
  int x = 0, n = unknown();
  while (x < n) { x = x + 1; assume(x < 0); }
  assert(x == 0);
}`;
    const points = reached(text);
    expect(points["assumption at line 3"]).toBe(false);
    expect(points.body).toBe(false);
    const endless = reached("int main() { int x = 1; while (x != 0) { if (x < 5) x = x + 1; } }");
    expect(endless.body).toBe(true);
    expect(endless.exit).toBe(false);
  });
});
