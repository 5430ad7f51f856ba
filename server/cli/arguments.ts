import { Command, CommanderError, Option } from "commander";
import { defaultOptions, WITH_FRAMA_C_MS } from "../engine/options.ts";
import type { IntegerReading } from "../program/integer.ts";
import { duration, each, list, natural, targets } from "./argument.ts";
import { type FillRequest, fillCommand } from "./fill-arguments.ts";
import type { GrammarCheckRequest } from "./grammar-check.ts";
import type { GrammarShowRequest } from "./grammar-show.ts";
import { type SessionRequest, sessionCommand } from "./session-arguments.ts";
import type { Target } from "./target.ts";

/** What `suggest` and `verify` were asked to do. */
export interface ProveRequest {
  readonly kind: "suggest" | "verify";
  readonly targets: readonly Target[];
  readonly json: boolean;
  readonly write: boolean;
  readonly diff: boolean;
  /** `none`, a model's name, or undefined for the first that is found. */
  readonly model: string | undefined;
  readonly only: "model" | "symbolic" | null;
  readonly without: readonly string[];
  readonly timeoutMs: number;
  readonly seed: number;
  readonly events: string | null;
  readonly sarif: string | null;
  /** Where each obligation is written as an SMT-LIB script, and whether with cvc5's proof of it. */
  readonly export: { readonly directory: string; readonly proofs: boolean } | null;
  /** `github`: workflow commands on standard output in place of text. */
  readonly format: "text" | "github";
  /** Whether verdicts of an earlier run of `verify` are used where nothing has changed. */
  readonly cache: boolean;
  readonly offline: boolean;
  /** False after `--no-color`; otherwise the stream and NO_COLOR or FORCE_COLOR decide. */
  readonly colour: boolean;
  readonly reading: IntegerReading;
  readonly solver: "auto" | "wasm" | "native";
  /** Who has the last word: our own conditions, Frama-C, or each of them. */
  readonly checker: "smt" | "frama-c" | "both";
  /** `always` with `--cpp`, `-I` or `-D`. */
  readonly preprocessor: {
    readonly when: "always" | "auto" | "never";
    readonly include: readonly string[];
    readonly define: readonly string[];
  };
}

/** The command line as read. `done`: everything was said already (help, version, or what is wrong with it). */
export type Request =
  | ProveRequest
  | FillRequest
  | { readonly kind: "doctor"; readonly json: boolean; readonly colour: boolean }
  | { readonly kind: "model list"; readonly json: boolean }
  | { readonly kind: "model pull"; readonly name: string | undefined; readonly offline: boolean }
  | { readonly kind: "model bench"; readonly model: string | undefined; readonly json: boolean }
  | { readonly kind: "prover list"; readonly json: boolean }
  | { readonly kind: "prover pull"; readonly name: string; readonly offline: boolean }
  | { readonly kind: "cache clear" }
  | ({ readonly kind: "grammar check" } & GrammarCheckRequest)
  | ({ readonly kind: "grammar show" } & GrammarShowRequest)
  | SessionRequest
  | { readonly kind: "lsp" }
  | { readonly kind: "demo"; readonly offline: boolean; readonly colour: boolean }
  | { readonly kind: "done"; readonly status: 0 | 2 };

/** Where help and complaints go. */
export interface Printer {
  out(text: string): void;
  err(text: string): void;
}

