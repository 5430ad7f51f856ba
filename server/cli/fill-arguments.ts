import { type Command, Option } from "commander";
import { defaultOptions } from "../engine/options.ts";
import type { ProverChoice } from "../wiring-assistants.ts";
import { duration, list, natural, targets } from "./argument.ts";
import type { Target } from "./target.ts";

/** What `fill` was asked to do. */
export interface FillRequest {
  readonly kind: "fill";
  readonly targets: readonly Target[];
  readonly json: boolean;
  readonly write: boolean;
  readonly diff: boolean;
  /** Insert the best partial proof where no whole one was found; never called proved. */
  readonly partial: boolean;
  /** `none`, a model's name, or undefined for the first that is found. */
  readonly model: string | undefined;
  /** The local model that ranks premises; undefined for what the environment names. */
  readonly embeddingModel: string | undefined;
  readonly only: "model" | "symbolic" | null;
  readonly without: readonly string[];
  readonly timeoutMs: number;
  readonly seed: number;
  readonly events: string | null;
  readonly offline: boolean;
  readonly colour: boolean;
  readonly search: "best-first" | "mcts";
  readonly prover: ProverChoice;
  /** The judge asks the independent checker, too. */
  readonly thorough: boolean;
}

export function fillCommand(root: Command, found: (request: FillRequest) => void): void {
  root
    .command("fill")
    .description("find proofs for the holes of a file: admit, Admitted, sorry")
    .argument("<file...>", "FILE or FILE:LINE; '-' reads standard input", targets)
    .option("--json", "one JSON object a hole on standard output, and nothing else there", false)
    .option("--write", "insert what was proved into the files", false)
    .option("--diff", "print a unified diff instead of the proofs", false)
    .option("--partial", "with --write or --diff: also what is proved only in part, its holes marked", false)
    .option("--timeout <duration>", "limit for a theorem: 500ms, 10s, 2m", duration, defaultOptions.timeoutMs)
    .option("--seed <n>", "seed of everything random", natural, defaultOptions.seed)
    .option("--events <file>", "write every step to a file, as JSON Lines")
    .option(
      "--model <name>",
      "the model to ask, or 'none' (default: the first found, see 'touchstone model list')",
    )
    .option(
      "--embedding-model <name>",
      "a local model that ranks the premises in scope (default: TOUCHSTONE_EMBEDDING_MODEL, else none)",
    )
    .addOption(new Option("--only <kind>", "use only these proposers").choices(["model", "symbolic"]))
    .option("--without <names>", "switch sources of tactics off, by name, separated by commas", list, [])
    .addOption(
      new Option("--search <strategy>", "how the tree of states is searched")
        .choices(["best-first", "mcts"])
        .default("best-first"),
    )
    .addOption(
      new Option("--prover <build>", "the prover installed, the pulled one, or the first that is there")
        .choices(["auto", "native", "embedded"])
        .default("auto"),
    )
    .option("--thorough", "the independent checker (coqchk) reads what was proved, too", false)
    .option("--offline", "use no network", false)
    .option("--no-color", "no colours (NO_COLOR and FORCE_COLOR are honoured, too)")
    .addHelpText(
      "after",
      "\nExit status: 0 all proved, 1 some not, 2 wrong command or input, 130 stopped by Ctrl-C.",
    )
    .action((files, options) =>
      found({
        kind: "fill",
        targets: files,
        json: options.json,
        write: options.write,
        diff: options.diff,
        partial: options.partial,
        model: options.model,
        embeddingModel: options.embeddingModel,
        only: options.only ?? null,
        without: options.without,
        timeoutMs: options.timeout,
        seed: options.seed,
        events: options.events ?? null,
        offline: options.offline,
        colour: options.color,
        search: options.search,
        prover: options.prover,
        thorough: options.thorough,
      }),
    );
}
