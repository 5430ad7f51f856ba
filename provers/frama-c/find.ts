import { type Found, findTool } from "../process/found.ts";

/** Frama-C by setting (`TOUCHSTONE_FRAMA_C`), then on PATH. */
export function findFramaC(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Found> {
  return findTool(
    {
      name: "frama-c",
      variable: "TOUCHSTONE_FRAMA_C",
      minimum: "25.0",
      version: /(\d+\.\d+)/,
      advice: "install it (Debian: apt install frama-c-base why3), or set TOUCHSTONE_FRAMA_C to its path",
    },
    environment,
  );
}
