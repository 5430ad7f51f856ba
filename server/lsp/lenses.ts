import type { CodeLens, Command } from "vscode-languageserver-types";
import type { OpenDocument } from "./document.ts";
import { COMMANDS } from "./protocol.ts";
import type { Kept, State } from "./results.ts";

/** A lens a loop: how it stands with its function, and what a click does about it. */
export function lensesOf(document: OpenDocument): CodeLens[] {
  const { outline, results, text } = document;
  if (document.language !== "c") return holeLenses(document);
  return outline.loops.flatMap((loop) => {
    const group = loop.function === null ? null : outline.functions[loop.function]!.name;
    if (group === null) return [];
    const start = text.positionAt(loop.keyword);
    const state = results.state(group, text.version);
    const command = commandFor(state, results.current(group, text.version), text.uri, start, loop.invariant);
    return [{ range: { start, end: text.positionAt(loop.keyword + 1) }, command }];
  });
}

function commandFor(
  state: State,
  kept: Kept | null,
  uri: string,
  position: { line: number; character: number },
  invariant: boolean,
): Command {
  const suggest = (title: string): Command => ({
    title,
    command: COMMANDS.suggest,
    arguments: [uri, position],
  });
  const explain = (title: string): Command => ({
    title,
    command: COMMANDS.explain,
    arguments: [uri, position],
  });
  switch (state) {
    case "none":
      return invariant
        ? { title: "○ not verified yet · verify", command: COMMANDS.verify, arguments: [uri] }
        : suggest("○ suggest loop invariant");
    case "checking":
      return { title: "◌ checking… · stop", command: COMMANDS.stop, arguments: [] };
    case "proved":
      return explain(`✓ proved${terminates(kept)}`);
    case "conditional": {
      const outcome = kept?.result.outcome;
      const count = outcome?.kind === "proved" ? outcome.conditions.length : 0;
      return explain(
        `✓ proved on ${count} condition${count === 1 ? "" : "s"}${terminates(kept)} · see ${count === 1 ? "it" : "them"}`,
      );
    }
    case "false":
      return explain("✗ an assertion is false · see the run");
    case "unknown":
      return explain(`? not proved: ${whyUnknown(kept)} · see why`);
    case "unsupported":
      return explain("– cannot be read · see why");
    case "outdated":
      return { title: "↻ out of date · verify again", command: COMMANDS.verify, arguments: [uri] };
  }
}

function terminates(kept: Kept | null): string {
  const outcome = kept?.result.outcome;
  return outcome?.kind === "proved" && outcome.terminates ? ", terminates" : "";
}

function whyUnknown(kept: Kept | null): string {
  const outcome = kept?.result.outcome;
  if (outcome?.kind === "proved") return "a checked suggestion was not applied";
  const verdict = outcome?.kind === "unknown" ? outcome.nearest?.verdict : undefined;
  if (verdict?.kind !== "refuted") return "unknown";
  return { wrong: "wrong", notInductive: "not inductive", tooWeak: "too weak" }[verdict.why];
}

/** A lens a hole. What was filled is no hole any more, so that there is nothing to say of it. */
function holeLenses({ holes, results, text }: OpenDocument): CodeLens[] {
  return holes.map(({ group, start, end }) => {
    const position = text.positionAt(start);
    const state = group === null ? "none" : results.state(group, text.version);
    const fill = { command: COMMANDS.fill, arguments: [text.uri, position] };
    const command: Command =
      state === "checking"
        ? { title: "◌ searching… · stop", command: COMMANDS.stop, arguments: [] }
        : state === "unknown"
          ? { title: "? no proof found · try again", ...fill }
          : { title: "○ fill this proof", ...fill };
    return { range: { start: position, end: text.positionAt(end) }, command };
  });
}
