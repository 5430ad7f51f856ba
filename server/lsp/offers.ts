import type { OpenDocument } from "./document.ts";
import type { GroupResult } from "./host/messages.ts";
import type { Base, TextReplacement } from "./previews.ts";
import type { RunSummary } from "./protocol.ts";
import { hashOf, type Session } from "./session.ts";
import { dropped, sentence, verified } from "./summaries.ts";

/** Applies what runs bring to exactly the text that it was made for, and records what became of it. */
export class Offers {
  readonly #session: Session;
  readonly #awaited = new Map<OpenDocument, { readonly result: GroupResult; readonly textHash: string }>();

  constructor(session: Session) {
    this.#session = session;
  }

  /**
   * Applies what was judged as one edit of exactly the version that it was made for. `instead`: the replacements that make the
   * judged text of the one that stands there, where that is not the text that was searched on.
   */
  async offer(
    document: OpenDocument,
    base: Base,
    results: readonly GroupResult[],
    instead: readonly TextReplacement[] | null,
  ): Promise<RunSummary> {
    const edits = results.flatMap(({ outcome }) => (outcome.kind === "proved" ? outcome.edit : []));
    const only = results.length === 1 ? results[0]! : null;
    if (edits.length === 0) {
      for (const result of results) this.record(document, base, result);
      return only ? { kind: "done", message: sentence(only), results } : verified(results);
    }
    const { text } = document;
    if (text.version !== base.version) return { ...dropped, results };
    for (const { outcome } of results)
      if (outcome.kind === "proved" && outcome.baseHash !== hashOf(base.text))
        throw new Error("A proof was made for another text than the document's.");
    for (const result of results)
      if (instead === null && (result.outcome.kind !== "proved" || result.outcome.edit.length === 0))
        this.record(document, base, result);
    const changes = [...(instead ?? edits)]
      .sort((a, b) => a.start - b.start)
      .map(({ start, end, text: newText }) => ({
        range: { start: text.positionAt(start), end: text.positionAt(end) },
        newText,
      }));
    const edit = this.#session.can.versionedEdits
      ? { documentChanges: [{ textDocument: { uri: base.uri, version: base.version }, edits: changes }] }
      : { changes: { [base.uri]: changes } };
    const expected = only?.outcome.kind === "proved" ? only.outcome.textHash : null;
    const adopted = this.#adoption(document, only, expected);
    const { applied, failureReason } = await this.#session.connection.workspace.applyEdit({
      label: base.task === "fill" ? "Touchstone: proof" : "Touchstone: loop invariants",
      edit,
    });
    if (!applied) {
      adopted.cancel();
      return failureReason
        ? { kind: "dropped", message: `the editor did not apply the edit: ${failureReason}`, results }
        : { ...dropped, results };
    }
    return {
      kind: "applied",
      message: only
        ? sentence(only)
        : `${results.filter(({ outcome }) => outcome.kind === "proved").length} of ${results.length} proved`,
      results,
    };
  }

  /** The editor may tell of the changed text before or after it answers: either way the result becomes that text's. */
  #adoption(document: OpenDocument, result: GroupResult | null, textHash: string | null) {
    const watch = { cancel: () => this.#awaited.delete(document) };
    if (result && textHash) this.#awaited.set(document, { result, textHash });
    return watch;
  }

  /** Called for each new version of a document, before anything else: is it the text that a judged edit makes? */
  arrived(document: OpenDocument): void {
    const awaited = this.#awaited.get(document);
    if (!awaited) return;
    this.#awaited.delete(document);
    if (hashOf(document.text.getText()) === awaited.textHash)
      document.results.adopt(awaited.result, document.text.version);
  }

  record(document: OpenDocument, base: Base, result: GroupResult): void {
    if (document.text.version !== base.version) return;
    document.results.record(result, base.text);
    document.results.checking([result.group], false);
    this.#session.publish(document);
  }
}
