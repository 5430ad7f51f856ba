import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { defaultOptions, WITH_FRAMA_C_MS } from "../engine/options.ts";
import type { RunSettings } from "./host/messages.ts";

/** What an editor or a project may choose; one name everywhere: `touchstone.NAME` in an editor, `NAME` in touchstone.json. */
export interface EditorSettings {
  readonly model: string;
  /** The local model that ranks premises for proofs; "" for none. */
  readonly embeddingModel: string;
  readonly baseUrl: string;
  readonly int: "math" | "32" | "64";
  /** Seconds for one function. */
  readonly timeout: number;
  readonly only: "all" | "symbolic" | "model";
  readonly without: readonly string[];
  readonly seed: number;
  readonly solver: "auto" | "native" | "wasm";
  readonly checker: "smt" | "frama-c" | "both";
  /** Directories in which the C preprocessor looks for headers, relative to the project's folder. */
  readonly include: readonly string[];
  /** Macros for it: `NAME` or `NAME=VALUE`. */
  readonly define: readonly string[];
  readonly z3Path: string;
  readonly offline: boolean;
  readonly codeLens: boolean;
  readonly verifyOnSave: boolean;
}

interface Setting<Value> {
  readonly default: Value;
  /** What a value must be, for messages. */
  readonly wanted: string;
  readonly accepts: (value: unknown) => boolean;
  /**
   * Whether touchstone.json may set it. Where a key is sent to and which program is run is for the person to say, never for a
   * project that was fetched from somewhere.
   */
  readonly project: boolean;
}

const text = (project: boolean, wanted: string): Setting<string> => ({
  default: "",
  wanted,
  accepts: (value) => typeof value === "string",
  project,
});
const flag = (value: boolean, project: boolean): Setting<boolean> => ({
  default: value,
  wanted: "true or false",
  accepts: (given) => typeof given === "boolean",
  project,
});
const oneOf = <Value extends string>(value: Value, values: readonly Value[]): Setting<Value> => ({
  default: value,
  wanted: `one of ${values.map((each) => `"${each}"`).join(", ")}`,
  accepts: (given) => values.some((each) => each === given),
  project: true,
});

export const SETTINGS: { readonly [Name in keyof EditorSettings]: Setting<EditorSettings[Name]> } = {
  model: text(true, 'the name of a model, "none", or "" for the first that is found'),
  embeddingModel: text(true, 'the name or path of a local model for embeddings, or "" for none'),
  baseUrl: text(false, "the address of an OpenAI-compatible endpoint"),
  int: oneOf("math", ["math", "32", "64"]),
  timeout: {
    default: defaultOptions.timeoutMs / 1000,
    wanted: "a number of seconds from 1 to 3600",
    accepts: (value) => typeof value === "number" && value >= 1 && value <= 3600,
    project: true,
  },
  only: oneOf("all", ["all", "symbolic", "model"]),
  without: {
    default: [],
    wanted: "a list of proposers' names",
    accepts: (value) => Array.isArray(value) && value.every((each) => typeof each === "string"),
    project: true,
  },
  seed: {
    default: defaultOptions.seed,
    wanted: "a whole number",
    accepts: (value) => Number.isSafeInteger(value) && (value as number) >= 0,
    project: true,
  },
  solver: oneOf("auto", ["auto", "native", "wasm"]),
  checker: oneOf("smt", ["smt", "frama-c", "both"]),
  include: {
    default: [],
    wanted: "a list of directories",
    accepts: (value) => Array.isArray(value) && value.every((each) => typeof each === "string"),
    project: true,
  },
  define: {
    default: [],
    wanted: "a list of macros, each NAME or NAME=VALUE",
    accepts: (value) =>
      Array.isArray(value) &&
      value.every((each) => typeof each === "string" && /^[A-Za-z_]\w*(?:=[^\0]*)?$/.test(each)),
    project: true,
  },
  z3Path: text(false, "the path of a Z3"),
  offline: flag(false, true),
  codeLens: flag(true, true),
  verifyOnSave: flag(false, true),
};

