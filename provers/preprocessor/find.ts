import { findProgram } from "../process/find.ts";
import { type Found, findTool } from "../process/found.ts";

/** Programs that preprocess C when told `-E`, the likeliest first. */
const NAMES = ["gcc", "clang", "cpp", "cc"];

/** A C preprocessor by setting (`TOUCHSTONE_CPP`), then on PATH. */
export function findPreprocessor(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Found> {
  const name = NAMES.find((one) => findProgram(one, environment.PATH ?? "") !== null) ?? "cpp";
  return findTool(
    {
      name,
      variable: "TOUCHSTONE_CPP",
      minimum: "3.0",
      version: /(\d+\.\d+(?:\.\d+)?)/,
      advice: "install one (Debian: apt install cpp), or set TOUCHSTONE_CPP to the path of cpp, gcc or clang",
    },
    environment,
  );
}