/** Reads the arguments after the program's name. A wrong command line is explained on `err` and has status 2. */
export function parseArguments(argv: readonly string[], version: string, printer: Printer): Request {
  let request: Request | null = null;
  const root = commands(version, (found) => {
    request = found;
  });
  for (const command of [root, ...descendants(root)]) {
    command
      .exitOverride()
      .configureOutput({ writeOut: printer.out, writeErr: printer.err })
      .showSuggestionAfterError();
  }
  try {
    if (argv.length === 0) root.help({ error: true });
    root.parse([...argv], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return {
      kind: "done",
      status: ["commander.helpDisplayed", "commander.version"].includes(error.code) ? 0 : 2,
    };
  }
  return request ?? { kind: "done", status: 2 };
}

function commands(version: string, found: (request: Request) => void): Command {
  const root = new Command("touchstone")
    .description("Loop invariants for C that have been checked before they are shown.")
    .version(version, "--version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand(false);

  proveOptions(root.command("suggest").description("find loop invariants that prove the functions of a file"))
    .option("--write", "insert what was proved into the files", false)
    .option("--diff", "print a unified diff instead of the annotated loops", false)
    .option(
      "--model <name>",
      "the model to ask, or 'none' (default: the first found, see 'touchstone model list')",
    )
    .addOption(new Option("--only <kind>", "use only these proposers").choices(["model", "symbolic"]))
    .option("--without <names>", "switch proposers off, by name, separated by commas", list, [])
    .addHelpText(
      "after",
      "\nExit status: 0 all proved, 1 some not, 2 wrong command or input, 130 stopped by Ctrl-C.",
    )
    .action((targets, options, command) => found(proveRequest("suggest", targets, options, command)));

  proveOptions(
    root
      .command("verify")
      .description("say what holds in files or directories as they stand; changes nothing"),
  )
    .option("--sarif <file>", "also write the results as SARIF 2.1.0")
    .addOption(
      new Option("--format <format>", "text, or annotations as GitHub reads them from a job's output")
        .choices(["text", "github"])
        .default("text"),
    )
    .option("--no-cache", "prove everything again, also what has not changed since it was proved")
    .addHelpText(
      "after",
      "\nExit status: 0 all proved, 1 some not, 2 wrong command or input, 130 stopped by Ctrl-C.",
    )
    .action((targets, options, command) => found(proveRequest("verify", targets, options, command)));

  fillCommand(root, found);
  sessionCommand(root, found);

  root
    .command("doctor")
    .description("say what was found on this machine, and what to do about what is missing")
    .option("--json", "one JSON object on one line", false)
    .option("--no-color", "no colours")
    .action(({ json, color }) => found({ kind: "doctor", json, colour: color }));

  const model = root
    .command("model")
    .description("the models that may be asked for ideas")
    .helpCommand(false);
  model
    .command("list")
    .description("the models found, and those that can be pulled")
    .option("--json", "JSON, one model a line", false)
    .action(({ json }) => found({ kind: "model list", json }));
  model
    .command("pull")
    .argument("[name]", "a model of 'touchstone model list'; the embedded default if none is named")
    .description("download a model into the cache")
    .option("--offline", "use no network", false)
    .action((name, { offline }) => found({ kind: "model pull", name, offline }));
  model
    .command("bench")
    .description("measure tokens and candidates a second")
    .option("--model <name>", "which model")
    .option("--json", "one JSON object on one line", false)
    .action(({ model, json }) => found({ kind: "model bench", model, json }));

  const prover = root.command("prover").description("the programs that check").helpCommand(false);
  prover
    .command("list")
    .description("the provers found, and those that can be pulled")
    .option("--json", "JSON, one prover a line", false)
    .action(({ json }) => found({ kind: "prover list", json }));
  prover
    .command("pull")
    .argument("<name>", "'z3' for the native build")
    .description("download a prover into the cache")
    .option("--offline", "use no network", false)
    .action((name, { offline }) => found({ kind: "prover pull", name, offline }));

  const grammar = root
    .command("grammar")
    .description("the languages that models answer in")
    .helpCommand(false);
  grammar
    .command("check")
    .argument(
      "[file]",
      "a chain of model steps in YAML or JSON, or a NAME.certificate.json; without one, the built-in languages",
    )
    .description("prove the languages' parsers and decoders, or check a chain")
    .option("--only <names>", "just these languages, separated by commas", list, [])
    .option("--faults", "also put things wrong on purpose and say what notices", false)
    .option("--json", "one JSON object a language on one line", false)
    .option("--html <file>", "also write the results as a page")
    .option("--certificates <dir>", "also write what a separate checker was convinced by, with the grammars")
    .option("--no-color", "no colours")
    .addHelpText("after", "\nExit status: 0 all holds, 1 something does not, 2 wrong command or input.")
    .action((file, { only, faults, json, html, certificates, color }) =>
      found({
        kind: "grammar check",
        file: file ?? null,
        only,
        faults,
        json,
        html: html ?? null,
        certificates: certificates ?? null,
        colour: color,
      }),
    );
  grammar
    .command("show")
    .argument("<name>", "a language, such as invariant or coq-tactic")
    .description("print a language's grammar")
    .addOption(
      new Option("--as <form>", "which form").choices(["gbnf", "schema", "lark", "diagram"]).default("gbnf"),
    )
    .option("--depth <n>", "levels of brackets", natural, 2)
    .action((name, { as, depth }) => found({ kind: "grammar show", name, as, depth }));

  root
    .command("cache")
    .description("what was downloaded")
    .helpCommand(false)
    .command("clear")
    .description("delete everything that was downloaded")
    .action(() => found({ kind: "cache clear" }));

  root
    .command("lsp")
    .description("serve an editor through the Language Server Protocol, on standard input and output")
    .option("--stdio", "the only way there is; editors like to say it", true)
    .action(() => found({ kind: "lsp" }));

  root
    .command("demo")
    .description("pull the embedded model where the network allows it, then prove the examples")
    .option("--offline", "use no network", false)
    .option("--no-color", "no colours")
    .action(({ offline, color }) => found({ kind: "demo", offline, colour: color }));
  return root;
}

function proveOptions(command: Command): Command {
  return command
    .argument("<file...>", "FILE or FILE:LINE; '-' reads standard input", targets)
    .option("--json", "one JSON object a loop on standard output, and nothing else there", false)
    .option("--cpp", "run the C preprocessor over every file, also where it can be read without")
    .option("--no-cpp", "never run the C preprocessor")
    .option("-I, --include <directory>", "where the preprocessor finds headers; may be repeated", each, [])
    .option("-D, --define <name[=value]>", "a macro for the preprocessor; may be repeated", each, [])
    .option(
      "--timeout <duration>",
      "limit for a function: 500ms, 10s, 2m (default: 10s, or 2m with Frama-C)",
      duration,
    )
    .option("--seed <n>", "seed of everything random", natural, defaultOptions.seed)
    .option("--events <file>", "write every step to a file, as JSON Lines")
    .option("--export <directory>", "write each obligation as an SMT-LIB script")
    .option("--proofs", "with --export, cvc5's Alethe proof of each obligation as well", false)
    .option("--offline", "use no network", false)
    .option("--no-color", "no colours (NO_COLOR and FORCE_COLOR are honoured, too)")
    .addOption(
      new Option(
        "--int <reading>",
        "signed integers: mathematical (the default), or of 32 or 64 bits without overflow",
      ).choices(["math", "32", "64"]),
    )
    .addOption(
      new Option(
        "--checker <who>",
        "who must have proved what is offered: our own conditions by SMT solvers, Frama-C's WP, or both",
      )
        .choices(["smt", "frama-c", "both"])
        .default("smt"),
    )
    .addOption(
      new Option("--solver <build>", "which Z3: WebAssembly, native, or the native one where it is found")
        .choices(["auto", "wasm", "native"])
        .default("auto"),
    );
}

function proveRequest(
  kind: ProveRequest["kind"],
  targets: readonly Target[],
  // biome-ignore lint/suspicious/noExplicitAny: Commander's options are untyped; every one is declared above.
  options: any,
  command: Command,
): ProveRequest {
  if (options.proofs && options.export === undefined)
    command.error("error: --proofs needs --export <directory>, beside whose scripts the proofs go");
  return {
    kind,
    targets,
    json: options.json,
    write: options.write ?? false,
    diff: options.diff ?? false,
    model: kind === "verify" ? "none" : options.model,
    only: options.only ?? null,
    without: options.without ?? [],
    timeoutMs: options.timeout ?? (options.checker === "smt" ? defaultOptions.timeoutMs : WITH_FRAMA_C_MS),
    seed: options.seed,
    events: options.events ?? null,
    sarif: options.sarif ?? null,
    export: options.export === undefined ? null : { directory: options.export, proofs: options.proofs },
    format: options.format ?? "text",
    // What Frama-C reads is more than the document: files that it includes.
    cache: kind === "verify" && options.cache !== false && options.checker === "smt",
    offline: options.offline,
    colour: options.color,
    reading: options.int ?? (options.checker === "smt" ? "math" : "32"),
    solver: options.solver,
    checker: options.checker,
    preprocessor: preprocessorOf(options, command),
  };
}

/** A directory or a macro for the preprocessor says that it is wanted. */
function preprocessorOf(
  { cpp, include, define }: { cpp?: boolean; include: readonly string[]; define: readonly string[] },
  command: Command,
): ProveRequest["preprocessor"] {
  const told = include.length + define.length > 0;
  if (cpp === false && told)
    command.error("error: --no-cpp forbids what -I and -D are for: leave one of them out");
  const strange = define.find((one) => !/^[A-Za-z_]\w*(?:=|$)/.test(one));
  if (strange !== undefined) command.error(`error: -D ${strange}: write -D NAME or -D NAME=VALUE`);
  return { when: cpp === false ? "never" : cpp || told ? "always" : "auto", include, define };
}

function descendants(command: Command): Command[] {
  return command.commands.flatMap((child) => [child, ...descendants(child)]);
}
