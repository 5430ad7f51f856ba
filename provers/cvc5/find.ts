import type { SmtSolver } from "../../server/engine/solver.ts";
import { type Found, findTool } from "../process/found.ts";
import { cvc5 } from "./cvc5.ts";

/** cvc5 by setting (`TOUCHSTONE_CVC5`), then on PATH. */
export function findCvc5(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Found> {
  return findTool(
    {
      name: "cvc5",
      variable: "TOUCHSTONE_CVC5",
      minimum: "1.0.3",
      version: /cvc5 version (\d+\.\d+\.\d+)/,
      advice: "install it (Debian: apt install cvc5), or set TOUCHSTONE_CVC5 to its path",
    },
    environment,
  );
}

/** Solvers of another family than Z3 that are on this machine, for a second opinion (soundness.md 10). */
export async function secondOpinions(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<SmtSolver[]> {
  const found = await findCvc5(environment);
  return found.kind === "found" ? [cvc5(found)] : [];
}
