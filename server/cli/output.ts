import type { Event } from "../engine/event.ts";
import type { Edit } from "../engine/verified.ts";
import type { ProveRequest } from "./arguments.ts";
import { unifiedDiff } from "./diff.ts";
import { githubAnnotations } from "./github.ts";
import type { Input } from "./input.ts";
import { jsonLines } from "./json.ts";
import type { Messages } from "./messages.ts";
import { painter } from "./paint.ts";
import type { Report } from "./report.ts";
import { showReport } from "./terminal.ts";
import { showDiagnostic } from "./words.ts";

/** Which rendering goes where: JSON, a diff, or text on standard output; messages on standard error. */
export class Output {
  readonly request: ProveRequest;
  readonly messages: Messages;
  #running: Report | null = null;

  constructor(request: ProveRequest, messages: Messages) {
    this.request = request;
    this.messages = messages;
  }

  event(event: Event, report: Report): void {
    this.#running = report;
    this.messages.event(event);
  }

  /** The result of a function that is done, or as far as it came. */
  show(report: Report): void {
    this.#running = null;
    this.messages.clear();
    const { json, diff, colour, format } = this.request;
    const text = (stream: NodeJS.WriteStream) => showReport(report, painter(stream, colour));
    if (format === "github") {
      process.stdout.write(
        githubAnnotations(report)
          .map((line) => `${line}\n`)
          .join(""),
      );
    } else if (json) {
      process.stdout.write(
        jsonLines(report)
          .map((line) => `${JSON.stringify(line)}\n`)
          .join(""),
      );
      this.#diagnostics(report);
    } else if (!diff) process.stdout.write(text(process.stdout));
    // The diff has standard output to itself, so that it can be piped into patch.
    else if (report.outcome?.kind !== "proved") this.messages.say(text(process.stderr));
  }

  diff({ document, encoding }: Input, edit: Edit): void {
    process.stdout.write(Buffer.from(unifiedDiff(document.file, document.text, edit), encoding));
  }

  /** What was found of the function that was being worked on when the process must end. */
  lastWords(): void {
    if (this.#running) this.show(this.#running);
    this.messages.clear();
  }

  #diagnostics({ group, outcome }: Report): void {
    if (outcome?.kind !== "error") return;
    for (const diagnostic of outcome.diagnostics)
      this.messages.say(showDiagnostic(group.document.file, diagnostic));
  }
}
