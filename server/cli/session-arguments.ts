import { type Command, Option } from "commander";
import type { ProverChoice } from "../wiring-assistants.ts";

/** What `session` was asked to do. */
export interface SessionRequest {
  readonly kind: "session";
  readonly prover: ProverChoice;
}

export function sessionCommand(root: Command, found: (request: SessionRequest) => void): void {
  root
    .command("session")
    .description("a proof assistant for programs: JSON Lines on standard input and output (docs/gym.md)")
    .requiredOption("--stdio", "speak on standard input and output; there is no other way yet")
    .addOption(
      new Option(
        "--prover <build>",
        "which Coq: the one installed, the pulled one, or the first that is there",
      )
        .choices(["auto", "native", "embedded"])
        .default("auto"),
    )
    .action(({ prover }) => found({ kind: "session", prover }));
}
