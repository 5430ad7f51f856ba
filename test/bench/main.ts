import { parseArgs } from "node:util";
import { benchEditor } from "./editor.ts";
import { benchInvariants } from "./run-invariants.ts";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    timeout: { type: "string", default: "10" },
    model: { type: "string" },
    configurations: { type: "string", default: "wasm,native,peers" },
    verbose: { type: "boolean", default: false },
  },
});
const [what, path] = positionals;
if (what === "editor") {
  await benchEditor({ model: values.model });
  process.exit(0);
}
if (what !== "invariants" || path === undefined) {
  process.stderr.write(
    "usage: npm run bench -- editor [--model NAME]\n       npm run bench -- invariants PATH [--timeout SECONDS] [--configurations wasm,native,model,both,peers] [--verbose]\n",
  );
  process.exit(2);
}
await benchInvariants(path, {
  timeoutMs: Number(values.timeout) * 1000,
  model: values.model,
  configurations: new Set(values.configurations.split(",")),
  verbose: values.verbose,
});
