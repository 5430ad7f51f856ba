import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { Gym } from "../gym/gym.ts";
import { findLeanHole } from "../gym/lean-place.ts";
import { findCoqHole } from "../gym/place.ts";
import { openCoq, openLean, type ProverChoice } from "../wiring-assistants.ts";
import { listenForStop } from "./stop.ts";

/** Serves the gym on standard input and output until the input ends or the command is stopped. */
export async function gym(request: { readonly prover: ProverChoice }): Promise<number> {
  let coq = null as ReturnType<typeof openCoq> | null;
  let lean = null as ReturnType<typeof openLean> | null;
  const serving = new Gym({
    async assistant(file) {
      if (file.endsWith(".lean")) {
        lean ??= openLean(request.prover);
        return lean;
      }
      if (!file.endsWith(".v"))
        return { kind: "missing", message: `${file} is no Coq file (.v) and no Lean file (.lean)` };
      coq ??= openCoq(request.prover);
      return coq;
    },
    readText: (file) => readFile(file, "utf8"),
    findHole: (file, text, at) => (file.endsWith(".lean") ? findLeanHole(text, at) : findCoqHole(text, at)),
  });
  const lines = createInterface({ input: process.stdin });
  const stop = listenForStop(() => lines.close());
  const answers: Promise<void>[] = [];
  stop.signal.addEventListener("abort", () => lines.close());
  try {
    for await (const line of lines) {
      if (line.trim() === "") continue;
      answers.push(
        serving.answer(line).then((answer) => {
          process.stdout.write(`${JSON.stringify(answer)}\n`);
        }),
      );
    }
    // What was asked before the input ended is still answered.
    if (!stop.signal.aborted) await Promise.all(answers);
  } finally {
    await serving.close();
    await Promise.allSettled(answers);
    const prover = await coq;
    if (prover?.kind === "prover") await prover.assistant.close();
    await (await lean)?.close?.();
    stop.dispose();
  }
  return stop.status() ?? 0;
}
