import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { benchCoverage } from "./coverage.ts";
import { benchEditor } from "./editor.ts";
import { benchInvariants } from "./run-invariants.ts";
import { benchProofs } from "./run-proofs.ts";
import { benchSessions } from "./sessions.ts";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    timeout: { type: "string" },
    model: { type: "string" },
    configurations: { type: "string" },
    every: { type: "string", default: "1" },
    offset: { type: "string", default: "0" },
    only: { type: "string" },
    jobs: { type: "string", default: "2" },
    workers: { type: "string", default: "1" },
    verbose: { type: "boolean", default: false },
    include: { type: "string", short: "I", multiple: true, default: [] },
    define: { type: "string", short: "D", multiple: true, default: [] },
    most: { type: "string", default: "20" },
  },
});
const [what, path] = positionals;
/** Seconds a problem: a proof of a theorem is given longer than an invariant. */
const seconds = Number(values.timeout ?? (what === "proofs" ? 60 : 10));
if (what === "editor") {
  await benchEditor({ model: values.model });
  process.exit(0);
}
if (what === "sessions") {
  await benchSessions(seconds);
  process.exit(0);
}
if (what === "coverage" && path !== undefined) {
  const { include, define, most } = values;
  await benchCoverage(path, { include, define, most: Number(most) });
  process.exit(0);
}
if ((what !== "invariants" && what !== "proofs") || path === undefined) {
  process.stderr.write(
    [
      "usage: npm run bench -- editor [--model NAME]",
      "       npm run bench -- sessions [--timeout SECONDS]",
      "       npm run bench -- invariants PATH [--timeout SECONDS] [--configurations wasm,native,model,both,peers] [--every N] [--verbose]",
      "       npm run bench -- coverage PATH [-I DIR]… [-D NAME[=VALUE]]… [--most N]",
      "       npm run bench -- proofs PATH [--timeout SECONDS] [--every N] [--offset K] [--jobs N] [--workers N] [--only FILE.v:NAME,… | @LIST]",
      "                        [--configurations portfolio,search,mcts,sauto,hammer,model] [--model NAME] [--verbose]\n",
    ].join("\n"),
  );
  process.exit(2);
}
const common = { timeoutMs: seconds * 1000, model: values.model, verbose: values.verbose };
const configurations = (standard: string) => new Set((values.configurations ?? standard).split(","));
if (what === "invariants")
  await benchInvariants(path, {
    ...common,
    every: Math.max(1, Number(values.every)),
    configurations: configurations("wasm,native,peers"),
  });
else {
  await benchProofs(path, {
    ...common,
    every: Number(values.every),
    offset: Number(values.offset),
    only: values.only === undefined ? null : namesIn(values.only),
    jobs: Number(values.jobs),
    workers: Number(values.workers),
    configurations: configurations("portfolio,search"),
  });
}

/** Names apart from each other by commas; from a file, one a line, where `@` stands before its path. */
function namesIn(text: string): ReadonlySet<string> {
  const names = text.startsWith("@") ? readFileSync(text.slice(1), "utf8").split("\n") : text.split(",");
  return new Set(names.map((name) => name.trim()).filter((name) => name !== ""));
}
