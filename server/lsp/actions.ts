import type { TextDocument } from "vscode-languageserver-textdocument";
import {
  type CodeAction,
  CodeActionKind,
  CodeActionTag,
  type Diagnostic,
  type Range,
} from "vscode-languageserver-types";
import type { OpenDocument } from "./document.ts";
import { COMMANDS } from "./protocol.ts";
import { functionAt, holeAt, loopAt } from "./results.ts";

/** What is on offer besides the place. */
export interface ActionContext {
  readonly trusted: boolean;
  readonly diagnostics: readonly Diagnostic[];
  /** Kinds that were asked for; null for all. */
  readonly only: readonly string[] | null;
}

/** The offset of a position; from a line's indentation that of what the line begins with. */
function behindBlanks(text: TextDocument, { line, character }: Range["start"]): number {
  const before = text.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } });
  const blanks = /^[ \t]*/.exec(before)![0].length;
  return text.offsetAt({ line, character: Math.max(character, blanks) });
}

/**
 * Code actions at a range: they list at once and carry commands, so that a search can be watched and stopped. An action whose
 * work cannot be done now says why.
 */
export function actionsAt(document: OpenDocument, range: Range, context: ActionContext): CodeAction[] {
  const { text, outline, results } = document;
  const uri = text.uri;
  const offset = behindBlanks(text, range.start);
  if (document.language !== "c") return only(context, fillActions(document, offset, context));
  const loop = loopAt(outline, offset);
  const around = loop?.function ?? null;
  const inside = around !== null ? outline.functions[around]! : functionAt(outline, offset);
  const actions: CodeAction[] = [];
  const group = inside?.name ?? null;
  const state = group === null ? "none" : results.state(group, text.version);
  const ours = context.diagnostics.filter(({ source }) => source === "touchstone");
  const disabled = whyNot(document, context, state === "checking");

  if (inside && loop && (!loop.invariant || !["proved", "conditional"].includes(state))) {
    const title = loop.invariant ? "Suggest loop invariants that strengthen these" : "Suggest loop invariant";
    actions.push({
      title,
      kind: CodeActionKind.QuickFix,
      tags: [CodeActionTag.LLMGenerated],
      ...(ours.length > 0 ? { diagnostics: ours } : {}),
      ...(disabled ? { disabled } : {}),
      command: { title, command: COMMANDS.suggest, arguments: [uri, text.positionAt(loop.keyword)] },
    });
  }
  if (group !== null && loop && results.current(group, text.version)?.applied) {
    const title = "Suggest another loop invariant";
    actions.push({
      title,
      kind: CodeActionKind.QuickFix,
      tags: [CodeActionTag.LLMGenerated],
      ...(disabled ? { disabled } : {}),
      command: { title, command: COMMANDS.another, arguments: [uri, text.positionAt(loop.keyword)] },
    });
  }
  if (group !== null && ["false", "unknown", "unsupported"].includes(state)) {
    const title = state === "false" ? "Show the run that breaks it" : "Explain why it is not proved";
    actions.push({
      title,
      kind: CodeActionKind.QuickFix,
      ...(ours.length > 0 ? { diagnostics: ours } : {}),
      command: { title, command: COMMANDS.explain, arguments: [uri, range.start] },
    });
  }
  if (inside) {
    const title = "Verify this file";
    actions.push({
      title,
      kind: `${CodeActionKind.Source}.touchstone.verify`,
      ...(disabled ? { disabled } : {}),
      command: { title, command: COMMANDS.verify, arguments: [uri] },
    });
  }
  return only(context, actions);
}

function fillActions(document: OpenDocument, offset: number, context: ActionContext): CodeAction[] {
  const hole = holeAt(document, offset);
  if (hole === null) return [];
  const { text, results } = document;
  const state = hole.group === null ? "none" : results.state(hole.group, text.version);
  const disabled = whyNot(document, context, state === "checking");
  const title = "Fill the proof";
  return [
    {
      title,
      kind: CodeActionKind.QuickFix,
      tags: [CodeActionTag.LLMGenerated],
      ...(disabled ? { disabled } : {}),
      command: { title, command: COMMANDS.fill, arguments: [text.uri, text.positionAt(hole.start)] },
    },
  ];
}

function only(context: ActionContext, actions: readonly CodeAction[]): CodeAction[] {
  return actions.filter(
    ({ kind }) =>
      context.only === null || context.only.some((only) => kind === only || kind!.startsWith(`${only}.`)),
  );
}

function whyNot(
  document: OpenDocument,
  { trusted }: ActionContext,
  checking: boolean,
): { reason: string } | null {
  if (!trusted) return { reason: "the workspace is not trusted: trust it, and proofs can be run" };
  if (document.tooLarge) return { reason: "the file is too large: move the function into a file of its own" };
  if (checking) return { reason: "this function is being checked now" };
  return null;
}
