import { findProgram, isProgram } from "./find.ts";
import { askVersion, compareVersions } from "./version.ts";

/** Where a tool was found: named by a setting, on PATH, pulled into our cache, or part of Touchstone. */
export type How = "setting" | "path" | "pulled" | "bundled";

/** What looking for a tool came to. `message` says what a user can do. */
export type Found =
  | {
      readonly kind: "found";
      readonly name: string;
      readonly version: string;
      readonly path: string;
      readonly how: How;
    }
  | {
      readonly kind: "outdated";
      readonly name: string;
      readonly version: string;
      readonly minimum: string;
      readonly path: string;
      readonly how: How;
      readonly message: string;
    }
  | { readonly kind: "notFound"; readonly name: string; readonly message: string };

export interface Tool {
  /** The program's name, as on PATH. */
  readonly name: string;
  /** The environment variable that names it outright. */
  readonly variable: string;
  readonly minimum: string;
  /** The version in what `--version` prints. */
  readonly version: RegExp;
  /** What to do when there is none. */
  readonly advice: string;
}

/** Looks for a tool by setting, then on PATH. A setting that does not work is reported, not passed over. */
export async function findTool(
  tool: Tool,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Found> {
  const setting = environment[tool.variable];
  if (setting) {
    if (!isProgram(setting)) {
      const message = `${tool.variable} names ${setting}, which is no program: correct it, or unset it`;
      return { kind: "notFound", name: tool.name, message };
    }
    return examine(tool, setting, "setting");
  }
  const path = findProgram(tool.name, environment.PATH ?? "");
  if (path === null)
    return { kind: "notFound", name: tool.name, message: `${tool.name} was not found: ${tool.advice}` };
  return examine(tool, path, "path");
}

async function examine(tool: Tool, path: string, how: How): Promise<Found> {
  const { name, minimum } = tool;
  const printed = await askVersion(path);
  const version = printed === null ? undefined : tool.version.exec(printed)?.[1];
  if (version === undefined) {
    return { kind: "notFound", name, message: `${path} does not tell ${name}'s version: ${tool.advice}` };
  }
  if (compareVersions(version, minimum) >= 0) return { kind: "found", name, version, path, how };
  const message = `${path} is ${name} ${version}, older than ${minimum}: ${tool.advice}`;
  return { kind: "outdated", name, version, minimum, path, how, message };
}