export const defaultSettings = Object.fromEntries(
  Object.entries(SETTINGS).map(([name, setting]) => [name, setting.default]),
) as unknown as EditorSettings;

/** Settings with what was wrong in them: a wrong value is reported and the one before it stays. */
export interface ReadSettings {
  readonly settings: EditorSettings;
  readonly problems: readonly string[];
}

/** The settings of an editor: any object, of which only what is known is taken. */
export function editorSettings(given: unknown, base: EditorSettings = defaultSettings): ReadSettings {
  return layer(base, given, (name) => `the setting touchstone.${name}`, false);
}

/** The settings with those of the project's touchstone.json over them; `folder` null where the document is in none. */
export async function withProject(editor: ReadSettings, folder: string | null): Promise<ReadSettings> {
  if (folder === null) return editor;
  const file = join(folder, "touchstone.json");
  let given: unknown;
  try {
    given = JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return editor;
    const why = error instanceof Error ? error.message : String(error);
    return { ...editor, problems: [...editor.problems, `${file}: it cannot be read (${why})`] };
  }
  const layered = layer(editor.settings, given, (name) => `${file}: "${name}"`, true);
  const include = layered.settings.include.map((one) => resolve(folder, one));
  return {
    settings: { ...layered.settings, include },
    problems: [...editor.problems, ...layered.problems],
  };
}

function layer(
  base: EditorSettings,
  given: unknown,
  where: (name: string) => string,
  project: boolean,
): ReadSettings {
  if (typeof given !== "object" || given === null || Array.isArray(given))
    return { settings: base, problems: [] };
  const settings: Record<string, unknown> = { ...base };
  const problems: string[] = [];
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === null || name.startsWith("$")) continue;
    if (!Object.hasOwn(SETTINGS, name)) {
      // An editor sends settings of its own side with ours; a project file has no others.
      if (project) problems.push(`${where(name)} is no setting: see docs/editor.md for their names`);
      continue;
    }
    const setting = SETTINGS[name as keyof EditorSettings];
    if (project && !setting.project)
      problems.push(`${where(name)} is ignored: only you, in your own settings, may say this`);
    else if (!setting.accepts(value)) problems.push(`${where(name)} must be ${setting.wanted}`);
    else settings[name] = value;
  }
  return { settings: settings as unknown as EditorSettings, problems };
}

/** How integers are read: Frama-C and our own conditions share 32 bits without overflow, and nothing else. */
export function readingOf({ int, checker }: EditorSettings): EditorSettings["int"] {
  return int === "math" && checker !== "smt" ? "32" : int;
}

/** What one run is told. */
export function runSettings(settings: EditorSettings): RunSettings {
  const { model, embeddingModel, only, without, seed, solver, checker, include, define, offline } = settings;
  // Nobody chose the default with Frama-C in mind, which takes seconds where a solver takes milliseconds.
  const patient = checker !== "smt" && settings.timeout === SETTINGS.timeout.default;
  const timeoutMs = patient ? WITH_FRAMA_C_MS : Math.round(settings.timeout * 1000);
  return {
    int: readingOf(settings),
    model: model === "" ? null : model,
    embeddingModel: embeddingModel === "" ? null : embeddingModel,
    only: only === "all" ? null : only,
    without,
    seed,
    solver,
    checker,
    include,
    define,
    offline,
    timeoutMs,
  };
}

/** The settings that reach the engine as variables, as the command line reads them. */
export function settingVariables({ baseUrl, z3Path }: EditorSettings): Record<string, string> {
  return {
    ...(baseUrl === "" ? {} : { TOUCHSTONE_BASE_URL: baseUrl }),
    ...(z3Path === "" ? {} : { TOUCHSTONE_Z3: z3Path }),
  };
}
