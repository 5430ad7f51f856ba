import { ModelError } from "../engine/model.ts";
import { bench } from "../models/bench.ts";
import { chooseModel } from "../models/choose.ts";
import { listenForStop } from "./stop.ts";

/** Measures how fast the chosen model answers on this machine. */
export async function modelBench(request: {
  readonly model: string | undefined;
  readonly json: boolean;
}): Promise<number> {
  const choice = await chooseModel(request.model);
  if (choice.kind !== "model") {
    process.stderr.write(`${choice.message ?? "no model was named: take one of 'touchstone model list'"}\n`);
    return 2;
  }
  const stop = listenForStop(() => {});
  try {
    const result = await bench(choice.model, { signal: stop.signal });
    process.stdout.write(request.json ? `${JSON.stringify(result)}\n` : showBench(result));
    return 0;
  } catch (error) {
    if (stop.signal.aborted) return stop.status() ?? 1;
    if (!(error instanceof ModelError)) throw error;
    process.stderr.write(`${choice.model.name}: ${error.message}\n`);
    return 2;
  } finally {
    await choice.model.close();
    stop.dispose();
  }
}

function showBench(result: Awaited<ReturnType<typeof bench>>): string {
  const prompt =
    result.promptTokensPerSecond === null
      ? ""
      : `, prompts at ${result.promptTokensPerSecond.toFixed(0)} tokens/s`;
  const speed = `${result.tokensPerSecond.toFixed(1)} tokens/s, ${result.candidatesPerSecond.toFixed(2)} candidates/s${prompt}`;
  return `${result.model}: ${speed} (${result.answers} answers, ${result.tokens} tokens, ${(result.wallMs / 1000).toFixed(1)} s)\n`;
}
