import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { type Embedder, type Model, ModelError } from "../engine/model.ts";
import { llamaLibrary } from "../install/llama.ts";
import { pulledPath } from "../install/models.ts";
import { defaultLimits, TokenBudget } from "./budget.ts";
import { LlamaEmbedder } from "./llama/embedder.ts";
import { LlamaModel } from "./llama/model.ts";
import { NO_LIBRARY } from "./llama/owner.ts";
import { type ConstraintWay, constraintWays } from "./openai/constraint.ts";
import { readEndpoint } from "./openai/endpoint.ts";
import { defaultModel, findLocalModel, localModels } from "./registry.ts";
import { RecordingModel, ReplayModel } from "./replay.ts";

export type Choice =
  | { readonly kind: "model"; readonly model: Model }
  /** Go on without; `message` is one line on what to pull, or null when no model was wanted. */
  | { readonly kind: "none"; readonly message: string | null }
  /** A model was asked for by name and cannot be had: a mistake in the command. */
  | { readonly kind: "failed"; readonly message: string };

export interface ChooseOptions {
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Configured address of an OpenAI-compatible endpoint; before the environment's. */
  readonly baseUrl?: string;
  /** Append every exchange to this file, for `replay:FILE`. */
  readonly record?: string;
}

/**
 * The model of a name: `none`; a name of `touchstone model list` or `hf:…`, when pulled; a path to a `.gguf` file;
 * `openai:MODEL`; `replay:FILE`. Without a name: TOUCHSTONE_MODEL, else the default if it has been pulled, else none. Nothing is
 * started or asked here: that happens at the first sample.
 */
export async function chooseModel(name: string | undefined, options: ChooseOptions = {}): Promise<Choice> {
  const environment = options.environment ?? process.env;
  const wanted = name || environment.TOUCHSTONE_MODEL || undefined;
  const choice = await resolveName(wanted, environment, options.baseUrl);
  if (choice.kind === "model" && options.record !== undefined)
    return { kind: "model", model: new RecordingModel(choice.model, options.record) };
  return choice;
}

async function resolveName(
  name: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
  baseUrl: string | undefined,
): Promise<Choice> {
  if (name === "none") return { kind: "none", message: null };
  if (name === undefined) {
    const path = await pulledPath(defaultModel, environment);
    if (path !== null)
      return llamaLibrary() !== null
        ? local(path, defaultModel.title)
        : { kind: "none", message: `no model: ${NO_LIBRARY}` };
    const megabytes = Math.round(defaultModel.bytes! / 1e6);
    const message = `no model: going on without one; 'touchstone model pull' fetches ${defaultModel.title} (${megabytes} MB)`;
    return { kind: "none", message };
  }
  if (name.startsWith("openai:")) return remote(name.slice("openai:".length), environment, baseUrl);
  if (name.startsWith("replay:")) return replay(name.slice("replay:".length));
  const file = await localFile(name, environment);
  if (file.kind === "file") return local(file.path, file.title);
  if (file.kind === "failed") return file;
  const known = localModels.map((each) => each.name).join(", ");
  return {
    kind: "failed",
    message: `no model is called '${name}': take one of ${known}, a path to a .gguf file, openai:MODEL, replay:FILE, or none`,
  };
}

/**
 * The embedder of a name: a local model as `chooseModel` takes it, else what TOUCHSTONE_EMBEDDING_MODEL names; null without either. Any GGUF
 * model gives vectors; those made for it give better ones.
 */
export async function chooseEmbedder(
  name: string | undefined,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<
  | { readonly kind: "embedder"; readonly embedder: Embedder }
  | { readonly kind: "failed"; readonly message: string }
  | null
> {
  const wanted = name || environment.TOUCHSTONE_EMBEDDING_MODEL || "none";
  if (wanted === "none") return null;
  const file = await localFile(wanted, environment);
  if (file.kind === "failed") return file;
  if (file.kind === "none")
    return {
      kind: "failed",
      message: `no local model is called '${wanted}': take a name of 'touchstone model list' or a path to a .gguf file for embeddings`,
    };
  if (llamaLibrary() === null) return { kind: "failed", message: NO_LIBRARY };
  return { kind: "embedder", embedder: new LlamaEmbedder({ modelPath: file.path, title: file.title }) };
}

/** The file of a local model's name; `none` where the name is not a local model's. */
async function localFile(
  name: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<
  | { readonly kind: "file"; readonly path: string; readonly title: string }
  | { readonly kind: "failed"; readonly message: string }
  | { readonly kind: "none" }
> {
  const model = findLocalModel(name);
  if (model !== null) {
    const path = await pulledPath(model, environment);
    if (path !== null) return { kind: "file", path, title: model.title };
    return {
      kind: "failed",
      message: `the model ${name} has not been pulled: run 'touchstone model pull ${name}'`,
    };
  }
  if (!name.toLowerCase().endsWith(".gguf")) return { kind: "none" };
  const path = resolve(name);
  const found = await stat(path).catch(() => null);
  if (found?.isFile()) return { kind: "file", path, title: path.split(/[\\/]/).at(-1)! };
  return { kind: "failed", message: `there is no model file ${name}` };
}

function local(path: string, title: string): Choice {
  if (llamaLibrary() === null) return { kind: "failed", message: NO_LIBRARY };
  return { kind: "model", model: new LlamaModel({ modelPath: path, title: title.replace(/\.gguf$/i, "") }) };
}

async function remote(
  model: string,
  environment: Readonly<Record<string, string | undefined>>,
  baseUrl: string | undefined,
): Promise<Choice> {
  if (model === "")
    return {
      kind: "failed",
      message: "which model? write openai:MODEL, with the name that the server knows it by",
    };
  const read = readEndpoint(environment, baseUrl);
  if (read.kind === "invalid") return { kind: "failed", message: read.message };
  const limit = environment.TOUCHSTONE_TOKEN_BUDGET;
  const tokens = limit ? Number(limit) : defaultLimits.tokens;
  if (!Number.isSafeInteger(tokens) || tokens < 0)
    return { kind: "failed", message: `TOUCHSTONE_TOKEN_BUDGET is not a number of tokens: '${limit}'` };
  const way = environment.TOUCHSTONE_CONSTRAINT;
  const constraint = constraintWays.find((each) => each === way);
  if (way && constraint === undefined)
    return {
      kind: "failed",
      message: `TOUCHSTONE_CONSTRAINT is not one of ${constraintWays.join(", ")}: '${way}'`,
    };
  // Loaded only here: the library costs a tenth of a second that a run without it should not pay.
  const { OpenAiModel } = await import("./openai/model.ts");
  const budget = new TokenBudget({ ...defaultLimits, tokens });
  return {
    kind: "model",
    model: new OpenAiModel({ endpoint: read.endpoint, model, budget, ...withConstraint(constraint) }),
  };
}

function withConstraint(constraint: ConstraintWay | undefined): { constraint?: ConstraintWay } {
  return constraint === undefined ? {} : { constraint };
}

async function replay(file: string): Promise<Choice> {
  try {
    return { kind: "model", model: await ReplayModel.open(file) };
  } catch (error) {
    if (error instanceof ModelError) return { kind: "failed", message: error.message };
    throw error;
  }
}
