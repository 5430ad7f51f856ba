import { enableCompileCache } from "node:module";
import { join } from "node:path";
import { cacheDirectory } from "../install/cache.ts";
import { parseArguments, type Request } from "./arguments.ts";
import { ownVersion } from "./version.ts";

const print = {
  out: (text: string) => process.stdout.write(text),
  err: (text: string) => process.stderr.write(text),
};

/** Runs one command and answers with its exit status. Each command loads only what it needs: a cold start is a user waiting. */
async function run(request: Request, version: string): Promise<number> {
  switch (request.kind) {
    case "done":
      return request.status;
    case "suggest":
    case "verify": {
      const [{ prove }, { openTouchstone }] = await Promise.all([
        import("./prove.ts"),
        import("../wiring.ts"),
      ]);
      return (await prove(request, openTouchstone, version)).status;
    }
    case "fill": {
      const [{ fill }, { openProofs }] = await Promise.all([
        import("./fill.ts"),
        import("../wiring-proofs.ts"),
      ]);
      return fill(request, openProofs);
    }
    case "doctor":
      return (await import("./doctor.ts")).doctor(request, version);
    case "model list":
      return (await import("./model-list.ts")).modelList(request);
    case "model pull":
      return (await import("./model-pull.ts")).modelPull(request);
    case "model bench":
      return (await import("./model-bench.ts")).modelBench(request);
    case "prover list":
      return (await import("./prover.ts")).proverList(request);
    case "prover pull":
      return (await import("./prover.ts")).proverPull(request);
    case "lsp":
      await import("../lsp/main.ts");
      // The server ends the process when its client has gone.
      return new Promise(() => {});
    case "grammar check":
      return (await import("./grammar-check.ts")).grammarCheck(request);
    case "grammar show":
      return (await import("./grammar-show.ts")).grammarShow(request);
    case "cache clear":
      return (await import("./cache-clear.ts")).cacheClear();
    case "session":
      return (await import("./gym.ts")).gym(request);
    case "demo": {
      const [{ demo }, { openTouchstone }] = await Promise.all([import("./demo.ts"), import("../wiring.ts")]);
      return demo(request, openTouchstone, version);
    }
  }
}

/** Compiled modules are kept beside the downloads: a fifth of a second less to the first answer. Without a cache all works. */
function rememberCompiled(kind: Request["kind"]): void {
  if (kind === "suggest" || kind === "verify" || kind === "demo")
    enableCompileCache(join(cacheDirectory(), "compiled"));
}

/** Waits until a stream has passed on all it was given; a reader that went away counts as that. */
function drained(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    if (stream.destroyed || stream.writableLength === 0) resolve();
    else stream.write("", () => resolve());
  });
}

let status: number;
try {
  const version = ownVersion();
  const request = parseArguments(process.argv.slice(2), version, print);
  rememberCompiled(request.kind);
  status = await run(request, version);
} catch (error) {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`touchstone: internal error, please report it with the input:\n${text}\n`);
  status = 2;
}
await Promise.all([drained(process.stdout), drained(process.stderr)]);
process.exit(status);
