/**
 * The model host: a process of its own that holds one local model and samples from it or has it embed texts, so that it can be killed, limited, and
 * shared by all workers of a command. Started by client.ts with `HostSettings` as its argument; see protocol.ts.
 */
import { createInterface } from "node:readline";
import { skipBindingTest } from "./binding-test.ts";
import type { HostAnswer, HostRequest, HostSettings } from "./protocol.ts";

const say = (answer: HostAnswer) => process.stdout.write(`${JSON.stringify(answer)}\n`);
const waiting: Exclude<HostRequest, { op: "cancel" }>[] = [];
const cancelled = new Set<number>();
let current: number | null = null;
let wake = () => {};

// Listening begins before the model is loaded: the end of input must end a host that is still loading.
createInterface({ input: process.stdin })
  .on("line", (line) => {
    const request = JSON.parse(line) as HostRequest;
    if (request.op !== "cancel") waiting.push(request);
    else if (request.id === current || waiting.some(({ id }) => id === request.id)) cancelled.add(request.id);
    wake();
  })
  // Its owner is gone.
  .on("close", () => process.exit(0));

const settings = JSON.parse(process.argv[2] ?? "") as HostSettings;
if (process.permission !== undefined) skipBindingTest();
const { Sampler, RefusedRequest } = await import("./sampler.ts");
const { Embeddings } = await import("./embeddings.ts");
const started = performance.now();
const worker = await (settings.task === "embed" ? Embeddings : Sampler)
  .load(settings)
  .catch((error: unknown) => {
    say({ event: "unusable", message: error instanceof Error ? error.message || error.name : String(error) });
    process.exit(1);
  });
const { gpu, contextSize, sequences } = worker;
const loadMs = performance.now() - started;
say({ event: "ready", gpu, contextSize, sequences, threads: settings.threads, loadMs });

for (;;) {
  const request = waiting.shift();
  if (request === undefined) {
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
    continue;
  }
  const { id } = request;
  current = id;
  try {
    const stopped = () => cancelled.has(id);
    if (request.op === "embed" && worker instanceof Embeddings)
      say({ event: "vectors", id, vectors: await worker.embed(request.texts, stopped) });
    else if (request.op === "sample" && worker instanceof Sampler)
      await worker.sample(request, stopped, (completion) => say({ event: "completion", id, completion }));
    else throw new RefusedRequest(`this host was started to ${settings.task}`);
    say({ event: "done", id });
  } catch (error) {
    const kind = error instanceof RefusedRequest ? "refused" : "died";
    say({ event: "failed", id, kind, message: error instanceof Error ? error.message : String(error) });
  }
  current = null;
  cancelled.delete(id);
}
