import { pathToFileURL } from "node:url";
import type { LlamaModel } from "node-llama-cpp";
import type { HostSettings } from "./protocol.ts";

export type Library = typeof import("node-llama-cpp");

/** Imports node-llama-cpp and loads the model; in the model host alone. */
export async function loadModel(
  settings: HostSettings,
): Promise<{ readonly library: Library; readonly model: LlamaModel }> {
  const library = (await import(pathToFileURL(settings.library).href)) as Library;
  const llama = await library.getLlama({
    build: "never",
    skipDownload: true,
    gpu: settings.gpu,
    maxThreads: settings.threads,
    progressLogs: false,
    logger: (_, message) => process.stderr.write(`${message.trimEnd()}\n`),
  });
  return { library, model: await llama.loadModel({ modelPath: settings.modelPath }) };
}
